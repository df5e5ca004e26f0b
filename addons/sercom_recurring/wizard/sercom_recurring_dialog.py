from odoo import api, fields, models


class SercomRecurringDialog(models.AbstractModel):
    """What asks how a recurring job changes: only of one that its user may change."""

    _name = "sercom.recurring.dialog"
    _description = "Dialog of a recurring job"
    _inherit = "sercom.field.access.mixin"

    fsm_recurring_id = fields.Many2one("fsm.recurring", "Recurring Job", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs._check_targets()
        return dialogs

    def write(self, vals):
        res = super().write(vals)
        self._check_targets()
        return res

    def _check_targets(self):
        """Hook: refuse dialogs about what their user may not change.

        A constraint would not do: Odoo runs it as superuser.
        """
        self.fsm_recurring_id.check_access("write")
