from odoo import fields
from odoo.tests import tagged

from ...models.clock.hr_attendance_refused_punch import MAX_KEPT
from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestRefusedPunch(HoursCommon):
    """What the clock refuses is not lost: a supervisor decides."""

    def _send(self, *punches, user=None):
        Entry = self.env["hr.attendance"].with_user(user or self.user_technician)
        answers = Entry.punch_all(list(punches))
        return [answer["status"] for answer in answers]

    def _punch(self, kind, hours, uuid, **vals):
        now = fields.Datetime.to_string(fields.Datetime.now())
        moment = fields.Datetime.to_string(self._at(hours))
        return {"kind": kind, "uuid": uuid, "moment": moment, "sent": now, **vals}

    def _get_kept(self):
        return self.env["sercom.clock.correction"].search([("source", "=", "refused_punch")])

    def test_hours_on_a_job_that_was_cancelled_meanwhile(self):
        self.job.action_cancel()
        punches = (
            self._punch("start", 0, "u1", job_id=self.job.id),
            self._punch("end", 2, "u2", job_id=self.job.id),
        )
        self.assertEqual(self._send(*punches), ["refused", "refused"])
        self.assertEqual(self._send(*punches), ["refused", "refused"])
        kept = self._get_kept()
        self.assertRecordValues(
            kept,
            [
                {
                    "employee_id": self.employee.id,
                    "new_check_in": self._at(0),
                    "new_check_out": self._at(2),
                    "new_fsm_order_id": self.job.id,
                    "proposed_by_id": self.user_technician.id,
                }
            ],
        )
        self.assertIn("cancelled", kept.reason.lower())

    def test_a_job_that_is_not_theirs(self):
        other = self._create_job()
        punch = self._punch("start", 0, "u3", job_id=other.id)
        self.assertEqual(self._send(punch), ["refused"])
        self.assertEqual(self._get_kept().employee_id, self.employee)

    def test_nobody_proposes_for_others(self):
        anne = self.env["hr.employee"].create({"name": "Anne Roy"})
        punch = self._punch("start", 0, "u4", job_id=self.job.id, employee_ids=anne.ids)
        self.assertEqual(self._send(punch), ["refused"])
        self.assertFalse(self._get_kept())

    def test_nobody_fills_the_list_with_them(self):
        other = self._create_job()
        punch = {"kind": "start", "job_id": other.id}
        self._send(*[punch] * (MAX_KEPT + 3))
        self.assertEqual(len(self._get_kept()), MAX_KEPT)

    def test_moments_that_cannot_be_believed(self):
        for moment in ("2031-01-01 00:00:00", "soon", ""):
            punch = self._punch("start", 0, f"u5{moment}", job_id=self.job.id, moment=moment)
            self._send({**punch, "kind": "what" if not moment else "start"})
        self.assertFalse(self._get_kept())

    def test_a_punch_over_a_week_old_is_kept(self):
        punch = self._punch("start", -24 * 10, "u6", job_id=self.job.id)
        self.assertEqual(self._send(punch), ["refused"])
        self.assertEqual(self._get_kept().new_check_in, self._at(-24 * 10))

    def test_a_user_without_employee(self):
        punch = self._punch("start", 0, "u7", job_id=self.job.id)
        self.assertEqual(self._send(punch, user=self.user_officer), ["refused"])
        self.assertFalse(self._get_kept())
