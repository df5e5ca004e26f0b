from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ConflictCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestOverlaps(ConflictCommon):
    def test_both_blocks_show_it(self):
        first = self._assign()
        second = self._assign(
            self._create_job(),
            start=self.start + timedelta(hours=1),
            conflict_override=True,
            override_reason="Two small jobs in one street",
        )
        self.assertEqual((first.overlap_ids, second.overlap_ids), (second, first))
        self.assertIn("Two small jobs", first.overlap_text)
        self.assertIn(self.job.name, second.overlap_text)
        self.assertIn("Two small jobs", str(second.fsm_order_id.message_ids.mapped("body")))
        found = self.env["sercom.assignment"].search([("is_overlapping", "=", True)])
        self.assertLessEqual(first | second, found)
        third = self._assign(self._create_job(), start=self.start + timedelta(days=1))
        self.assertNotIn(third, found)
        self.assertIn(third, self.env["sercom.assignment"].search([("is_overlapping", "=", False)]))
        second.date_start += timedelta(days=2)
        self.env.invalidate_all()
        self.assertFalse(first.overlap_ids | second.overlap_ids)

    def test_a_company_that_allows_none(self):
        self.company.sercom_allow_overlap = False
        self._assign()
        with self.assertRaisesRegex(ValidationError, "allows no overlaps"):
            self._assign(self._create_job(), conflict_override=True, override_reason="Why not")
        with self.assertRaisesRegex(ValidationError, "already planned") as refused:
            self._assign(self._create_job())
        self.assertNotIn("reason", str(refused.exception), "no way out that is closed")

    def test_queries_do_not_grow(self):
        def make(days):
            return [
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": self.anne.id,
                    "date_start": self._at(9, day=2) + timedelta(days=7 * day),
                    "date_end": self._at(11, day=2) + timedelta(days=7 * day),
                }
                for day in days
            ]

        blocks = self.env["sercom.assignment"].create(make(range(12)))
        few = self._get_queries(blocks[:2]._find_conflicts)
        many = self._get_queries(blocks._find_conflicts)
        self.assertEqual(few, many)
