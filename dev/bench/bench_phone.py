"""The technicians' phones: what one waits for on a slow network, and a hundred at once.

Slow 3G is 400 kbps with 400 ms, and the cache is empty. The server is Odoo's with two workers, on
this machine, which runs the browser too. One worker is killed in the middle of the second hundred.
"""

from statistics import median

import phone_browser
import phone_crowd
import phone_server
from phone_crowd import LONGEST

CROWD = 100
GOALS = {"cold": 6.0, "warm": 0.6, "tap": 100.0, "punch": 3.0}


def run(env):
    name = env.cr.dbname
    sessions, login = phone_server.prepare(name, 2 * CROWD)
    with phone_server.serve(name) as (url, process):
        found = phone_browser.measure(url, login)
        print(found, flush=True)  # each tap and punch, for the log
        calm = phone_crowd.play(url, process, sessions[:CROWD])
        killed = phone_crowd.play(url, process, sessions[CROWD:], is_killed=True)
    return [
        _row("My Day, login page, kB", found["login_kb"], None),
        _row("My Day, login page on slow 3G, s", found["login"], None),
        _row("My Day, all from login to first visit, kB", found["cold_kb"], None),
        _row("My Day, first visit after login on slow 3G, s", found["cold"], GOALS["cold"]),
        _row("My Day, first visit of the kept page on slow 3G, s", found["warm"], GOALS["warm"]),
        _row("My Day, slowest tap, ms", max(found["taps"]), GOALS["tap"]),
        _row("My Day, slowest punch behind 10 photos, s", max(found["punches"]), GOALS["punch"]),
        *_crowd_rows(f"{CROWD} technicians at once", calm),
        *_crowd_rows(f"{CROWD} technicians, a worker killed", killed),
        _row("entries of technicians with other than one", _count_odd(env, sessions), 0),
    ]


def _row(name, value, goal):
    value = round(float(value), 2)
    return (name, value, None, value if goal is not None else None, goal)


def _crowd_rows(name, crowd):
    errors = [error for technician in crowd for error in technician.errors]
    for error in errors[:5]:
        print(error)
    took = [technician.took for technician in crowd if technician.took]
    return [
        _row(f"{name}, errors", len(errors), 0),
        _row(f"{name}, tried again", sum(technician.retries for technician in crowd), None),
        _row(f"{name}, median morning, s", median(took or [LONGEST]), None),
        _row(f"{name}, longest morning, s", max(took or [LONGEST]), None),
    ]


def _count_odd(env, sessions):
    """Technicians who punched once and have not one entry."""
    env.cr.rollback()  # what the server's processes committed
    users = [user_id for _session, user_id, _job in sessions]
    groups = env["hr.attendance"]._read_group(
        [("employee_id.user_id", "in", users)], ["employee_id"], ["__count"]
    )
    return len(users) - len(groups) + sum(count != 1 for _employee, count in groups)
