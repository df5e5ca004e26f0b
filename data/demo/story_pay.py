"""Pay by the week: two weeks are paid, the third one waits for the accountant's look."""

from datetime import datetime, time, timedelta

from odoo import Command

from odoo.addons.sercom_requests.tools.local_time import to_utc

# What an hour of each technician is paid, and their number at the payroll office.
RATES = {
    "marc": (38.0, "101"),
    "sofia": (41.0, "102"),
    "kevin": (34.0, "103"),
    "amelie": (22.5, "104"),
    "jf": (36.0, "105"),
}


def tell(firm, moments):
    set_rates(firm)
    monday = moments.date(0) - timedelta(days=moments.date(0).weekday())
    weeks = [monday - timedelta(days=7 * ago) for ago in (3, 2, 1)]
    at_the_shop(firm, weeks)
    training(firm, weeks[0])
    allow(firm, weeks[1])
    for week in weeks[:2]:
        firm.name("paid" if week == weeks[0] else "paid_last", pay=pay(firm, week))
    firm.name("to_check", pay=prepare(firm, weeks[2]))
    moments.set(moments.now)


def set_rates(firm):
    """A rate for each technician; overtime after 40 hours a week, as the law of Québec has it."""
    firm.env.company.write({"pay_period": "week"})
    ruleset = firm.env["hr.attendance.overtime.ruleset"].create(
        {
            "name": "Québec",
            "rule_ids": [
                Command.create(
                    {
                        "name": "Plus de 40 heures par semaine (LNT, art. 52 et 55)",
                        "base_off": "quantity",
                        "quantity_period": "week",
                        "expected_hours_from_contract": False,
                        "expected_hours": 40.0,
                        "paid": True,
                        "amount_rate": 1.5,
                    }
                )
            ],
        }
    )
    for worker, (rate, number) in RATES.items():
        employee = firm.records[f"employee_{worker}"]
        employee.version_id.write({"pay_rate": rate, "ruleset_id": ruleset.id})
        employee.pay_number = number


def at_the_shop(firm, weeks):
    """Everybody loads the truck on Monday morning; it belongs to no job."""
    for week in weeks:
        for worker in RATES:
            approve(firm, clock(firm, worker, week, 6, 0.75))


def training(firm, week):
    """Kevin took a course for six days: more than forty hours."""
    for day in range(6):
        approve(firm, clock(firm, "kevin", week + timedelta(days=day), 8, 8.0))


def allow(firm, week):
    """Jean-François was on call at the weekend."""
    firm.as_user(firm.env["sercom.pay.allowance"], "accountant").create(
        {
            "employee_id": firm.records["employee_jf"].id,
            "date": week + timedelta(days=5),
            "type_id": firm.env.ref("sercom_pay.sercom_pay_allowance_type_on_call").id,
            "quantity": 2,
            "unit_amount": 40.0,
        }
    )


def clock(firm, worker, day, hour, hours):
    """Paid time without a job, unless the person was at work already."""
    start = to_utc(datetime.combine(day, time(hour)), "America/Toronto")
    end = start + timedelta(hours=hours)
    employee = firm.records[f"employee_{worker}"]
    entries = firm.env["hr.attendance"].sudo()
    busy = [("check_in", "<", end), "|", ("check_out", "=", False), ("check_out", ">", start)]
    if entries.search_count([("employee_id", "=", employee.id), *busy]):
        return entries.browse()
    return entries.create(
        {
            "employee_id": employee.id,
            "check_in": start,
            "check_out": end,
            "work_type": "other",
        }
    )


def approve(firm, entries):
    firm.as_user(entries.sudo(False), "manager").action_approve_pay()


def prepare(firm, week):
    period = firm.as_user(firm.env["sercom.pay.period"], "accountant").create({"date_start": week})
    period.action_prepare()
    return period


def pay(firm, week):
    """Prepare, check, lock, send and mark paid a week."""
    period = prepare(firm, week)
    period.action_check()
    period.action_lock()
    firm.as_user(firm.env["sercom.pay.export"], "accountant").create({"period_id": period.id})
    period.action_mark_paid()
    return period
