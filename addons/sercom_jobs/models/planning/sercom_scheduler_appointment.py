from datetime import timedelta

from odoo import fields, models

from ...tools.planning.conflicts import Visit
from ...tools.planning.slots import Need, find_slots
from ...tools.planning.travel import to_place
from ...tools.work_time.work_time import HOUR, from_epoch, to_epoch
from .sercom_scheduler import SEARCH_DAYS


class SercomScheduler(models.AbstractModel):
    """Free times of people for an appointment that is no job yet."""

    _inherit = "sercom.scheduler"

    def _load_users(self, users):
        """People behind users, of the current company; those the caller may not see left out."""
        if not self._is_office():
            users &= self.env.user
        # sudo: free times, not files, of colleagues
        employees = users.sudo().employee_ids.filtered(
            lambda employee: employee.company_id == self.env.company
        )
        return self._load_people(employees.ids, self.env.company) if employees else {}

    def _find_free_times(self, users, hours, site, limit):
        """Starts at which all of these users work and are free, in the next two weeks.

        :param users: ``res.users``; those who are no employees are not asked
        :param float hours: length of the appointment
        :param site: ``fsm.location`` it is at, may be empty
        :return: list of naive datetimes in UTC, in order
        """
        people = self._load_users(users)
        people = {key: person for key, person in people.items() if person.has_hours()}
        if not people:
            return []
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        start, end = to_epoch(now), to_epoch(now + timedelta(days=SEARCH_DAYS))
        day = timedelta(days=1)
        self._load_work_times(
            people, now.date() - day, (now + timedelta(days=SEARCH_DAYS + 2)).date()
        )
        blocks, appointments = self._load_busy(people, start, end)
        need = Need(
            seconds=round(hours * HOUR),
            early=start,
            late=end,
            people=len(people),
            place=self._get_place(site),
        )
        candidates = [
            self._make_candidate(person, blocks[key], appointments[key], (start, end))
            for key, person in people.items()
        ]
        travel = self._get_travel(self.env.company)
        found = find_slots(need, candidates, travel, limit)
        return sorted(from_epoch(slot.start) for slot in found if len(slot.pieces) == 1)

    def _get_appointment_conflicts(self, users, start, hours, site, name):
        """Words for what speaks against an appointment of users."""
        people = self._load_users(users)
        end = start + timedelta(hours=hours)
        visit = Visit(to_epoch(start), to_epoch(end), 0, hours, self._get_place(site), name)
        levels = self._get_levels(self.env.company)
        texts = []
        if people:
            requests = [(key, visit, (), self.env.company) for key in people]
            for person, found in self._find_conflicts(requests):
                texts += [
                    self._describe_conflict(kind, detail, person, visit)
                    for kind, detail in found
                    if levels[kind] != "ignore"
                ]
        return texts

    def _get_place(self, site):
        site = site.sudo()  # sudo: where it is, for a road of the own company's people
        return to_place(site.partner_latitude, site.partner_longitude)
