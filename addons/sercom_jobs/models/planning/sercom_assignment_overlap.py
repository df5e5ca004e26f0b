from collections import namedtuple
from contextlib import contextmanager

import psycopg2

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.job.schedule import find_overlap
from .sercom_assignment import LIVE_STATES

# A block about to be written: what the database compares, and the job it is for.
Span = namedtuple("Span", "employee_id date_start date_end fsm_order_id")
# First key of PostgreSQL's advisory locks on people being planned; the second is the employee.
LOCK_KEY = 0x5E4C


class SercomAssignment(models.Model):
    """Nobody is in two places at once: the database refuses it, whoever writes and when.

    How it works: people who plan the same person at the same moment wait for each other (an
    advisory lock per person), so that the loser reads who won instead of a deadlock. What is
    visible already is refused by a query, and what is not by the exclusion constraint.
    Blocks that are done hold no time: a visit that ended early frees the rest of its block.
    """

    _inherit = "sercom.assignment"

    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(employee_id, employee_id, '[]') WITH &&,
            tsrange(date_start, date_end) WITH &&
        ) WHERE (state IN ('draft', 'confirmed') AND conflict_override IS NOT TRUE)
        DEFERRABLE INITIALLY IMMEDIATE""",
        "This person is already planned at that time.",
    )

    def _get_span(self, vals):
        """Span of a block with these values; ``None`` when it may overlap.

        :param dict vals: ``employee_id``, ``date_start``, ``date_end`` (UTC), ``state``…
        """
        if vals.get("conflict_override") or vals.get("state", "draft") not in LIVE_STATES:
            return None
        to_datetime = fields.Datetime.to_datetime
        start, end = to_datetime(vals.get("date_start")), to_datetime(vals.get("date_end"))
        if not (start and end and vals.get("employee_id")):
            return None
        return Span(vals["employee_id"], start, end, vals.get("fsm_order_id"))

    def _get_spans(self, vals_list):
        """Spans of new blocks, their defaults included."""
        names = ["employee_id", "fsm_order_id", "state", "conflict_override"]
        default = self.default_get(names)
        return [self._get_span({**default, **vals}) for vals in vals_list]

    @contextmanager
    def _refusing_overlaps(self, spans):
        """Write blocks, whose former selves are ``self``, or raise who is planned where and when.

        :param spans: spans of the blocks about to be written; ``None`` for those that may overlap
        :raises ValidationError: naming person, job and time; nothing is written then
        """
        spans = [span for span in spans if span]
        if not spans:
            yield
            return
        self._lock_people({span.employee_id for span in spans})
        self._check_overlaps(spans)
        try:
            with self.env.cr.savepoint():
                yield
                self.env["sercom.assignment"].flush_model()
        except psycopg2.errors.ExclusionViolation:
            # Written by others since this transaction began: only a new one sees it.
            with self.env.registry.cursor() as cr:
                self.with_env(self.env(cr=cr))._check_overlaps(spans)
            span = spans[0]
            raise self._get_overlap_error(span, None) from None

    def _lock_people(self, employee_ids):
        # Not ``lock_rows``: who loses reads who won, where a row lock has them tried again.
        self.env.execute_query(
            SQL(
                "SELECT pg_advisory_xact_lock(%s, id) FROM unnest(%s) AS id",  # banned-ok: above
                LOCK_KEY,
                sorted(employee_ids),
            )
        )

    def _check_overlaps(self, spans):
        """Refuse spans that overlap each other, or blocks that this transaction sees."""
        if pair := find_overlap(spans):
            first, second = pair
            raise self._get_overlap_error(second, first)
        if found := self._find_overlaps(spans, limit=1):
            position, other = found[0]
            raise self._get_overlap_error(spans[position], other)

    def _find_overlaps(self, spans, limit=None):
        """Find live blocks, those of ``self`` apart, that overlap spans.

        :return: list of ``(position of the span, Span of the block)``
        """
        people, starts, ends, _jobs = zip(*spans, strict=True)
        self.env["sercom.assignment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT span.position, block.employee_id, block.date_start, block.date_end,
                       block.fsm_order_id
                  FROM unnest(%(people)s, %(starts)s, %(ends)s)
                       WITH ORDINALITY AS span(employee_id, date_start, date_end, position)
                  JOIN sercom_assignment block
                    ON int4range(block.employee_id, block.employee_id, '[]')
                       && int4range(span.employee_id, span.employee_id, '[]')
                   AND tsrange(block.date_start, block.date_end)
                       && tsrange(span.date_start, span.date_end)
                 WHERE block.state IN ('draft', 'confirmed')
                   AND block.conflict_override IS NOT TRUE
                   AND block.id != ALL(%(own)s)
                 ORDER BY span.position, block.date_start
                 %(limit)s
                """,
                people=list(people),
                starts=list(starts),
                ends=list(ends),
                own=self.ids,
                limit=SQL("LIMIT %s", limit) if limit else SQL(),
            )
        )
        return [(position - 1, Span(*row)) for position, *row in rows]

    def _filter_free(self):
        """Blocks of the set whose time is not taken by others."""
        spans = [
            (block, Span(block.employee_id.id, block.date_start, block.date_end, False))
            for block in self
            if not block.conflict_override
        ]
        if not spans:
            return self
        taken = self._find_overlaps([span for _block, span in spans])
        taken = {spans[position][0].id for position, _other in taken}
        # Of two of the set that overlap each other, the earlier one stays.
        kept = {}
        for block, span in sorted(spans, key=lambda pair: pair[1][:3]):
            if block.id not in taken:
                last = kept.get(span.employee_id)
                if last and span.date_start < last.date_end:
                    taken.add(block.id)
                else:
                    kept[span.employee_id] = span
        return self - self.browse(taken)

    def _get_overlap_error(self, span, other):
        # sudo: the block in the way is named, whoever may read it
        Job = self.env["fsm.order"].sudo()
        employee = Job.env["hr.employee"].browse(span.employee_id)
        taken = other or span
        job = Job.browse(span.fsm_order_id)
        names = {
            "block": self._describe(
                Job.browse(taken.fsm_order_id).name if other else "",
                employee,
                taken.date_start,
                taken.date_end,
            ),
            "job": job.name or self.env._("the new job"),
        }
        if (job.company_id or employee.company_id).sercom_allow_overlap:
            return ValidationError(
                self.env._(
                    "%(block)s is already planned. Choose another time or person for %(job)s, or "
                    "allow the overlap with a reason.",
                    **names,
                )
            )
        return ValidationError(
            self.env._(
                "%(block)s is already planned. Choose another time or person for %(job)s.", **names
            )
        )
