"""Clocking in and out with the timesheet, against the same by hand in plain Odoo."""

from datetime import datetime, timedelta

from firm import Firm, best, rows

HALF_HOUR = timedelta(minutes=30)
FEW, MANY = 100, 20_000  # jobs of a small firm, and of a large one


class Shift:
    """A technician with a job in progress; time goes on by an hour at each call."""

    def __init__(self, env):
        self.env = env
        firm = Firm(env)
        order = firm.orders(1)
        self.line = order.order_line
        self.job = order.fsm_order_ids
        self.user = env["res.users"].create(
            {"name": "Technician", "login": "bench", "tz": "America/Toronto"}
        )
        self.employee = env["hr.employee"].create(
            {"name": "Technician", "user_id": self.user.id, "hourly_cost": 40.0}
        )
        # Who has the other jobs.
        self.others = env["hr.employee"].create([{"name": f"Other {i}"} for i in range(200)])
        self.moment = datetime.now().replace(microsecond=0) - timedelta(days=6)

    def next(self):
        self.moment += 2 * HALF_HOUR
        return self.moment


def peer(env):
    """Odoo's attendance, and a timesheet typed for it."""
    shift = Shift(env)
    project = env["project.project"].create(
        {"name": "Field service", "allow_timesheets": True, "allow_billable": True}
    )
    Attendance = env["hr.attendance"]

    def clock_in(moment):
        return Attendance.create({"employee_id": shift.employee.id, "check_in": moment})

    def clock_out(entry):
        entry.check_out = entry.check_in + HALF_HOUR
        env["account.analytic.line"].create(
            {
                "name": "Work",
                "date": entry.check_in.date(),
                "unit_amount": entry.worked_hours,
                "employee_id": shift.employee.id,
                "project_id": project.id,
                "fsm_order_id": shift.job.id,
                "so_line": shift.line.id,
            }
        )

    return measure_day(env, shift, clock_in, clock_out)


def run(env, peer):
    shift = Shift(env)
    env.company._get_service_project()
    people = shift.employee.ids

    def clock_in(moment):
        return shift.job.action_clock_in(people, punch={"moment": str(moment), "uuid": str(moment)})

    def clock_out(entry):
        moment = entry.check_in + HALF_HOUR
        shift.job.action_clock_out(people, punch={"moment": str(moment), "uuid": str(moment)})

    day = measure_day(env, shift, clock_in, clock_out)
    both = (
        {key: day["in"][key] + day["out"][key] for key in day["in"]},
        {key: peer["in"][key] + peer["out"][key] for key in peer["in"]},
    )
    few, many = measure_my_day(env, shift)
    return [
        *rows(f"My Day among {MANY:,} jobs, and among {FEW}", many, few, 1.0),
        *rows("clock in", day["in"], peer["in"], None),
        *rows("clock out with the timesheet", day["out"], peer["out"], None),
        *rows("clock in and out with the timesheet", *both, 1.25),
    ]


def measure_day(env, shift, clock_in, clock_out):
    """Lowest queries and seconds of clocking in, and of clocking out."""

    def act_in(moment):
        env.invalidate_all()
        clock_in(moment)

    def act_out(entry):
        env.invalidate_all()
        clock_out(entry)

    def make_moment():
        # Nobody is clocked in.
        if entry := env["hr.attendance"].search(
            [("employee_id", "=", shift.employee.id), ("check_out", "=", False)]
        ):
            clock_out(entry)
        return shift.next()

    return {
        "in": best(env, make_moment, act_in, times=8),
        "out": best(env, lambda: clock_in(make_moment()), act_out, times=8),
    }


def measure_my_day(env, shift):
    """The technician's page of a day with six visits,, in a small firm and in a large one.

    :return: what it takes in each
    """
    day = datetime.now().replace(hour=17, minute=0, second=0, microsecond=0)
    fill(env, shift, FEW, day)
    env["sercom.assignment"].create(
        [
            {
                "fsm_order_id": shift.job.id,
                "employee_id": shift.employee.id,
                "date_start": day + number * HALF_HOUR,
                "date_end": day + (number + 1) * HALF_HOUR,
                "state": "confirmed",
            }
            for number in range(6)
        ]
    )
    my_day = env["sercom.my.day"].with_user(shift.user)

    def read(_records):
        env.invalidate_all()
        my_day.get_day()

    few = best(env, lambda: None, read, times=8)
    fill(env, shift, MANY, day)
    many = best(env, lambda: None, read, times=8)

    return few, many


def fill(env, shift, count, day):
    """Other people's jobs, each with a visit, on all days of two years around this one."""
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO fsm_order (name, stage_id, team_id, company_id, location_id, partner_id, state,
               priority)
        SELECT 'BENCH' || %(count)s || '-' || number, stage_id, team_id, company_id, location_id,
               partner_id, state, priority
          FROM fsm_order
    CROSS JOIN generate_series(1, %(count)s) number
         WHERE id = %(job)s
        """,
        {"count": count, "job": shift.job.id},
    )
    env.cr.execute(
        """
        INSERT INTO sercom_assignment (fsm_order_id, company_id, employee_id, date_start, date_end,
               planned_hours, state, fsm_location_id, create_uid, create_date)
        SELECT id, company_id, people[place %% 200 + 1], start, start + INTERVAL '1 hour', 1.0,
               'confirmed', location_id, 1, now()
          FROM (SELECT *, %(people)s AS people, %(day)s
                       + ((place / 200 - 250) * 2 + %(shift)s) * INTERVAL '1 hour' AS start
                  FROM (SELECT *, row_number() OVER (ORDER BY id) AS place
                          FROM fsm_order WHERE name LIKE %(name)s) numbered) jobs
      ORDER BY place %% 200, place
        """,
        {
            "people": shift.others.ids,
            "day": day,
            "shift": int(count == MANY),  # the hour that the others left free
            "name": f"BENCH{count}-%",
        },
    )
    env.cr.execute("ANALYZE fsm_order; ANALYZE sercom_assignment")
    env.invalidate_all()
