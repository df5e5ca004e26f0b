"""Work that has reached its invoice: paid, partly paid, overdue, not yet due, draft."""

from datetime import timedelta


def tell(firm, moments):
    water_heater(firm, moments)
    overdue_parts(firm, moments)
    blocked_drain(firm, moments)
    furnace_repaired_at_once(firm, moments)
    building_leak(firm, moments)
    heat_pumps_of_daycare(firm, moments)


def water_heater(firm, moments):
    """Request, assessment, quote, deposit, job, invoice and payment: the whole flow, paid."""
    moments.move_to(-9, 8, 40)
    request = firm.take_request(
        "Chauffe-eau qui coule",
        client="tremblay",
        site="tremblay",
        need="<p>Le chauffe-eau coule sur le plancher du sous-sol. Remplacement à prévoir.</p>",
        description="<p>La cliente travaille de la maison.</p>",
        request_early=moments.at(-9, 13),
        request_late=moments.at(-6, 17),
        priority="2",
        lines=[("heater_60", 1), ("heater_work", 1), ("travel", 1), ("disposal", 1)],
    )
    firm.log_call(
        request,
        "Appel de Mme Tremblay : l'eau est fermée, elle peut attendre jusqu'à demain.",
    )
    firm.qualify(request)
    visit = firm.book_visit(
        request, ["estimator"], moments.at(-9, 13, 30), appointment_kind="assessment"
    )
    moments.move_to(-9, 13, 50)
    firm.take_photo(request, "heater", "Fuite au bas du réservoir", "estimator")
    firm.measure(
        request,
        [
            ("Hauteur libre", 1820, "mm"),
            ("Pression d'eau", 415, "kPa"),
            ("Température de l'eau", 58, "°C"),
        ],
        "estimator",
    )
    moments.move_to(-9, 14, 20)
    firm.as_user(visit, "estimator").action_appointment_done()
    order = firm.quote(request, sla_text="<p>Remplacement en moins de 72 heures.</p>")
    moments.move_to(-9, 15, 5)
    firm.send(order)
    moments.move_to(-8, 9, 10)
    job = firm.sell(order, signed_by="Marie Tremblay")
    firm.pay(firm.ask_deposit(order, 30))
    firm.plan(job, "marc", moments.at(-7, 8, 30), 3.0)
    firm.start(job, "marc", moments.at(-7, 8, 35))
    firm.take_photo(job, "heater", "Avant", "marc")
    moments.move_to(-7, 11, 20)
    firm.take_photo(job, "heater", "Nouveau réservoir installé", "marc", after=True)
    firm.finish(
        job,
        "marc",
        moments.at(-7, 11, 40),
        signed_by="Marie Tremblay",
        note="<p>Réservoir 60 gallons posé, soupape vérifiée, ancien réservoir emporté.</p>",
    )
    moments.move_to(-7, 15)
    invoice = firm.invoice(job)
    moments.move_to(-4, 10)
    firm.pay(invoice)
    firm.name("water_heater", file=request.service_file_id, request=request, quote=order)
    firm.name("water_heater", job=job, invoice=invoice)


def overdue_parts(firm, moments):
    """A quote billed at once, that nobody has paid."""
    moments.move_to(-9, 10, 15)
    order = firm.new_quote(
        "lachine",
        "lachine",
        [("circulator", 1), ("valve", 6), ("travel", 1)],
        about="Circulation pump and valves, supply only",
        scope="<p>Supply of one circulation pump and isolation valves. Installed by the plant's "
        "own people.</p>",
        payment_term_id=firm.env.ref("account.account_payment_term_immediate").id,
    )
    firm.send(order)
    moments.move_to(-8, 13)
    invoice = firm.invoice(order)
    moments.move_to(-2, 9, 30)
    firm.log_call(
        order, "Called Steve Kowalski about the invoice: cheque promised Friday.", "accountant"
    )
    firm.name("overdue", file=order.service_file_id, invoice=invoice)


def blocked_drain(firm, moments):
    """A price told on the phone, a job, an invoice paid, and the next visit booked."""
    moments.move_to(-8, 7, 50)
    job = firm.new_job(
        "bistro",
        [("drain", 1), ("travel", 1)],
        "Évier de plonge bouché",
        description="<p>Drain de cuisine bouché. Prix donné au téléphone : 289 $.</p>",
    )
    firm.log_call(job, "Le chef Morel appelle : l'évier de plonge refoule.")
    firm.plan(job, "kevin", moments.at(-8, 8, 30), 1.5)
    firm.start(job, "kevin", moments.at(-8, 8, 45))
    firm.take_photo(job, "sink", "Évier de plonge bouché", "kevin")
    moments.move_to(-8, 10)
    firm.take_photo(job, "sink", "Évier dégagé, plein débit", "kevin", after=True)
    firm.finish(
        job,
        "kevin",
        moments.at(-8, 10, 5),
        signed_by="Antoine Morel",
        note="<p>Graisse sur 4 m. Nettoyage aux 6 mois conseillé.</p>",
    )
    invoice = firm.invoice(job)
    moments.move_to(-5, 11)
    firm.pay(invoice)
    firm.book_visit(
        invoice,
        ["kevin"],
        moments.at(5, 8),
        who="accountant",
        name="Suivi du drain – Le Petit Bistro du Nord",
    )
    firm.name("drain", file=job.service_file_id, job=job, invoice=invoice)


