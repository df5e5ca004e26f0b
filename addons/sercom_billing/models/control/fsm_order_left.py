from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_amount, format_duration

TINY = 1e-6


class FsmOrder(models.Model):
    """What billing leaves out of these jobs is said, and approval of it asked for."""

    _inherit = "fsm.order"

    def action_convert_to_invoice(self):
        action = super().action_convert_to_invoice()
        words = self._get_words_of_left()
        if not words:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not all of it is billed"),
                "message": "\n".join(words),
                "next": action,
            },
        }

    def _get_words_of_left(self):
        """What is left to bill of these jobs, just billed, and why: a list of sentences."""
        to_approve = self._get_hours_to_approve(self._get_lines_by_hours())
        words = []
        for job in self:
            if (hours := to_approve.get(job.id, 0.0)) > TINY:
                words.append(
                    self.env._(
                        "%(job)s: %(hours)s h are not approved and are not on the invoice.",
                        job=job.name,
                        hours=format_duration(hours),
                    )
                )
            # sudo: whoever bills
            own = job.sudo()
            left = own._get_amount_to_bill()
            if own.currency_id.compare_amounts(left, 0.0) > 0:
                words.append(
                    self.env._(
                        "%(job)s: its draft invoice was made before; %(amount)s more is to bill. "
                        "Post the draft, or delete it, and bill again.",
                        job=job.name,
                        amount=format_amount(self.env, left, own.currency_id),
                    )
                )
        return words

    def _get_lines_by_hours(self):
        # sudo: whoever bills
        return self.sudo().sale_line_ids.filtered(lambda line: line._is_billed_by_hours())

    def action_ask_approval(self):
        """Ask the office to approve the hours of these jobs, each once.

        :return: a notification
        :raises UserError: when all of them are approved
        """
        self.check_access("read")
        self.env["account.move"].check_access("create")
        kind = self.env.ref("mail.mail_activity_data_todo")
        hours = self._get_hours_to_approve()
        jobs = self.filtered(lambda job: hours.get(job.id, 0.0) > TINY)
        if not jobs:
            raise UserError(self.env._("All hours of these jobs are approved."))
        summary = self.env._("Approve the hours, to bill them")
        for job, user in jobs._get_planners().items():
            asked = Domain("res_model", "=", self._name) & Domain("res_id", "=", job.id)
            asked &= Domain("summary", "=", summary)
            # sudo: an activity for somebody of the office
            own = job.sudo()
            if not own.env["mail.activity"].search_count(asked, limit=1):
                own.activity_schedule(
                    activity_type_id=kind.id,
                    summary=summary,
                    note=self.env._("%s h", format_duration(hours[job.id])),
                    user_id=user.id,
                )
        return self._notify_office_asked(self.env._("The office knows, and approves them."))
