from odoo import api, fields, models

from ...tools.planning.conflicts import Visit
from ...tools.planning.travel import to_place
from ...tools.work_time.work_time import to_epoch
from ..job.fsm_order import CLOSED_STATES
from .sercom_assignment_conflict import OFFICE_AND_SALES
from .sercom_assignment_hours import LONGEST


class FsmOrder(models.Model):
    """What speaks against the job's plan, told where it is typed and before it is saved."""

    _inherit = "fsm.order"

    plan_conflict_text = fields.Text(
        "Planning Conflicts",
        compute="_compute_plan_conflict_text",
        groups=OFFICE_AND_SALES,
        help="What speaks against the plan as it is on the screen.",
    )
    is_plan_blocked = fields.Boolean(
        compute="_compute_plan_conflict_text",
        groups=OFFICE_AND_SALES,
        help="The plan cannot be saved like this.",
    )

    @api.depends(
        "state",
        "location_id",
        "skill_ids",
        "request_early",
        "request_late",
        "scheduled_date_start",
        "scheduled_date_end",
        "person_id",
        "person_ids",
        "assignment_ids.state",
        "assignment_ids.employee_id",
        "assignment_ids.date_start",
        "assignment_ids.date_end",
    )
    def _compute_plan_conflict_text(self):
        Assignment = self.env["sercom.assignment"]
        requests = {job: job._get_visits_on_screen() for job in self}
        # sudo: time off and work of others speak against the plan too
        found = Assignment.sudo()._find_visit_conflicts(
            [request for own in requests.values() for request in own], with_overlaps=True
        )
        for job in self:
            own, found = found[: len(requests[job])], found[len(requests[job]) :]
            texts = dict.fromkeys(text for told in own for _kind, _level, text in told)
            texts |= dict.fromkeys(job._explain_window_on_screen(requests[job]))
            job.plan_conflict_text = "\n".join(texts) or False
            job.is_plan_blocked = any(
                level == "block" for told in own for _kind, level, _text in told
            )

    def _get_visits_on_screen(self):
        """Visits that this one job would have if its screen was saved.

        :return: list of ``(employee id, Visit, job in sudo)``
        """
        if not self._has_plan_on_screen():
            return []
        start, end = self.scheduled_date_start, self.scheduled_date_end
        job = self.sudo()  # sudo: a plan is told of with all its people
        blocks = job._get_plan_assignments().get(job, self.env["sercom.assignment"])
        is_moved = not blocks or (start, end) != (
            min(blocks.mapped("date_start")),
            max(blocks.mapped("date_end")),
        )
        people = job._get_typed_people()
        requests = [
            (block.employee_id._origin.id, block._get_visit(), job)
            for block in blocks
            if not is_moved and not block.conflict_override
        ]
        known = blocks.employee_id._origin
        by_person = {block.employee_id._origin: block._origin.id for block in blocks}
        return requests + [
            (person.id, self._prepare_visit(person, by_person.get(person, 0)), job)
            for person in people._origin
            if is_moved or person not in known
        ]

    def _has_plan_on_screen(self):
        start, end = self.scheduled_date_start, self.scheduled_date_end
        if not start or not end or self.state in CLOSED_STATES:
            return False
        return start < end <= start + LONGEST

    def _explain_window_on_screen(self, requests):
        """Words for a visit outside the client's window, which nobody has to go to yet.

        :param requests: ``_get_visits_on_screen`` of this one job
        """
        visits = [visit for _id, visit, _job in requests if visit.is_live]
        if not requests and self._has_plan_on_screen():
            span = (self.scheduled_date_start, self.scheduled_date_end)
            visits = [Visit(*map(to_epoch, span))]
        Scheduler = self.env["sercom.scheduler"]
        return [row["text"] for visit in visits for row in Scheduler._explain_window(self, visit)]

    def _prepare_visit(self, person, block_id):
        """Visit of ``person`` to this one job, as its own schedule says, for the plain rules."""
        start, end = self.scheduled_date_start, self.scheduled_date_end
        # Not of the job: what is only asked about is no line of its screen.
        block = self.env["sercom.assignment"].new(
            {"employee_id": person.id, "date_start": start, "date_end": end}
        )
        site = self.sudo().location_id  # sudo: where it is, for who plans
        return Visit(
            to_epoch(start),
            to_epoch(end),
            block_id,
            block.planned_hours,
            to_place(site.partner_latitude, site.partner_longitude),
            self.name or "",
            True,
        )
