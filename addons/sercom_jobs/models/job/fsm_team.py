from odoo import fields, models


class FsmTeam(models.Model):
    """A crew: the workers who are planned together, and who leads them."""

    _inherit = "fsm.team"

    person_ids = fields.One2many("fsm.person", "team_id", string="Members")
    leader_id = fields.Many2one(
        "fsm.person",
        index="btree_not_null",
        domain="[('id', 'in', person_ids)]",
        help="Leads the crew on the jobs it is planned on.",
    )
