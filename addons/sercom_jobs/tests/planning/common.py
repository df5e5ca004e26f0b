from datetime import datetime, timedelta

from odoo import Command

from .test_assignment import AssignmentCommon


class BoardCommon(AssignmentCommon):
    """Luc and Anne work from 8 to 12 and from 13 to 17 in Montréal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "America/Toronto"
        cls.calendar = cls._create_office_calendar()
        cls.people = cls.employee | cls.anne
        cls.people.resource_calendar_id = cls.calendar
        cls.anne_worker = cls.anne._get_fsm_persons()[cls.anne]
        cls.scheduler = cls.env["sercom.scheduler"]

    @classmethod
    def _create_skill(cls, name="Gas"):
        kind = cls.env["hr.skill.type"].create(
            {
                "name": f"{name} work",
                "skill_ids": [Command.create({"name": name})],
                "skill_level_ids": [
                    Command.create({"name": "Yes", "level_progress": 100, "default_level": True})
                ],
            }
        )
        return kind.skill_ids

    @classmethod
    def _give_skill(cls, employee, skill, **vals):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids.id,
                **vals,
            }
        )

    @classmethod
    def _create_leave(cls, start, end, employee=None, **vals):
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Flu",
                "date_from": start,
                "date_to": end,
                "resource_id": employee.resource_id.id if employee else False,
                "calendar_id": cls.calendar.id if employee else False,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _board(self, first="2026-11-02", last="2026-11-09", user=None, **kwargs):
        Scheduler = self.scheduler.with_user(user) if user else self.scheduler
        return Scheduler.get_board(first, last, **kwargs)

    def _row(self, board, employee):
        return next(row for row in board["employees"] if row["id"] == employee.id)


class ConflictCommon(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tuesday 3 November 2026; 14:00 UTC is 9:00 in Montréal.
        cls.far = cls._create_site(name="Far")
        cls.site.partner_id.write({"partner_latitude": 45.50, "partner_longitude": -73.60})
        cls.far.partner_id.write({"partner_latitude": 45.90, "partner_longitude": -73.60})

    def _at(self, hour, day=3, minute=0):
        """UTC of a wall-clock time in Montréal, in November 2026."""
        return datetime(2026, 11, day, minute=minute) + timedelta(hours=hour + 5)

    def _find(self, block):
        return {kind: (level, text) for kind, level, text in block._find_conflicts()[block]}
