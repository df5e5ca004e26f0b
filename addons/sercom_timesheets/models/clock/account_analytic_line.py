from odoo import models
from odoo.exceptions import UserError


class AccountAnalyticLine(models.Model):
    """Hours that were clocked go back to their clock entry, and wait for it."""

    _inherit = "account.analytic.line"

    def _take_back(self, note=None):
        super()._take_back(note)
        self.attendance_id._refuse_hours(note)

    def _check_can_approve(self):
        super()._check_can_approve()
        # sudo: the entry's review decides, whoever reads it
        for line in self.sudo():
            if line.attendance_id.review_reason:
                raise UserError(
                    self.env._(
                        "%s: the clock entry waits for a review. Decide on it first.",
                        line._get_hours_label(),
                    )
                )
