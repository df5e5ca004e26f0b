from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sercom_jobs.tools.planning.travel import distance_km, to_place
from odoo.addons.sercom_requests.tools.lock import lock_rows

from ...tools.clock.clock import (
    FutureMomentError,
    OldMomentError,
    UnreadableMomentError,
    parse_moment,
    true_moment,
)

# Punches that arrive within this time came at once.
AT_ONCE = timedelta(minutes=1)


class HrAttendance(models.Model):
    """Who is punched, when and where: what is checked before a punch changes entries."""

    _inherit = "hr.attendance"

    @api.model
    def _get_punched_people(self, job, employee_ids, kind="start"):
        """Employees of a punch, in sudo, once the user may clock them on this job.

        One's own clock ends also on a job that was given to somebody else meanwhile.

        :param str kind: ``start``, ``break`` or ``end``
        :raises AccessError: when the job or one of the people is not the user's to clock
        """
        # sudo: colleagues' files; who may clock whom is checked below
        people = self.env["hr.employee"].sudo().browse(employee_ids or ())
        others = people.filtered(lambda one: one.user_id != self.env.user or not one.active)
        is_own_end = kind != "start" and not others
        if job and not is_own_end:
            self._check_may_clock_on(job)
        # sudo: a job that is not the user's is refused before, or was clocked on by the user
        company = job.sudo().company_id or self.env.company
        if not employee_ids:
            mine = self.env.user.employee_ids.filtered(
                lambda employee: employee.company_id == company
            )[:1]
            if not mine:
                raise UserError(
                    self.env._(
                        "%(user)s has no employee file in %(company)s, so there is no clock. Ask "
                        "the office to make one.",
                        user=self.env.user.name,
                        company=company.name,
                    )
                )
            return mine
        if others and not self._is_clock_office():
            others -= self._get_led_people(job)
            if others:
                raise AccessError(
                    self.env._(
                        "Only the leader of the crew, or the office, clocks %(person)s on %(job)s.",
                        person=others[0].name,
                        job=job.name or self.env._("other work"),
                    )
                )
        for person in people:
            if person.company_id != company:
                raise UserError(
                    self.env._(
                        "%(person)s does not work for %(company)s.",
                        person=person.name,
                        company=company.name,
                    )
                )
        return people

    @api.model
    def _is_clock_office(self):
        """Whether the user clocks anybody: dispatchers and those who manage attendances."""
        user = self.env.user
        return (
            self.env.su
            or user.has_group("fieldservice.group_fsm_dispatcher")
            or user.has_group("hr_attendance.group_hr_attendance_user")
        )

    def _check_may_clock_on(self, job):
        if not job.has_access("write"):
            raise AccessError(
                self.env._(
                    "%s is not one of your jobs. Ask the office to assign it to you.",
                    job._get_told_name(),
                )
            )

    def _get_led_people(self, job):
        """Employees planned on a job whose crew the user leads."""
        # sudo: the plan of the whole crew
        blocks = job.sudo().assignment_ids.filtered(lambda block: block.state != "cancelled")
        led = blocks.filtered(
            lambda block: block.is_leader and block.employee_id.user_id == self.env.user
        )
        return blocks.employee_id if led else blocks.employee_id.browse()

    @api.model
    def _get_punch_moment(self, punch):
        """When a punch happened, by the server's clock.

        :return: ``(moment, delay)``: naive UTC datetime, and minutes until it arrived
        """
        now = fields.Datetime.now()
        if not punch.get("moment"):
            return now, 0.0
        try:
            sent = parse_moment(punch["sent"]) if punch.get("sent") else None
            moment = true_moment(parse_moment(punch["moment"]), sent, now)
        except FutureMomentError as error:
            raise UserError(
                self.env._("This punch is in the future. Set the clock of the phone right.")
            ) from error
        except OldMomentError as error:
            raise UserError(
                self.env._("This punch is over a week old. Propose a correction instead.")
            ) from error
        except UnreadableMomentError as error:
            raise UserError(
                self.env._(
                    "The time “%s” cannot be read. Send it in UTC, like 2026-11-03 14:05:00.", error
                )
            ) from error
        late = now - moment
        return moment, late.total_seconds() / 60 if late > AT_ONCE else 0.0

    @api.model
    def _lock_clocks(self, people):
        """Make whoever punches for these people at the same time wait until this is done.

        An entry changes its person's row too. So who waited finds the row changed since, and
        PostgreSQL has the whole punch tried again, on what is there by then.
        """
        lock_rows(people)

    def _get_place_vals(self, side, punch, job, company):
        """Values of where a punch was made: ``side`` is ``in`` or ``out``.

        Kept only when the company has its attendances located, and the device told it.
        """
        latitude, longitude = punch.get("latitude"), punch.get("longitude")
        numbers = isinstance(latitude, int | float) and isinstance(longitude, int | float)
        if not numbers or not company.attendance_device_tracking:
            return {}
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return {}
        vals = {f"{side}_latitude": latitude, f"{side}_longitude": longitude}
        site = job.location_id.partner_id
        place = to_place(site.partner_latitude, site.partner_longitude) if site else None
        if place:
            accuracy = punch.get("accuracy")
            slack = accuracy / 1000 if isinstance(accuracy, int | float) and accuracy > 0 else 0.0
            distance = distance_km((latitude, longitude), place)
            vals[f"{side}_distance_km"] = distance
            if company.clock_far_km and distance - slack > company.clock_far_km:
                vals["is_far"] = True
        return vals
