from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class SercomJobCancelReason(models.Model):
    """Why jobs are cancelled, as the firm wants to count it."""

    _name = "sercom.job.cancel.reason"
    _description = "Reason to cancel a job"
    _inherit = "sercom.field.access.mixin"
    _order = "sequence, id"
    _company_path = None

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {MANAGER: {"active", "name", "sequence"}}
        )
