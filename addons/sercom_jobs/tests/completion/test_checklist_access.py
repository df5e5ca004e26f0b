from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import ChecklistCommon


@tagged("post_install", "-at_install")
class TestChecklistAccess(ChecklistCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_checked_job(person_id=cls.worker.id)
        cls.own = cls.job.with_user(cls.user_technician)

    def test_technician_answers_own_jobs_only(self):
        other = self._create_checked_job().with_user(self.user_technician)
        check = other.sudo().check_ids[1].with_user(self.user_technician)
        self.assertFalse(check.search([("fsm_order_id", "=", other.id)]))
        for method in (lambda: check.action_answer(True), lambda: check.write({"note": "x"})):
            with self.assertRaises(AccessError):
                method()
        with self.assertRaises(AccessError):
            self.env["sercom.photo"].with_user(self.user_technician).create(
                {"name": "x", "image_1920": PIXEL, "check_id": check.id}
            )
        crew = self._create_checked_job(person_ids=self.worker.ids).with_user(self.user_technician)
        crew.check_ids[1].action_answer(True)

    def test_technician_neither_edits_nor_deletes(self):
        check = self._item(self.own, "Gas pressure")
        for vals in ({"number_max": 99.0}, {"is_required": False}, {"answered_on": False}):
            with self.assertRaisesRegex(AccessError, "comes from its checklist"):
                check.write(vals)
        for method in (
            check.unlink,
            lambda: check.create({"fsm_order_id": self.job.id, "name": "x"}),
            lambda: self.checklist.with_user(self.user_technician).write({"name": "x"}),
            lambda: self.checklist.line_ids[1].with_user(self.user_technician).unlink(),
        ):
            with self.assertRaises(AccessError):
                method()
        for vals in ({"checklist_ids": [Command.clear()]}, {"template_id": False}):
            with self.assertRaisesRegex(AccessError, "Only the office chooses"):
                self.own.write(vals)

    def test_closed_jobs_are_answered_no_more(self):
        self._answer_all(self.job)
        self.job.action_complete()
        check = self._item(self.own, "Remarks")
        self.assertTrue(check.is_readonly)
        for method in (
            lambda: check.action_answer("Late"),
            lambda: check.write({"note": "Late"}),
            lambda: self._take_photos(check),
        ):
            with self.assertRaisesRegex(UserError, "“Remarks” can no longer be answered"):
                method()
        plate = self._item(self.own, "Plate")
        with self.assertRaisesRegex(UserError, "“Plate” can no longer be answered"):
            plate.photo_ids.write({"check_id": False})
        check.with_user(self.user_dispatcher).action_answer("From the office")
        self.job.action_reopen()
        self.job.action_cancel()
        with self.assertRaisesRegex(UserError, "is closed"):
            check.with_user(self.user_dispatcher).action_answer("Too late")

    def test_salespeople_read(self):
        check = self._item(self.job, "Remarks").with_user(self.user_salesman)
        self.assertEqual(check.name, "Remarks")
        with self.assertRaises(AccessError):
            check.action_answer("x")

    def test_salesperson_confirms_a_quote_with_a_checklist(self):
        order = self._create_quote(order_line=[self._line(self.service)])
        order.with_user(self.user_salesman).action_confirm()
        self.assertEqual(order.fsm_order_ids.check_count, 5)

    def test_companies_are_kept_apart(self):
        second = self.env["res.company"].create({"name": "Second"})
        theirs = self._create_checklist(
            name="Theirs", company_id=second.id, product_tmpl_ids=self.service.product_tmpl_id.ids
        )
        job = self._create_checked_job()
        self.assertEqual(job.checklist_ids, self.checklist)
        with self.assertRaises(UserError):
            job.checklist_ids += theirs
        user = self._create_user("second_dispatcher", "fieldservice.group_fsm_dispatcher")
        user.write({"company_ids": [Command.set(second.ids)], "company_id": second.id})
        self.assertFalse(self.env["sercom.job.check"].with_user(user).search([]))
        self.checklist.company_id = self.company
        self.assertEqual(self.env["sercom.checklist"].with_user(user).search([]), theirs)
        with self.assertRaises(AccessError):
            job.check_ids[1].with_user(user).action_answer(True)

    def test_job_that_goes_to_another_company_leaves_its_checklist(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.checklist.company_id = self.company
        job = self._create_job(checklist_ids=self.checklist.ids)
        job.company_id = second
        self.assertFalse(job.checklist_ids | job.check_ids.checklist_id)
