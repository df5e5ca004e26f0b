from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import PickupCommon

SIGNATURE = PIXEL.decode()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestSignedParts(PickupCommon):
    """Parts that come onto a job after the client signed it: the client signs again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._put(10, cls._give_truck())
        cls.own = cls.job.with_user(cls.user_technician)
        cls.own.action_start()
        cls.job.is_signature_required = True
        cls._sign()

    @classmethod
    def _sign(cls):
        cls.own.write({"signature": SIGNATURE, "signed_by": "Marie"})

    def _assert_asked_again(self, change):
        self.assertEqual(self.own.signature_changes, change)
        self.assertTrue(self.own.is_signature_missing)
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.own.action_complete()
        self.assertIn(f"sign again: {change}.", str(refusal.exception))
        self._sign()
        self.assertFalse(self.own.signature_changes)
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_what_was_signed_for_is_used_without_asking(self):
        self.own.action_use_part(self.part.id, 2)
        self.assertFalse(self.own.signature_changes)
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_more_used_than_was_signed_for(self):
        self.own.action_use_part(self.part.id, 3)
        self._assert_asked_again("Ball valve: 2.00 Units → 3.00 Units")

    def test_another_part_used(self):
        pipe = self._create_part(name="Pipe")
        self._put(1, self.worker.truck_location_id, part=pipe)
        self.own.action_add_part(pipe.id, 1)
        self._assert_asked_again("Pipe: added, 1.00 Units")

    def test_put_back_it_is_valid_again(self):
        pipe = self._create_part(name="Pipe")
        self._put(1, self.worker.truck_location_id, part=pipe)
        self.own.action_use_part(pipe.id, 1)
        self.own.action_use_part(pipe.id, 0)
        self.assertFalse(self.own.signature_changes)
        self.assertFalse(self.own.is_signature_missing)

    def test_picked_up_at_the_counter(self):
        self._pick_up(2)
        self.assertFalse(self.own.signature_changes, "the two that were signed for")
        self._pick_up(3, slip="A-101")
        self._assert_asked_again("Ball valve: 2.00 Units → 5.00 Units")

    def test_another_part_picked_up(self):
        pipe = self._create_part(name="Pipe", price=5.0)
        self._pick_up(4, part=pipe)
        self._assert_asked_again("Pipe: added, 4.00 Units")

    def test_billed_as_used_fewer_used_than_signed_for(self):
        self.part.invoice_policy = "delivery"
        self.own.action_use_part(self.part.id, 2)
        self.assertFalse(self.own.signature_changes, "as many as were signed for")
        self.own.action_use_part(self.part.id, 1)
        self._assert_asked_again("Ball valve: 2.00 Units → 1.00 Units")

    def test_billed_as_used_more_used_than_when_it_was_signed(self):
        self.part.invoice_policy = "delivery"
        self.own.action_use_part(self.part.id, 1)
        self._sign()
        self.own.action_use_part(self.part.id, 2)
        self._assert_asked_again("Ball valve: 1.00 Units → 2.00 Units")

    def test_billed_as_sold_what_is_used_of_it_is_no_change(self):
        self.own.action_use_part(self.part.id, 1)
        self.assertFalse(self.own.signature_changes)
