from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestHome(SercomRequestsCommon):
    """What needs somebody now, and the way to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.context_today(cls.company)
        now = fields.Datetime.now()
        cls.to_qualify = cls._create_request(need=False)
        cls.to_answer = cls._create_request(name="To answer")
        cls.draft = cls._create_quote()
        cls.sent = cls._create_quote(state="sent", date_order=now - timedelta(days=9))
        cls.expired = cls._create_quote(state="sent", validity_date=today - timedelta(days=2))
        cls.overdue = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.client_partner.id,
                "service_file_id": cls.draft.service_file_id.id,
                "invoice_date": today - timedelta(days=40),
                "invoice_date_due": today - timedelta(days=10),
                "invoice_line_ids": [
                    fields.Command.create({"name": "Work", "price_unit": 80.0, "tax_ids": False})
                ],
            }
        )
        cls.overdue.action_post()

    def _get_tiles(self, user):
        home = self.env["sercom.home"].with_user(user).get_home()
        return {tile["key"]: tile for section in home["sections"] for tile in section["tiles"]}

    def _open(self, user, key, **context):
        action = self.env["sercom.home"].with_user(user).with_context(**context).open_tile(key)
        return self.env[action["res_model"]].with_user(user).search(action["domain"])

    def test_a_tile_opens_the_list_that_it_counts(self):
        manager = self._create_user(
            "sercom_home_manager",
            "sales_team.group_sale_salesman_all_leads,fieldservice.group_fsm_manager,"
            "account.group_account_invoice",
        )
        for key, tile in self._get_tiles(manager).items():
            with self.subTest(key=key):
                self.assertEqual(len(self._open(manager, key)), tile["count"])

    def test_what_is_counted(self):
        opened = {
            key: self._open(self.user_dispatcher, key)
            for key in ("requests_to_qualify", "requests_to_answer", "quotes_to_send")
        }
        self.assertIn(self.to_qualify, opened["requests_to_qualify"])
        self.assertNotIn(self.to_answer, opened["requests_to_qualify"])
        self.assertIn(self.to_answer, opened["requests_to_answer"])
        self.assertIn(self.draft, opened["quotes_to_send"])
        self.assertIn(self.sent, self._open(self.user_dispatcher, "quotes_to_chase"))
        self.assertNotIn(self.expired, self._open(self.user_dispatcher, "quotes_to_chase"))
        self.assertIn(self.expired, self._open(self.user_dispatcher, "quotes_expired"))
        self.assertIn(self.overdue, self._open(self.user_accountant, "invoices_overdue"))

    def test_an_assessment_all_day_is_of_its_local_day(self):
        """Montréal goes to the 4th at 05:00 UTC; Odoo stores the day as 08:00 to 18:00 UTC."""
        day = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": self.to_answer.id,
                "allday": True,
                "start_date": "2026-11-03",
                "stop_date": "2026-11-03",
            }
        )
        hour = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": self.to_answer.id,
                "start": "2026-11-04 00:30:00",
                "stop": "2026-11-04 01:30:00",
            }
        )
        for zone, moment, shown in (
            ("America/Toronto", "2026-11-03 04:30:00", self.env["calendar.event"]),
            ("America/Toronto", "2026-11-03 05:30:00", day | hour),
            ("America/Toronto", "2026-11-04 04:30:00", day | hour),
            ("America/Toronto", "2026-11-04 05:30:00", self.env["calendar.event"]),
            ("Pacific/Auckland", "2026-11-02 10:30:00", self.env["calendar.event"]),
            ("Pacific/Auckland", "2026-11-02 11:30:00", day),
            ("Pacific/Auckland", "2026-11-03 10:30:00", day),
            ("Pacific/Auckland", "2026-11-03 11:30:00", hour),
        ):
            with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                events = self._open(self.user_dispatcher, "assessments_today", tz=zone)
                self.assertEqual(events, shown)

    def test_a_request_with_a_quote_is_answered(self):
        self.to_answer.action_convert_to_quote()
        self.assertNotIn(self.to_answer, self._open(self.user_dispatcher, "requests_to_answer"))

    def test_each_role_sees_its_tiles(self):
        dispatcher = self._get_tiles(self.user_dispatcher)
        self.assertIn("requests_to_answer", dispatcher)
        self.assertNotIn("invoices_overdue", dispatcher)
        accountant = self._get_tiles(self.user_accountant)
        self.assertIn("payments_to_match", accountant)
        self.assertNotIn("quotes_to_chase", accountant)
        self.assertNotIn("sold_this_month", accountant)

    def test_amounts_stand_beside_the_count(self):
        tile = self._get_tiles(self.user_accountant)["invoices_overdue"]
        moves = self._open(self.user_accountant, "invoices_overdue")
        total = sum(moves.mapped("amount_residual_signed"))
        self.assertEqual(tile["amount"], self.company.currency_id.format(total))

    def test_one_query_a_tile(self):
        home = self.env["sercom.home"].with_user(self.user_dispatcher)
        home.get_home()
        for tile in home._get_own_tiles():
            if tile.model in ("sercom.job.part",):
                continue
            home._read_tile(tile)
            with self.subTest(tile=tile.key):
                self.assertEqual(self._get_queries(home._read_tile, tile), 1)

    def test_more_records_cost_no_more_queries(self):
        home = self.env["sercom.home"].with_user(self.user_dispatcher)
        self._get_queries(home.get_home)
        few = self._get_queries(home.get_home)
        for _time in range(4):
            self._create_quote()
            self._create_request()
        self.assertEqual(self._get_queries(home.get_home), few)
