from datetime import timedelta
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.context import Sentinel
from odoo.addons.sercom_requests.tools.field_access import readers_only

from ...tools.planning.conflicts import Visit
from ...tools.planning.travel import to_place
from ...tools.work_time.work_time import to_epoch
from .sercom_assignment import LIVE_STATES, MAX_DAYS

# Who may read what speaks against a plan: it names other people and their absences.
OFFICE_AND_SALES = "fieldservice.group_fsm_user,sales_team.group_sale_salesman"
# What decides whether a block is in the way of its person's other ones.
WATCHED_FIELDS = {
    "employee_id",
    "date_start",
    "date_end",
    "planned_hours",
    "state",
    "fsm_order_id",
    "fsm_location_id",
    "conflict_override",
}
# Says that what speaks against blocks is told, and nothing refused: they were planned before
# Sercom, or before their job was closed. No client can send it.
KEEP_PLAN = Sentinel("keep_plan")


class Fact(NamedTuple):
    """What speaks against a visit of a person (``tools.planning.conflicts``)."""

    kind: str
    level: str  # ``warn`` or ``block``
    detail: Any
    person: Any
    visit: Visit


class SercomAssignment(models.Model):
    """What the database allows and is still wrong: time off, closed hours, too much, too far.

    How it works: each kind of conflict is ignored, told or refused, as the job's company says.
    What is told is kept with the block (``sercom_assignment_warning``). An override, which takes
    a reason, lets a block through; it stays visible here, on the block it overlaps and in the
    job's chatter.
    """

    _inherit = "sercom.assignment"

    conflict_text = fields.Text(
        "Conflicts",
        compute="_compute_conflict_text",
        groups=OFFICE_AND_SALES,
        help="What speaks against this block as it is now, before it is saved.",
    )
    is_conflict_blocking = fields.Boolean(
        compute="_compute_conflict_text",
        groups=OFFICE_AND_SALES,
        help="It cannot be saved like this without a reason.",
    )
    overlap_ids = fields.Many2many(
        "sercom.assignment",
        string="Overlaps",
        compute="_compute_overlap_ids",
        groups=OFFICE_AND_SALES,
        help="Other assignments of this person at the same time, allowed with a reason.",
    )
    is_overlapping = fields.Boolean(
        "Overlapping",
        compute="_compute_overlap_ids",
        search="_search_is_overlapping",
        groups=OFFICE_AND_SALES,
    )
    overlap_text = fields.Text(
        "Overlaps With", compute="_compute_overlap_ids", groups=OFFICE_AND_SALES
    )

    @api.depends(
        "employee_id",
        "date_start",
        "date_end",
        "planned_hours",
        "fsm_order_id",
        "fsm_location_id",
        "state",
    )
    @api.depends_context("lang")
    def _compute_conflict_text(self):
        blocks = self.filtered(
            lambda block: (
                block.state in LIVE_STATES
                and block.employee_id
                and block.fsm_order_id
                and block.date_start
                and block.date_end
                and block.date_start < block.date_end
                and block.date_end - block.date_start <= timedelta(days=MAX_DAYS)
            )
        )
        (self - blocks).conflict_text = False
        (self - blocks).is_conflict_blocking = False
        conflicts = blocks._find_conflicts(with_overlaps=True)
        for block in blocks:
            told = conflicts[block]
            block.conflict_text = "\n".join(text for _kind, _level, text in told) or False
            block.is_conflict_blocking = any(level == "block" for _kind, level, _text in told)

    @api.depends("employee_id", "date_start", "date_end", "state", "conflict_override")
    def _compute_overlap_ids(self):
        pairs = self._load_overlaps()
        for block in self:
            others = self.browse(pairs.get(block._origin.id, ()))._filtered_access("read")
            block.overlap_ids = others
            block.is_overlapping = block._origin.id in pairs
            block.overlap_text = "\n".join(other._get_overlap_label() for other in others) or False

    @api.onchange("employee_id", "date_start", "date_end", "fsm_order_id")
    def _onchange_conflicts(self):
        # Lists have no room for the form's banner.
        if self.has_access("write") and self.conflict_text:
            return {
                "warning": {
                    "title": self.env._("Planning conflict"),
                    "message": self.conflict_text,
                    "type": "notification",
                }
            }
        return None

    def _get_overlap_label(self):
        """Words for a block that another one overlaps."""
        if not self.override_reason:
            return self._get_label()
        return self.env._(
            "%(block)s: %(reason)s", block=self._get_label(), reason=self.override_reason
        )

    def _load_overlaps(self):
        """Ids of the live blocks that overlap each of these: ``{id: [ids]}``."""
        if not self.ids:
            return {}
        self.env["sercom.assignment"].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT block.id, ARRAY_AGG(other.id ORDER BY other.date_start, other.id)
                      FROM sercom_assignment block
                      JOIN sercom_assignment other ON %s
                     WHERE block.id = ANY(%s)
                  GROUP BY block.id
                    """,
                    self._get_overlap_sql("block", "other"),
                    self.ids,
                )
            )
        )

    def _get_overlap_sql(self, one, two):
        """Condition on two aliases of the table: both are live and share an instant."""
        one_sql, two_sql = SQL.identifier(one), SQL.identifier(two)
        return SQL(
            """
            %(two)s.employee_id = %(one)s.employee_id
            AND %(two)s.id != %(one)s.id
            AND %(one)s.state IN %(live)s AND %(two)s.state IN %(live)s
            AND (%(one)s.conflict_override OR %(two)s.conflict_override)
            AND %(two)s.date_start < %(one)s.date_end
            AND %(two)s.date_end > %(one)s.date_start
            """,
            one=one_sql,
            two=two_sql,
            live=LIVE_STATES,
        )

    @readers_only
    def _search_is_overlapping(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "EXISTS (SELECT FROM sercom_assignment other WHERE %s)",
                model._get_overlap_sql(alias, "other"),
            )
        )

    # Conflicts

    def _get_visit(self):
        """This one block as the plain rules see it."""
        site = self.fsm_location_id
        return Visit(
            to_epoch(self.date_start),
            to_epoch(self.date_end),
            self._origin.id or 0,
            self.planned_hours,
            to_place(site.partner_latitude, site.partner_longitude),
            self.fsm_order_id.name or "",
            self.state in LIVE_STATES,
        )

    def _find_conflicts(self, with_overlaps=False):
        """Find what speaks against these blocks, as far as their company wants to know.

        :param bool with_overlaps: also look for other live blocks at the same time, which the
            database refuses anyway
        :return: ``{assignment: [(kind, level, text)]}``; the level is ``warn`` or ``block``
        """
        facts = self._find_facts(with_overlaps)
        return {block: self._put_in_words(facts[block]) for block in self}

    def _find_facts(self, with_overlaps=False):
        """``_find_conflicts`` before it is put in words: ``{assignment: [Fact]}``."""
        requests = [
            (block.employee_id._origin.id, block._get_visit(), block.fsm_order_id)
            for block in self.sudo()  # sudo: time off and blocks of others speak against it too
        ]
        return dict(zip(self, self._find_visit_facts(requests, with_overlaps), strict=True))

    @api.model
    def _find_visit_conflicts(self, requests, with_overlaps=False):
        """``_find_conflicts`` of visits that are no assignments yet.

        :param requests: list of ``(employee id, Visit, job in sudo)``
        :return: for each, its ``[(kind, level, text)]``
        """
        return list(map(self._put_in_words, self._find_visit_facts(requests, with_overlaps)))

    @api.model
    def _find_visit_facts(self, requests, with_overlaps):
        if not requests:
            return []
        Scheduler = self.env["sercom.scheduler"]
        companies = [job.company_id._origin or self.env.company for _id, _visit, job in requests]
        answers = Scheduler._find_conflicts(
            [
                (employee_id, visit, job.skill_ids._origin._ids, company)
                for (employee_id, visit, job), company in zip(requests, companies, strict=True)
            ]
        )
        levels = {company: Scheduler._get_levels(company) for company in set(companies)}
        return [
            [
                Fact(kind, levels[company][kind], detail, person, visit)
                for kind, detail in found
                if levels[company][kind] != "ignore" and (with_overlaps or kind != "overlap")
            ]
            for (_id, visit, _job), company, (person, found) in zip(
                requests, companies, answers, strict=True
            )
        ]

    @api.model
    def _put_in_words(self, facts):
        """Facts as ``[(kind, level, text)]``, in the language of the environment."""
        Scheduler = self.env["sercom.scheduler"]
        return [
            (
                fact.kind,
                fact.level,
                Scheduler._describe_conflict(fact.kind, fact.detail, fact.person, fact.visit),
            )
            for fact in facts
        ]

    def _check_soft_conflicts(self):
        """Refuse or tell what speaks against blocks whose person, time or job has changed."""
        self._check_may_override()
        blocks = self.filtered(lambda block: block.state in LIVE_STATES)
        facts = blocks._find_facts()
        if not KEEP_PLAN.get(self):
            for block in blocks.filtered(lambda block: not block.conflict_override):
                block._check_blocking(facts[block])
        blocks._store_warnings(facts)
        blocks.filtered("conflict_override")._log_overrides(facts)

    def _check_may_override(self):
        for block in self.sudo():  # sudo: employee and job may be of a company not chosen now
            if block.conflict_override and not block.company_id.sercom_allow_overlap:
                raise ValidationError(
                    self.env._(
                        "%(company)s allows no overlaps. Choose another time or person for "
                        "%(block)s.",
                        company=block.company_id.name,
                        block=block._get_label(),
                    )
                )

    def _check_blocking(self, facts):
        """Refuse this one block when one of its conflicts blocks it."""
        reasons = self._get_blocking_texts(facts)
        if not reasons:
            return
        if self.company_id.sercom_allow_overlap:
            way_out = self.env._("Choose another time or worker, or allow it with a reason.")
        else:
            way_out = self.env._("Choose another time or worker.")
        raise ValidationError("\n".join([*reasons, way_out]))

    @api.model
    def _get_blocking_texts(self, facts):
        blocking = [fact for fact in facts if fact.level == "block"]
        return [text for _kind, _level, text in self._put_in_words(blocking)]

    def _log_overrides(self, facts):
        """Tell the job's chatter which overlaps and conflicts were allowed, and why."""
        overlaps = self._load_overlaps()
        for block in self.sudo():  # sudo: told by name, whoever may read the other block
            reasons = self._get_blocking_texts(facts[block])
            others = block.browse(overlaps.get(block.id, ()))
            reasons = [other._get_label() for other in others] + reasons
            if reasons:
                block.fsm_order_id._message_log(
                    body=self.env._(
                        "%(block)s was planned although: %(conflicts)s Reason: %(reason)s",
                        block=block._get_label(),
                        conflicts=" ".join(
                            text if text.endswith(".") else f"{text}." for text in reasons
                        ),
                        reason=block.override_reason,
                    )
                )

    # What a change does to the blocks around

    def _refresh_warned_around(self, around):
        """Look again at the blocks next to those that changed or left, and at those that ended.

        :param around: ``_get_warned_around`` before the change
        """
        around.exists()._refresh_warnings()
        ended = self.filtered(lambda block: block.has_warning and block.state not in LIVE_STATES)
        ended._refresh_warnings()

    def _get_warned_around(self, vals_list=()):
        """Warned blocks of the same people on the same or the next days, these ones apart.

        :param vals_list: values about to be written; without any, the blocks are about to go
        """
        if not self.ids or (vals_list and all(map(WATCHED_FIELDS.isdisjoint, vals_list))):
            return self.browse()
        self.env["sercom.assignment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT other.id
                  FROM sercom_assignment block
                  JOIN sercom_assignment other
                    ON other.employee_id = block.employee_id
                   AND other.date_start < block.date_end + INTERVAL '1 day'
                   AND other.date_end > block.date_start - INTERVAL '1 day'
                 WHERE other.has_warning
                   AND block.id = ANY(%(ids)s)
                   AND other.id != ALL(%(ids)s)
                """,
                ids=self.ids,
            )
        )
        # sudo: blocks around change, which the user did not touch
        return self.sudo().browse([block_id for (block_id,) in rows])
