from odoo import api, fields, models

from ...tools.clock.clock import hours_to_allocate, split_by_day

TIMESHEET_FIELDS = frozenset(
    {"check_in", "check_out", "employee_id", "fsm_order_id", "work_type", "review_reason"}
)


class HrAttendance(models.Model):
    """Timesheets are made from clock entries, and follow them until they are fixed.

    How it works: a closed entry with a job asks for hours per job, day and kind of work. What
    billed or locked lines hold stays; the rest is in lines that can still be changed, and a
    difference to fixed lines becomes an adjustment, a line of its own that says why.
    """

    _inherit = "hr.attendance"

    timesheet_ids = fields.One2many(
        "account.analytic.line", "attendance_id", string="Timesheets", readonly=True
    )

    def _get_timesheet_fields(self):
        """Names of the fields that timesheets follow."""
        return TIMESHEET_FIELDS

    def _sync_timesheets(self, fresh=None):
        """Make the timesheets of these entries agree with them.

        :param fresh: those of the entries that have no timesheet yet; none when unknown
        """
        known = self - fresh if fresh else self
        # sudo: the clock writes timesheets, whoever punches
        entries = self._get_hours_change().apply_to(self.sudo())
        Line = entries.env["account.analytic.line"]
        lines_by_entry = {}
        if known.ids:
            lines = Line.with_context(active_test=False)
            lines = lines.search([("attendance_id", "in", known.ids)])
            lines_by_entry = lines.grouped("attendance_id")
        new, order_lines = {}, entries._get_order_lines()
        for entry in entries:
            lines = lines_by_entry.get(entry, Line)
            vals_list = entry._update_timesheets(lines, order_lines)
            if vals_list:
                new.setdefault(entry.fsm_order_id.company_id or entry.company_id, []).extend(
                    vals_list
                )
        for company, vals_list in new.items():
            project = company._get_service_project()
            # People who left keep the hours they worked.
            Line.with_company(company).with_context(
                allowed_company_ids=company.ids, active_test=False
            ).create([{**vals, "project_id": project.id} for vals in vals_list])

    def _get_order_lines(self):
        """Order lines of the jobs of those entries, in sudo, that ask for hours: ``{job: lines}``.

        One query reads them whole: their delivered quantity follows the hours.
        """
        entries = self.filtered(lambda entry: entry._is_for_timesheet())
        jobs = entries.fsm_order_id
        if not jobs:
            return {}
        found = self.env["sale.order.line"].search_fetch([("fsm_order_id", "in", jobs.ids)])
        lines = found.grouped("fsm_order_id")
        return {job: lines.get(job, found.browse()) for job in jobs}

    def _is_for_timesheet(self):
        """Whether the hours of this one entry go on timesheets."""
        return bool(self.check_out and self.fsm_order_id and not self.review_reason)

    def _get_wanted_hours(self):
        """Hours that the entry puts on timesheets: ``{(job, date, work type, rate): hours}``."""
        if not self._is_for_timesheet():
            return {}
        return {
            (self.fsm_order_id, day, self.work_type, rate): hours
            for day, total in split_by_day(self.check_in, self.check_out, self._get_tz())
            for rate, hours in self._share_by_rate(day, total).items()
        }

    def _share_by_rate(self, day, hours):
        """Hook: hours of this one entry on a day by the rate that bills them.

        :param date day: by the person's clock
        :param float hours: of the entry on that day
        :return: ``{key of the rate: hours}``; ``False`` for the rate of the job's line
        """
        return {False: hours}

    @api.model
    def _prepare_rate_vals(self, rate, so_line):
        """Hook: values of a timesheet line that a rate bills.

        :param rate: key of the rate
        :param so_line: the order line that the job's hours of this kind are sold on
        """
        return {"so_line": so_line.id}

    def _update_timesheets(self, lines, order_lines):
        """Change the editable lines of the entry; values of those it lacks.

        :param lines: the entry's timesheets, in sudo
        :param dict order_lines: ``_get_order_lines`` of all entries
        :return: list of values
        """
        if self.employee_id != lines.employee_id and lines:
            self._check_person_unchanged(lines)
        fixed_lines = lines.filtered(lambda line: line._is_fixed())
        fixed, last_fixed = {}, {}
        for line in fixed_lines.sorted("id"):
            key = self._get_timesheet_key(line)
            fixed[key] = fixed.get(key, 0.0) + line.unit_amount
            last_fixed[key] = line
        needs = hours_to_allocate(self._get_wanted_hours(), fixed)
        unused = lines - fixed_lines
        vals_list = []
        for key, hours, line in self._match_timesheets(needs, unused):
            job, _day, work_type, _rate = key
            so_line = job._get_billing_line(work_type, order_lines.get(job), self.employee_id)
            vals = self._prepare_timesheet_vals(*key, hours, so_line, last_fixed.get(key))
            if line:
                unused -= line
                if line.is_so_line_edited:
                    del vals["so_line"]  # a person has said who pays for it
                vals = {name: vals[name] for name in vals if line._differs(name, vals[name])}
                if vals:
                    line.write(vals)
            else:
                vals_list.append(vals)
        unused.unlink()
        return vals_list

    @api.model
    def _get_timesheet_key(self, line):
        return (line.fsm_order_id, line.date, line.work_type, line._get_rate_key())

    @api.model
    def _match_timesheets(self, needs, unused):
        """Which of the lines that can be changed takes which hours: its own, or another of the day.

        :param dict needs: ``{key: hours}``
        :return: list of ``(key, hours, line)``; the line is empty where there is none
        """
        chosen = {}
        for key in needs:
            own = (unused - unused.browse().union(*chosen.values())).filtered(
                lambda line, key=key: self._get_timesheet_key(line) == key
            )
            if own:
                chosen[key] = own[:1]
        for key in needs:
            if key in chosen:
                continue
            job, day, kind, _rate = key
            others = (unused - unused.browse().union(*chosen.values())).filtered(
                lambda line, job=job, day=day: line.fsm_order_id == job and line.date == day
            )
            if others:
                chosen[key] = others.sorted(lambda line, kind=kind: line.work_type != kind)[:1]
        return [(key, hours, chosen.get(key, unused.browse())) for key, hours in needs.items()]

    def _check_person_unchanged(self, lines):
        """Hours that are fixed stay with the person who worked them; others go along."""
        if any(line._is_fixed() for line in lines):
            lines._refuse_change()
        lines.unlink()

    def _prepare_timesheet_vals(self, job, day, work_type, rate, hours, so_line, fixed_line=None):
        """Values of a timesheet of the entry.

        :param rate: key of the rate that bills it
        :param so_line: the order line that the job's hours of this kind are sold on
        :param fixed_line: the line that can no longer be changed, if the new one adjusts it
        """
        rate_vals = self._prepare_rate_vals(rate, so_line)
        if fixed_line and hours < 0 and fixed_line._keeps_order_line():
            rate_vals["so_line"] = fixed_line.so_line.id  # given back where it was billed
        vals = {
            "name": job.subject or job.name,
            "date": day,
            "unit_amount": hours,
            "employee_id": self.employee_id.id,
            "company_id": job.company_id.id,
            "fsm_order_id": job.id,
            "attendance_id": self.id,
            "work_type": work_type,
            "is_adjustment": bool(fixed_line),
            **rate_vals,
        }
        if fixed_line:
            vals["adjustment_reason"] = self._get_hours_change().reason
        return vals
