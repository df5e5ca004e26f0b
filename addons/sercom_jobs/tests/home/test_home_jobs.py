from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ...tools.home.today import Today, read_today
from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestHomeJobs(SercomJobsCommon):
    """Jobs on the home page, in the caller search and out of a call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_dispatcher.tz = "America/Toronto"
        cls.job = cls._create_job(description="<p>Boiler is cold</p>", priority="3")

    def _get_home(self):
        return self.env["sercom.home"].with_user(self.user_dispatcher).get_home()

    def _open(self, key):
        home = self.env["sercom.home"].with_user(self.user_dispatcher)
        action = home.open_tile(key)
        records = self.env[action["res_model"]].with_user(self.user_dispatcher)
        return records.search(action["domain"])

    def _plan_today(self, employee, hours):
        start, _end = self.env["sercom.home"].with_user(self.user_dispatcher)._get_today()
        return self.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": self._create_job().id,
                    "employee_id": employee.id,
                    "date_start": start + timedelta(hours=hour),
                    "date_end": start + timedelta(hours=hour + 1),
                }
                for hour in hours
            ]
        )

    def test_a_tile_opens_the_list_that_it_counts(self):
        tiles = [tile for section in self._get_home()["sections"] for tile in section["tiles"]]
        self.assertTrue({"jobs_to_plan", "jobs_at_risk"} <= {tile["key"] for tile in tiles})
        for tile in tiles:
            with self.subTest(key=tile["key"]):
                self.assertEqual(len(self._open(tile["key"])), tile["count"])

    def test_urgent_jobs_without_people(self):
        self.assertIn(self.job, self._open("jobs_to_plan_urgent"))
        later = fields.Datetime.add(fields.Datetime.now(), days=9)
        self.job.write({"priority": "0", "request_late": later})
        self.assertNotIn(self.job, self._open("jobs_to_plan_urgent"))
        self.assertIn(self.job, self._open("jobs_to_plan"))

    def test_today_has_a_row_for_each_person(self):
        self._plan_today(self.employee, (0, 22))
        rows = {row["title"]: row for row in self._get_home()["panels"][0]["rows"]}
        self.assertIn("Luc Gagnon", rows)
        self.assertEqual(rows["Luc Gagnon"]["model"], "fsm.order")

    def test_more_people_cost_no_more_queries(self):
        def make(count):
            people = self.env["hr.employee"].create(
                [{"name": f"Person {number}"} for number in range(count)]
            )
            for person in people:
                self._plan_today(person, (10, 12))

        home = self.env["sercom.home"].with_user(self.user_dispatcher)
        make(1)
        self._get_queries(home.get_home)
        few = self._get_queries(home.get_home)
        make(5)
        self.assertEqual(self._get_queries(home.get_home), few)

    def test_where_somebody_stands(self):
        now = fields.Datetime.now()
        hour = timedelta(hours=1)
        past, current, later = (
            (now - 3 * hour, now - 2 * hour, True),
            (now - hour, now + hour, False),
            (now + 2 * hour, now + 3 * hour, False),
        )
        self.assertEqual(read_today([past, current, later], now), Today("now", 1, 1))
        self.assertEqual(read_today([past, later], now), Today("next", 1, 1))
        self.assertEqual(read_today([past], now), Today("over", None, 1))
        unfinished = (now - 2 * hour, now - hour, False)
        self.assertEqual(read_today([past, unfinished], now), Today("late", 1, 1))

    def test_a_caller_hears_of_their_jobs(self):
        caller = self.env["sercom.caller"].with_user(self.user_dispatcher)
        found = caller.search_callers(self.job.name)
        self.assertIn((self.job.id, "Job"), [(row["id"], row["kind"]) for row in found["records"]])
        [client] = [one for one in found["clients"] if one["id"] == self.client_partner.id]
        sections = {section["key"]: section["records"] for section in client["sections"]}
        self.assertIn(self.job.id, [row["id"] for row in sections["jobs"]])

    def test_a_caller_hears_of_what_was_done(self):
        self.job.action_complete()
        caller = self.env["sercom.caller"].with_user(self.user_dispatcher)
        found = caller.search_callers(self.client_partner.name)
        [client] = [one for one in found["clients"] if one["id"] == self.client_partner.id]
        sections = {section["key"]: section["records"] for section in client["sections"]}
        [row] = [row for row in sections["done_jobs"] if row["id"] == self.job.id]
        self.assertEqual(row["detail"], "Boiler is cold")
        self.assertEqual(row["date"], fields.Datetime.to_string(self.job.date_end))

    def test_a_tenants_call_leads_to_the_tenants_door(self):
        """Whoever goes there calls who asked, not the landlord: also by way of a quote."""
        call = self.env["sercom.call"].with_user(self.user_dispatcher)
        for road in ("action_convert_to_job", "action_convert_to_quote"):
            with Form(call.with_context(default_partner_id=self.client_partner.id)) as form:
                form.caller_name = "Tina Tenant"
                form.caller_phone = "438-555-0177"
                form.need = "No hot water in 12"
            request = form.record._make_request()
            getattr(request, road)()
            request.order_ids.action_convert_to_job()
            job = request.order_ids.fsm_order_ids
            with self.subTest(road=road):
                self.assertEqual(job.contact_id, request.contact_id)
                self.assertEqual(job.contact_phone, "438-555-0177")
                self.assertEqual(job.partner_id, self.client_partner)

    def test_many_clients_with_jobs_cost_as_many_queries_as_one(self):
        def make(count, word):
            for number in range(count):
                client = self.env["res.partner"].create({"name": f"{word} {number}"})
                site = self._create_site(name=f"{word} site", owner_id=client.id)
                self._create_job(location_id=site.id)

        make(1, "Onejob")
        make(5, "Fivejob")
        caller = self.env["sercom.caller"].with_user(self.user_dispatcher)
        self._get_queries(caller.search_callers, "onejob")
        one = self._get_queries(caller.search_callers, "onejob")
        self.assertEqual(self._get_queries(caller.search_callers, "fivejob"), one)

    def test_a_call_ends_as_a_job_on_a_free_slot(self):
        call = self.env["sercom.call"].with_user(self.user_dispatcher)
        with Form(call.with_context(default_partner_id=self.client_partner.id)) as form:
            form.need = "Radiator leaks"
        action = form.record.action_find_slot()
        self.assertEqual(action["res_model"], "sercom.slot.find")
        dialog = self.env["sercom.slot.find"].browse(action["res_id"])
        job = dialog.fsm_order_id
        self.assertEqual((job.location_id, job.opportunity_id.name), (self.site, "Radiator leaks"))
        again = form.record.action_find_slot()
        self.assertEqual(self.env["sercom.slot.find"].browse(again["res_id"]).fsm_order_id, job)

    def test_who_wished_no_window_is_told_of_none(self):
        """A slot is not outside a window that nobody named, whatever the priority."""
        call = self.env["sercom.call"].with_user(self.user_dispatcher)
        with Form(call.with_context(default_partner_id=self.client_partner.id)) as form:
            form.need = "No heat"
            form.priority = "3"
        dialog = self.env["sercom.slot.find"].browse(form.record.action_find_slot()["res_id"])
        job = dialog.fsm_order_id
        self.assertEqual(job.priority, "3")
        self.assertFalse(job.request_early or job.request_late)
        self.assertTrue(dialog.line_ids)
        self.assertFalse([line.warnings for line in dialog.line_ids if "window" in line.warnings])

    def test_the_only_site_is_filled_in_on_a_job(self):
        with Form(self.env["fsm.order"].with_user(self.user_dispatcher)) as form:
            form.partner_id = self.client_partner
            self.assertEqual(form.location_id, self.site)

    def test_enter_in_the_list_of_jobs_finds_phone_and_street(self):
        view = self.env.ref("sercom_jobs.sercom_job_view_search")
        [field] = view._get_combined_arch().xpath("//field[@name='name']")
        for text in ("514-555-0101", "tremblay marie", "4321 saint-denis"):
            domain = safe_eval(field.get("filter_domain"), {"self": text})
            with self.subTest(text=text):
                self.assertIn(self.job, self.env["fsm.order"].search(domain))
