from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import ChecklistCommon


@tagged("post_install", "-at_install")
class TestChecklistAnswers(ChecklistCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_checked_job(person_id=cls.worker.id)
        cls.own = cls.job.with_user(cls.user_technician)

    def test_each_kind(self):
        values = {
            "Gas shut off": (True, "Checked"),
            "Leak found": ("yes", "Yes"),
            "Gas pressure": ("2,25", "2.25 kPa"),
            "Remarks": (" Old pipe ", "Old pipe"),
        }
        for name, (value, text) in values.items():
            with self.subTest(item=name):
                check = self._item(self.own, name)
                answer = check.action_answer(value)
                self.assertEqual((answer["state"], answer["answer_text"]), ("done", text))
                self.assertEqual(check.answered_by, self.user_technician)
                check.action_answer(None)
                self.assertRecordValues(
                    check, [{"state": "waiting", "answered_by": False, "answered_on": False}]
                )

    def test_zero_and_no_are_answers(self):
        check = self._item(self.own, "Gas pressure")
        check.action_answer(0)
        self.assertRecordValues(
            check, [{"is_done": True, "value_input": "0", "is_out_of_limits": True}]
        )
        leak = self._item(self.own, "Leak found")
        leak.action_answer(False)
        self.assertRecordValues(leak, [{"is_done": True, "value_choice": "no"}])

    def test_answering_twice_changes_nothing(self):
        check = self._item(self.own, "Gas shut off")
        with freeze_time("2026-11-03 15:00:00"):
            check.action_answer(True)
        with freeze_time("2026-11-03 16:00:00"):
            check.with_user(self.user_dispatcher).action_answer(True)
        self.assertEqual(check.answered_by, self.user_technician)
        self.assertEqual(fields.Datetime.to_string(check.answered_on), "2026-11-03 15:00:00")

    @freeze_time("2026-11-03 16:00:00")
    def test_time_of_an_answer_made_offline(self):
        check = self._item(self.own, "Gas pressure")
        check.action_answer(2.0, answered_on="2026-11-03 14:05:30")
        self.assertEqual(fields.Datetime.to_string(check.answered_on), "2026-11-03 14:05:30")
        check.action_answer(1.7, answered_on="2026-11-03 14:00:00")
        self.assertEqual(check.value_number, 2.0, "an older answer does not replace a newer one")
        check.action_answer(2.1, answered_on="2026-11-03 16:03:00")
        self.assertEqual(check.answered_on, fields.Datetime.now(), "a clock a little ahead")
        for moment in ("2026-11-03 16:30:00", "2099-01-01 00:00:00"):
            with self.assertRaisesRegex(UserError, "“Gas pressure” is answered in the future"):
                check.action_answer(2.2, answered_on=moment)
        for moment in ("yesterday", "2026-11-03T14:00:00+02:00", 5, "2026-13-45 00:00:00"):
            with self.assertRaisesRegex(UserError, "time of the answer cannot be read"):
                check.action_answer(2.2, answered_on=moment)

    def test_wrong_values_name_the_item(self):
        for value in ("two", "1.2.3", "12a", "NaN", "inf", True):
            with self.assertRaisesRegex(ValidationError, "“Gas pressure”: .* is not a number"):
                self._item(self.own, "Gas pressure").action_answer(value)
        with self.assertRaisesRegex(ValidationError, "“Gas pressure”: 1,500 can be read in two"):
            self._item(self.own, "Gas pressure").action_answer("1,500")
        for name, value in (
            ("Gas shut off", "yes"),
            ("Leak found", "maybe"),
            ("Remarks", 12),
            ("Plate", True),
            ("On site", True),
        ):
            with self.assertRaisesRegex(UserError, f"“{name}” is "):
                self._item(self.own, name).action_answer(value)
        with self.assertRaisesRegex(UserError, "“Gas shut off” is answered otherwise: Tick"):
            self._item(self.own, "Gas shut off").value_number = 3.0

    def test_number_in_french(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        check = self._item(self.own, "Gas pressure").with_context(lang="fr_CA")
        check.value_input = "2,345"
        self.assertEqual((check.value_number, check.value_input), (2.345, "2,345"))
        check.value_input = ""
        self.assertFalse(check.answered_on)

    def test_past_limits_is_kept_and_shown(self):
        check = self._item(self.own, "Gas pressure")
        check.action_answer(3.1)
        self.assertTrue(check.is_out_of_limits and check.is_done)
        found = self.env["fsm.order"].search([("check_ids.is_out_of_limits", "=", True)])
        self.assertIn(self.job, found)
        for limit in (1.5, 2.5):
            check.action_answer(limit)
            self.assertFalse(check.is_out_of_limits)

    def test_past_limits_is_refused_where_the_checklist_says_so(self):
        check = self._item(self.own, "Gas pressure")
        check.sudo().is_limit_blocking = True
        with self.assertRaisesRegex(
            ValidationError, r"“Gas pressure”: 3\.1 is past its limits \(1\.5 – 2\.5 kPa\)"
        ):
            check.action_answer(3.1)
        check.action_answer(2.0)

    def test_photos_answer_an_item(self):
        check = self._item(self.own, "Plate")
        first = self._take_photos(check)
        self.assertEqual(first.fsm_order_id, self.job)
        self.assertEqual(first.service_file_id, self.job.service_file_id)
        self.assertRecordValues(check, [{"state": "waiting", "photo_count": 1}])
        self.assertEqual(check.answered_on, first.date_taken)
        self._take_photos(check)
        self.assertEqual((check.state, check.answer_text), ("done", "2 of 2 photos"))
        check.sudo().photo_ids.unlink()
        self.assertRecordValues(check, [{"state": "waiting", "answered_on": False}])

    def test_photo_of_another_job_is_no_answer(self):
        check = self._item(self.job, "Plate")
        with self.assertRaisesRegex(ValidationError, "must be a photo of the job"):
            self.env["sercom.photo"].create(
                {
                    "name": "x",
                    "image_1920": PIXEL,
                    "check_id": check.id,
                    "fsm_order_id": self._create_job().id,
                }
            )

    def test_answers_typed_on_the_job(self):
        with Form(self.own) as form, form.check_ids.edit(3) as item:
            item.value_input = "9"
            self.assertTrue(item.is_out_of_limits, "shown before it is saved")
            item.note = "Regulator broken"
        self.assertRecordValues(
            self._item(self.job, "Gas pressure"),
            [{"value_number": 9.0, "note": "Regulator broken", "state": "done"}],
        )

    def test_progress(self):
        self._item(self.own, "Gas shut off").action_answer(True)
        self.assertRecordValues(
            self.job,
            [{"check_done_count": 1, "check_missing_count": 3, "check_progress": 20.0}],
        )
