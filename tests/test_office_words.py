from lxml import html

from odoo.tests import Form, HttpCase, tagged

from .common import SercomCommon
from .screens import Screens


@tagged("post_install", "-at_install")
class TestOfficeWords(HttpCase, SercomCommon):
    """Words that misled the office and its clients, read where they stand, in both languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fr_CA"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.job = cls._create_billable_job()

    def _read_arch(self, record, lang):
        user = self.users["dispatcher"]
        env = self.env(user=user, context={**self.env.context, "lang": lang})
        arch, _values = Screens(env).read_form(record.with_env(env))
        return arch

    def _get_labels(self, arch, xpath):
        return [node.get("string") for node in arch.xpath(xpath)]

    def test_completing_without_what_is_missing_says_so(self):
        for lang, label in (("en_US", "Complete Anyway"), ("fr_CA", "Terminer quand même")):
            with self.subTest(lang):
                labels = self._get_labels(self._read_arch(self.job, lang), "//header//button")
                self.assertIn(label, labels)
                self.assertFalse([text for text in labels if "without" in (text or "").lower()])

    def test_states_and_stages_of_a_job_are_feminine(self):
        """« La job est planifiée »; one that is open is one of several."""
        words = {
            "to_plan": "À planifier",
            "planned": "Planifiée",
            "in_progress": "En cours",
            "done": "Terminée",
            "cancelled": "Annulée",
        }
        jobs = self.env["fsm.order"].with_context(lang="fr_CA")
        self.assertEqual(dict(jobs._fields["state"]._description_selection(jobs.env)), words)
        stages = self.env["fsm.stage"].with_context(lang="fr_CA")
        own = stages.search([("stage_type", "=", "order"), ("job_state", "!=", False)])
        self.assertTrue(own)
        for stage in own:
            self.assertEqual(stage.name, words[stage.job_state])

    def test_an_assessment_is_feminine_and_a_visit_is_not(self):
        """« Une évaluation prévue », « un rendez-vous planifié »."""
        for model, field, words in (
            ("crm.lead", "assessment_state", ("Prévue", "Faite", "Annulée")),
            ("calendar.event", "appointment_state", ("Planifié", "Terminé", "Annulé")),
        ):
            records = self.env[model].with_context(lang="fr_CA")
            labels = dict(records._fields[field]._description_selection(records.env))
            with self.subTest(model):
                found = tuple(labels[key] for key in ("planned", "done", "cancelled"))
                self.assertEqual(found, words)

    def test_what_opens_a_record_is_a_verb(self):
        """What is open is « ouverte »; a button that opens is not."""
        action = self.job.with_user(self.users["dispatcher"]).action_ask_cancel()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        for record, name in (
            (self.job.service_file_id, "action_open_next"),
            (wizard, "action_open"),
        ):
            for lang, label in (("en_US", "Show"), ("fr_CA", "Voir")):
                with self.subTest(record=record._name, lang=lang):
                    arch = self._read_arch(record, lang)
                    labels = self._get_labels(arch, f"//button[@name='{name}']")
                    self.assertEqual(set(labels), {label})

    def test_reopening_tells_of_what_closed_the_job(self):
        cancelled, done = self._create_job(), self._create_job()
        cancelled.action_cancel()
        done.action_complete()
        for jobs, shown in (
            (cancelled, {"cancelled"}),
            (done, {"done"}),
            (cancelled | done, {"cancelled", "done"}),
        ):
            wizard = (
                self.env["sercom.job.reopen"]
                .with_user(self.users["dispatcher"])
                .with_context(active_model="fsm.order", active_ids=jobs.ids)
            )
            form = Form(wizard)
            found = {name for name in ("done", "cancelled") if form[f"has_{name}"]}
            with self.subTest(jobs=shown):
                self.assertEqual(found, shown)
        arch = form._view["tree"]
        texts = {
            name: " ".join(arch.xpath(f"//p[@name='{name}']")[0].itertext())
            for name in ("done", "cancelled")
        }
        self.assertIn("complet", texts["done"])
        self.assertNotIn("complet", texts["cancelled"])

    def test_no_agreed_price_is_no_price_of_zero(self):
        order = self.env["fsm.recurring"].with_user(self.users["dispatcher"])
        arch = order.get_view(view_type="form")["arch"]
        fields = html.fromstring(arch).xpath("//field[@name='line_ids']//field[@name='price_unit']")
        self.assertTrue(fields)
        for field in fields:
            with self.subTest(field=field.attrib):
                self.assertTrue(
                    field.get("widget") == "sercom_float_or_empty"
                    or field.get("invisible") == "not price_unit"
                )

    def test_a_client_is_not_asked_to_connect_software(self):
        quote = self._create_quote(state="sent")
        plain = self.env["sale.order"].create({"partner_id": self.client_partner.id})
        plain.state = "sent"
        self.assertFalse(plain.service_file_id)
        self.authenticate("role_portal", "role_portal")
        for order, is_asked in ((quote, False), (plain, True)):
            with self.subTest(order=order.name):
                page = self.url_open(order.get_portal_url()).text
                self.assertIn(order.name, page)
                self.assertEqual("portal_connect_software_modal_btn" in page, is_asked)
