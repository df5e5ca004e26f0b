"""Hours of the fortnight: approved, waiting, corrected, forgotten, and without a job."""

from datetime import timedelta


def tell(firm, moments):
    at_the_shop(firm, moments)
    job = by_the_hour(firm, moments)
    approved(firm, moments)
    firm.name("by_the_hour", job=job, invoice=firm.invoice(job))
    corrected(firm, moments)
    forgotten(firm, moments)
    without_job(firm, moments)
    over_authorised(firm, moments)


def at_the_shop(firm, moments):
    """Paid time that belongs to no job."""
    for worker, day, hour, hours in (("marc", -3, 7, 0.75), ("sofia", -2, 16, 1.0)):
        clock = firm.as_user(firm.env["hr.attendance"], worker)
        moments.set(moments.at(day, hour))
        clock.punch("start", work_type="other")
        moments.set(moments.at(day, hour) + timedelta(hours=hours))
        clock.punch("end")


def by_the_hour(firm, moments):
    """Troubleshooting that nobody could price: the client pays what was worked."""
    moments.move_to(-7, 15)
    job = firm.new_job(
        "sherbrooke",
        [("plumber", 1.5), ("travel", 1)],
        "Odeur d'égout au sous-sol",
        description="<p>Odeur d'égout au sous-sol, on ne sait pas d'où. À l'heure.</p>",
    )
    firm.as_user(job, "manager").billing_policy = "actual"
    firm.plan(job, "amelie", moments.at(-6, 13), 1.5)
    firm.start(job, "amelie", moments.at(-6, 13))
    firm.finish(
        job, "amelie", moments.at(-6, 15, 10), "Concierge", "<p>Siphon de plancher à sec.</p>"
    )
    return job


def approved(firm, moments):
    """The manager approved the hours of the week before; the rest waits."""
    moments.move_to(-5, 16)
    lines = firm.as_user(firm.env["account.analytic.line"], "manager").search(
        [
            ("fsm_order_id", "!=", False),
            ("project_id", "!=", False),
            ("date", "<=", moments.date(-5)),
            ("approval_state", "=", "draft"),
        ]
    )
    lines.action_approve()


def corrected(firm, moments):
    """Kevin forgot to say that he came earlier; the office decides."""
    moments.move_to(-1, 17)
    entry = _last_entry(firm, "kevin", firm.records["job_toilets"])
    firm.as_user(entry, "kevin").action_propose_correction(
        {
            "check_in": entry.check_in - timedelta(minutes=20),
            "reason": "Started unloading at 12:40, before I clocked in.",
        }
    )


def over_authorised(firm, moments):
    """Two hours were authorised, three were worked: the client has the rest to approve."""
    moments.move_to(-3, 16)
    job = firm.new_job(
        "johnson",
        [("plumber", 2), ("valve", 2), ("travel", 1)],
        "Seized shut-off valves",
        description="<p>Both shut-off valves under the sink are seized. Call before two hours.</p>",
    )
    firm.as_user(job, "manager").billing_policy = "capped"
    firm.plan(job, "amelie", moments.at(-1, 9), 2.0)
    firm.start(job, "amelie", moments.at(-1, 9))
    firm.finish(
        job, "amelie", moments.at(-1, 12), "Mary Johnson", "<p>The riser had to be cut.</p>"
    )
    moments.move_to(-1, 13)
    change = firm.opened(firm.as_user(job, "manager").action_upsell_extra_hours(), "manager")
    firm.send(change)
    firm.name("valves", job=job, order=change)
    moments.set(moments.now)


def forgotten(firm, moments):
    """Jean-François went home without clocking out; nobody pays that night."""
    job = firm.new_job(
        "bakery",
        [("ventilation", 2), ("travel", 1)],
        "Hotte : filtre encrassé",
        description="<p>Hotte : filtre encrassé.</p>",
    )
    firm.plan(job, "jf", moments.at(-1, 14), 2.0)
    firm.start(job, "jf", moments.at(-1, 14, 10))
    moments.set(moments.now)
    firm.env["hr.attendance"].sudo()._cron_find_forgotten()
    firm.name("forgotten", job=job)


def without_job(firm, moments):
    """Amélie clocked in at the top bar: her hours wait for a job."""
    employee = firm.records["employee_amelie"]
    moments.set(moments.at(-2, 9))
    firm.as_user(employee, "amelie").sudo()._attendance_action_change()
    moments.set(moments.at(-2, 11, 30))
    firm.as_user(employee, "amelie").sudo()._attendance_action_change()
    moments.set(moments.now)


def _last_entry(firm, worker, job):
    return (
        firm.env["hr.attendance"]
        .sudo()
        .search(
            [
                ("employee_id", "=", firm.records[f"employee_{worker}"].id),
                ("fsm_order_id", "=", job.id),
            ],
            limit=1,
        )
    )
