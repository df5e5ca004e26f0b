"""One week of five technicians, told with the demo's verbs: what the large firm is copied from.

Fifty jobs of three visits: quoted, told on the phone, with parts, with a crew, credited, cancelled,
and one that nobody has billed. All are over, so that a copy of them is a past that stands still.
"""

from datetime import timedelta

from odoo.addons.sercom.data.demo import people

JOBS = 50
TECHNICIANS = 5
VISITS = 3  # of a job; one is done in three hours, on one day
DAYS = 5
FIRST_DAY = -30  # working days from today: all before the demo's own fortnight
HOURS = (8, 13)  # a morning's and an afternoon's job
WORK = [
    [("plumber", 3), ("faucet", 1), ("travel", 1)],
    [("hvac", 3), ("filter", 2), ("travel", 1)],
    [("heat_pump_care", 1), ("travel", 1)],
    [("ventilation", 3), ("travel", 1)],
    [("camera", 1), ("travel", 1)],
]
BIG_CLIENT = "sherbrooke"  # a site of the demo that has a job in every copy
CANCELLED, UNBILLED, BIG = 49, 48, 47  # numbers of the jobs that end otherwise


def make_people(firm):
    """Make the technicians; their copies are the other teams."""
    env, records = firm.env, firm.records
    trades = {skill.name: "Licensed" for skill in records["skill_type_trade"].skill_ids}
    for number in range(TECHNICIANS):
        name = f"Technician {number}"
        user = people._create_user(env, f"bench{number}", name, "en_US", "technician")
        records[f"user_bench{number}"] = user
        employee = people._create_employee(
            env, user, "Technician", records["calendar_full"], 40.0 + number
        )
        people._add_trades(records["skill_type_trade"], employee, trades)
        records[f"employee_bench{number}"] = employee
        records[f"worker_bench{number}"] = employee._get_fsm_persons()[employee]


def make_clients(firm):
    """Make a client with a site for each pair of jobs."""
    env = firm.env
    quebec, canada = env.ref("base.state_ca_qc").id, env.ref("base.ca").id
    for number in range(JOBS // 2):
        address = {
            "street": "rue Saint-Denis",
            "city": ("Montréal", "Laval", "Longueuil")[number % 3],
            "zip": "H2J 2K9",
            "state_id": quebec,
            "country_id": canada,
        }
        client = env["res.partner"].create(
            {
                "name": f"{('Éloïse', 'Marc', 'Zoé', 'Noël')[number % 4]} Tremblay-{number}",
                "email": f"client{number}@example.com",
                "phone": "514-555-0123",
                "lang": "fr_CA" if number % 3 else "en_US",
                **address,
            }
        )
        firm.records[f"client_bench{number}"] = client
        firm.records[f"site_bench{number}"] = env["fsm.location"].create(
            {
                "name": f"Site {number}",
                "owner_id": client.id,
                "tz": "America/Toronto",
                "partner_latitude": 45.5 + number / 1000,
                "partner_longitude": -73.6,
                **address,
            }
        )


def tell(firm, moments):
    """Tell the week, one job after the other."""
    slots = [
        (worker, FIRST_DAY + day, hour)
        for worker in range(TECHNICIANS)
        for day in range(DAYS)
        for hour in HOURS
    ]
    for number, slot in enumerate(slots):
        tell_job(firm, moments, number, *slot)


def tell_job(firm, moments, number, worker, day, hour):
    """Tell one job from the call to the payment."""
    who = f"bench{worker}"
    place = BIG_CLIENT if number == BIG else f"bench{number // 2}"
    lines = WORK[number % len(WORK)]
    moments.set(moments.at(day, 7))
    job = sell(firm, place, lines, number) if number % 2 else call(firm, place, lines, number)
    plan(firm, job, who, moments.at(day, hour))
    if number == CANCELLED:
        job._cancel(firm.env.ref("sercom_jobs.sercom_job_cancel_reason_solved"))
        return
    work(firm, moments, job, who, moments.at(day, hour))
    if number == UNBILLED:
        return
    moments.set(moments.at(day, hour + 4))
    timesheets = firm.as_user(job, "manager").timesheet_ids
    timesheets.filtered(lambda line: line.approval_state != "approved").action_approve()
    invoice = firm.invoice(job)
    if number % 4:
        firm.pay(invoice)
    if number % 17 == 1:
        credit(firm, invoice)


def call(firm, place, lines, number):
    """A job told on the phone."""
    return firm.new_job(place, lines, f"Call {number}", description="<p>It leaks again.</p>")


def sell(firm, place, lines, number):
    """A request, its appointment, its quote, and the job."""
    request = firm.take_request(
        f"Request {number}",
        client=place if place != BIG_CLIENT else "montroyal",
        site=place,
        need="<p>The heater is cold.</p>",
        request_early=firm.moments.at(FIRST_DAY, 8),
        request_late=firm.moments.at(FIRST_DAY + DAYS, 17),
        lines=lines,
    )
    firm.qualify(request)
    order = firm.quote(request)
    firm.send(order)
    return firm.sell(order)[:1]


def plan(firm, job, who, start):
    """Give the job its three visits of an hour."""
    firm.plan(job, who, start, 1.0)
    firm.as_user(firm.env["sercom.assignment"], "dispatcher").create(
        [
            {
                "fsm_order_id": job.id,
                "employee_id": firm.records[f"employee_{who}"].id,
                "date_start": start + timedelta(hours=visit),
                "date_end": start + timedelta(hours=visit + 1),
                "state": "confirmed",
            }
            for visit in range(1, VISITS)
        ]
    )


def work(firm, moments, job, who, start):
    """Two entries of half an hour in each visit, photos, and the end of the job."""
    own = firm.as_user(job, who)
    for half in range(2 * VISITS):
        moments.set(start + timedelta(minutes=30 * half))
        own.action_clock_in()
        if half == 0:
            firm.take_photo(job, "pipe", "Before", who)
        moments.set(start + timedelta(minutes=30 * half + 29))
        if half + 1 < 2 * VISITS:
            own.action_clock_out(reason="break")
    firm.finish(job, who, start + timedelta(minutes=30 * 2 * VISITS), signed_by="The client")


def credit(firm, invoice):
    """Take a whole invoice back."""
    reversal = firm.as_user(firm.env["account.move.reversal"], "accountant").with_context(
        active_model="account.move", active_ids=invoice.ids
    )
    wizard = reversal.create({"journal_id": invoice.journal_id.id, "reason": "Goodwill"})
    wizard.reverse_moves()
