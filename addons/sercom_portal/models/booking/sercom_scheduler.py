from dataclasses import dataclass
from typing import Any

from odoo import fields, models

from odoo.addons.sercom_jobs.tools.planning.slots import STEP, Need, find_slots
from odoo.addons.sercom_jobs.tools.work_time.work_time import HOUR, from_epoch, to_epoch


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

    def _find_service_slots(self, product, company, first, last, limit):
        """Free slots of one person for a service, the best first.

        :param product: ``product.template``
        :param datetime first: not before; ``last``: done by then (UTC)
        :return: list of ``{employee_ids, date_start, date_end, blocks, warnings}``
        """
        start, end = to_epoch(first.replace(second=0, microsecond=0)), to_epoch(last)
        asked = AskedService(
            company,
            product.skill_ids,
            self.env["fsm.team"],
            self.env["fsm.location"],
        )
        seconds = max(STEP, round(product.web_booking_hours * HOUR))
        need = Need(seconds=seconds, early=start, late=end)
        candidates = self._load_candidates(asked, self._get_board_people(), need, start, end)
        return [
            {
                "employee_ids": list(slot.people),
                "date_start": fields.Datetime.to_string(from_epoch(slot.start)),
                "date_end": fields.Datetime.to_string(from_epoch(slot.end)),
                "blocks": list(slot.pieces),
                "warnings": list(slot.warnings),
            }
            for slot in find_slots(need, candidates, self._get_travel(company), limit)
        ]
