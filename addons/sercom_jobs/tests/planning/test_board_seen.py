from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BoardCommon


@tagged("post_install", "-at_install")
class TestBoardSeen(BoardCommon):
    """Two dispatchers on one block: the second is told what changed, and chooses."""

    def setUp(self):
        super().setUp()
        self.block = self._assign()
        self.other = new_test_user(
            self.env,
            login="second_dispatcher",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=self.company.id,
            tz="America/Toronto",
            name="Second Dispatcher",
        )
        self.seen = self._get_seen(self.block)

    def _get_seen(self, blocks):
        """What a board showed of blocks."""
        rows = {row["id"]: row for row in self._board()["blocks"]}
        return {
            str(block.id): {
                "employee_id": rows[block.id]["employee_id"],
                "date_start": rows[block.id]["start"],
                "date_end": rows[block.id]["end"],
                "state": rows[block.id]["state"],
            }
            for block in blocks
        }

    def _write(self, vals, blocks=None, seen=None):
        blocks = (blocks or self.block).with_user(self.user_dispatcher)
        return blocks.write_if_unchanged(seen or self.seen, vals)

    def test_what_nobody_touched_is_written(self):
        self.assertEqual(self._write({"employee_id": self.anne.id}), [])
        self.assertEqual(self.block.employee_id, self.anne)

    def test_the_second_is_told_who_moved_it_where(self):
        self.block.with_user(self.other).write(
            {"employee_id": self.anne.id, "date_start": self.start + timedelta(hours=4)}
        )
        [changed] = self._write({"date_start": "2026-11-04 14:00:00"})
        self.assertEqual(
            changed["changes"],
            ["Moved: Luc Gagnon, Nov 3, 09:00 – 11:00 → Anne Roy, Nov 3, 13:00 – 15:00"],
        )
        self.assertEqual((changed["id"], changed["who"]), (self.block.id, "Second Dispatcher"))
        self.assertTrue(changed["when"])
        self.assertEqual(self.block.date_start, self.start + timedelta(hours=4))
        # Their own, kept: what the answer says is what they have seen now.
        seen = {str(self.block.id): changed["seen"]}
        vals = {"employee_id": self.employee.id, "date_start": "2026-11-04 14:00:00"}
        self.assertEqual(self._write(vals, seen=seen), [])
        self.assertEqual(str(self.block.date_start), "2026-11-04 14:00:00")

    def test_confirmed_and_cancelled_are_told_as_well(self):
        self.block.with_user(self.other).action_confirm()
        [changed] = self._write({"state": "cancelled"})
        self.assertEqual(changed["changes"], ["Status: Draft → Confirmed"])
        self.assertEqual(self.block.state, "confirmed")

    def test_deleted(self):
        gone = self.block.id
        self.block.unlink()
        blocks = self.env["sercom.assignment"].browse(gone)
        [changed] = self._write({"state": "confirmed"}, blocks)
        self.assertEqual((changed["is_gone"], changed["changes"]), (True, ["It was deleted."]))

    def test_all_or_none(self):
        untouched = self._assign(start=self.start + timedelta(hours=4))
        blocks = self.block | untouched
        seen = self._get_seen(blocks)
        self.block.with_user(self.other).date_start = self.start + timedelta(hours=8)
        changed = self._write({"state": "confirmed"}, blocks, seen)
        self.assertEqual([row["id"] for row in changed], self.block.ids)
        self.assertEqual(untouched.state, "draft")

    def test_a_warning_of_a_block_next_to_it_is_nobodys_change(self):
        self.block.with_user(self.other).note = "Ring twice"
        self.block.sudo().write({"warning": "Far away", "has_warning": True})
        self.assertEqual(self._write({"employee_id": self.anne.id}), [])

    def test_who_may_not_plan(self):
        for user in (self.user_technician, self.user_internal):
            with self.assertRaises(AccessError):
                self.block.with_user(user).write_if_unchanged(self.seen, {"state": "cancelled"})

    def test_nobody_of_another_company_is_named(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        stranger = self.env["hr.employee"].create({"name": "Stranger", "company_id": other.id})
        key = str(self.block.id)
        for employee_id in (stranger.id, stranger.id + 10**6):
            seen = {key: {**self.seen[key], "employee_id": employee_id}}
            [changed] = self._write({"note": "x"}, seen=seen)
            self.assertNotIn("Stranger", repr(changed))
