"""A hundred technicians at once: each opens the page, reads the day and clocks in."""

import os
import signal
import threading
import time
from datetime import datetime
from uuid import uuid4

import psutil
import requests

TRIES = 60
LONGEST = 75  # seconds for a crowd; who is not done by then has failed
WAIT = 0.5  # seconds before a connection that was refused or broken is tried again


class Technician(threading.Thread):
    """One phone; ``took`` are the seconds of its morning, ``errors`` what the server said."""

    def __init__(self, url, session, user_id, job_id):
        super().__init__(daemon=True)
        self.url, self.user_id, self.job_id = url, user_id, job_id
        self.http = requests.Session()
        self.http.cookies.set("session_id", session)
        self.errors = []
        self.retries = 0
        self.took = None

    def run(self):
        start = time.perf_counter()
        self._try("GET", "/my-day")
        self._call("get_day", {"days": 8})
        self._call("get_jobs", {"job_ids": [self.job_id]})
        now = datetime.utcnow().replace(microsecond=0)
        punch = {
            "uuid": str(uuid4()),
            "kind": "punch",
            "punch": "start",
            "work_type": "work",
            "job_id": self.job_id,
            "moment": str(now),
            "offset": 0,
            "is_offset_sure": True,
        }
        answer = self._call("sync", {"actions": [punch], "sent": str(now), "user_id": self.user_id})
        results = answer and answer.get("results")
        if not results or results[0]["status"] != "done":
            self.errors.append(f"punch: {answer}")
        self.took = time.perf_counter() - start

    def _call(self, method, kwargs):
        params = {"model": "sercom.my.day", "method": method, "args": [], "kwargs": kwargs}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._try("POST", f"/web/dataset/call_kw/sercom.my.day/{method}", json=body)
        answer = answer.json() if answer is not None else {"error": "no answer"}
        if "error" in answer:
            self.errors.append(f"{method}: {answer['error']}")
        return answer.get("result")

    def _try(self, method, path, **kwargs):
        """As the phone does: what found no server is sent again."""
        for _time in range(TRIES):
            try:
                answer = self.http.request(method, self.url + path, timeout=120, **kwargs)
            except requests.RequestException:
                self.retries += 1
                time.sleep(WAIT)
                continue
            if answer.status_code != 200:
                self.errors.append(f"{path}: {answer.status_code}")
            return answer
        self.errors.append(f"{path}: never reached")
        return None


def play(url, process, sessions, is_killed=False):
    """Let all of them begin at one moment.

    :param process: of the server; ``is_killed`` ends one of its workers in the middle
    :return: the technicians, when all have ended
    """
    crowd = [Technician(url, *session) for session in sessions]
    end = time.monotonic() + LONGEST
    for technician in crowd:
        technician.start()
    if is_killed:
        while (
            sum(technician.took is not None for technician in crowd) < len(crowd) / 4
            and time.monotonic() < end
        ):
            time.sleep(0.05)
        busiest = max(
            psutil.Process(process.pid).children(), key=lambda child: sum(child.cpu_times()[:2])
        )
        os.kill(busiest.pid, signal.SIGKILL)
    for technician in crowd:
        technician.join(max(end - time.monotonic(), 0))
        if technician.is_alive():
            technician.errors.append(f"not done within {LONGEST} s")
    return crowd
