from dataclasses import dataclass, replace
from typing import Any

from odoo import fields, models

from odoo.addons.sercom_jobs.tools.planning.slots import STEP, Need, find_slots
from odoo.addons.sercom_jobs.tools.work_time.work_time import HOUR, from_epoch, to_epoch

# Slots of a day that are looked at; several people may be free at one time.
LOOKED_AT = 48


@dataclass
class AskedService:
    """What planning asks of a job, of a service that nobody has asked for yet."""

    company_id: Any
    skill_ids: Any
    team_id: Any
    location_id: Any
    id: None = None


class SercomScheduler(models.AbstractModel):
    """Times that are held for visitors are busy, and free ones are found before there is a job."""

    _inherit = "sercom.scheduler"

    def _load_busy(self, people, start, end):
        blocks, appointments = super()._load_busy(people, start, end)
        # sudo: that a time is held, not for whom
        holds = self.env["sercom.booking.hold"].sudo()
        for hold in holds.search(
            [
                ("employee_id", "in", list(people)),
                ("expires_on", ">", fields.Datetime.now()),
                ("date_start", "<", from_epoch(end)),
                ("date_end", ">", from_epoch(start)),
            ]
        ):
            appointments[hold.employee_id.id].append(
                (to_epoch(hold.date_start), to_epoch(hold.date_end), None)
            )
        return blocks, appointments

    def _get_known_people(self, job):
        return super()._get_known_people(job) if job.id else set()

    def _find_web_slots(self, asked, need, days, is_whole=True):
        """Free times of people for a client to choose from.

        :param asked: ``fsm.order``, or ``AskedService``
        :param Need need: how long, how many people and where
        :param list days: spans within which a visit begins and ends (UTC), in order
        :param bool is_whole: whether a visit is at a stretch, and not cut by a break of the day
        :return: ``{start (UTC text): {employee_ids, date_start, date_end, blocks, warnings
            (none)}}``, in order
        """
        if not days:
            return {}
        spans = [
            (to_epoch(first.replace(second=0, microsecond=0)), to_epoch(last))
            for first, last in days
        ]
        # Once for all days.
        start, end = spans[0][0], spans[-1][1]
        need = replace(need, early=start, late=end)
        candidates = self._load_candidates(asked, self._get_board_people(), need, start, end)
        travel = self._get_travel(asked.company_id)
        to_text = fields.Datetime.to_string
        found = {}
        for early, late in spans:
            day_need = replace(need, early=early, late=late)
            by_start = {}
            for slot in find_slots(day_need, candidates, travel, LOOKED_AT):
                # What asks for a second look is the office's to give; that it is late, is not.
                kinds = {kind for kind, *_detail in slot.warnings}
                if kinds <= {"sla", "split"} and (len(slot.pieces) == 1 or not is_whole):
                    by_start.setdefault(slot.start, slot)
            for start, slot in sorted(by_start.items()):
                found[to_text(from_epoch(start))] = {
                    "employee_ids": list(slot.people),
                    "date_start": to_text(from_epoch(start)),
                    "date_end": to_text(from_epoch(slot.end)),
                    "blocks": [
                        [to_text(from_epoch(first)), to_text(from_epoch(last))]
                        for first, last in slot.pieces
                    ],
                    "warnings": [],
                }
        return found

    def _find_service_times(self, product, company):
        """Free times of one person for a service, as ``_find_web_slots`` answers them.

        :param product: ``product.template``
        """
        asked = AskedService(
            company, product.skill_ids, self.env["fsm.team"], self.env["fsm.location"]
        )
        need = Need(seconds=max(STEP, round(product.web_booking_hours * HOUR)), early=0, late=0)
        return self._find_web_slots(asked, need, company._get_web_days())

    def _find_job_times(self, job, is_move=False):
        """Free times for a job of a client, as ``_find_web_slots`` answers them.

        :param bool is_move: whether its visit moves there, of one person
        """
        need = self._get_need(job, 0, 0)
        if is_move:
            need.people = 1
        return self._find_web_slots(job, need, job.company_id._get_web_days(), is_whole=is_move)