def furnace_repaired_at_once(firm, moments):
    """Repaired during the assessment: the request is billed, and half of it is paid."""
    moments.move_to(-7, 9)
    request = firm.take_request(
        "Furnace stops after two minutes",
        client="sharma",
        site="sharma",
        need="<p>The furnace starts, then stops after two minutes.</p>",
        request_early=moments.at(-7, 12),
        request_late=moments.at(-6, 17),
    )
    firm.qualify(request)
    visit = firm.book_visit(request, ["sofia"], moments.at(-6, 9), appointment_kind="assessment")
    moments.move_to(-6, 9, 20)
    firm.take_photo(request, "furnace", "Sooty burners", "sofia")
    firm.as_user(request, "dispatcher").write(
        {"request_line_ids": firm.lines([("hvac", 1), ("capacitor", 1), ("travel", 1)])}
    )
    moments.move_to(-6, 10, 10)
    firm.take_photo(request, "furnace", "Clean blue flame", "sofia", after=True)
    firm.as_user(visit, "sofia").action_appointment_done()
    moments.move_to(-6, 14)
    invoice = firm.invoice(request)
    moments.move_to(-3, 9)
    firm.pay(invoice, amount=150.0)
    firm.name("furnace", file=request.service_file_id, request=request, invoice=invoice)


def building_leak(firm, moments):
    """Posted, due in a month; the job found something else, which is quoted."""
    moments.move_to(-6, 8, 15)
    request = firm.take_request(
        "Fuite au plafond du 304",
        client="montroyal",
        site="griffintown",
        need="<p>Tache au plafond du logement 304, sous la salle de bain du 404.</p>",
        request_early=moments.at(-5, 8),
        request_late=moments.at(-4, 16),
        lines=[("plumber", 2), ("apprentice", 2), ("copper", 1), ("valve", 2), ("travel", 1)],
    )
    firm.qualify(request)
    job = firm.job(request)
    firm.plan(job, "marc", moments.at(-5, 8, 30), 2.0)
    job.person_ids |= firm.records["worker_marc"] | firm.records["worker_amelie"]
    firm.start(job, "marc", moments.at(-5, 8, 30))
    firm.take_photo(job, "pipe", "Coude percé au 404", "marc")
    moments.move_to(-5, 10, 20)
    firm.take_photo(job, "pipe", "Coude refait, robinet d'arrêt ajouté", "marc", after=True)
    firm.finish(job, "marc", moments.at(-5, 10, 40), signed_by="Isabelle Fortin")
    moments.move_to(-5, 11)
    extra = firm.quote(
        job,
        who="dispatcher",
        order_line=firm.lines([("plumber", 6), ("copper", 8), ("valve", 4), ("travel", 1)]),
        scope="<p>Constaté sur place : la colonne du 4e étage est corrodée. Remplacement de 12 m "
        "de tuyau.</p>",
    )
    firm.send(extra)
    moments.move_to(-4, 9)
    invoice = firm.invoice(job)
    firm.name("leak", file=job.service_file_id, job=job, quote=extra, invoice=invoice)


def heat_pumps_of_daycare(firm, moments):
    """Two services, two jobs: both done, the invoice waits for the accountant."""
    moments.move_to(-6, 11)
    order = firm.new_quote(
        "daycare",
        "daycare",
        [("heat_pump_care", 2), ("filter", 2), ("ducts", 1), ("travel", 1)],
        about="Yearly maintenance of heat pumps and ducts",
        scope="<p>Yearly maintenance of both heat pumps, and cleaning of the ducts.</p>",
        sla_text="<p>No work between 13:00 and 14:30.</p>",
    )
    firm.send(order)
    moments.move_to(-5, 9)
    jobs = firm.sell(order, signed_by="Linda Marsh")
    for job, worker, hour in zip(jobs.sorted("id"), ("sofia", "jf"), (9, 9), strict=False):
        firm.plan(job, worker, moments.at(-3, hour))
        firm.start(job, worker, moments.at(-3, hour))
        scene = "heat_pump" if worker == "sofia" else "duct"
        firm.take_photo(job, scene, "As found", worker)
        moments.set(moments.at(-3, hour) + timedelta(hours=2))
        firm.take_photo(job, scene, "Cleaned", worker, after=True)
        firm.finish(job, worker, moments.at(-3, 11, 50), signed_by="Linda Marsh")
    moments.move_to(-3, 16)
    invoice = firm.invoice(order, post=False)
    firm.name("daycare", file=order.service_file_id, quote=order, invoice=invoice)
