from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sercom.data.demo.loading import load

from .screens import Screens


@tagged("post_install", "-at_install", "slow")
class TestDemoStory(TransactionCase):
    """The story of the demo company can be told, and its screens open to those who work there.

    What a newcomer sees first is made of no test's data: it is told here as ``make run`` tells it,
    and rolled back.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Told in one transaction: where a cron commits, the story goes on.
        cls.startClassPatcher(patch.object(cls.cr, "commit", cls.env.flush_all))
        cls.records = load(cls.env)
        cls.env.flush_all()

    def test_everybody_has_a_clock_in_the_top_bar(self):
        employees = self.env["hr.employee"].search([("user_id", "!=", False)])
        self.assertTrue(employees)
        self.assertTrue(all(employees.company_id.mapped("attendance_from_systray")))

    def _get_screens(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        # As a request of theirs: the language and the zone are the person's.
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": user.company_id.ids}
        return Screens(self.env(user=user, context=context))

    def _open(self, login, model, domain=()):
        """Open the form of each record of a kind that somebody of the firm finds."""
        screens = self._get_screens(login)
        found = screens.env[model].search(list(domain), limit=12)
        self.assertTrue(found, f"{login} finds no {model}")
        for record in found:
            with self.subTest(login=login, model=model, record=record.display_name):
                screens.read_form(record)
        return found

    def test_the_home_page_and_what_its_tiles_open(self):
        for login in ("dispatch", "estimator", "accountant", "manager"):
            screens = self._get_screens(login)
            home = screens.env["sercom.home"]
            tiles = [tile for section in home.get_home()["sections"] for tile in section["tiles"]]
            self.assertTrue(any(tile["count"] for tile in tiles), f"Nothing waits for {login}")
            for tile in tiles:
                with self.subTest(login=login, tile=tile["key"]):
                    screens.open_action(home.open_tile(tile["key"]))

    def test_the_board(self):
        env = self._get_screens("dispatch").env
        today = fields.Date.context_today(env["sercom.scheduler"])
        week = today - timedelta(days=today.weekday() + 7), today + timedelta(days=14)
        board = env["sercom.scheduler"].get_board(*map(str, week))
        self.assertTrue(board["employees"])
        self.assertTrue(board["blocks"])
        env["sercom.scheduler"].get_unscheduled()

    def test_the_office_opens_requests_quotes_jobs_and_files(self):
        for login in ("dispatch", "estimator"):
            self._open(login, "crm.lead", [("is_service_request", "=", True)])
            self._open(login, "sale.order", [("service_file_id", "!=", False)])
        self._open("dispatch", "fsm.order")
        self._open("dispatch", "sercom.service.file")

    def test_the_accountant_opens_invoices(self):
        self._open("accountant", "account.move", [("move_type", "=", "out_invoice")])
        self._open("accountant", "fsm.order")

    def test_the_accountant_and_a_worker_open_the_pay(self):
        periods = self._open("accountant", "sercom.pay.period")
        self.assertEqual(periods.mapped("state"), ["prepared", "paid", "paid"])
        self._open("accountant", "sercom.pay.sheet")
        self._open("accountant", "sercom.pay.sheet", [("overtime_hours", ">", 0)])
        own = self._open("tech", "sercom.pay.sheet")
        self.assertEqual(own.employee_id.user_id.login, "tech")

    def test_a_technician_opens_the_day_and_its_jobs(self):
        env = self._get_screens("tech").env
        day = env["sercom.my.day"].get_day()
        self.assertEqual(day["user"]["name"], env.user.name)
        self._open("tech", "fsm.order")

    def test_everybody_is_on_the_map(self):
        for action in ("sercom_client_action", "sercom_site_action"):
            screens = self._get_screens("dispatch")
            action = screens.load(f"sercom_requests.{action}")
            model = screens.env[action["res_model"]]
            shown = fields.Domain(safe_eval(action["domain"] or "[]"))
            nowhere = model.search(shown & fields.Domain("partner_latitude", "=", 0))
            self.assertFalse(nowhere.mapped("display_name"), action["res_model"])
