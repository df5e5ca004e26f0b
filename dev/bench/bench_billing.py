"""Billing jobs with four time lines each, against plain orders with theirs; what is read of it.

`SERCOM_BENCH_JOBS=20 make bench T=billing` takes so many jobs; 500 when nothing is said.
"""

import os
from datetime import date, timedelta

from firm import Firm, measure, rows

JOBS = int(os.environ.get("SERCOM_BENCH_JOBS", "500"))
FEW = max(JOBS // 5, 2)  # whose queries for each job are those of many
LINES = 4  # timesheet lines of each job
TURNS = 3
WAIT = 500.0  # milliseconds a person waits for the control screen


class BilledFirm(Firm):
    """Confirmed orders of a service billed by the hours worked, with the hours."""

    def __init__(self, env):
        super().__init__(env)
        self.service.write(
            {"invoice_policy": "delivery", "service_type": "timesheet", "taxes_id": [(5,)]}
        )
        self.employee = env["hr.employee"].create({"name": "Plumber", "hourly_cost": 40.0})
        self.project = env["project.project"].create(
            {"name": "Field service", "allow_timesheets": True, "allow_billable": True}
        )

    def worked(self, count):
        """So many orders, each with its hours."""
        orders = self.orders(count)
        day = date(2026, 11, 2)
        self.env["account.analytic.line"].create(
            [
                {
                    "name": "Work",
                    "date": day + timedelta(days=number),
                    "unit_amount": 1.0 + number / 4,
                    "employee_id": self.employee.id,
                    "project_id": self.project.id,
                    "fsm_order_id": order.fsm_order_ids[:1].id,
                    "so_line": order.order_line.id,
                }
                for order in orders
                for number in range(LINES)
            ]
        )
        if "approval_state" in self.env["account.analytic.line"]._fields:
            orders.fsm_order_ids.timesheet_ids.action_approve()
        self.env.flush_all()
        return orders


def alternate(env, peer_env):
    """Both sides in one process: the jobs' button, and Odoo's ``_create_invoices``."""
    ours, theirs = BilledFirm(env).worked(JOBS), BilledFirm(peer_env).worked(JOBS)
    jobs = ours.fsm_order_ids
    few = measure_undone(env, lambda: jobs[:FEW]._make_invoice())
    runs = {"ours": [], "theirs": []}
    for _turn in range(TURNS):
        runs["ours"].append(measure_undone(env, lambda: jobs._make_invoice()))
        runs["theirs"].append(
            measure_undone(peer_env, lambda: theirs._create_invoices(grouped=True))
        )
    many, plain = (
        {key: min(run[key] for run in found) for key in ("queries", "seconds")}
        for found in runs.values()
    )
    each = [many["queries"] / JOBS, few["queries"] / FEW]
    return [
        *rows(f"{JOBS} jobs of {LINES} time lines billed", many, plain, None, JOBS, goal_time=1.2),
        (
            f"queries of a job among {JOBS}, and among {FEW}",
            *(round(count, 1) for count in each),
            round(each[0] / each[1], 2),
            1.0,
        ),
    ]


def measure_undone(env, call):
    """Measure a call, and take back what it did."""
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        found = measure(env, call)
        savepoint.rollback()
    env.invalidate_all()
    return found


def run(env):
    """The control screen among few jobs and many, and the verifier beside its own SQL."""
    firm = BilledFirm(env)
    orders = firm.worked(FEW)
    finish(orders.fsm_order_ids)
    few = measure_screen(env)
    orders |= firm.worked(JOBS - FEW)
    finish(orders.fsm_order_ids)
    many = measure_screen(env)
    orders.fsm_order_ids._make_invoice()
    verified, raw = measure_verifier(env, orders)
    return [
        *rows(f"Ready to Bill among {JOBS} jobs, and among {FEW}", many, few, 1.0)[:1],
        ("Ready to Bill, ms", round(1000 * many["seconds"], 1), WAIT, None, None),
        *rows(f"Verifier of {JOBS * LINES} time lines, beside its SQL", verified, raw, None)[1:],
    ]


def finish(jobs):
    jobs.filtered(lambda job: job.state != "done").with_context(
        bypass_order_completed_stage=True
    ).write({"stage_id": jobs._get_stage("done", jobs.company_id).id})
    jobs.env.flush_all()


def measure_screen(env):
    """A page of Ready to Bill, as its list reads it."""
    action = env.ref("sercom_billing.sercom_billing_action_ready")
    views = env["fsm.order"].get_views([(view, kind) for view, kind in action.views[:1]])
    names = [name for name in views["models"]["fsm.order"]["fields"] if "billed" in name]
    names += ["name", "billable_hours", "hours_to_bill", "amount_to_bill", "billing_difference"]
    domain = [("is_ready_to_bill", "=", True)]
    specification = {name: {} for name in names}

    def read():
        env.invalidate_all()
        env["fsm.order"].web_search_read(domain, specification, limit=80)

    read()
    return min((measure(env, read) for _turn in range(TURNS)), key=lambda run: run["seconds"])


def measure_verifier(env, orders):
    """The whole verifier, and its three queries alone."""
    # Only where Sercom is installed: the other side has no ledger.
    from odoo.tools import SQL

    from odoo.addons.sercom_billing.models.ledger import sercom_billing_entry_verify as verify
    from odoo.addons.sercom_billing.models.ledger.sercom_billing_entry import WAIVED

    where = SQL("TRUE")
    hour = env.ref("uom.product_uom_hour").id
    queries = [
        SQL(verify.DOCUMENTS, where=where, hour=hour),
        SQL(verify.TIMESHEETS, where=where, waived=list(WAIVED)),
        SQL(verify.LOST, where=where),
        SQL("SELECT * FROM sercom_billing_entry ORDER BY order_id, number"),
    ]
    entries = env["sercom.billing.entry"]

    def verify_all():
        env.invalidate_all()
        if found := entries._verify():
            raise ValueError(found[0].words)

    calls = (verify_all, lambda: [env.execute_query(query) for query in queries])
    for call in calls:
        call()
    return [
        min((measure(env, call) for _turn in range(TURNS)), key=lambda run: run["seconds"])
        for call in calls
    ]
