"""Requests of these days: new by phone and web, referred, qualified, assessed."""


def tell(firm, moments):
    assessed(firm, moments)
    referred(firm, moments)
    assessment_booked(firm, moments)
    web_form(firm, moments)
    new_call(firm, moments)


def assessed(firm, moments):
    """Seen, measured and photographed: the estimator has only to quote it."""
    moments.move_to(-2, 9)
    request = firm.take_request(
        "Sump pump runs without stop",
        client="johnson",
        site="johnson",
        need="<p>The sump pump runs day and night since the rain.</p>",
        request_early=moments.at(-1, 8),
        request_late=moments.at(4, 17),
        lines=[("sump_pump", 1), ("plumber", 2.5), ("backwater", 1), ("travel", 1)],
    )
    firm.qualify(request)
    visit = firm.book_visit(
        request, ["estimator"], moments.at(-1, 10), appointment_kind="assessment"
    )
    moments.move_to(-1, 10, 15)
    firm.measure(
        request,
        [("Pit depth", 610, "mm"), ("Pit diameter", 455, "mm"), ("Water level", 380, "mm")],
        "estimator",
    )
    firm.take_photo(request, "pipe", "Discharge pipe leaks", "estimator")
    firm.take_photo(request, "sink", "Pit full of silt", "estimator")
    moments.move_to(-1, 10, 45)
    firm.as_user(visit, "estimator").action_appointment_done()
    firm.name("sump", file=request.service_file_id, request=request)


def referred(firm, moments):
    """A new client, sent by a happy one."""
    moments.move_to(-1, 13, 30)
    request = firm.take_request(
        "Lave-vaisselle à raccorder",
        channel="referral",
        contact_name="Claude Villeneuve",
        phone="514-555-0161",
        email_from="claude.villeneuve@example.com",
        referred="Marie Tremblay",
        street="4380 rue Saint-Denis",
        city="Montréal",
        zip="H2J 2L1",
        state_id=firm.env.ref("base.state_ca_qc").id,
        country_id=firm.env.ref("base.ca").id,
        need="<p>Raccorder un lave-vaisselle neuf; robinet à changer.</p>",
        lines=[("plumber", 1.5), ("valve", 1), ("travel", 1)],
    )
    request.action_create_site()
    for place in (request.partner_id, request.fsm_location_id):
        place.sudo().write({"partner_latitude": 45.5268, "partner_longitude": -73.5848})
    firm.name("referral", file=request.service_file_id, request=request)


def assessment_booked(firm, moments):
    moments.move_to(-1, 16)
    request = firm.take_request(
        "Thermopompe qui ne chauffe plus",
        client="nguyen",
        site="nguyen",
        need="<p>La thermopompe souffle froid depuis deux jours.</p>",
        request_early=moments.at(0, 8),
        request_late=moments.at(2, 17),
        priority="2",
        lines=[("hvac", 2), ("travel", 1)],
    )
    firm.qualify(request)
    firm.log_call(request, "Mme Roy est à la maison demain avant midi.")
    firm.book_visit(
        request,
        ["estimator", "sofia"],
        moments.at(1, 10),
        appointment_kind="assessment",
        note="<p>Apporter le manomètre.</p>",
    )
    firm.name("no_heat", file=request.service_file_id, request=request)


def web_form(firm, moments):
    """As it came from the web: no site yet, the office has to call."""
    moments.set(moments.ago(hours=2))
    request = firm.take_request(
        "Quote for a tankless water heater",
        channel="web",
        contact_name="Daniel Okafor",
        email_from="daniel.okafor@example.com",
        phone="514-555-0162",
        need="<p>We would like to replace our tank with a tankless unit. Family of five.</p>",
    )
    firm.name("web", request=request)


def new_call(firm, moments):
    """The phone rang some minutes ago."""
    moments.set(moments.ago(minutes=20))
    request = firm.take_request(
        "Évier de cuisine qui refoule",
        client="lapointe",
        site="lapointe",
        priority="1",
        need="<p>L'évier refoule quand la laveuse se vide.</p>",
    )
    firm.log_call(request, "M. Lapointe rappelle à midi pour dire ses disponibilités.")
    firm.name("backing_up", file=request.service_file_id, request=request)
