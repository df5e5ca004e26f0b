from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from ...tools.context import SKIP_JOB_GENERATION
from ..common import SercomRequestsCommon

STAGES = ("draft", "sent", "expired", "sold", "lost", "replaced")


@tagged("post_install", "-at_install")
class TestQuoteStage(SercomRequestsCommon):
    """A quote says where it stands, in its lists and its form alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.company.quotation_validity_days = 0
        quotes = [cls._create_quote() for _stage in range(5)]
        draft, sent, expired, sold, lost = quotes
        (sent | expired).action_quotation_sent()
        sent.validity_date = cls.today
        expired.validity_date = cls.today - timedelta(days=1)
        SKIP_JOB_GENERATION(sold).action_confirm()
        sold.validity_date = cls.today - timedelta(days=1)
        lost._action_cancel()
        replaced = cls._create_quote()
        replaced.action_quotation_sent()
        replaced.action_revise()
        cls.quotes = dict(zip(STAGES, (draft, sent, expired, sold, lost, replaced), strict=True))

    def test_each_stage_is_said(self):
        for stage, quote in self.quotes.items():
            with self.subTest(stage=stage):
                self.assertEqual(quote.with_user(self.user_salesman).quote_stage, stage)

    def test_a_filter_for_each(self):
        view = self.env.ref("sercom_requests.sercom_quote_view_search")
        arch = etree.fromstring(view.get_combined_arch())
        mine = [("id", "in", [quote.id for quote in self.quotes.values()])]
        Order = self.env["sale.order"].with_user(self.user_salesman)
        for stage, quote in self.quotes.items():
            [node] = arch.xpath(f"//filter[@name='{stage}']")
            with self.subTest(stage=stage):
                found = Order.search([*safe_eval(node.get("domain")), *mine])
                self.assertEqual(found.ids, quote.ids)
        others = Order.search([("quote_stage", "not in", ("draft", "sent")), *mine])
        self.assertEqual(len(others), 4)

    def test_lists_are_grouped_and_sorted_by_it(self):
        view = self.env.ref("sercom_requests.sercom_quote_view_search")
        arch = etree.fromstring(view.get_combined_arch())
        [node] = arch.xpath("//filter[@name='group_quote_stage']")
        self.assertEqual(safe_eval(node.get("context")), {"group_by": "quote_stage"})
        Order = self.env["sale.order"].with_user(self.user_salesman)
        described = Order.fields_get(["quote_stage"])["quote_stage"]
        self.assertTrue(described["groupable"] and described["sortable"])
        mine = [("id", "in", [quote.id for quote in self.quotes.values()])]
        groups = Order.web_read_group(mine, ["quote_stage"], ["__count"])["groups"]
        self.assertEqual({group["quote_stage"] for group in groups}, set(STAGES))
        for group in groups:
            found = Order.search([*group["__extra_domain"], *mine])
            self.assertEqual(found.ids, self.quotes[group["quote_stage"]].ids)
        ordered = Order.search(mine, order="quote_stage")
        self.assertEqual(ordered.mapped("quote_stage"), sorted(STAGES))

    def test_a_quote_expires_overnight_in_its_group(self):
        sent = self.quotes["sent"].with_user(self.user_salesman)
        with freeze_time(self.today + timedelta(days=2)):
            groups = sent.formatted_read_group([("id", "=", sent.id)], ["quote_stage"])
        self.assertEqual([group["quote_stage"] for group in groups], ["expired"])

    def test_the_badge_is_in_list_cards_and_form(self):
        for name in ("sercom_quote_view_list", "sercom_quote_view_kanban", "view_order_form"):
            view = self.env.ref(f"sercom_requests.{name}")
            arch = etree.fromstring(view.get_combined_arch())
            with self.subTest(view=name):
                self.assertTrue(arch.xpath("//field[@name='quote_stage'][@widget]"))

    def test_a_revision_is_valid_as_long_as_the_first_was(self):
        quote = self._create_quote(validity_date=self.today + timedelta(days=15))
        quote.action_quotation_sent()
        quote.action_revise()
        self.assertEqual(quote.next_version_ids.validity_date, self.today + timedelta(days=15))
        self.company.quotation_validity_days = 40
        second = quote.next_version_ids
        second.action_quotation_sent()
        second.action_revise()
        self.assertEqual(second.next_version_ids.validity_date, self.today + timedelta(days=40))
