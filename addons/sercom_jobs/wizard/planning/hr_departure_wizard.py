from odoo import models


class HrDepartureWizard(models.TransientModel):
    _inherit = "hr.departure.wizard"

    def action_register_departure(self):
        # Odoo opens the dialog to officers of Employees, and then reads and ends contracts, which
        # are the administrator's: officers could archive nobody.
        self.employee_ids.check_access("write")
        if self.remove_related_user:
            self.employee_ids.user_id.check_access("write")
        # sudo: only for the dates of the contracts; the rights on people are checked above
        return super(HrDepartureWizard, self.sudo()).action_register_departure()
