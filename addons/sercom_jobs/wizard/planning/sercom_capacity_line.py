from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

WEEKS = 8


class SercomCapacityLine(models.TransientModel):
    """Hours of one person on one day, for the capacity report.

    How it works: hours depend on schedules, versions, zones and leaves, which no SQL view can
    tell. Opening the report has the scheduler reckon them, the way it does for the board, and
    keeps them for the reader: this week and the seven after it.
    """

    _name = "sercom.capacity.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Capacity"
    _order = "date, employee_id"
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", string="Person", readonly=True)
    team_id = fields.Many2one("fsm.team", readonly=True)
    date = fields.Date(readonly=True)
    available_hours = fields.Float(
        "Available", readonly=True, help="Working hours, time off taken off."
    )
    booked_hours = fields.Float(
        "Booked", readonly=True, help="Hours planned on jobs and in appointments."
    )
    free_hours = fields.Float("Free", readonly=True, help="Available and not booked.")
    over_hours = fields.Float("Overbooked", readonly=True, help="Booked and not available.")
    off_hours = fields.Float("Time Off", readonly=True, help="Working hours lost to time off.")

    @api.model
    def action_open(self):
        """Reckon the hours anew and show them."""
        self._refresh()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_jobs.sercom_capacity_line_action"
        )

    @api.model
    def _refresh(self):
        """Replace the reader's lines: from this week's Monday on."""
        self.check_access("read")
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday())
        board = self.env["sercom.scheduler"].get_board(monday, monday + timedelta(weeks=WEEKS))
        rows = [
            (
                person["id"],
                person["team_id"] or None,
                day["date"],
                day["available"],
                day["booked"],
                day["free"],
                max(0.0, round(day["booked"] - day["available"], 2)),
                day["off"],
            )
            for person in board["employees"]
            for day in person["days"]
        ]
        self.env.cr.execute(
            SQL("DELETE FROM sercom_capacity_line WHERE create_uid = %s", self.env.uid)
        )
        if rows:
            columns = list(map(list, zip(*rows, strict=True)))
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO sercom_capacity_line (employee_id, team_id, date,
                           available_hours, booked_hours, free_hours, over_hours, off_hours,
                           create_uid, write_uid, create_date, write_date)
                    SELECT line.*, %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC',
                           now() AT TIME ZONE 'UTC'
                      FROM unnest(%(employees)s::int[], %(teams)s::int[], %(dates)s::date[],
                                  %(available)s::float8[], %(booked)s::float8[],
                                  %(free)s::float8[], %(over)s::float8[], %(off)s::float8[])
                           AS line
                    """,
                    uid=self.env.uid,
                    **dict(
                        zip(
                            ("employees", "teams", "dates", "available", "booked", "free")
                            + ("over", "off"),
                            columns,
                            strict=True,
                        )
                    ),
                )
            )
        self.invalidate_model()
