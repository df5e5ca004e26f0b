import io
import re

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext
from odoo.tools.pdf import PdfFileReader

from odoo.addons.sercom_requests.tests.common import PIXEL

from .quebec import QuebecCommon

# Written alike in both languages.
SAME = {
    *("total", "taxes", "description", "site", "page", "date", "canada", "service", "source"),
    "communication",
}


@tagged("post_install", "-at_install")
class TestReports(HttpCase, QuebecCommon):
    """Quotes and invoices print: real PDF files, in the client's language."""

    QUOTE = "sale.action_report_saleorder"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.order = cls._create_quote(
            partner_id=cls.contact.id,
            fsm_location_id=cls.firm_site.id,
            scope="<p>Replace the tank. Permit not included.</p>",
            sla_text="<p>Done within five days.</p>",
            service_notes="<p>Client pays late.</p>",
        )

    def _print(self, report, record):
        """Print a report as a user does: the PDF file."""
        self.env.flush_all()
        content, kind = (
            self.by("manager", self.env["ir.actions.report"])
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report, record.ids)
        )
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
        return PdfFileReader(io.BytesIO(content))

    def _read(self, report, record, lang):
        """Words on the pages of a report printed for a client who speaks ``lang``.

        The letters of web fonts may be drawn as shapes, where no word can be read: it is
        printed without them, from a server that does not answer.
        """
        (self.contact | self.firm).lang = lang
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        pages = self._print(report, record).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_quote_and_invoice_are_one_styled_page(self):
        move = self.post(self.convert("estimator", self.order, "invoice"))
        for report, record in (
            ("sale.action_report_saleorder", self.order),
            ("account.account_invoices", move),
        ):
            self.assertEqual(len(self._print(report, record).pages), 1)

    def test_quote(self):
        for lang, tax in (("en_US", "47.38"), ("fr_CA", "47,38")):
            with self.subTest(lang):
                text = self._read("sale.action_report_saleorder", self.order, lang)
                for word in (
                    self.order.name,
                    "Tour Sherbrooke",
                    "Permit not included",
                    "within five days",
                    tax,
                ):
                    self.assertIn(word, text)
                self.assertNotIn("Client pays late", text)

    def test_invoice(self):
        move = self.post(self.convert("estimator", self.order, "invoice"))
        for lang, gst, qst in (("en_US", "23.75", "47.38"), ("fr_CA", "23,75", "47,38")):
            with self.subTest(lang):
                text = self._read("account.account_invoices", move, lang)
                for word in (move.name, "Boréal", gst, qst):
                    self.assertIn(word, text)
                self.assertNotIn("Client pays late", text)

    def test_each_page_has_the_letterhead(self):
        """Name, tax numbers and page number, whatever wkhtmltopdf is there."""
        company = self.order.company_id
        company.company_details = "<p>Boréal inc.<br/>1180 rue Bélanger</p>"
        company.report_footer = "<p>TPS 12345 · TVQ 6789</p>"
        long = self._create_quote(
            partner_id=self.contact.id,
            fsm_location_id=self.firm_site.id,
            scope="".join(f"<p>Step {n} of the work.</p>" for n in range(60)),
        )
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        printed = self._print(self.QUOTE, self.order | long).pages
        pages = [" ".join(page.extract_text().split()) for page in printed]
        self.assertGreater(len(pages), 2)
        for page in pages:
            for word in ("1180 rue Bélanger", "TPS 12345 · TVQ 6789"):
                self.assertIn(word, page)
        self.assertIn("1 / 1", pages[0])
        count = len(pages) - 1
        for number, page in enumerate(pages[1:], 1):
            self.assertIn(f"{number} / {count}", page)
        self.assertIn("Step 59", pages[-1])

    def test_documents_printed_at_once_are_told_apart(self):
        """Odoo splits the file, to keep or send each document."""
        orders = self.order | self._create_quote(
            partner_id=self.contact.id,
            scope="".join(f"<p>Step {n} of the work.</p>" for n in range(60)),
        )
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        streams = report._render_qweb_pdf_prepare_streams(self.QUOTE, {}, orders.ids)
        self.assertEqual(set(streams), set(orders.ids))
        pages = [len(PdfFileReader(streams[order.id]["stream"]).pages) for order in orders]
        self.assertEqual(pages[0], 1)
        self.assertGreater(pages[1], 1)

    def test_quote_in_the_words_of_the_firm(self):
        for lang, words in (
            ("en_US", ("Quote #", "Valid Until", "Taxes")),
            ("fr_CA", ("Soumission #", "Valide jusqu'au", "Taxes")),
        ):
            with self.subTest(lang):
                text = self._read(self.QUOTE, self.order, lang)
                for word in words:
                    self.assertIn(word, text)
                for word in ("Quotation", "Expiration", "Devis", "TVA"):
                    self.assertNotIn(word, text)

    def test_pick_list_has_its_bar_code(self):
        """Odoo's own: what draws bar codes is there."""
        kind = self.env["stock.picking.type"].search(
            [("code", "=", "outgoing"), ("company_id", "=", self.order.company_id.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {"picking_type_id": kind.id, "partner_id": self.contact.id}
        )
        self.assertEqual(len(self._print("stock.action_report_picking", picking).pages), 1)

    def test_quote_speaks_french(self):
        text = self._read("sale.action_report_saleorder", self.order, "fr_CA")
        self.assertIn("TVQ", text)
        self.assertNotIn("Quantity", text)

    def _set_footer(self, company, english, french):
        company.with_context(lang="en_US").report_footer = f"<p>{english}</p>"
        company.update_field_translations("report_footer", {"fr_CA": {english: french}})

    def _get_words(self, text):
        return {word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in SAME}

    def _assert_french(self, report, record, *kept):
        """No word of the English document is in the French one, but names and what was typed."""
        english = self._read(report, record, "en_US")
        self.env["ir.attachment"].search([("res_id", "=", record.id)]).unlink()
        french = self._read(report, record, "fr_CA")
        company = record.company_id
        given = (record.name, company.name, company.street, company.city, *kept)
        given += tuple(self.products.mapped("name"))
        names = self.firm | self.contact | self.firm_site.partner_id
        for name in ("name", "street", "city"):
            given += tuple(names.mapped(name))
        typed = self._get_words(" ".join(filter(None, given)))
        self.assertFalse(self._get_words(english) & self._get_words(french) - typed)
        self.assertRegex(french, r"\d{4}-\d\d-\d\d")
        self.assertNotRegex(french, r"\d\d/\d\d/\d{4}")
        return french

    def test_documents_in_french_have_no_english_word(self):
        """Units, dates, the service level and taxes; the firm's numbers as it wrote them."""
        company = self.order.company_id
        self._set_footer(company, "GST 12345 · QST 6789", "TPS 12345 · TVQ 6789")
        self.users["manager"].lang = "en_US"
        (self.contact | self.firm).lang = "fr_CA"
        policy = self.env["sercom.sla.policy"].create(
            {
                "name": "Ordinaire",
                "calendar_id": company.resource_calendar_id.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
            }
        )
        order = self._create_quote(
            partner_id=self.contact.id,
            fsm_location_id=self.firm_site.id,
            sla_policy_id=policy.id,
            scope="<p>Remplacer.</p>",
        )
        promise = html2plaintext(order.sla_text)
        self.assertIn("heures", promise)
        kept = ("Remplacer", promise, order.user_id.name, order.service_file_id.name)
        text = self._assert_french(self.QUOTE, order, *kept)
        for word in ("TVQ 6789", "Heures", "TVQ", "Unité"):
            self.assertIn(word, text)
        job = self.convert("estimator", order, "job")
        job.person_id = self.worker
        job.work_note = "Réservoir"
        job.action_complete()
        self._assert_french(
            "sercom_jobs.action_report_completion", job, self.worker.name, job.subject, "Réservoir"
        )
        move = self.post(self.convert("estimator", job, "invoice"))
        text = self._assert_french("account.account_invoices", move, order.name, job.subject)
        for word in ("TVQ 6789", "Heures", "TVQ", "Unité"):
            self.assertIn(word, text)

    def test_work_order_in_the_clients_language(self):
        """OCA prints it in the reader's, with the reader's way to write dates, and in its words."""
        job = self.convert("estimator", self.order, "job")
        job.scheduled_date_start = self.start
        job.action_complete()
        self._set_footer(job.company_id, "QST 6789", "TVQ 6789")
        report = "fieldservice.report_fsm_order"
        for lang, tax, date in (("en_US", "QST", "11/03/2026"), ("fr_CA", "TVQ", "2026-11-03")):
            with self.subTest(lang):
                text = self._read(report, job, lang)
                self.assertIn(f"{tax} 6789", text)
                self.assertIn(date, text)
                self.assertNotIn("FS Order", text)

    def test_completion_report(self):
        job = self.convert("estimator", self.order, "job")
        job.work_note = "Tank replaced.\nTested at 60 degrees."
        job.photo_ids = [
            Command.create({"name": f"Photo {n}", "image_1920": PIXEL, "moment": "after"})
            for n in range(3)
        ]
        job.action_complete()
        for lang, words in (
            ("en_US", ("Completion Report", "Work Done", "After")),
            ("fr_CA", ("Rapport d'intervention", "Travaux effectués", "Après")),
        ):
            with self.subTest(lang):
                # A version that is kept is not printed again.
                self.env["ir.attachment"].search([("res_id", "=", job.id)]).unlink()
                text = self._read("sercom_jobs.action_report_completion", job, lang)
                for word in (*words, job.name, "Tank replaced", "Photo 2"):
                    self.assertIn(word, text)
                self.assertNotIn("Client pays late", text)
        self.env["ir.attachment"].search([("res_id", "=", job.id)]).unlink()
        pages = self._print("sercom_jobs.action_report_completion", job).pages
        self.assertLessEqual(len(pages), 2)
