from odoo import api, fields, models
from odoo.tools import format_duration


class FsmOrder(models.Model):
    """Completing a job: nobody is on its clock any more, and hours over the sold ones are told."""

    _inherit = "fsm.order"

    over_hours_reason = fields.Char(
        "Why More Hours",
        copy=False,
        tracking=True,
        help="Why more hours were worked than sold. Asked for before the job can be completed.",
    )

    @api.depends(
        "attendance_ids.check_out",
        "attendance_ids.employee_id",
        "is_over_sold",
        "over_hours_reason",
    )
    def _compute_missing_to_complete(self):
        return super()._compute_missing_to_complete()

    def _get_missing_to_complete(self):
        missing = super()._get_missing_to_complete()
        asked = self.filtered(lambda job: not job.incomplete_reason)
        at_work = (
            self.env["hr.attendance"]
            # sudo: who is still at work, of the whole crew
            .sudo()
            ._read_group(
                [("fsm_order_id", "in", asked.ids), ("check_out", "=", False)],
                ["fsm_order_id"],
                ["employee_id:recordset"],
            )
        )
        for job, employees in at_work:
            missing[job.with_env(self.env)].append(
                {
                    "kind": "clock",
                    "message": self.env._(
                        "Still clocked in: %s.", ", ".join(employees.mapped("name"))
                    ),
                }
            )
        for job in asked:
            if job.is_over_sold and not job.over_hours_reason:
                missing[job].append(
                    {
                        "kind": "over_hours",
                        "message": self.env._(
                            "No reason why %(worked)s hours were worked and %(sold)s sold.",
                            worked=format_duration(job.worked_hours),
                            sold=format_duration(job.sold_hours),
                        ),
                    }
                )
        return missing

    def _get_site_report_fields(self):
        return (*super()._get_site_report_fields(), "over_hours_reason")

    def _save_site_report(self, vals, moment):
        """Takes also ``over_hours_reason`` and ``clock_out``: the user's clock ends first."""
        if vals.get("clock_out") and self.is_clocked_in:
            self.action_clock_out(punch={"moment": fields.Datetime.to_string(moment)})
        if vals.get("over_hours_reason"):
            self.over_hours_reason = vals["over_hours_reason"]
        return super()._save_site_report(vals, moment)

    def _get_end_on_site(self, moment):
        # The clock tells the end, where there was one.
        # sudo: the work of the whole crew
        worked = self.sudo().attendance_ids.filtered(
            lambda entry: entry.work_type == "work" and entry.check_out and not entry.review_reason
        )
        return False if worked else super()._get_end_on_site(moment)

    # Report

    def _get_report_people(self):
        # sudo: the report names the whole crew
        names = self.sudo().timesheet_ids.employee_id.mapped("name")
        return ", ".join(names) if names else super()._get_report_people()

    def _get_report_hours(self):
        """Hours that the client reads on the job's report, as the company wants them.

        :return: list of ``(date, name, kind, hours)``; date and name are empty for totals
        """
        wanted = self.company_id.job_report_hours
        if wanted == "none":
            return []
        groups = ["work_type"] if wanted == "total" else ["date:day", "employee_id", "work_type"]
        kinds = dict(
            self.env["account.analytic.line"]._fields["work_type"]._description_selection(self.env)
        )
        rows = (
            self.env["account.analytic.line"]
            # sudo: hours of the whole crew, for the client's report
            .sudo()
            ._read_group(
                [("fsm_order_id", "=", self.id), ("project_id", "!=", False)],
                groups,
                ["unit_amount:sum"],
            )
        )
        answer = []
        for *who, kind, hours in rows:
            day, employee = who or (False, self.env["hr.employee"])
            # Corrections may cancel each other out.
            if round(hours, 2):
                answer.append((day, employee.name or "", kinds.get(kind, ""), hours))
        return answer
