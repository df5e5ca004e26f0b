"""Jobs of this week: planned for each technician, in progress, done and not billed, cancelled."""

from datetime import timedelta

from odoo.addons.sercom.data.demo.moments import is_off


def tell(firm, moments):
    done_not_billed(firm, moments)
    cancelled(firm, moments)
    planned(firm, moments)
    in_progress(firm, moments)
    to_plan(firm, moments)


def done_not_billed(firm, moments):
    """Done the day before: the accountant's to-do list."""
    moments.move_to(-3, 15)
    job = firm.new_job(
        "cremazie",
        [("hvac", 3), ("filter", 8), ("travel", 1)],
        "Filtres du 12e étage",
        description="<p>Remplacement des filtres, 12e étage. Bruit dans l'unité 3.</p>",
    )
    firm.plan(job, "sofia", moments.at(-1, 9), 3.0)
    firm.start(job, "sofia", moments.at(-1, 9, 5))
    firm.take_photo(job, "duct", "Filtres de l'unité 3", "sofia")
    firm.measure(job, [("Débit d'air", 1180, "pi³/min"), ("Bruit", 54, "dB")], "sofia")
    moments.move_to(-1, 11, 30)
    firm.take_photo(job, "duct", "Conduit propre", "sofia", after=True)
    firm.finish(
        job, "sofia", moments.at(-1, 11, 50), signed_by="Concierge", note="<p>Courroie usée.</p>"
    )
    firm.name("filters", file=job.service_file_id, job=job)

    moments.move_to(-2, 8)
    job = firm.new_job(
        "johnson",
        [("plumber", 1.5), ("toilet_kit", 2), ("travel", 1)],
        "Two toilets run all night",
        description="<p>Two toilets run all night.</p>",
    )
    firm.plan(job, "kevin", moments.at(-1, 13), 1.5)
    firm.start(job, "kevin", moments.at(-1, 13))
    firm.finish(job, "kevin", moments.at(-1, 14, 20), signed_by="Emily Johnson")
    firm.name("toilets", file=job.service_file_id, job=job)


def cancelled(firm, moments):
    moments.move_to(-4, 13)
    job = firm.new_job(
        "lapointe",
        [("camera", 1)],
        "Racines dans le drain?",
        description="<p>Racines dans le drain de façade?</p>",
    )
    firm.plan(job, "kevin", moments.at(-2, 9))
    moments.move_to(-3, 17)
    firm.log_call(job, "M. Lapointe annule : la Ville est venue.")
    job._cancel(job.env.ref("sercom_jobs.sercom_job_cancel_reason_solved"))


def planned(firm, moments):
    """Each technician's today, and the days that follow."""
    plan = [
        # worker, site, day, hour, hours, lines, description
        (
            "marc",
            "johnson",
            0,
            8,
            2.0,
            [("plumber", 2), ("faucet", 1), ("travel", 1)],
            "Replace the kitchen faucet.",
        ),
        (
            "marc",
            "sherbrooke",
            0,
            13,
            2.5,
            [("plumber", 2.5), ("valve", 3), ("travel", 1)],
            "Robinets d'arrêt des logements 4, 9 et 11.",
        ),
        (
            "sofia",
            "nguyen",
            0,
            8,
            1.25,
            [("heat_pump_care", 1), ("travel", 1)],
            "Entretien annuel de la thermopompe.",
        ),
        (
            "sofia",
            "lachine",
            0,
            12,
            3.0,
            [("hvac", 3), ("capacitor", 2), ("travel", 1)],
            "Rooftop unit 2 trips in the morning.",
        ),
        (
            "jf",
            "bakery",
            0,
            9,
            3.0,
            [("ducts", 1), ("travel", 1)],
            "Conduit de la chambre de pousse.",
        ),
        (
            "amelie",
            "tremblay",
            1,
            9,
            1.0,
            [("apprentice", 1), ("toilet_kit", 1)],
            "Toilette du haut qui coule.",
        ),
        (
            "kevin",
            "erables",
            1,
            8,
            1.5,
            [("drain", 1), ("travel", 1)],
            "Drain de la buanderie.",
        ),
        (
            "kevin",
            "griffintown",
            1,
            13,
            1.0,
            [("camera", 1), ("travel", 1)],
            "Inspection avant l'achat du 112.",
        ),
        (
            "marc",
            "dental",
            1,
            7,
            2.0,
            [("plumber", 2), ("travel", 1)],
            "Compresseur : raccord d'eau. Avant 8 h.",
        ),
        (
            "sofia",
            "cremazie",
            1,
            9,
            4.0,
            [("hvac", 4), ("blower", 1), ("travel", 1)],
            "Moteur de l'unité 3, suite de la visite d'hier.",
        ),
        (
            "jf",
            "olympia",
            2,
            14,
            2.0,
            [("ventilation", 2), ("travel", 1)],
            "Kitchen hood: weak draw.",
        ),
        (
            "sofia",
            "daycare",
            3,
            9,
            1.25,
            [("heat_pump_care", 1)],
            "Third heat pump, added to the contract.",
        ),
        (
            "jf",
            "sherbrooke",
            4,
            8,
            6.0,
            [("ducts", 2), ("ventilation", 3), ("travel", 1)],
            "Conduits de sécheuse, 12 logements.",
        ),
    ]
    moments.move_to(-1, 15, 30)
    for worker, site, day, hour, hours, lines, text in plan:
        job = firm.new_job(site, lines, text, description=f"<p>{text}</p>")
        firm.plan(job, worker, moments.at(day, hour), hours)
        firm.name(f"{worker}_{site}", job=job)


def in_progress(firm, moments):
    """An emergency taken an hour ago; the technician is there now."""
    moments.set(moments.ago(minutes=95))
    request = firm.take_request(
        "Burst pipe in the kitchen",
        client="olympia",
        site="olympia",
        need="<p>Water under the dishwasher. The main valve is shut.</p>",
        request_early=moments.ago(minutes=95),
        request_late=moments.now + timedelta(hours=2),
        priority="3",
        lines=[("emergency", 2), ("copper", 1), ("valve", 1), ("travel", 1)],
    )
    firm.log_call(request, "Mr. Pappas calls: the kitchen is flooded. Kevin is 10 min away.")
    firm.qualify(request)
    job = firm.job(request)
    # Nobody is planned into the first hour of a holiday.
    is_eve = is_off(moments.local_date(moments.now + timedelta(hours=1)))
    firm.plan(job, "kevin", moments.ago(minutes=60), 1.0 if is_eve else 2.0)
    firm.start(job, "kevin", moments.ago(minutes=50))
    moments.set(moments.ago(minutes=45))
    firm.take_photo(job, "pipe", "Where it burst", "kevin")
    firm.name("emergency", file=job.service_file_id, request=request, job=job)


def to_plan(firm, moments):
    moments.set(moments.ago(hours=3))
    job = firm.new_job(
        "mcallister",
        [("plumber", 1.5), ("travel", 1)],
        "Low pressure in the shower",
        description="<p>Low pressure in the shower. Any morning.</p>",
        priority="1",
    )
    firm.name("pressure", file=job.service_file_id, job=job)
