"""Planning at the size of a large firm, against the same rows by plain SQL and Odoo's calendar."""

import time
from datetime import datetime, timedelta

from firm import Firm, measure

PEOPLE = 200
DAYS = 28
BLOCKS_A_DAY = 5
MONDAY = datetime(2027, 3, 1)  # a clock change on the second Sunday
WEEKS_OF_OTHERS = 36  # of five working days: 180,000 blocks outside the board
TIMES = 5


def run(env):
    planning = Planning(env)
    return [
        *board(env, planning),
        *conflicts(env, planning),
        *slots(env, planning),
        *booking(env, planning),
    ]


def fastest(*calls, times=TIMES):
    """Lowest seconds of each call, taken in turns so that a busy machine hits them alike."""
    best = [float("inf")] * len(calls)
    for _time in range(times):
        for position, call in enumerate(calls):
            start = time.perf_counter()
            call()
            best[position] = min(best[position], time.perf_counter() - start)
    return best


def python_time(call, times=TIMES):
    """Lowest seconds that Python itself worked on a call, the database left out."""
    best = float("inf")
    for _time in range(times):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def row(name, ours, theirs, goal, digits=1):
    return (name, round(ours, digits), round(theirs, digits), round(ours / theirs, 2), goal)


class Planning:
    """200 technicians with five visits a day: 20,000 blocks on the board, 200,000 in all."""

    def __init__(self, env):
        self.env = env
        self.firm = Firm(env)
        env.user.tz = "America/Toronto"
        calendar = env.company.resource_calendar_id
        self.people = env["hr.employee"].create(
            [
                {
                    "name": f"Technician {number:03}",
                    "tz": "America/Toronto",
                    "resource_calendar_id": calendar.id,
                }
                for number in range(PEOPLE)
            ]
        )
        self.people._get_fsm_persons()
        self.sites = env["fsm.location"].create(
            [
                {
                    "name": f"Site {number}",
                    "owner_id": self.firm.client.id,
                    "city": "Montréal",
                    "partner_latitude": 45.4 + number % 10 / 50,
                    "partner_longitude": -73.8 + number // 10 / 50,
                }
                for number in range(50)
            ]
        )
        self.jobs = env["fsm.order"].create([{"location_id": site.id} for site in self.sites])
        self.job = env["fsm.order"].create(
            {
                "location_id": self.sites[0].id,
                "scheduled_duration": 1.0,
                "request_early": MONDAY,
                "request_late": MONDAY + timedelta(days=14),
            }
        )
        env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Off",
                    "resource_id": person.resource_id.id,
                    "date_from": MONDAY + timedelta(days=number % 20, hours=13),
                    "date_to": MONDAY + timedelta(days=number % 20 + 1, hours=22),
                }
                for number, person in enumerate(self.people[:40])
            ]
        )
        env.flush_all()
        self.fill(MONDAY - timedelta(weeks=WEEKS_OF_OTHERS), WEEKS_OF_OTHERS + DAYS // 7)

    def fill(self, monday, weeks):
        self.env.cr.execute(
            """
            INSERT INTO sercom_assignment (fsm_order_id, company_id, employee_id, date_start,
                   date_end, planned_hours, state, fsm_location_id, create_uid, create_date)
            SELECT job.id, job.company_id, person.id,
                   start, start + INTERVAL '1 hour', 1.0, 'confirmed', job.location_id, 1, now()
              FROM (SELECT id, row_number() OVER () AS place FROM unnest(%(people)s) AS id) person
        CROSS JOIN generate_series(0, %(weeks)s - 1) AS week
        CROSS JOIN generate_series(0, 4) AS day
        CROSS JOIN generate_series(0, %(blocks)s - 1) AS visit
        CROSS JOIN LATERAL (
                   SELECT %(monday)s + make_interval(weeks => week, days => day, mins =>
                          13 * 60 + visit * 90) AS start) times
              JOIN (SELECT id, company_id, location_id,
                           row_number() OVER (ORDER BY id) - 1 AS place
                      FROM fsm_order WHERE id = ANY(%(jobs)s)) job
                ON job.place = (person.place + day * 7 + visit) %% 50
            """,
            {
                "people": self.people.ids,
                "weeks": weeks,
                "blocks": BLOCKS_A_DAY,
                "monday": monday,
                "jobs": self.jobs.ids,
            },
        )
        self.env.cr.execute("ANALYZE sercom_assignment")
        self.env.invalidate_all()


def board(env, planning):
    scheduler = env["sercom.scheduler"]
    dates = "2027-03-01", "2027-03-29"

    def ours():
        return scheduler.get_board(*dates)

    def theirs():
        env.cr.execute(
            """
            SELECT block.id, block.employee_id, block.fsm_order_id, block.date_start,
                   block.date_end, block.state, block.planned_hours, block.is_leader,
                   block.conflict_override, block.warning, block.note, job.name, job.state,
                   job.priority, job.sla_status, file.subject, client.name, place.city
              FROM sercom_assignment block
              JOIN fsm_order job ON job.id = block.fsm_order_id
         LEFT JOIN res_partner client ON client.id = job.partner_id
         LEFT JOIN sercom_service_file file ON file.id = job.service_file_id
         LEFT JOIN fsm_location site ON site.id = block.fsm_location_id
         LEFT JOIN res_partner place ON place.id = site.partner_id
             WHERE block.employee_id = ANY(%s) AND block.date_start < %s AND block.date_end > %s
               AND block.state != 'cancelled'
          ORDER BY block.date_start, block.id
            """,
            (planning.people.ids, MONDAY + timedelta(days=DAYS, hours=5), MONDAY),
        )
        return env.cr.dictfetchall()

    count = len(ours()["blocks"])
    queries = measure(env, ours)["queries"]
    our_time, their_time = fastest(ours, theirs)
    planning.board_seconds = our_time
    return [
        row("board, queries (of 12)", queries, 12, 1.0),
        row(f"board of {count} blocks, ms, and their rows by SQL", *ms(our_time, their_time), 3.0),
    ]


def conflicts(env, planning):
    """A thousand blocks held against 200,000: all kinds, and other blocks alone."""
    Assignment = env["sercom.assignment"]
    blocks = Assignment.search(
        [("employee_id", "in", planning.people.ids), ("date_start", ">=", MONDAY)], limit=1000
    )
    env.cr.execute("SELECT count(*) FROM sercom_assignment WHERE state = 'confirmed'")
    total = env.cr.fetchone()[0]
    spans = [block._get_span(values) for block, values in blocks._get_values().items()]

    def overlaps():
        return blocks._find_overlaps(spans)

    def everything():
        return blocks._find_conflicts(with_overlaps=True)

    def plain_overlaps():
        env.cr.execute(
            """
            SELECT block.id, other.id, other.date_start, other.date_end, other.fsm_order_id
              FROM sercom_assignment block
              JOIN sercom_assignment other
                ON int4range(other.employee_id, other.employee_id, '[]')
                   && int4range(block.employee_id, block.employee_id, '[]')
               AND tsrange(other.date_start, other.date_end)
                   && tsrange(block.date_start, block.date_end)
               AND other.id != block.id
             WHERE block.id = ANY(%s)
               AND other.state IN ('draft', 'confirmed') AND other.conflict_override IS NOT TRUE
            """,
            (blocks.ids,),
        )
        return env.cr.fetchall()

    everything()
    queries = measure(env, everything)["queries"]
    few = measure(env, lambda: blocks[:1]._find_conflicts())["queries"]
    overlap_time, all_time, their_time = fastest(overlaps, everything, plain_overlaps)
    name = f"1,000 against {total:,} blocks"
    return [
        row(f"overlaps of {name}, ms, and by SQL", *ms(overlap_time, their_time), 2.0),
        row(f"all conflicts of {name}, ms, and overlaps by SQL", *ms(all_time, their_time), None),
        row("all conflicts of 1,000 blocks and of one, queries", queries, few, 1.0),
    ]


def slots(env, planning):
    scheduler = env["sercom.scheduler"]

    def find(job=planning.job):
        return scheduler.find_slots(job.id, MONDAY, MONDAY + timedelta(days=14))

    count = len(find())
    one = python_time(find)
    (elapsed,) = fastest(find)
    queries = measure(env, find)["queries"]
    planning.job.people_count = 2
    pair = python_time(find)
    planning.job.people_count = 1
    return [
        row(f"{count} slots of 200 people in 14 days, ms of Python (of 300)", *ms(one, 0.3), 1.0),
        row("slots for two of them at once, ms of Python (of 300)", *ms(pair, 0.3), 1.0),
        row("slots, ms, and the board", *ms(elapsed, planning.board_seconds), None),
        row("slots, queries (of 12)", queries, 12, 1.0),
    ]


def booking(env, planning):
    """A thousand drafts on 250 jobs in one batch, and as many events of Odoo's calendar."""
    partners = planning.people.work_contact_id
    start = MONDAY + timedelta(weeks=DAYS // 7 + 1, hours=13)

    def values(count, week):
        jobs = env["fsm.order"].create(
            [{"location_id": planning.sites[number % 50].id} for number in range(count // 4)]
        )
        return [
            {
                "fsm_order_id": jobs[number % len(jobs)].id,
                "employee_id": planning.people[number % PEOPLE].id,
                "date_start": start + timedelta(weeks=week, days=number // PEOPLE % 5),
                "date_end": start + timedelta(weeks=week, days=number // PEOPLE % 5, hours=2),
            }
            for number in range(count)
        ]

    def events(batch):
        return [
            {
                "name": "Visit",
                "start": vals["date_start"],
                "stop": vals["date_end"],
                "partner_ids": [(6, 0, partners[number % PEOPLE].ids)],
            }
            for number, vals in enumerate(batch)
        ]

    Assignment = env["sercom.assignment"]
    Event = env["calendar.event"].with_context(no_mail_to_attendees=True)
    batch = values(20, 0)
    Assignment.create(batch)
    Event.create(events(batch))
    ours, theirs = [], []
    for week in range(1, 4):
        batch = values(1000, week)
        meetings = events(batch)
        ours.append(measure(env, lambda made=batch: Assignment.create(made)))
        theirs.append(measure(env, lambda made=meetings: Event.create(made)))
    batch = values(100, 5)
    hundred = measure(env, lambda: Assignment.create(batch))
    our_time, their_time = (min(one["seconds"] for one in runs) for runs in (ours, theirs))
    queries = max(one["queries"] for one in ours)
    return [
        row("1,000 blocks booked, and events, ms", *ms(our_time, their_time), 2.0),
        row(
            "queries per block of 1,000, and of 100",
            queries / 1000,
            hundred["queries"] / 100,
            1.0,
            2,
        ),
    ]


def ms(*seconds):
    return [1000 * one for one in seconds]
