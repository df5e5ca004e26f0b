"""The firm: its address, languages, books and taxes."""

from odoo import Command

from odoo.addons.sercom.data.demo import pictures
from odoo.addons.sercom.data.demo.records import html_in_both_languages, in_both_languages

NAME = "Plomberie & Ventilation Boréale inc."
ADDRESS = {
    "street": "1180 rue Bélanger",
    "city": "Montréal",
    "zip": "H2S 1H4",
    "phone": "514-555-0180",
    "email": "info@boreale.example.com",
    "website": "https://boreale.example.com",
}
# What a firm of Québec prints on its quotes and invoices, in the client's language.
NUMBERS = {
    "rbq_licence": "5555-0180-01",
    "is_quebec_tax_printed": True,
    "l10n_ca_pst": "1012345678TQ0001",
}
ADDRESS_LINES = (
    "<strong>Plomberie &amp; Ventilation Boréale inc.</strong><br>1180 rue Bélanger<br>"
    "Montréal (Québec) H2S 1H4<br>514-555-0180 · info@boreale.example.com"
)
DETAILS = (ADDRESS_LINES,) * 2
FOOTER = ("boreale.example.com",) * 2
LOST_REASONS = [
    ("Went with a competitor", "A choisi un concurrent"),
    ("Work postponed", "Travaux reportés"),
]


def load(env):
    """Make the main company the demo firm."""
    env["res.lang"]._activate_lang("en_US")
    company = env.ref("base.main_company")
    _set_identity(env, company)
    _load_books(env, company)
    _set_banks(env, company)
    _set_features(env)
    for name, french in LOST_REASONS:
        in_both_languages(env["crm.lost.reason"].create({"name": name}), "name", french)


def _set_identity(env, company):
    env.ref("base.CAD").active = True
    company.write(
        {
            "name": NAME,
            "country_id": env.ref("base.ca").id,
            "state_id": env.ref("base.state_ca_qc").id,
            "currency_id": env.ref("base.CAD").id,
            "logo": pictures.logo(),
            "primary_color": "#1F4E79",
            "secondary_color": "#2E9CCA",
            "paperformat_id": env.ref("base.paperformat_us").id,
            "external_report_layout_id": env.ref("web.external_layout_standard").id,
            **ADDRESS,
            **NUMBERS,
        }
    )
    html_in_both_languages(company, "company_details", *DETAILS)
    html_in_both_languages(company, "report_footer", *FOOTER)
    # Odoo made a price list in its own currency when a second one came into use.
    env["product.pricelist"].search([]).currency_id = company.currency_id
    env.ref("base.USD").active = False
    company.partner_id.write({"tz": "America/Toronto", "lang": "fr_CA"})
    # Those who are made later, in the screens, start as this firm's people.
    env["ir.default"].set("res.partner", "tz", "America/Toronto")
    in_both_languages(env.ref("fieldservice.fsm_team_default"), "name", "Équipe de Montréal")
    _name_in_english(env)


def _name_in_english(env):
    """Name what the database got in French only, because English came after; and a quote."""
    for xmlid, name in (
        ("fieldservice.fsm_stage_new", "To Plan"),
        ("fieldservice.fsm_stage_completed", "Done"),
    ):
        env.ref(xmlid).with_context(lang="en_US").name = name
    for xmlid, name, french in (
        ("crm.stage_lead1", "New", "Nouvelle"),
        ("crm.stage_lead2", "Qualified", "Qualifiée"),
        ("crm.stage_lead3", "Quoted", "Soumission faite"),
        ("crm.stage_lead4", "Won", "Gagnée"),
    ):
        stage = env.ref(xmlid)
        stage.with_context(lang="en_US").name = name
        stage.with_context(lang="fr_CA").name = french


def _load_books(env, company):
    """Chart of accounts, TPS and TVQ; the company's own address chooses Québec's taxes."""
    env["account.chart.template"].with_company(company).try_loading("ca_2023", company)
    tax = env["account.chart.template"].with_company(company).ref("gstqst_sale_tax_14975")
    company.account_sale_tax_id = tax
    # Odoo prints the rate, "14.975%", in both languages.
    tax.with_context(lang="en_US").invoice_label = "GST + QST"
    in_both_languages(tax, "invoice_label", "TPS + TVQ")
    company.partner_id.vat = "123456782RT0001"


def _set_banks(env, company):
    """Have a payment reach the bank account at once: the firm keeps no cheques in a drawer."""
    journals = env["account.journal"].search(
        [("type", "in", ("bank", "cash")), ("company_id", "=", company.id)]
    )
    for journal in journals:
        lines = journal.inbound_payment_method_line_ids | journal.outbound_payment_method_line_ids
        lines.payment_account_id = journal.default_account_id
    bank = journals.filtered(lambda journal: journal.type == "bank")[:1]
    bank.bank_account_id = env["res.partner.bank"].create(
        {"acc_number": "815-30012-4567890", "partner_id": company.partner_id.id}
    )


def _set_features(env):
    """Switch on what the firm uses of Odoo: deposits, signed quotes, a clock in the top bar."""
    employees = env.ref("base.group_user")
    for xmlid in ("uom.group_uom", "sale_management.group_sale_order_template"):
        employees.implied_ids = [Command.link(env.ref(xmlid).id)]
    env.company.write(
        {
            "portal_confirmation_sign": True,
            "portal_confirmation_pay": False,
            "attendance_from_systray": True,
            # No text message leaves when parts are handed over.
            "stock_text_confirmation": False,
        }
    )


def hold_mail(env):
    """Keep what the story wrote from leaving: its addresses are nobody's."""
    mails = env["mail.mail"].search([("state", "=", "outgoing")])
    mails.notification_ids.notification_status = "sent"  # as the people of the story see it
    mails.state = "cancel"
