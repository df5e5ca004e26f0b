from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import MyDayCommon

BAD_NUMBERS = (float("inf"), float("nan"), 10**400)
BAD_VALUES = (*BAD_NUMBERS, "x\0y", "\ud800", {"a": {"b": {"c": 1}}}, [[[[1]]]])


@tagged("post_install", "-at_install")
class TestMyDayForged(MyDayCommon):
    """What no page sends, and a script does: it keeps nobody out and opens nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_job = cls._create_billable_job()
        cls._assign(cls.other_job, cls.anne)

    def _set_column(self, name, record):
        """Have the other job be of another company or client, whatever refuses that."""
        self.env.flush_all()
        query = SQL("UPDATE fsm_order SET %s = %s", SQL.identifier(name), record.id)
        self.env.cr.execute(SQL("%s WHERE id = %s", query, self.other_job.id))
        self.env.invalidate_all()

    def _get_rows(self, results):
        uuids = [result["uuid"] for result in results]
        return self.env["sercom.phone.action"].search([("uuid", "in", uuids)], order="id")

    @mute_logger("odoo.addons.sercom_my_day.models.sercom_my_day_sync")
    def test_no_value_holds_up_what_is_behind_it(self):
        for value in BAD_VALUES:
            for name in ("kind", "text", "more", "job_id", "check_id", "moment", "size", "value"):
                for job in (self.job, self.other_job):
                    forged = {**self._make("note", text="a", job_id=job.id), name: value}
                    good = self._make("note", text="Valve leaks")
                    with self.subTest(name=name, value=ascii(value)[:9], job=job.id):
                        results = self._sync(forged, good)
                        self.env.flush_all()
                        self.assertEqual(results[1]["status"], "done")

    @mute_logger("odoo.addons.sercom_my_day.models.sercom_my_day_sync")
    def test_no_value_takes_the_list_from_who_decides(self):
        names = self.env["sercom.phone.action"]._get_content_names()
        job_id = self.other_job.id
        for value in (*BAD_VALUES, [], {}, "zzzzzzzzzzzzz", 1e308, -1, True, "<b>x</b>"):
            for kind in ("note", "photo", "next_visit", "check"):
                action = {**self._make(kind, job_id=job_id), **dict.fromkeys(names, value)}
                picture = {"image": PIXEL.decode()} if kind == "photo" else {}
                with self.subTest(kind=kind, value=ascii(value)[:9]):
                    rows = self._get_rows(self._sync({**action, **picture}))
                    self.assertEqual(rows.state, "proposed")
                    rows = rows.with_user(self.user_dispatcher)
                    rows.read(["display_name", "kind_name", "content_text"])

    def test_who_works_on_no_job_hangs_nothing_on_one(self):
        plain = new_test_user(self.env, "plain_employee", "base.group_user")
        results = self._sync(
            self._make("note", text="Hello"),
            self._make("photo", image=PIXEL.decode()),
            user=plain,
        )
        self.assertEqual([result["status"] for result in results], ["refused"] * 2)
        self.assertFalse(any(result.get("is_proposed") for result in results))
        self.assertEqual(set(self._get_rows(results).mapped("state")), {"refused"})
        self.assertFalse(self.job.activity_ids)

    def test_a_dispatcher_of_another_company_neither_reads_nor_decides(self):
        """The technician works for both, and the phone is set to the other one."""
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.user_technician.company_ids |= other
        stranger = new_test_user(
            self.env,
            "other_dispatcher",
            "base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=other.id,
            company_ids=other.ids,
        )
        day = self.day.with_context(allowed_company_ids=other.ids)
        action = self._make("note", text="Secret", job_id=self.other_job.id)
        row = self._get_rows(day.sync([action])["results"])
        self.assertEqual((row.state, row.company_id), ("proposed", self.other_job.company_id))
        with self.assertRaises(AccessError):
            row.with_user(stranger).read(["content_text"])
        # As those that were kept before.
        row.company_id = other
        with self.assertRaises(AccessError):
            row.with_user(stranger).action_accept()
        self.assertEqual(row.state, "proposed")
        self.assertFalse(self.other_job.message_ids.filtered(lambda one: "Secret" in one.body))

    def test_a_job_of_another_company_is_not_even_named(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        job = self.other_job
        self._set_column("company_id", other)
        row = self._get_rows(self._sync(self._make("note", text="x", job_id=job.id)))
        self.assertFalse(row.fsm_order_id)
        self.assertEqual(row.state, "refused")

    def test_no_day_is_too_far(self):
        for date in ("9999-12-31", "0001-01-01", "9000-01-01"):
            for read in (self.day.get_hours, self.day.get_day):
                with self.subTest(date=date), self.assertRaisesRegex(Exception, "is no day"):
                    read(date)
        with self.assertRaisesRegex(Exception, "is no day"):
            self.day.get_hours(weeks="many")

    def test_a_job_is_not_completed_before_it_was_there(self):
        self._sync(self._make("punch", 60, punch="start"))
        entry = self.employee.attendance_ids
        picture = {"image": PIXEL.decode(), "signature": PIXEL.decode(), "work_note": "Done"}
        for moment in ("2020-01-01 08:00:00", "0001-01-01 00:00:00"):
            for clock_out in (False, True):
                told = {"moment": moment, "clock_out": clock_out, **picture}
                with self.subTest(moment=moment, clock_out=clock_out):
                    result = self._sync(self._make("complete", **told))[0]
                    self.assertEqual(result["status"], "refused")
                    self.assertNotIn("not your fault", result["message"])
                    self.assertRecordValues(entry, [{"check_out": False}])
                    self.assertRecordValues(
                        self.job,
                        [{"state": "in_progress", "signature": False, "work_note": False}],
                    )
        result = self._sync(self._make("complete", moment="2020-01-01 08:00:00"))[0]
        self.assertIn(f"{self.job.name} was not there yet", result["message"])
        self.assertIn("2020", result["message"])
        result = self._sync(self._make("complete", 10, clock_out=True))[0]
        self.assertEqual(result["status"], "done", result)

    def test_no_next_visit_on_what_is_no_day(self):
        dates = ("9999-99-99", "9999-12-31", "0001-01-01", "2026-11-2x", "tomorrow", 20261120)
        for date in (*dates, ["x"], {"a": 1}, True):
            with self.subTest(date=date):
                result = self._sync(self._make("next_visit", date=date, text="Paint"))[0]
                self.assertEqual(result["status"], "refused")
                self.assertIn("is no day", result["message"])
                self.assertRecordValues(
                    self.job, [{"next_visit_date": False, "next_visit_note": False}]
                )
                self.assertFalse(self.job.next_job_ids)

    def test_hours_tell_no_client_of_a_job_of_others(self):
        """A punch on any job is kept for the supervisor; whoever sent it learns nothing by it."""
        client = self.env["res.partner"].create({"name": "Unknown Client"})
        self._set_column("partner_id", client)
        result = self._sync(self._make("punch", 60, punch="start", job_id=self.other_job.id))[0]
        self.assertEqual(result["status"], "refused")
        self._sync(self._make("punch", 30, punch="end", job_id=self.other_job.id))
        answer = self.day.get_hours()
        self.assertIn("missing", repr(answer))
        self.assertNotIn("Unknown Client", repr(answer))
        self.assertNotIn("Unknown Client", repr(self.day.get_day()))

    def test_equipment_of_another_company_at_a_shared_site(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        site = self.job.location_id
        for company in (self.job.company_id, other):
            self.env["fsm.equipment"].create(
                {
                    "name": f"Boiler of {company.name}",
                    "company_id": company.id,
                    "location_id": site.id,
                    "current_location_id": site.id,
                }
            )
        names = [piece["name"] for piece in self.day.get_job(self.job.id)["equipment"]]
        self.assertEqual(names, [f"Boiler of {self.job.company_id.name}"])
