from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import DAY, KpiCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-12-02 15:00")
class TestClosing(KpiCommon):
    """November 2026, closed on 2 December."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "kpi_manager",
            "fieldservice.group_fsm_manager,account.group_account_invoice,"
            "hr_timesheet.group_hr_timesheet_approver,"
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.Closing = cls.env["sercom.kpi.closing"].with_user(cls.manager)
        cls.hourly = cls._create_hourly_job()
        cls._work(cls.hourly, 3)
        cls._complete(cls.hourly)
        cls.move = cls._bill(cls.hourly)
        cls.move.invoice_date = "2026-11-20"
        cls.move.action_post()

    def _close(self):
        closing = self.Closing.create({})
        closing.action_close()
        return closing

    def _get_lines(self, closing):
        closing.invalidate_recordset()
        closing.line_ids.invalidate_recordset()
        return {line.measure: line for line in closing.line_ids}

    def _get_differences(self, closing):
        closing.invalidate_recordset()
        action = closing.action_see_differences()
        return self.env[action["res_model"]].with_user(self.manager).search(action["domain"])

    def test_figures_are_kept(self):
        with Form(self.Closing) as form:
            self.assertEqual(str(form.date), "2026-11-01")
        closing = form.record
        self.assertEqual(closing.display_name, "November 2026")
        closing.action_close()
        lines = self._get_lines(closing)
        self.assertEqual(lines["worked_hours"].total, 3.0)
        self.assertEqual(lines["revenue"].total, 360.0)
        self.assertEqual(lines["labour_cost"].total, 120.0)
        self.assertEqual(lines["margin"].total, 240.0)
        self.assertEqual(lines["billed_hours"].total, 3.0)
        self.assertFalse(closing.is_different)
        self.assertEqual(closing.closed_by_id, self.manager)
        self.assertFalse(self._get_differences(closing))

    def test_a_later_change_is_a_difference(self):
        closing = self._close()
        late = self._work(self.hourly, 2, start=self.start + 7 * DAY, approve=False)
        lines = self._get_lines(closing)
        worked = lines["worked_hours"]
        self.assertEqual((worked.total, worked.current, worked.difference), (3.0, 5.0, 2.0))
        self.assertTrue(closing.is_different)
        rows = self._get_differences(closing)
        row = rows.filtered(lambda own: own.line_id == worked)
        self.assertEqual(
            (row.res_model, row.res_id), ("account.analytic.line", late.timesheet_ids.id)
        )
        self.assertEqual((row.kept_value, row.current, row.difference), (0.0, 2.0, 2.0))
        self.assertEqual(row.changed_by_id, late.timesheet_ids.write_uid)
        self.assertEqual(row.changed_on, late.timesheet_ids.write_date)
        self.assertEqual(row.action_open_record()["res_id"], late.timesheet_ids.id)
        self.assertNotIn("margin", rows.line_id.mapped("measure"))

    def test_what_is_credited_in_a_closed_month_names_its_entry(self):
        closing = self._close()
        credit = self._credit(self.move, post=False)
        credit.invoice_date = credit.date = "2026-11-30"
        credit.with_user(self.manager).action_post()
        revenue = self._get_lines(closing)["revenue"]
        self.assertEqual(revenue.difference, -360.0)
        [row] = self._get_differences(closing).filtered(lambda own: own.line_id == revenue)
        self.assertEqual(self.env[row.res_model].browse(row.res_id).move_id, credit)
        self.assertEqual(row.changed_by_id, self.manager)

    def test_what_is_deleted_is_told(self):
        late = self._work(self.hourly, 2, start=self.start + 7 * DAY, approve=False)
        closing = self._close()
        late.unlink()
        rows = self._get_differences(closing)
        gone = rows.filtered(lambda own: own.figure_name == "Worked")
        self.assertTrue(gone.is_deleted)
        self.assertEqual((gone.kept_value, gone.current), (2.0, 0.0))
        with self.assertRaisesRegex(UserError, "was deleted"):
            gone.action_open_record()

    def test_a_change_of_two_records_that_add_up_is_told(self):
        other = self._work(self.hourly, 2, start=self.start + 7 * DAY, approve=False)
        closing = self._close()
        other.unlink()
        self._work(self.hourly, 2, start=self.start + 8 * DAY, approve=False)
        worked = self._get_lines(closing)["worked_hours"]
        self.assertEqual((worked.difference, worked.changed_count), (0.0, 2))
        self.assertTrue(closing.is_different)

    def test_a_closed_month_stays(self):
        closing = self._close()
        with self.assertRaisesRegex(UserError, "its figures stay"):
            closing.action_close()
        with self.assertRaisesRegex(UserError, "its figures stay"):
            closing.unlink()
        for vals in ({"date": "2026-10-01"}, {"closed_on": False}, {"line_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                closing.write(vals)
        line = closing.line_ids[0]
        for road in (
            lambda: line.write({"records": {}}),
            lambda: line.unlink(),
            lambda: line.create({"closing_id": closing.id, "measure": "revenue"}),
            lambda: self.Closing.create({"date": "2026-09-01", "closed_on": "2026-10-01"}),
        ):
            with self.assertRaises(AccessError):
                road()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Closing.create({"date": "2026-11-30"})

    def test_a_month_that_is_not_over(self):
        closing = self.Closing.create({"date": "2026-12-15"})
        self.assertEqual(str(closing.date), "2026-12-01")
        with self.assertRaisesRegex(UserError, "December 2026 is not over"):
            closing.action_close()
        closing.unlink()
        empty = self.Closing.create({"date": "2020-02-15"})
        empty.action_close()
        self.assertFalse(any(empty.line_ids.mapped("total")))

    def test_what_is_missing(self):
        closing = self.Closing.create({})
        before = {item.key: item.record_count for item in closing.item_ids}
        job = self._create_hourly_job()
        self._work(job, 1, start=self.start + 7 * DAY, approve=False)
        odd = self._work(job, 1, start=self.start + 6 * DAY, approve=False)
        odd.sudo().review_reason = "too_long"
        self._complete(job)
        draft = self.move.copy({"invoice_date": "2026-11-28"})
        self.env["hr.attendance"].create(
            {"employee_id": self.anne.id, "check_in": self.start + 8 * DAY}
        )
        closing.item_ids.invalidate_recordset()
        items = {item.key: item for item in closing.item_ids}
        for key in ("unapproved", "clocked_in", "review", "to_bill", "draft"):
            self.assertEqual(items[key].record_count, before[key] + 1, key)
        action = items["draft"].action_open_records()
        self.assertIn(draft, self.env[action["res_model"]].search(action["domain"]))

    def test_for_managers_and_accountants(self):
        closing = self._close()
        closing.item_ids.invalidate_recordset()
        for user in (self.user_dispatcher, self.user_technician):
            user.group_ids |= self.env.ref("base.group_allow_export")
            for record, name in (
                (closing, "closed_on"),
                (closing.line_ids, "total"),
                (closing.item_ids, "record_count"),
            ):
                own = record.with_user(user)
                for road in (
                    lambda own=own, name=name: own.read([name]),
                    lambda own=own, name=name: own.search([(name, "!=", False)]),
                    lambda own=own, name=name: own.export_data([name]),
                    lambda own=own: own._read_group([], [], ["__count"]),
                ):
                    with self.assertRaises(AccessError):
                        road()
            for method in ("action_close", "action_see_differences"):
                with self.assertRaises(AccessError):
                    getattr(closing.with_user(user), method)()
        # A manager who is a technician as well reads no costs.
        self.manager.group_ids |= self.env.ref("sercom_jobs.sercom_jobs_group_technician")
        for name in ("total", "current", "difference", "records"):
            with self.assertRaises(AccessError):
                closing.line_ids.read([name])
        with self.assertRaises(AccessError):
            closing.action_see_differences()

    def test_months_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        closing = self.env["sercom.kpi.closing"].create({"company_id": other.id})
        self.assertFalse(self.Closing.search([("company_id", "=", other.id)]))
        Item = self.Closing.env["sercom.kpi.closing.item"]
        self.assertFalse(Item.search([("closing_id", "=", closing.id)]))
        with self.assertRaises(AccessError):
            self.Closing.create({"company_id": other.id, "date": "2026-09-01"})
