from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon


class HoursCommon(SercomJobsCommon):
    """A technician with hours on a job, and those who decide on them.

    Tests stand at 20:00 UTC on 4 November 2026; ``cls.day`` is 14:00 the day before, when the
    clocks of Montréal show 9:00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time("2026-11-04 20:00:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.user_officer = cls._create_user(
            "hours_officer",
            "fieldservice.group_fsm_dispatcher,hr_attendance.group_hr_attendance_user,"
            "hr_timesheet.group_hr_timesheet_approver",
        )
        cls.user_manager = cls._create_user(
            "hours_manager",
            "fieldservice.group_fsm_manager,hr_attendance.group_hr_attendance_manager,"
            "hr_timesheet.group_timesheet_manager",
        )
        cls.employee.tz = "America/Toronto"
        cls.employee.resource_calendar_id.tz = "America/Toronto"
        cls.user_technician.tz = "America/Toronto"
        cls.day = datetime(2026, 11, 3, 14)
        cls.job = cls._create_billable_job(person_id=cls.worker.id)

    @classmethod
    def _create_entry(cls, start=0.0, hours=2.0, employee=None, **vals):
        """Make an entry on the job, ``start`` hours after ``cls.day``; open without hours."""
        check_in = cls.day + timedelta(hours=start)
        return cls.env["hr.attendance"].create(
            {
                "employee_id": (employee or cls.employee).id,
                "fsm_order_id": cls.job.id,
                "check_in": check_in,
                "check_out": hours and check_in + timedelta(hours=hours),
                **vals,
            }
        )

    @classmethod
    def _at(cls, hours):
        return cls.day + timedelta(hours=hours)
