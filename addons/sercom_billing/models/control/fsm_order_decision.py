from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.policy.policies import ACTUAL


class FsmOrder(models.Model):
    """What is decided of jobs that are ready to bill."""

    _inherit = "fsm.order"

    def action_decide_hours(self):
        """Ask what becomes of the open hours of these jobs.

        :return: window action of the dialog
        :raises AccessError: for who may not decide
        """
        self.env["account.analytic.line"]._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Billed"),
            "res_model": "sercom.billing.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fsm_order_ids": self.ids},
        }

    def action_align_to_sold(self):
        """Bill no more than was sold: hours worked over it are written off.

        :raises AccessError: for who may not decide, or not write the jobs
        :raises UserError: when nothing is over the sold hours
        """
        self.env["account.analytic.line"]._check_may_decide()
        self.check_access("write")
        for job in self:
            over = job.billable_hours - job._get_waived_by_hours() - job.sold_hours
            job._waive_latest(
                "written_off", self.env._("Aligned to the sold hours"), max(over, 0.0)
            )
        return True

    def action_align_to_actual(self):
        """Bill all that was worked: as worked from now on, and what was written off after all.

        :raises AccessError: for who may not decide, or not write the jobs
        :raises UserError: for hours that the client did not authorise
        """
        self.env["account.analytic.line"]._check_may_decide()
        self.check_access("write")
        for job in self:
            if job.is_capped and job.unauthorized_hours:
                raise UserError(
                    self.env._(
                        "The client of %(job)s did not authorise all its hours. Ask for more "
                        "hours with a change order first.",
                        job=job.name,
                    )
                )
        # sudo: who decides what is billed need not write the lines of the order
        fixed = self.sudo().filtered(
            lambda job: any(
                line._is_labour() and not line._is_billed_by_hours() for line in job.sale_line_ids
            )
        )
        # A policy of a line's own would count before the job's.
        fixed.sale_line_ids.filtered("billing_policy").billing_policy = False
        fixed.billing_policy = ACTUAL
        # sudo: whoever's hours they are; who may decide is asked there
        hours = self.sudo().sale_line_ids.timesheet_ids.sudo(self.env.su)
        hours._take_decision_back(
            self.env._("Aligned to the hours worked"), fates=("written_off", "absorbed")
        )
        return True

    def _get_waived_by_hours(self):
        self.ensure_one()
        # sudo: whoever's hours they are
        lines = self.sudo().sale_line_ids.filtered(lambda line: line._is_billed_by_hours())
        return sum(lines.mapped("waived_hours"))

    def _waive_latest(self, fate, reason, hours):
        """Waive so many of the open hours of this one job, the latest first."""
        lines = self._get_hours_to_decide().sorted(lambda line: (line.date, line.id), reverse=True)
        chosen = {}
        for line in lines:
            left = line.billable_hours - line.billed_hours - line.waived_hours
            chosen[line.id] = min(left, hours)
            hours -= chosen[line.id]
        lines._waive(fate, reason, chosen)

    def _check_has_hours_to_decide(self):
        """Refuse a decision of which one of these jobs has no hours.

        :raises UserError: naming the job, what is left of it and the way out
        """
        for job in self:
            by_hours = job._get_hours_to_decide().filtered(
                lambda line: line.so_line._is_billed_by_hours()
            )
            if by_hours or job.undecided_hours or job.unauthorized_hours:
                continue
            sold = job.sudo().sale_line_ids._get_to_settle()  # sudo: whoever decides
            if sold:
                raise UserError(
                    self.env._(
                        "What is left to bill of %(job)s was sold, and has no hours of its own: "
                        "%(lines)s. Bill it, or lower its quantity on the order.",
                        job=job.name,
                        lines=", ".join(sold.mapped("name")),
                    )
                )
            raise UserError(
                self.env._("%s has no approved hours that wait for a decision.", job.name)
            )

    def _waive_unauthorized(self, fate, reason):
        """Decide of the hours of this one job over the authorised ones that nobody pays them."""
        Timesheet = self.env["account.analytic.line"]
        Timesheet._check_may_decide()
        # sudo: whoever's hours they are
        lines = self.sudo().timesheet_ids.filtered(
            lambda line: line.unauthorized_hours > 1e-6 and line._is_ready()
        )
        hours = {line.id: line.unauthorized_hours for line in lines}
        lines._authorize_decided(hours)
        lines.sudo(self.env.su)._waive(fate, reason, hours)

    def _get_hours_to_decide(self):
        """Approved hours of these jobs that are neither billed nor waived."""
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = Timesheet._get_open_hours_domain()
        domain &= Domain("so_line", "in", self.sudo().sale_line_ids.ids)  # sudo: as above
        lines = Timesheet.search(domain).sudo(self.env.su)
        return lines.filtered(
            lambda line: line.billable_hours - line.billed_hours - line.waived_hours > 1e-6
        )
