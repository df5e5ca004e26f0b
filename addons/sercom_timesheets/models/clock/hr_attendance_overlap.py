from contextlib import contextmanager

import psycopg2

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

SPAN_FIELDS = frozenset({"employee_id", "check_in", "check_out"})


class HrAttendance(models.Model):
    """Nobody is clocked in twice: the database refuses it, whoever writes and when."""

    _inherit = "hr.attendance"

    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(employee_id, employee_id, '[]') WITH &&,
            (CASE WHEN check_out < check_in THEN 'empty'::tsrange
                  ELSE tsrange(check_in, check_out) END) WITH &&
        )""",
        "This person already has a clock entry at that time, or is still clocked in.",
    )

    def _check_validity(self):
        # OVERRIDE hr_attendance, which searches two or three times for each entry, and cannot
        # see what others write meanwhile: the constraint decides.
        return

    @contextmanager
    def _refusing_overlaps(self, spans):
        """Write entries, whose former selves are ``self``, or raise who is clocked in and when.

        :param spans: ``(employee id, start, end or None)`` about to be written, UTC
        :raises ValidationError: naming the person and the entry that is there; nothing is written
        """
        try:
            with self.env.cr.savepoint(flush=False):
                yield
        except psycopg2.errors.ExclusionViolation as error:
            self.env.invalidate_all(flush=False)
            raise ValidationError(self._get_overlap_message(spans)) from error

    def _get_overlap_message(self, spans):
        # sudo: words for a message: what is there already
        entries = self.env["hr.attendance"].sudo()
        Employee = entries.env["hr.employee"]
        for employee_id, start, end in spans:
            person = Employee.browse(employee_id)
            ends_later = fields.Domain("check_out", "=", False)
            ends_later |= fields.Domain("check_out", ">", start)
            domain = fields.Domain("employee_id", "=", employee_id) & ends_later
            if end:
                domain &= fields.Domain("check_in", "<", end)
            other = entries.search(domain & fields.Domain("id", "not in", self.ids), limit=1)
            if other:
                zone = person._get_planning_tz()
                since = format_datetime(self.env, other.check_in, tz=zone)
                names = {"person": person.name, "since": since}
                if not other.check_out:
                    return self.env._(
                        "%(person)s is clocked in since %(since)s. Clock them out first.", **names
                    )
                return self.env._(
                    "%(person)s already has a clock entry from %(since)s to %(until)s. Choose "
                    "another time, or correct that one first.",
                    until=format_datetime(self.env, other.check_out, tz=zone),
                    **names,
                )
        return self.env._(
            "%s was clocked in by somebody else at the same moment. Look at their clock, then try "
            "again.",
            ", ".join(Employee.browse({span[0] for span in spans}).mapped("name")),
        )

    def _get_new_span(self, vals):
        """Span of an entry with these values, completed by those of the entry, if any."""
        to_datetime = fields.Datetime.to_datetime
        employee_id = vals.get("employee_id", self.employee_id.id)
        start = to_datetime(vals.get("check_in", self.check_in)) or fields.Datetime.now()
        end = to_datetime(vals.get("check_out", self.check_out))
        return employee_id, start, end or None
