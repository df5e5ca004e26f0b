"""The client's side: what they see, write and ask for on their pages."""

from odoo.addons.sercom_portal.tools.ask.form import Asked

ON_WEB = ("drain", "camera", "ducts", "heat_pump_care")


def tell(firm, moments):
    open_page(firm)
    show_photos(firm)
    message(firm, moments)
    asked_on_the_web(firm, moments)
    send_reports(firm)


def open_page(firm):
    """Visitors ask for services, and clients choose a time for the office to confirm."""
    firm.env.company.write({"is_asked_on_web": True, "web_booking": "draft"})
    for key in ON_WEB:
        firm.records[key].product_tmpl_id.is_asked_on_web = True


def show_photos(firm):
    """The office shows the photos of the furnace to its owner."""
    photos = firm.records["file_furnace"].photo_ids
    firm.as_user(photos, "dispatcher").action_show_to_client()


def message(firm, moments):
    """The owner of the furnace writes on their page."""
    moments.move_to(-2, 19)
    file = firm.records["file_furnace"]
    file._post_from_portal(
        firm.records["client_sharma"], "It runs well now. May I pay the rest on Friday?"
    )


def asked_on_the_web(firm, moments):
    """A client who signed in asks for their drain."""
    moments.move_to(-1, 20)
    values = {"need": "The kitchen drain is slow again.", "urgency": "normal"}
    lead = firm.env["sercom.web.request"]._make(
        "demo",
        "192.0.2.1",
        Asked(values=values),
        product=firm.records["drain"].product_tmpl_id,
        partner=firm.records["client_sharma"],
        site=firm.records["site_sharma"],
    )
    firm.name("web", file=lead.service_file_id, request=lead)


def send_reports(firm):
    """Reports went out as the work was done: nobody is written to when the story is loaded."""
    for report in firm.env["sercom.job.report"].search([("is_to_send", "=", True)]):
        report.write({"date_sent": report.date_completed, "is_to_send": False})
