"""Quotes as they stand: draft, sent, revised, lost, sold."""


def tell(firm, moments):
    lost_to_competitor(firm, moments)
    revised_heat_pump(firm, moments)
    bakery_hood(firm, moments)
    boiler_room(firm, moments)
    grease_trap(firm, moments)
    dental_draft(firm, moments)
    spring_campaign(firm, moments)


def lost_to_competitor(firm, moments):
    moments.move_to(-8, 14)
    request = firm.take_request(
        "Nouvelle salle de bain au sous-sol",
        client="lapointe",
        site="lapointe",
        need="<p>Plomberie complète d'une salle de bain au sous-sol.</p>",
        request_early=moments.at(-7, 8),
        request_late=moments.at(4, 17),
        lines=[("plumber", 24), ("apprentice", 16), ("copper", 14), ("backwater", 1)],
    )
    firm.qualify(request)
    moments.move_to(-7, 16)
    order = firm.quote(request)
    firm.send(order)
    moments.move_to(-4, 11)
    reason = firm.env["crm.lost.reason"].search([("name", "=", "Went with a competitor")])
    wizard = firm.as_user(firm.env["sercom.quote.lost"], "estimator").create(
        {
            "sale_order_ids": order.ids,
            "lost_reason_id": reason.id,
            "note": "Un voisin plombier le fait au noir, 40 % moins cher.",
        }
    )
    wizard.action_lose()
    request.action_set_lost(lost_reason_id=reason.id)
    firm.name("bathroom", file=request.service_file_id, request=request, quote=order)


def revised_heat_pump(firm, moments):
    """The first quote was too much; the second version waits for an answer."""
    moments.move_to(-7, 10)
    request = firm.take_request(
        "Heat pump for the second floor",
        channel="web",
        client="mcallister",
        site="mcallister",
        need="<p>The bedrooms are too hot in summer. One or two wall units?</p>",
        request_early=moments.at(-6, 8),
        request_late=moments.at(9, 17),
        lines=[("heat_pump", 2), ("hvac", 14), ("apprentice", 8), ("travel", 2)],
    )
    firm.qualify(request)
    visit = firm.book_visit(
        request, ["estimator", "sofia"], moments.at(-6, 15), appointment_kind="assessment"
    )
    moments.move_to(-6, 15, 30)
    firm.measure(
        request,
        [("Floor area", 92, "m²"), ("Ceiling height", 2.6, "m"), ("Panel, free", 40, "A")],
        "estimator",
    )
    firm.take_photo(request, "heat_pump", "The neighbour's unit, same model", "estimator")
    firm.as_user(visit, "estimator").action_appointment_done()
    moments.move_to(-5, 10)
    first = firm.quote(request, scope="<p>Two wall units of 18,000 BTU, supplied and fitted.</p>")
    firm.send(first)
    moments.move_to(-3, 13)
    firm.log_call(request, "Mrs. McAllister finds two units too much. Quote one.", "estimator")
    second = firm.opened(first.action_revise(), "estimator")
    for line in second.order_line:
        line.product_uom_qty /= 2
    second.scope = "<p>One wall unit of 18,000 BTU on the landing, supplied and fitted.</p>"
    moments.move_to(-3, 13, 40)
    firm.send(second)
    firm.name("heat_pump", file=request.service_file_id, request=request, quote=second)


def bakery_hood(firm, moments):
    moments.move_to(-3, 9)
    order = firm.new_quote(
        "bakery",
        "bakery",
        [("ventilation", 6), ("ducts", 1), ("travel", 1)],
        about="Hotte des fours",
        scope="<p>Nettoyage et équilibrage de la hotte des fours.</p>",
        sla_text="<p>Travaux la nuit, boulangerie ouverte à 5 h.</p>",
    )
    moments.move_to(-2, 10)
    firm.send(order)
    firm.log_call(order, "Reçue par M. Girard, réponse après le conseil de vendredi.")
    firm.name("hood", file=order.service_file_id, quote=order)


def boiler_room(firm, moments):
    """Sold with a deposit that is not paid yet; the job is planned."""
    moments.move_to(-5, 13)
    request = firm.take_request(
        "Pompe de circulation bruyante",
        client="erables",
        site="erables",
        need="<p>La pompe de circulation de la chaufferie vibre; deux logements sans eau "
        "chaude le matin.</p>",
        request_early=moments.at(-1, 8),
        request_late=moments.at(3, 17),
        priority="2",
        lines=[("plumber", 5), ("circulator", 1), ("valve", 4), ("travel", 1)],
    )
    firm.qualify(request)
    moments.move_to(-4, 10)
    order = firm.quote(request)
    firm.send(order)
    moments.move_to(-2, 14)
    job = firm.sell(order, signed_by="Lucie Gendron")
    deposit = firm.ask_deposit(order, 40)
    firm.plan(job, "marc", moments.at(2, 8), 5.0)
    firm.name("boiler", file=order.service_file_id, quote=order, job=job, invoice=deposit)


def grease_trap(firm, moments):
    """Sold yesterday: its jobs wait to be planned."""
    moments.move_to(-2, 15)
    order = firm.new_quote(
        "olympia",
        "olympia",
        [("plumber", 4), ("backwater", 1), ("camera", 1), ("travel", 1)],
        about="Backwater valve and camera inspection",
        scope="<p>Replace the backwater valve of the kitchen line, then a camera inspection "
        "down to the street.</p>",
    )
    firm.send(order)
    moments.move_to(-1, 11)
    jobs = firm.sell(order, signed_by="George Pappas")
    firm.log_call(order, "Mr. Pappas prefers Monday or Tuesday, the diner is closed.")
    firm.name("grease_trap", file=order.service_file_id, quote=order, job=jobs[:1])


def dental_draft(firm, moments):
    moments.move_to(-1, 14)
    order = firm.new_quote(
        "dental",
        "dental",
        [("plumber", 3), ("valve", 2), ("travel", 1)],
        about="Arrivée d'eau du fauteuil 4",
        scope="<p>Nouvelle arrivée d'eau pour le fauteuil 4.</p>",
    )
    firm.name("dental", file=order.service_file_id, quote=order)


def spring_campaign(firm, moments):
    """A quote for a client who signs in the portal."""
    moments.move_to(-1, 15)
    order = firm.new_quote(
        "sharma",
        "sharma",
        [("heat_pump_care", 1), ("filter", 2), ("travel", 1)],
        about="Yearly maintenance",
        scope="<p>Yearly maintenance, suggested after the repair of the furnace.</p>",
    )
    firm.send(order)
    firm.name("portal", file=order.service_file_id, quote=order)
