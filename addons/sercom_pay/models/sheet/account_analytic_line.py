from odoo import models


class AccountAnalyticLine(models.Model):
    """Who unlocks hours that a sheet has paid says why; the sheet keeps it."""

    _inherit = "account.analytic.line"

    def action_unlock(self, reason=None):
        locked = self._get_in_state("locked")
        res = super().action_unlock(reason)
        # sudo: the sheets of others are told, and nothing of them is answered
        for sheet, lines in locked._group_by_sheet().items():
            sheet._message_log(
                body=self.env._(
                    "%(person)s unlocked %(hours)s: %(reason)s",
                    person=self.env.user.name,
                    hours=", ".join(line._get_hours_label() for line in lines),
                    reason=reason.strip(),
                )
            )
        return res

    def _group_by_sheet(self):
        """These lines by the locked sheets that pay them: ``{sheet, in sudo: lines}``."""
        answer = {}
        for line in self:
            for sheet in line.attendance_id._get_settled_sheets():
                if sheet.date_end >= line.date:
                    answer[sheet] = answer.get(sheet, self.browse()) | line
        return answer
