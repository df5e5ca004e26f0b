"""Clocking in and out with the timesheet, against the same by hand in plain Odoo."""

from datetime import datetime, timedelta

from firm import Firm, best, in_turn, rows

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


def alternate(env, peer_env):
    """Both sides in one process: Sercom's punches, and Odoo's attendance with its timesheet."""
    ours, theirs = Shift(env), Shift(peer_env)
    sides = {"Sercom": (env, *make_punches(ours)), "peer": (peer_env, *make_by_hand(theirs))}
    clock_in = in_turn({name: (env_, make, act) for name, (env_, make, act, _out) in sides.items()})
    clock_out = in_turn(
        {
            name: (env_, lambda make=make, act=act: act(make()), out)
            for name, (env_, make, act, out) in sides.items()
        }
    )
    both = {
        name: {key: clock_in[name][key] + clock_out[name][key] for key in clock_in[name]}
        for name in sides
    }
    return [
        *rows("clock in", clock_in["Sercom"], clock_in["peer"], None),
        *rows("clock out with the timesheet", clock_out["Sercom"], clock_out["peer"], None),
        *rows("clock in and out with the timesheet", *both.values(), 1.15, goal_time=1.25),
    ]


def make_by_hand(shift):
    """Odoo's attendance, and a timesheet typed for it.

    :return: ``(make, clock_in, clock_out)``
    """
    env = shift.env
    project = env["project.project"].create(
        {"name": "Field service", "allow_timesheets": True, "allow_billable": True}
    )

    def clock_in(moment):
        env.invalidate_all()
        return env["hr.attendance"].create({"employee_id": shift.employee.id, "check_in": moment})

    def clock_out(entry):
        env.invalidate_all()
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

    return lambda: make_moment(shift, clock_out), clock_in, clock_out


def make_punches(shift):
    """The two buttons of the phone.

    :return: ``(make, clock_in, clock_out)``
    """
    env = shift.env
    people = shift.employee.ids
    env.company._get_service_project()

    def clock_in(moment):
        env.invalidate_all()
        return shift.job.action_clock_in(people, punch={"moment": str(moment), "uuid": str(moment)})

    def clock_out(entry):
        env.invalidate_all()
        moment = entry.check_in + HALF_HOUR
        shift.job.action_clock_out(people, punch={"moment": str(moment), "uuid": str(moment)})

    return lambda: make_moment(shift, clock_out), clock_in, clock_out


def make_moment(shift, clock_out):
    """Moment at which nobody is clocked in."""
    entries = shift.env["hr.attendance"].search(
        [("employee_id", "=", shift.employee.id), ("check_out", "=", False)]
    )
    if entries:
        clock_out(entries)
    return shift.next()


def run(env):
    """The technician's page."""
    few, many = measure_my_day(env, Shift(env))
    return rows(f"My Day among {MANY:,} jobs, and among {FEW}", many, few, 1.0)


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
