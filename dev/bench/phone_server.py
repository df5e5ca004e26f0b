"""A server of its own for the technicians' phones: two workers on the benchmark's database."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from datetime import datetime, timedelta

from firm import Firm

from odoo.api import SUPERUSER_ID, Environment
from odoo.http import get_default_session, root
from odoo.modules.registry import Registry
from odoo.service import security
from odoo.tools import config

WORKERS = 2
HOST = "127.0.0.1"
PASSWORD = "bench-phone-1"  # of a throwaway database
VISITS = 6  # of who holds the phone that is looked at
TECHNICIAN = "fieldservice.group_fsm_user_own"


def prepare(name, count):
    """Fill a database with technicians who have a visit now, for the server's processes to see.

    :return: ``[(session id, user id, job id)]``, and the login of one more, with a whole day
    """
    with Registry(name).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        jobs = Firm(env).orders(VISITS).fsm_order_ids
        group = env.ref(TECHNICIAN).id
        users = env["res.users"].create(
            [
                {
                    "name": f"Technician {number}",
                    "login": f"phone{number}",
                    "group_ids": [(4, group)],
                    "tz": "UTC",
                }
                for number in range(count + 1)
            ]
        )
        people = env["hr.employee"].create(
            [{"name": user.name, "user_id": user.id, "tz": "UTC"} for user in users]
        )
        start = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        plan = [(jobs[place % VISITS], person, 0) for place, person in enumerate(people[1:])]
        plan += [(job, people[0], place) for place, job in enumerate(jobs)]
        env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": person.id,
                    "date_start": start + timedelta(hours=hour),
                    "date_end": start + timedelta(hours=hour + 1),
                    "state": "confirmed",
                }
                for job, person, hour in plan
            ]
        )
        users[0].password = PASSWORD
        env.flush_all()
        sessions = [
            (_open_session(env(user=user), name), user.id, jobs[place % VISITS].id)
            for place, user in enumerate(users[1:])
        ]
        return sessions, users[0].login


def _open_session(env, name):
    """Number of a session of the user, as a login leaves one."""
    session = root.session_store.new()
    session.update(get_default_session(), db=name)
    session.uid = env.uid
    session.login = env.user.login
    session.context = dict(env.user.context_get())
    session.session_token = security.compute_session_token(session, env)
    root.session_store.save(session)
    return session.sid


def _free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serve(name):
    """Run Odoo with two workers; its address, and its process."""
    port = _free_port()
    process = subprocess.Popen(
        [
            *("odoo", "--database", name),
            *("--db-filter", f"^{re.escape(name)}$", "--http-port", str(port)),
            *("--gevent-port", str(_free_port()), "--workers", str(WORKERS)),
            *("--max-cron-threads", "0", "--log-level", "error"),
            *("--limit-time-real", "300", "--limit-time-cpu", "300"),
            *("--limit-memory-soft", str(4 * 1024**3), "--limit-request", "100000"),
        ],
        cwd=config["data_dir"],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_up(port, process)
        yield f"http://{HOST}:{port}", process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_up(port, process):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("Odoo did not start")
