import unittest

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from ...tools.completion.signed_content import compare_signed
from ..common import SercomJobsCommon

SIGNATURE = PIXEL.decode()


class TestCompareSigned(unittest.TestCase):
    def _row(self, quantity, price=None, name="Valve", unit="Units"):
        return {"name": name, "quantity": quantity, "unit": unit, "price": price}

    def test_nothing_changed(self):
        self.assertEqual(compare_signed({}, {}), [])
        self.assertEqual(compare_signed({"1": self._row(0.3)}, {"1": self._row(0.1 + 0.2)}), [])

    def test_more_less_added_and_taken_away(self):
        one, two, other = self._row(1), self._row(2), self._row(1, name="Pipe")
        self.assertEqual(compare_signed({"1": one}, {"1": two}), [("Valve", one, two)])
        self.assertEqual(compare_signed({"1": one}, {}), [("Valve", one, None)])
        self.assertEqual(
            compare_signed({"1": one}, {"1": one, "2": other}), [("Pipe", None, other)]
        )
        self.assertEqual(compare_signed({}, {"2": self._row(0)}), [])

    def test_a_price_counts_where_it_was_seen(self):
        seen, other = self._row(1, 80.0), self._row(1, 90.0)
        self.assertEqual(compare_signed({"1": seen}, {"1": other}), [("Valve", seen, other)])
        self.assertEqual(compare_signed({"1": self._row(1)}, {"1": other}), [])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestSignedContent(SercomJobsCommon):
    """A signature is worth what stood on the job when it was given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(person_id=cls.worker.id, scheduled_date_start=cls.start)
        cls.valve = cls._create_product(name="Valve", list_price=80.0)
        cls.job._update_order_line_info(cls.valve.id, 1)
        cls.own = cls.job.with_user(cls.user_technician)
        cls.job.is_signature_required = True
        cls.own.action_start()
        cls.own.write({"signature": SIGNATURE, "signed_by": "Marie"})

    def test_signed_and_unchanged_it_is_completed(self):
        self.assertFalse(self.job.signature_changes)
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_catalog_asks_for_it_again_and_says_what_changed(self):
        self.own._update_order_line_info(self.valve.id, 3)
        self.assertEqual(self.job.signature_changes, "Valve: added, 2.00 Units")
        self.assertTrue(self.job.is_signature_missing)
        with self.assertRaisesRegex(UserError, "sign again: Valve: added, 2.00 Units"):
            self.own.action_complete()
        self.own.write({"signature": SIGNATURE, "signed_by": "Marie"})
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_line_of_the_office_counts_and_taken_away_it_is_valid_again(self):
        pipe = self._create_product(name="Pipe", list_price=20.0)
        form = Form(self.job.sale_id.with_user(self.user_dispatcher))
        with form.order_line.new() as line:
            line.product_id = pipe
            line.product_uom_qty = 2
        form.save()
        line = self.job.sale_id.order_line.filtered(lambda line: line.product_id == pipe)
        line.fsm_order_id = self.job
        self.assertEqual(self.job.signature_changes, "Pipe: added, 2.00 Units")
        line.product_uom_qty = 0
        self.assertFalse(self.job.signature_changes)
        self.assertFalse(self.job.is_signature_missing)

    def test_price_counts_where_the_client_sees_it(self):
        self.job.sale_line_ids.price_unit = 95.0
        self.assertFalse(self.job.signature_changes)
        self.company.is_job_report_priced = True
        self.own.write({"signature": SIGNATURE, "signed_by": "Marie"})
        self.job.sale_line_ids.price_unit = 99.0
        self.assertIn("95.00", self.job.signature_changes)
        self.assertIn("99.00", self.job.signature_changes)

    def test_asked_again_though_it_was_given_unasked(self):
        self.job.signature_rule = False
        self.assertFalse(self.job.is_signature_required)
        self.own._update_order_line_info(self.valve.id, 2)
        self.assertTrue(self.job.is_signature_missing)
        self.job.with_user(self.user_dispatcher).is_signature_required = False
        self.assertFalse(self.job.is_signature_missing)

    def test_another_language_changes_nothing(self):
        """The office reads in French what was signed in English."""
        self.env["res.lang"]._activate_lang("fr_CA")
        line = self.job.sale_line_ids
        self.valve.with_context(lang="fr_CA").name = "Robinet"
        line.product_uom_id.with_context(lang="fr_CA").name = "Unité(s)"
        french = self.job.with_context(lang="fr_CA")
        self.assertFalse(french.signature_changes)
        self.assertFalse(french.is_signature_missing)
        line.product_uom_qty = 4
        self.assertIn("Robinet", french.signature_changes)
        self.assertIn("Unité(s)", french.signature_changes)
        self.assertEqual(self.job.signature_changes, "Valve: 1.00 Units → 4.00 Units")

    def test_a_done_job_keeps_it_and_tells_what_changed(self):
        self.own.action_complete()
        self.job.sale_line_ids.product_uom_qty = 4
        self.assertTrue(self.job.signature)
        self.assertEqual(self.job.signature_changes, "Valve: 1.00 Units → 4.00 Units")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sercom_jobs.action_report_completion", self.job.ids
        )
        self.assertIn("Changed since it was signed", html.decode())
