"""What the dispatcher's board shows: a crew for two days, time off, drafts, an overlap, a slot."""

from datetime import timedelta

from odoo import Command

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def tell(firm, moments):
    crew_for_two_days(firm, moments)
    drafts_of_next_week(firm, moments)
    allowed_overlap(firm, moments)
    time_off(firm, moments)
    unscheduled(firm, moments)
    contract(firm, moments)


def crew_for_two_days(firm, moments):
    """Two people, two days, one of them leading."""
    moments.move_to(-2, 10)
    job = firm.new_job(
        "sherbrooke",
        [("plumber", 24), ("copper", 14), ("valve", 12), ("travel", 2)],
        "Colonnes d'eau, logements 1 à 12",
        description="<p>Remplacement des colonnes d'eau. Coupure affichée dans le hall.</p>",
        people_count=2,
    )
    assign(
        firm,
        job,
        [("marc", 5, 8, 6.0), ("amelie", 5, 8, 6.0), ("marc", 6, 8, 6.0), ("amelie", 6, 8, 6.0)],
        leader="marc",
        state="confirmed",
    )
    firm.name("risers", file=job.service_file_id, job=job)


def drafts_of_next_week(firm, moments):
    """Pencilled in, nobody is told yet."""
    moments.move_to(-1, 14)
    for worker, site, day, hour, hours, lines, text in (
        ("kevin", "bistro", 5, 7, 2.0, [("drain", 1), ("travel", 1)], "Drain de la plonge."),
        ("sofia", "dental", 6, 8, 3.0, [("hvac", 3), ("travel", 1)], "Bruit du climatiseur."),
        ("jf", "cremazie", 7, 9, 4.0, [("ducts", 1), ("travel", 1)], "Conduits du 3e étage."),
    ):
        job = firm.new_job(site, lines, text, description=f"<p>{text}</p>")
        assign(firm, job, [(worker, day, hour, hours)])


def allowed_overlap(firm, moments):
    """Two jobs in one building at the same time: allowed, and it says why."""
    moments.move_to(-1, 15)
    job = firm.new_job(
        "sherbrooke",
        [("plumber", 1)],
        "Robinet du local technique",
        description="<p>À faire pendant la visite des logements.</p>",
    )
    assign(
        firm,
        job,
        [("marc", 0, 14, 1.0)],
        conflict_override=True,
        override_reason="Même immeuble, pendant la même visite",
    )


def time_off(firm, moments):
    """Jean-François and Kevin are away a day each."""
    env = firm.env
    kind = env["hr.leave.type"].sudo().search([("requires_allocation", "=", False)], limit=1)
    if not kind:
        return
    for worker, day in (("jf", 3), ("kevin", 4)):
        date = moments.date(day)
        leave = (
            env["hr.leave"]
            .sudo()
            .with_context(leave_skip_state_check=True)
            .create(
                {
                    "holiday_status_id": kind.id,
                    "employee_id": firm.records[f"employee_{worker}"].id,
                    "request_date_from": date,
                    "request_date_to": date,
                }
            )
        )
        if leave.state in ("confirm", "validate1"):
            leave._action_validate(check_state=False)


def unscheduled(firm, moments):
    """Jobs that wait in the tray: late, soon, and whenever."""
    env = firm.env
    moments.move_to(-4, 9)
    late = firm.new_job(
        "griffintown",
        [("plumber", 2), ("valve", 2), ("travel", 1)],
        "Condo 208 : fuite sous l'évier",
        description="<p>Fuite lente sous l'évier. La cliente a mis un seau.</p>",
        priority="2",
    )
    firm.name("late", file=late.service_file_id, job=late)
    moments.move_to(-1, 9)
    pair = firm.new_job(
        "lachine",
        [("ventilation", 16), ("travel", 1)],
        "Make-up air unit, roof",
        description="<p>Two people: the unit is lifted by hand.</p>",
        people_count=2,
        request_early=moments.at(2, 8),
        request_late=moments.at(9, 17),
    )
    firm.name("makeup_air", file=pair.service_file_id, job=pair)
    moments.set(moments.ago(hours=5))
    heater = firm.new_job(
        "sharma",
        [("heater_work", 1), ("heater_60", 1), ("disposal", 1), ("travel", 1)],
        "Water heater, 22 years old",
        description="<p>No leak yet. Before the holidays, please.</p>",
        request_early=moments.at(1, 8),
        request_late=moments.at(10, 17),
    )
    firm.name("old_heater", file=heater.service_file_id, job=heater)
    env.flush_all()


def assign(firm, job, blocks, leader=None, **vals):
    """Plan people on a job, as the dispatcher does.

    :param blocks: ``(worker, day, local hour, hours)`` of each block
    """
    job.write(
        {
            "assignment_ids": [
                Command.create(
                    {
                        "employee_id": firm.records[f"employee_{worker}"].id,
                        "date_start": firm.moments.at(day, hour),
                        "date_end": firm.moments.at(day, hour) + timedelta(hours=hours),
                        "is_leader": worker == leader,
                        **vals,
                    }
                )
                for worker, day, hour, hours in blocks
            ]
        }
    )


def contract(firm, moments):
    """A visit every second week, for as long as the client keeps the contract."""
    moments.move_to(-1, 16)
    recurring = firm.as_user(firm.env["fsm.recurring"], "dispatcher").create(
        {
            "location_id": firm.records["site_daycare"].id,
            "date_first": moments.date(3),
            "start_hour": 13.0,
            "scheduled_duration": 1.5,
            "repeat_interval": 2,
            WEEKDAYS[moments.date(3).weekday()]: True,
            "person_id": firm.records["worker_sofia"].id,
            "description": "Filters and heat pumps",
            "line_ids": [
                Command.create({"product_id": firm.records[product].id, "product_uom_qty": qty})
                for product, qty in (("hvac", 1.5), ("filter", 3), ("travel", 1))
            ],
        }
    )
    recurring.action_start()
    firm.records["contract_daycare"] = recurring
