from odoo import api, models
from odoo.exceptions import UserError

from ...tools.planning.conflicts import Visit
from ...tools.planning.travel import to_place
from ...tools.work_time.work_time import HOUR
from ..job.fsm_order import CLOSED_STATES
from .sercom_assignment import MAX_DAYS
from .sercom_scheduler import to_seconds


class SercomScheduler(models.AbstractModel):
    """Why a person cannot, or should not, take a job at a time."""

    _inherit = "sercom.scheduler"

    @api.model
    @api.readonly
    def explain(self, order_id, employee_id, date_start, date_end, assignment_id=False):
        """Say why a person cannot, or should not, take a job at a time.

        :param int assignment_id: block that would be moved there; it does not stand in its own way
        :return: list of ``{kind, level, text}``, the worst first; ``kind`` is ``overlap``,
            ``time_off``, ``hours``, ``capacity``, ``skill``, ``travel``, ``appointment``,
            ``window`` or ``state``; ``level`` is ``block`` or ``warn``. Empty when nothing speaks
            against it
        """
        job = self._get_job(order_id)
        people = self._get_explained_people(int(employee_id))
        person = people[int(employee_id)]
        text = self._get_refusal(job, person, date_start, date_end)
        if text:
            return [{"kind": "state", "level": "block", "text": text}]
        site = job.location_id
        block = self.env["sercom.assignment"].browse(assignment_id or [])
        if block:
            block.check_access("read")
            site = block.fsm_location_id
        visit = Visit(
            to_seconds(date_start),
            to_seconds(date_end),
            block.id or 0,
            0.0,
            to_place(site.partner_latitude, site.partner_longitude),
            job.name,
        )
        [(person, found)] = self._find_conflicts(
            [(person.id, visit, job.skill_ids.ids, job.company_id)]
        )
        levels = self._get_levels(job.company_id)
        told = [
            {
                "kind": kind,
                "level": levels[kind],
                "text": self._describe_conflict(kind, detail, person, visit),
            }
            for kind, detail in found
            if levels[kind] != "ignore"
        ]
        told += self._explain_window(job, visit)
        return sorted(told, key=lambda row: row["level"] != "block")

    def _explain_window(self, job, visit):
        """What the client said of when they can, where a visit is not within it."""
        early, late = to_seconds(job.request_early), to_seconds(job.request_late)
        if (not early or early <= visit.start) and (not late or visit.end <= late):
            return []
        return [{"kind": "window", "level": "warn", "text": self._describe_window(job)}]

    def _get_explained_people(self, employee_id):
        """The person, archived or of another of the caller's companies too."""
        self._check_may_read()
        if not self._is_office():
            return self._get_board_people([employee_id])
        companies = None if self.env.su else self.env.user.company_ids
        people = self._load_people([employee_id], companies)
        if employee_id not in people:
            raise UserError(self.env._("This person is gone. Reload the page."))
        return people

    def _get_refusal(self, job, person, date_start, date_end):
        """Words for what makes a plan impossible, whatever the person has to do."""
        try:
            start, end = to_seconds(date_start), to_seconds(date_end)
        except ValueError:
            start = end = None
        names = {"job": job.name, "person": person.name}
        if person.company_id != job.company_id.id:
            # sudo: the name of a company not chosen now
            company = self.env["res.company"].sudo().browse(person.company_id)
            return self.env._(
                "%(person)s works for %(company)s, and %(job)s is of another company.",
                company=company.name,
                **names,
            )
        if not person.active:
            return self.env._("%(person)s is archived. Choose somebody else for %(job)s.", **names)
        if job.state in CLOSED_STATES:
            states = dict(job._fields["state"]._description_selection(self.env))
            return self.env._(
                "%(job)s is %(state)s. Reopen it before planning %(person)s on it.",
                state=states[job.state].lower(),
                **names,
            )
        if not start or not end:
            return self.env._("Choose a start and an end for %(job)s.", **names)
        if end <= start:
            return self.env._(
                "%(job)s would end before it starts. Check its start and end.", **names
            )
        if end - start > MAX_DAYS * 24 * HOUR:
            return self.env._(
                "%(job)s: a block of %(person)s cannot be longer than %(days)s days. Plan several "
                "blocks.",
                days=MAX_DAYS,
                **names,
            )
        return ""
