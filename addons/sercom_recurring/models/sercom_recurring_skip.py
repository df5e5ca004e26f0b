from odoo import api, fields, models


class SercomRecurringSkip(models.Model):
    """A date on which a recurring job makes no visit."""

    _name = "sercom.recurring.skip"
    _description = "Skipped date of a recurring job"
    _inherit = "sercom.field.access.mixin"
    _order = "date"
    _rec_name = "date"

    fsm_recurring_id = fields.Many2one(
        "fsm.recurring", string="Recurring Job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="fsm_recurring_id.company_id", store=True, index=True)
    date = fields.Date(required=True)
    reason = fields.Char()

    _date_uniq = models.UniqueIndex("(fsm_recurring_id, date)", "This date is already skipped.")

    @api.model
    def _get_writable_fields(self):
        return {
            **super()._get_writable_fields(),
            "fieldservice.group_fsm_user": {"date", "reason"},
        }

    @api.model
    def _get_creatable_fields(self):
        return {
            **super()._get_creatable_fields(),
            "fieldservice.group_fsm_user": {"fsm_recurring_id"},
        }
