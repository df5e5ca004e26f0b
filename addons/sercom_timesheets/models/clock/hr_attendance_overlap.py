from contextlib import contextmanager

import psycopg2

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

from ...tools.clock.overlap import parse_refusal

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
        """Write entries, or raise who is clocked in and when.

        It costs no query: PostgreSQL says in its refusal what is there, also what others wrote
        since this transaction began.

        :param spans: ``(employee id, start, end or None)`` about to be written, UTC
        :raises ValidationError: naming the person and the entry that is there; like any refusal
            of the database it ends the transaction, or the caller's savepoint
        """
        # Read before: after a refusal the transaction reads nothing any more.
        # sudo: words for a message
        people = self.env["hr.employee"].sudo().browse({span[0] for span in spans})
        names = {person.id: (person.name, person._get_planning_tz()) for person in people}
        try:
            yield
        except psycopg2.errors.ExclusionViolation as error:
            self.env.invalidate_all(flush=False)
            found = parse_refusal(error.diag.message_detail)
            raise ValidationError(self._get_overlap_message(names, found)) from error

    def _get_overlap_message(self, names, found):
        """Words for an overlap.

        :param dict names: ``{employee id: (name, time zone)}`` of those being clocked
        :param found: ``(employee id, start, end or None)`` of the entry that is there, UTC; or
            ``None``
        """
        employee_id, start, end = found or (None, None, None)
        if employee_id not in names:
            return self.env._(
                "%s was clocked in by somebody else at the same moment. Look at their clock, then "
                "try again.",
                ", ".join(name for name, _zone in names.values()),
            )
        name, zone = names[employee_id]
        since, until = (
            moment
            and format_datetime(self.env, moment, tz=zone, lang_code=self.env.lang or "en_US")
            for moment in (start, end)
        )
        if not end:
            return self.env._(
                "%(person)s is clocked in since %(since)s. Clock them out first.",
                person=name,
                since=since,
            )
        return self.env._(
            "%(person)s already has a clock entry from %(since)s to %(until)s. Choose "
            "another time, or correct that one first.",
            person=name,
            since=since,
            until=until,
        )

    def _get_new_span(self, vals):
        """Span of an entry with these values, completed by those of the entry, if any."""
        to_datetime = fields.Datetime.to_datetime
        employee_id = vals.get("employee_id", self.employee_id.id)
        start = to_datetime(vals.get("check_in", self.check_in)) or fields.Datetime.now()
        end = to_datetime(vals.get("check_out", self.check_out))
        return employee_id, start, end or None
