from datetime import datetime

from freezegun import freeze_time

from odoo import Command

from ..common import SercomJobsCommon

# Monday; Montréal is five hours behind UTC from 1 November 2026 on.
NOW = datetime(2026, 11, 2, 15)  # 10:00 in Montréal


class SercomSlaCommon(SercomJobsCommon):
    """Policies on a calendar of Montréal: Monday to Friday, 8–12 and 13–17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Montréal",
                "tz": "America/Toronto",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": period,
                        }
                    )
                    for day in range(5)
                    for start, end, period in ((8, 12, "morning"), (13, 17, "afternoon"))
                ],
            }
        )
        cls.policy = cls._create_policy()
        frozen = freeze_time(NOW)
        frozen.start()
        cls.addClassCleanup(frozen.stop)

    @classmethod
    def _create_policy(cls, **vals):
        return cls.env["sercom.sla.policy"].create(
            {
                "name": "Standard",
                "calendar_id": cls.calendar.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
                **vals,
            }
        )

    @classmethod
    def _at(cls, day, hour, minute=0):
        """Instant in UTC of an hour in Montréal, ``day`` days after the Monday."""
        return datetime(2026, 11, 2 + day, hour + 5, minute)

    @classmethod
    def _holiday(cls, day, company=None, **vals):
        """Close a day until 18:00 in Montréal; Odoo gives leaves the company they are made in."""
        Leave = cls.env["resource.calendar.leaves"].with_company(company or cls.company)
        span = {"date_from": cls._at(day, 0), "date_to": cls._at(day, 18)}
        return Leave.create({"name": "Jour férié", **span, **vals})
