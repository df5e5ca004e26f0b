from ast import literal_eval

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestPresence(HoursCommon):
    """Who is where on what, now; and who should be."""

    def _plan(self, start, hours=2.0, **vals):
        return self.env["sercom.assignment"].create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": self.employee.id,
                "date_start": self._at(start),
                "date_end": self._at(start + hours),
                "state": "confirmed",
                **vals,
            }
        )

    def _get_now(self, hours, user=None):
        """Rows of the technician, ``hours`` after the day began."""
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(self._at(hours)):
            rows = (
                self.env["sercom.presence"]
                .with_user(user or self.user_officer)
                .search([("employee_id", "=", self.employee.id)])
            )
            return [(row.kind, row.fsm_order_id, round(row.elapsed_hours, 2)) for row in rows]

    def test_who_is_at_work(self):
        entry = self._create_entry(hours=0, in_distance_km=3.2, is_far=True)
        self.assertEqual(self._get_now(1.5), [("at_work", self.job, 1.5)])
        row = self.env["sercom.presence"].search([("attendance_id", "=", entry.id)])
        self.assertRecordValues(
            row,
            [
                {
                    "partner_id": self.client_partner.id,
                    "location_id": self.site.id,
                    "work_type": "work",
                    "is_far": True,
                    "distance_km": 3.2,
                    "since": self._at(0),
                }
            ],
        )
        self.assertEqual(row.action_open()["res_id"], self.job.id)
        entry.check_out = self._at(2)
        self.assertEqual(self._get_now(2.5), [])

    def test_who_forgot_to_clock_out_is_not_at_work(self):
        self._create_entry(hours=0).sudo().review_reason = "forgotten"
        self.assertEqual(self._get_now(20), [("forgotten", self.job, 20.0)])

    def test_who_is_on_a_break(self):
        self._create_entry(hours=2).out_reason = "break"
        self.assertEqual(self._get_now(2.5), [("break", self.job, 0.5)])
        self._create_entry(3, hours=0)
        self.assertEqual(self._get_now(3.5), [("at_work", self.job, 0.5)])

    def test_who_is_late(self):
        self._plan(0)
        self.assertEqual(self._get_now(0.25), [], "a quarter of an hour is nothing")
        self.assertEqual(self._get_now(0.5), [("late", self.job, 0.5)])
        self._create_entry(0.5, hours=0)
        self.assertEqual(self._get_now(0.75), [("at_work", self.job, 0.25)])

    def test_who_came_early_is_not_late(self):
        self._plan(0)
        self._create_entry(-0.5, hours=1)
        self.assertEqual(self._get_now(1), [], "came, and has left again")

    def test_nobody_is_late_for_what_is_off(self):
        block = self._plan(0)
        block.action_cancel()
        self.assertEqual(self._get_now(1), [])
        self._plan(0)
        self.job.action_cancel()
        self.assertEqual(self._get_now(1), [])

    def test_counting_by_kind(self):
        self._create_entry(hours=0)
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        self._plan(0, employee_id=other.id)
        with freeze_time(self._at(1)):
            groups = dict(
                self.env["sercom.presence"]
                .with_user(self.user_officer)
                ._read_group(
                    [("employee_id", "in", (self.employee | other).ids)], ["kind"], ["__count"]
                )
            )
        self.assertEqual(groups, {"at_work": 1, "late": 1})

    def test_the_dispatchers_row_of_today_says_it(self):
        """Late, gone home without clocking out, on a break, at work: each in their own row."""
        names = ("Ana Late", "Bob Forgotten", "Cal Break", "Dan Work", "Eve Early")
        people = self.env["hr.employee"].create(
            [{"name": name, "tz": "America/Toronto"} for name in names]
        )
        _late, forgotten, resting, working, early = people
        for person in people - early:
            self._plan(0, employee_id=person.id)
        self._plan(4, employee_id=early.id)
        self._create_entry(0.1, hours=0, employee=forgotten).sudo().review_reason = "forgotten"
        self._create_entry(0, hours=0.9, employee=resting).out_reason = "break"
        self._create_entry(0, hours=0, employee=working)
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(self._at(1)):
            panels = self.env["sercom.home"].with_user(self.user_officer)._get_panels()
        rows = next(panel["rows"] for panel in panels if panel["key"] == "today")
        told = {
            row["title"]: (row["tag"].split(" · ")[0], row.get("tone"))
            for row in rows
            if row["employee_id"] in people.ids
        }
        self.assertEqual(
            told,
            {
                "Ana Late": ("Not Clocked In", "danger"),
                "Bob Forgotten": ("Clock-out Forgotten", "danger"),
                "Cal Break": ("On a Break", "warning"),
                "Dan Work": ("At Work", "info"),
                "Eve Early": ("0 of 1 done", "none"),
            },
        )

    def test_who_may_see_it(self):
        self._create_entry(hours=0)
        for user in (self.user_technician, self.user_salesman, self.user_internal):
            with self.assertRaises(AccessError):
                self._get_now(1, user)
        leader = self._create_user("crew_officer", "hr_attendance.group_hr_attendance_officer")
        self.assertEqual(self._get_now(1, leader), [])
        self.employee.attendance_manager_id = leader
        self.assertEqual(len(self._get_now(1, leader)), 1)

    def test_queries_do_not_grow_with_the_people(self):
        def read():
            with freeze_time(self._at(1)):
                rows = self.env["sercom.presence"].with_user(self.user_officer).search([])
                rows.read(["employee_id", "fsm_order_id", "partner_id", "location_id", "since"])

        def make(count):
            people = self.env["hr.employee"].create([{"name": f"P{n}"} for n in range(count)])
            for person in people:
                self._create_entry(hours=0, employee=person)

        counts = []
        for number in (5, 5, 20):
            make(number)
            counts.append(self._get_queries(read))
        self.assertEqual(counts[1], counts[2], f"queries: {counts}")

    def test_to_review(self):
        action = self.env.ref("sercom_timesheets.clock_entry_action_review")
        domain = literal_eval(action.domain)
        # A job over its sold hours would be odd by itself.
        fine = self._create_entry(hours=0.1)
        odd = {
            "forgotten": self._create_entry(3, 0.1, review_reason="forgotten"),
            "job": self._create_entry(6, 0.1, fsm_order_id=False),
            "far": self._create_entry(9, 0.1, is_far=True),
            "late": self._create_entry(12, 0.1, out_delay=40),
        }
        Entry = self.env["hr.attendance"].with_user(self.user_officer)
        mine = [("employee_id", "=", self.employee.id)]
        found = Entry.search([*mine, *domain])
        self.assertEqual(found, Entry.union(*odd.values()).sorted("check_in", reverse=True))
        found.action_mark_seen()
        left = Entry.search([*mine, *domain])
        self.assertEqual(left, (odd["forgotten"] | odd["job"]).sorted("check_in", reverse=True))
        self.assertNotIn(fine, found)
        with self.assertRaises(AccessError):
            fine.with_user(self.user_technician).action_mark_seen()

    def test_hours_of_a_job_over_its_sold_ones(self):
        entry = self._create_entry(hours=2)
        domain = [("fsm_order_id.is_over_sold", "=", True), ("id", "=", entry.id)]
        self.assertFalse(self.env["hr.attendance"].search(domain))
        self._create_entry(3, hours=6)
        self.env.flush_all()
        self.assertTrue(self.env["hr.attendance"].search(domain))
        self.assertLess(self.job.remaining_hours, 0)
