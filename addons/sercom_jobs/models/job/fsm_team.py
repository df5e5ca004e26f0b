from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class FsmTeam(models.Model):
    """A crew: the workers who are planned together, and who leads them."""

    _name = "fsm.team"
    _inherit = ["fsm.team", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"
    _check_company_auto = True

    person_ids = fields.One2many("fsm.person", "team_id", string="Members")
    leader_id = fields.Many2one(
        "fsm.person",
        index="btree_not_null",
        check_company=True,
        domain="[('id', 'in', person_ids)]",
        help="Leads the crew on the jobs it is planned on.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"leader_id", "person_ids"}})
