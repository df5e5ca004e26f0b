from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.context import Sentinel

from ...tools.job.left_behind import LeftBehind

# Said by what cancels: a stage that is dragged or typed asks for no reason.
CANCELLED_BY_BUTTON = Sentinel("cancelled_by_button")


class FsmOrder(models.Model):
    """Why a job is cancelled, and what that leaves behind.

    How it works: ``_get_left_behind`` is a hook. Each add-on says what its records leave, with the
    records; the dialog shows it with a button to each, and the chatter keeps it.
    """

    _inherit = "fsm.order"

    cancel_reason_id = fields.Many2one(
        "sercom.job.cancel.reason",
        copy=False,
        readonly=True,
        index="btree_not_null",
        tracking=True,
    )
    cancel_note = fields.Text(copy=False, readonly=True, help="What was said when cancelling.")

    def action_ask_cancel(self):
        """Ask why these jobs are cancelled, and show what they leave behind.

        :return: window action of the dialog
        :raises UserError: when all are cancelled already, or one is invoiced
        """
        jobs = self.filtered(lambda job: job.state != "cancelled")
        if not jobs:
            raise UserError(
                self.env._("%s: cancelled already.", ", ".join(self.mapped("name")) or "–")
            )
        jobs.check_access("write")
        CANCELLED_BY_BUTTON(jobs)._check_transition("cancelled")
        return self.env["sercom.job.cancel"]._open(jobs)

    def action_cancel(self):
        """Cancel these jobs without asking why, as code and integrations do; the buttons ask.

        What the jobs leave behind is kept in their chatter, and that no reason was given.
        """
        if self.env.su:
            return super().action_cancel()
        self._cancel()
        return True

    def _check_transition(self, state):
        super()._check_transition(state)
        if state == "cancelled" and not self.env.su and not CANCELLED_BY_BUTTON.get(self):
            raise UserError(
                self.env._(
                    "Press “Cancel Job” on %s: it asks why, and says what the job leaves behind.",
                    self[0].name,
                )
            )

    def _cancel(self, reason=None, note=None, left=None):
        """Cancel these jobs, and keep why and what they leave behind.

        :param reason: ``sercom.job.cancel.reason`` record, if one was given
        :param str note: what was said about it
        :param list left: what they leave behind, where that was asked before
        """
        left = self._get_left_behind() if left is None else left
        CANCELLED_BY_BUTTON(self)._move_to("cancelled")
        self._note_cancelled(reason, note)
        why = reason.name if reason else self.env._("no reason was given")
        words = [self.env._("Cancelled: %s", why), *([note] if note else [])]
        self._message_log_batch(
            {
                job.id: Markup("<br/>").join(words)
                + self._get_left_list([thing for thing in left if thing.job == job])
                for job in self
            }
        )

    def _get_left_list(self, things):
        """What is left to settle, as a list with links for the chatter; empty without any."""
        if not things:
            return Markup("")
        rows = Markup("").join(
            Markup("<li>%s %s</li>") % (thing.told or thing.words, thing.get_links())
            for thing in things
        )
        return Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Left to settle:"), rows)

    def _note_cancelled(self, reason=None, note=None):
        # sudo: nobody writes by hand why a job was cancelled
        self.sudo().write({"cancel_reason_id": reason and reason.id, "cancel_note": note})

    def _after_reopen(self):
        res = super()._after_reopen()
        # sudo: nobody writes by hand why a job was cancelled
        noted = self.sudo().filtered(lambda job: job.cancel_reason_id or job.cancel_note)
        noted.write({"cancel_reason_id": False, "cancel_note": False})
        return res

    @api.model
    def _format_amounts(self, records, field):
        """Sum of an amount of ``records``, in each of their currencies, as people read it."""
        return ", ".join(
            currency.format(sum(own.mapped(field)))
            for currency, own in records.grouped("currency_id").items()
        )

    def _get_left_behind(self):
        """Hook: what cancelling these jobs leaves behind; once for the set.

        :return: list of ``LeftBehind``, its records in sudo
        """
        jobs = self.sudo()  # sudo: what stays is told to who may cancel
        return [*jobs._get_invoices_left(), *jobs._get_deposits_left()]

    def _get_invoices_left(self):
        left = []
        for job in self:
            moves = job.invoice_lines.move_id.filtered(lambda move: move.state != "cancel")
            if not moves or not job.invoice_lines._is_billed():
                continue
            words = self.env._(
                "Invoiced: %s. Credit what is not owed.",
                self._format_amounts(moves, "amount_total_in_currency_signed"),
            )
            told = self.env._("It was invoiced: credit what is not owed.")
            left.append(LeftBehind(job, "invoices", words, moves, told))
        return left

    def _get_deposits_left(self):
        left = []
        for job in self:
            order = job.sale_id
            if order._get_live_jobs() - self:
                continue  # it is deducted from what the others cost
            deposits = order.order_line.filtered("is_downpayment").invoice_lines.move_id.filtered(
                lambda move: move.state == "posted" and move._is_downpayment()
            )
            if not deposits:
                continue
            words = self.env._(
                "Deposit invoiced: %(total)s, still to be paid: %(due)s. Give it back or keep it.",
                total=self._format_amounts(deposits, "amount_total_in_currency_signed"),
                due=self._format_amounts(deposits, "amount_residual"),
            )
            told = self.env._("A deposit was invoiced: give it back or keep it.")
            left.append(LeftBehind(job, "deposits", words, deposits, told))
        return left
