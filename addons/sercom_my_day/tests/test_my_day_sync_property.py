from datetime import datetime, timedelta
from uuid import UUID

from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import tagged
from odoo.tools import html2plaintext

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon

START = datetime(2026, 11, 3, 13)
STEP = timedelta(minutes=7)
# What a technician does: kind of action, and which of three jobs, notes or checks it is about.
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["start", "start", "travel", "break", "end", "note", "photo", "check"]),
        st.integers(0, 1),
    ),
    min_size=2,
    max_size=8,
)
# A request: of which lane (photos go apart), how many of the actions that wait it takes, whether
# the phone hears the answer, whether the network brings it twice, and the minutes until the next.
LANES = st.sampled_from(["small", "photos"])
REQUESTS = st.lists(
    st.tuples(LANES, st.integers(1, 5), st.booleans(), st.booleans(), st.integers(0, 90)),
    min_size=1,
    max_size=6,
)
ERRORS = st.sampled_from([timedelta(), timedelta(hours=-3), timedelta(minutes=25)])


class Phone:
    """Plays the outbox: what waits is sent in order until its answer is heard.

    Its clock is wrong by ``error``; ``jump`` more from its third request on, as when somebody sets
    it. It tells what the page tells of its clock: how far off it was when the server last told the
    time, whether it has gone on alike since then, and how long ago each thing was.
    """

    def __init__(self, sync, error, jump):
        self.sync = sync
        self.error, self.jump = error, jump
        self.known = -error  # the page has read the day: what the server's clock is ahead
        self.is_sure = True
        self.waiting = []
        self.refused = []

    def do(self, number, moment, **vals):
        self.waiting.append(
            {
                "uuid": str(UUID(int=number + 1)),
                "moment": fields.Datetime.to_string(moment + self.error),
                "offset": self.known.total_seconds(),
                "is_offset_sure": self.is_sure,
                "made": moment,
                **vals,
            }
        )

    def set_clock(self):
        self.error += self.jump
        self.is_sure = self.is_sure and not self.jump

    def send(self, lane, count, now, is_heard=True, is_repeated=False):
        actions = [
            {
                **{name: value for name, value in action.items() if name != "made"},
                "age": (now - action["made"]).total_seconds(),
            }
            for action in self.waiting
            if lane == "all" or (action["kind"] == "photo") == (lane == "photos")
        ][:count]
        with freeze_time(now):
            for _time in range(1 + is_repeated):
                sent = fields.Datetime.to_string(now + self.error)
                answer = self.sync(actions, sent=sent)
        if is_heard:
            heard = {result["uuid"]: result for result in answer["results"]}
            self.refused += [one for one in heard.values() if one["status"] != "done"]
            self.waiting = [one for one in self.waiting if one["uuid"] not in heard]


@tagged("post_install", "-at_install")
class TestMyDaySyncProperty(ClockCommon):
    """However a day reaches the office, in whatever pieces and how often: it is the same day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_billable_job()
        cls._assign(cls.other, start=cls.start + timedelta(hours=4))
        cls.jobs = [cls.job, cls.other]
        checklist = cls.env["sercom.checklist"].create(
            {
                "name": "Heater",
                "line_ids": [fields.Command.create({"name": "Gas", "kind": "check"})],
            }
        )
        for job in cls.jobs:
            cls.env["sercom.job.check"].create(
                {
                    "fsm_order_id": job.id,
                    "checklist_id": checklist.id,
                    "checklist_line_id": checklist.line_ids.id,
                    "name": "Gas",
                    "kind": "check",
                }
            )
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _do(self, phone, deeds):
        for number, (kind, place) in enumerate(deeds):
            moment = START + number * STEP
            job = self.jobs[place]
            vals = {
                "start": {"kind": "punch", "punch": "start", "work_type": "work"},
                "travel": {"kind": "punch", "punch": "start", "work_type": "travel"},
                "break": {"kind": "punch", "punch": "break"},
                "end": {"kind": "punch", "punch": "end"},
                "note": {"kind": "note", "text": f"Note {number}"},
                "photo": {"kind": "photo", "name": f"{number}.png", "image": PIXEL.decode()},
                "check": {"kind": "check", "check_id": job.check_ids.id, "value": bool(number % 2)},
            }[kind]
            phone.do(number, moment, job_id=job.id, **vals)

    def _get_day(self):
        """All that the day left at the office, by the moments at which it was done."""
        self.env.flush_all()
        self.env.invalidate_all()
        entries = self.employee.attendance_ids.sorted("check_in")
        jobs = self.job | self.other
        notes = jobs.message_ids.filtered(lambda note: note.message_type == "comment")
        return {
            "entries": [
                (entry.check_in, entry.check_out, entry.work_type, entry.fsm_order_id.id)
                for entry in entries
            ],
            "hours": [round(line.unit_amount, 6) for line in self._get_lines(entries)],
            "photos": sorted((photo.name, photo.date_taken) for photo in jobs.photo_ids),
            "notes": sorted(html2plaintext(note.body).split(" (written")[0] for note in notes),
            "checks": [(check.value_check, check.answered_on) for check in jobs.check_ids],
            "taken": self.env["sercom.phone.action"].search_count([]),
        }

    def _play(self, deeds, requests, error, jump):
        """The day after these requests, and after one more in which all is heard."""
        phone = Phone(self.day.sync, error, jump)
        self._do(phone, deeds)
        now = START + len(deeds) * STEP
        for number, (lane, count, is_heard, is_repeated, wait) in enumerate(requests):
            if number == 2:
                phone.set_clock()
            phone.send(lane, count, now, is_heard, is_repeated)
            now += timedelta(minutes=wait)
        phone.send("all", 100, now)
        self.assertFalse(phone.waiting)
        return self._get_day(), phone.refused

    def test_same_day_however_it_arrives(self):
        @settings(
            max_examples=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],  # a day is short already: to make it shorter takes minutes
        )
        @given(DEEDS, REQUESTS, ERRORS, st.sampled_from([timedelta(), timedelta(minutes=90)]))
        def play(deeds, requests, error, jump):
            days = []
            for road in ([], requests):
                savepoint = self.env.cr.savepoint()
                is_plain = road is not requests
                days.append(
                    self._play(
                        deeds,
                        road,
                        timedelta() if is_plain else error,
                        timedelta() if is_plain else jump,
                    )
                )
                self.env.invalidate_all()
                savepoint.close(rollback=True)
            (plain, plain_refused), (played, refused) = days
            self.assertEqual(played, plain)
            self.assertEqual(
                [one["uuid"] for one in refused], [one["uuid"] for one in plain_refused]
            )

        play()
