import re

from odoo.tests import TransactionCase, tagged

from . import translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|</?\w+")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Every term is in its add-on's template and in its French: ``make i18n`` writes both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = translations.export(cls.env)

    def _get_terms(self, template):
        """What Odoo reads in a template: each term with the places that have it."""
        return {
            (entry.msgid, entry.comment, frozenset(place for place, _line in entry.occurrences))
            for entry in template
        }

    def test_templates_are_up_to_date(self):
        for module, template in self.templates.items():
            with self.subTest(module=module):
                now = self._get_terms(template)
                written = self._get_terms(translations.read(translations.template_path(module)))
                self.assertFalse(
                    sorted({term for term, *_places in now ^ written}),
                    f"The terms of {module} changed. Run make i18n, then translate what it lists.",
                )

    def test_french_is_complete(self):
        for module, template in self.templates.items():
            with self.subTest(module=module):
                french = translations.read(translations.translation_path(module))
                self.assertFalse(
                    translations.get_missing(french, template),
                    f"Translate these terms in {translations.translation_path(module)}.",
                )

    def test_french_keeps_placeholders_and_tags(self):
        for module in self.templates:
            french = translations.read(translations.translation_path(module))
            for entry in french.translated_entries():
                with self.subTest(module=module, term=entry.msgid):
                    self.assertEqual(
                        sorted(PLACEHOLDER.findall(entry.msgstr)),
                        sorted(PLACEHOLDER.findall(entry.msgid)),
                    )

    def test_renamed_fields_have_our_words(self):
        """A field of another add-on that Sercom renames is in French what Sercom calls it."""
        for model, field, label in (
            ("crm.lead", "fsm_location_id", "Site"),
            ("sale.order", "fsm_location_id", "Site"),
            ("sale.order", "opportunity_id", "Demande"),
            ("fsm.order", "opportunity_id", "Demande"),
            ("fsm.order", "location_id", "Site"),
            ("fsm.order", "date_start", "Début réel"),
            ("sale.order.line", "fsm_order_id", "Job"),
        ):
            with self.subTest(model=model, field=field):
                self._assert_label(model, field, label)

    def test_renamed_fields_keep_our_words(self):
        """Reading the files of the field service and of the suite again leaves our words."""
        names = ["fieldservice", "fieldservice_crm", *self.templates]
        modules = self.env["ir.module.module"].search([("name", "in", names)])
        modules._update_translations(["fr_CA"], overwrite=True)
        self.env.registry.clear_all_caches()
        self._assert_label("crm.lead", "fsm_location_id", "Site")
        self._assert_label("fsm.order", "location_id", "Site")

    def _assert_label(self, model, field, label):
        env = self.env(context={"lang": "fr_CA"})
        self.assertEqual(env[model].fields_get([field], ["string"])[field]["string"], label)
