from datetime import timedelta

import psycopg2
from markupsafe import Markup

from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER


class FsmRecurring(models.Model):
    """Time and people of the visits; what is refused leaves a visit to plan, and says why.

    How it works: new visits are given to their people together, as assignments; where one of
    them is refused, in halves, so that it is left to plan alone.
    """

    _inherit = "fsm.recurring"

    def _plan_visits(self, jobs):
        """Give new visits of this one recurring job, not planned yet, their time and people.

        :param jobs: ``fsm.order`` with their ``recurrence_start``
        """
        if not jobs:
            return
        people = self._get_people()
        if people and people == people.filtered("employee_id"):
            if self._try_assign(jobs, people):
                return
            if len(jobs) > 1:
                middle = len(jobs) // 2
                self._plan_visits(jobs[:middle])
                self._plan_visits(jobs[middle:])
                return
        for job in jobs:
            self._plan_visit(job, job.recurrence_start)

    def _try_assign(self, jobs, people):
        """Make the assignments of ``people`` on new visits; whether none was refused."""
        try:
            with self.env.cr.savepoint():
                # The worker first: a job keeps the one who leads it.
                for person in people:
                    self.env["sercom.assignment"].create(
                        [self._prepare_assignment_vals(job, person) for job in jobs]
                    )
                if self.confirm_visits:
                    jobs._confirm_assignments()
                jobs.is_recurrence_changed = False
        except (UserError, psycopg2.IntegrityError):
            return False
        return True

    def _prepare_assignment_vals(self, job, person):
        start = job.recurrence_start
        return {
            "fsm_order_id": job.id,
            "employee_id": person.employee_id.id,
            "date_start": start,
            "date_end": start + timedelta(hours=self._get_visit_hours()),
        }

    def _plan_visit(self, job, start):
        """Give ``job`` its time and the people of this one recurring job.

        :param datetime start: UTC
        """
        when = {"scheduled_date_start": start, "scheduled_duration": self._get_visit_hours()}
        changed_apart = job.is_recurrence_changed
        job.write({"recurrence_start": start, **self._prepare_window_vals(start)})
        people = self._get_people()
        problem = self._try_plan(job, {**when, **self._prepare_people_vals(people)})
        if problem and people:
            self._try_plan(job, {**when, **self._prepare_people_vals(people.browse())})
        job.is_recurrence_changed = changed_apart
        if problem:
            self._notify_unplanned(job, start, problem)

    def _try_plan(self, job, vals):
        """Write ``vals`` on ``job``; what refused them, in words, or nothing."""
        try:
            with self.env.cr.savepoint():
                job.write(vals)
                if self.confirm_visits:
                    job._confirm_assignments()
        except (UserError, psycopg2.IntegrityError) as error:
            return str(error)
        return ""

    def _get_people(self):
        """People who go to each visit of this one recurring job, the worker first."""
        return self.person_id | self.person_ids

    @api.model
    def _prepare_people_vals(self, people):
        return {"person_id": people[:1].id, "person_ids": [Command.set(people.ids)]}

    def _notify_unplanned(self, job, start, problem):
        """Tell the dispatcher that a visit was made and left to plan: which, who and why."""
        kind = "sercom_recurring.activity_type_visit_to_plan"
        job.activity_unlink([kind])
        people = ", ".join(self._get_people().mapped("name"))
        visit = job._get_visit_label(start)
        note = Markup("<p>%s</p><p>%s</p>") % (
            self.env._("%(visit)s could not be given to %(people)s.", visit=visit, people=people)
            if people
            else self.env._("%s could not be planned.", visit),
            problem,
        )
        job.activity_schedule(kind, summary=visit, note=note, user_id=self._get_responsible().id)

    def _get_responsible(self):
        """User who is told about the visits of this one recurring job."""
        users = [*self.user_id, *self.create_uid, self.env.user]
        told = self.env["res.users"]._get_recipients({self: users}, "base.group_user", DISPATCHER)
        return told[self] or self.env.user
