from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ROLES, SercomCommon
from .home_counts_sales import CountedSales
from .home_counts_work import CountedWork
from .home_moments import HOUR, NOW

TILES = (
    *("requests_to_answer", "requests_to_qualify", "assessments_today"),
    *("quotes_to_send", "quotes_to_chase", "quotes_expiring", "quotes_expired"),
    *("invoices_draft", "invoices_overdue", "payments_to_match"),
    *("sold_this_month", "invoiced_this_month"),
    *("jobs_to_plan_urgent", "jobs_to_plan", "jobs_at_risk", "jobs_past_window", "jobs_to_bill"),
    *("clocks_forgotten", "corrections_to_decide", "hours_to_approve", "jobs_over_sold"),
    *("jobs_ready_to_bill", "parts_short", "phone_work_to_decide"),
)


@tagged("post_install", "-at_install")
class TestHomeCounts(CountedSales, CountedWork, SercomCommon):
    """Each tile counts what waits and nothing else, for each role, and opens what it counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        for role in ROLES:
            cls.users[role].tz = "America/Toronto"
        cls.employee.tz = "America/Toronto"
        cls.mate = cls.env["hr.employee"].create({"name": "Mate", "tz": "America/Toronto"})
        cls.other_company = cls._create_second_company()

    def _open(self, role, key, company=None):
        """Records that the tile opens for ``role``, and the figure that it shows."""
        user = self.users[role]
        company = company or self.company
        home = self.env["sercom.home"].with_user(user)
        home = home.with_context(allowed_company_ids=company.ids)
        action = home.open_tile(key)
        records = home.env[action["res_model"]].search(action["domain"])
        tile = next(tile for tile in home._get_own_tiles() if tile.key == key)
        return records, home._read_tile(tile)["count"]

    def _assert_counted(self, key, counted, others):
        self.env.flush_all()
        for user in self.users.values():
            user.company_ids |= self.other_company
        found = False
        for role in ROLES[1:]:
            home = self.env["sercom.home"].with_user(self.users[role])
            if key not in {tile.key for tile in home._get_own_tiles()}:
                continue
            found = True
            with self.subTest(tile=key, role=role):
                records, count = self._open(role, key)
                self.assertEqual(len(records), count)
                for name, record in counted.items():
                    self.assertLessEqual(set(record.ids), set(records.ids), name)
                for name, record in others.items():
                    self.assertFalse(set(record.ids) & set(records.ids), name)
                elsewhere, count = self._open(role, key, self.other_company)
                self.assertEqual(len(elsewhere), count)
                for name, record in counted.items():
                    self.assertFalse(set(record.ids) & set(elsewhere.ids), f"{name}, elsewhere")
        self.assertTrue(found, f"{key}: no role of the office has it")

    def test_every_tile_is_here(self):
        keys = [tile.key for tile in self.env["sercom.home"]._get_tiles()]
        self.assertEqual(sorted(TILES), sorted(keys))

    def test_each_tile_counts_what_waits(self):
        for key in TILES:
            with self.subTest(tile=key):
                counted, others = getattr(self, f"_make_{key}")()
                self.assertTrue(counted and others)
                self._assert_counted(key, counted, others)

    def test_technicians_have_their_own_jobs_in_its_place(self):
        own = self._create_job(person_id=self.worker.id, scheduled_date_start=NOW + HOUR)
        mate = self.mate._get_fsm_persons()[self.mate]
        other = self._create_job(person_id=mate.id, scheduled_date_start=NOW + HOUR)
        closed = self._create_job(person_id=self.worker.id, scheduled_date_start=NOW - 5 * HOUR)
        closed.action_cancel()
        technician = self.users["technician"]
        action = self.env["ir.actions.act_window"]._for_xml_id("sercom_jobs.sercom_my_job_action")
        context = safe_eval(action["context"])
        view = self.env.ref("sercom_jobs.sercom_job_view_search")
        arch = view._get_combined_arch()
        domain = []
        for name in context:
            node = arch.xpath(f"//filter[@name='{name.removeprefix('search_default_')}'][@domain]")
            if node:
                domain += safe_eval(node[0].get("domain"), {"uid": technician.id})
        jobs = self.env["fsm.order"].with_user(technician).search(domain)
        self.assertIn(own, jobs)
        self.assertFalse(jobs & (other | closed))

    def test_the_hour_of_the_clock_is_the_users(self):
        """What is of today is of the user's day, wherever the server stands."""
        self.users["dispatcher"].tz = "Pacific/Auckland"
        lead = self._create_request(company_id=self.company.id)
        event = self._assess(lead, NOW)
        moved = self._assess(lead, NOW - 12 * HOUR)
        records, _count = self._open("dispatcher", "assessments_today")
        self.assertIn(event, records)
        self.assertNotIn(moved, records)
