from odoo import api, models
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError

from ...tools.work_types import WORK_TYPES

PUNCH_KINDS = ("start", "break", "end")


class HrAttendance(models.Model):
    """Punches: what every button, phone and crew leader ends in.

    How it works: a punch first locks its person's row, so that two phones wait for each other;
    the second then sees the first one's entry (PostgreSQL makes Odoo try it again). A start ends
    whatever the person did at that moment. A punch that comes late is put where it belongs, as
    if it had come in time. What cannot be taken is refused with a reason and changes nothing.
    """

    _inherit = "hr.attendance"

    @api.model
    def punch(self, kind, job_id=None, work_type="work", employee_ids=None, punch=None):
        """Clock people in, to a break or out. Sending the same punch again changes nothing.

        :param str kind: ``start``, ``break`` or ``end``
        :param int job_id: the job started; none for travel or other work without a job
        :param str work_type: ``work``, ``travel`` or ``other``
        :param list employee_ids: whom to clock; the user's own employee when left out. A crew's
            leader clocks the crew on its job, a dispatcher anybody.
        :param dict punch: what the device knows, all optional: ``uuid`` (its own number of the
            punch), ``moment`` (when it was tapped, UTC, ``2026-11-03 14:05:00``), ``sent`` (the
            device's clock when sending, same form), ``latitude``, ``longitude`` (degrees),
            ``accuracy`` (metres)
        :return: the ``hr.attendance`` started, or those ended
        :raises AccessError: for a client, or when the job or a person is not the user's to clock
        :raises UserError: when the job, the time or the person does not allow it
        """
        self._check_is_employee()
        if kind not in PUNCH_KINDS:
            raise UserError(self.env._("“%s” is no punch: start, break or end.", kind))
        if work_type not in dict(WORK_TYPES):
            raise UserError(
                self.env._("“%s” is no kind of work: work, travel or other.", work_type)
            )
        punch = punch or {}
        job = self.env["fsm.order"].browse(job_id or ())
        try:
            people = self._get_punched_people(job, employee_ids, kind)
        except MissingError as error:
            raise UserError(
                self.env._("This job or person no longer exists. Refresh your day.")
            ) from error
        moment, delay = self._get_punch_moment(punch)
        self._lock_clocks(people)
        # sudo: a punch is written by the clock, once it was checked
        entries = self.sudo()
        if kind == "start":
            done = entries._punch_start(people, job, work_type, moment, delay, punch)
        else:
            done = entries._punch_end(people, job, kind, moment, delay, punch)
        return done.with_env(self.env)

    @api.model
    def _check_is_employee(self):
        """Refuse clients before anything is said: a refusal names jobs and people."""
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("The clock is for employees. Sign in as one."))

    @api.model
    def punch_all(self, punches):
        """Take several punches in order, each for itself; what a phone sends after a while.

        A punch that is refused keeps nobody else's out. It stays as a proposal, for a supervisor
        to decide.

        :param list punches: dicts of ``kind``, ``job_id``, ``work_type``, ``employee_ids`` and
            the keys of ``punch``
        :return: for each, ``{"uuid", "status": "done" or "refused", "message", "attendance_ids"}``
        :raises AccessError: for a client
        """
        self._check_is_employee()
        return [self._punch_one(dict(vals)) for vals in punches]

    def _punch_one(self, vals):
        answer = {"uuid": vals.get("uuid"), "status": "done", "message": "", "attendance_ids": []}
        names = ("kind", "job_id", "work_type", "employee_ids")
        given = {name: vals[name] for name in names if vals.get(name)}
        device = {name: value for name, value in vals.items() if name not in names}
        try:
            with self.env.cr.savepoint():
                entries = self.punch(given.pop("kind", ""), **given, punch=device)
                answer["attendance_ids"] = entries.ids
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            answer.update(status="refused", message=str(error))
            self._keep_refused_punch(vals, answer["message"])
        return answer

    def _keep_refused_punch(self, vals, message):
        """Hook: keep a punch that was refused, so that somebody decides about it.

        :param dict vals: the punch as the device sent it
        :param str message: why it was refused
        """
