from odoo import api, fields, models

from ...tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    sercom_notice_delay = fields.Integer(
        "Tell of Visits After (minutes)",
        default=5,
        required=True,
        help="People are invited, and told that a visit moves, once it has not changed for so "
        "long: in one message, or in none when the visit is back where it was. 0 sends each at "
        "once.",
    )

    _notice_delay_positive = models.Constraint(
        "CHECK (sercom_notice_delay BETWEEN 0 AND 1440)",
        "People are told of a visit at once, or within a day: 0 to 1440 minutes.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SETTINGS: {"sercom_notice_delay"}})
