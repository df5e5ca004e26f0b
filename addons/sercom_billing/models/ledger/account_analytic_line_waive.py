from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .account_analytic_line import TOLERANCE
from .sercom_billing_entry import WAIVED

DECIDERS = ("account.group_account_invoice", "fieldservice.group_fsm_manager")


class AccountAnalyticLine(models.Model):
    """Hours that somebody decided not to bill: the ledger keeps who, when and why."""

    _inherit = "account.analytic.line"

    @api.model
    def _may_decide(self):
        """Whether the user decides what is billed: accountants and managers do."""
        return any(map(self.env.user.has_group, DECIDERS))

    def _check_may_decide(self):
        if not self.env.su and not self._may_decide():
            raise AccessError(
                self.env._("Only accountants and managers decide what is not billed. Ask them.")
            )

    def _waive(self, fate, reason, hours=None):
        """Decide that open hours of these lines are never billed.

        :param str fate: one of ``WAIVED``
        :param str reason: kept in the ledger
        :param dict hours: how many of each line; all its open hours when left out
        :raises UserError: without a reason
        """
        self._check_may_decide()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these hours are not billed."))
        wanted = {}
        for line in self._get_ledger_lines():
            left = line.billable_hours - line.billed_hours - line.waived_hours
            quantity = left if hours is None else min(hours.get(line.id, 0.0), left)
            if abs(quantity) > TOLERANCE:
                wanted[line] = [(fate, quantity)]
        self._enter_waived(wanted, reason.strip())

    def _take_decision_back(self, reason, fates=WAIVED):
        """Bill the waived hours of these lines after all.

        :param str reason: kept in the ledger
        :param fates: which decisions are taken back
        """
        self._check_may_decide()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these hours are billed after all."))
        lines = self._get_ledger_lines()
        back = {
            line: [(fate, -quantity) for fate, quantity in decided if fate in fates]
            for line, decided in lines._get_waived().items()
        }
        self._enter_waived(back, reason.strip())

    def _get_waived(self):
        """What was decided of these lines: ``{line: [(fate, hours)]}``."""
        self.env["sercom.billing.entry"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT timesheet_ref, fate, SUM(quantity)::float
                  FROM sercom_billing_entry
                 WHERE timesheet_ref = ANY(%s) AND fate = ANY(%s)
              GROUP BY timesheet_ref, fate
                HAVING ABS(SUM(quantity)) > 0.000001
                """,
                self.ids,
                list(WAIVED),
            )
        )
        waived = {}
        for timesheet, fate, quantity in rows:
            waived.setdefault(self.browse(timesheet), []).append((fate, quantity))
        return waived

    def _enter_waived(self, wanted, reason):
        vals_list = [
            {
                "company_id": line.so_line.company_id.id,
                "order_id": line.so_line.order_id.id,
                "sale_line_id": line.so_line.id,
                "fsm_order_id": line.so_line.fsm_order_id.id,
                "fate": fate,
                "quantity": quantity,
                "timesheet_ref": line.id,
                "reason": reason,
            }
            for line, fates in wanted.items()
            for fate, quantity in fates
        ]
        if not vals_list:
            return
        self.env["sercom.billing.entry"]._append(vals_list)
        lines = self.browse().sudo().union(*wanted)  # sudo: the hours follow the ledger
        lines.so_line._take_ledger_sums()
        lines._take_ledger_sums()

    def _match_waived(self):
        """Hours taken off that were never billed are taken off what was waived."""
        lines = self._get_ledger_lines().filtered("is_adjustment")
        given_back = lines.filtered_domain(self._get_open_hours_domain()).filtered(
            lambda line: line.billable_hours < 0 and not line.waived_hours and not line.billed_hours
        )
        for line in given_back:
            lines = line.attendance_id.timesheet_ids.filtered("waived_hours")
            waived = (lines & line.so_line.timesheet_ids)._get_waived()
            left, fates = line.billable_hours, []
            for fate, quantity in (pair for pairs in waived.values() for pair in pairs):
                taken = max(left, -quantity) if quantity > 0 else 0.0
                left -= taken
                fates.append((fate, taken))
            reason = line.adjustment_reason or self.env._("The hours were corrected")
            self._enter_waived({line: [pair for pair in fates if pair[1]]}, reason)
