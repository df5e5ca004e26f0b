from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ChecklistCommon


@tagged("post_install", "-at_install")
class TestChecklistGeneration(ChecklistCommon):
    def test_job_made_from_a_quote(self):
        order = self._create_quote(order_line=[self._line(self.service)])
        order.action_confirm()
        job = order.fsm_order_ids
        self.assertEqual(job.checklist_ids, self.checklist)
        self.assertEqual(job.check_ids.mapped("name"), self.checklist.line_ids.mapped("name"))
        self.assertEqual(job.check_ids.checklist_line_id, self.checklist.line_ids)
        self.assertEqual(set(job.check_ids.mapped("state")), {"waiting"})
        self.assertRecordValues(
            job, [{"check_count": 5, "check_done_count": 0, "check_missing_count": 4}]
        )

    def test_line_added_from_the_catalog(self):
        job = self._create_job()
        self.assertFalse(job.check_ids)
        job._update_order_line_info(self.service.id, 1.0)
        self.assertEqual(len(job.check_ids), 6)

    def test_line_added_on_the_order(self):
        job = self._create_job()
        job.sale_id.order_line = [self._line(self.service)]
        self.assertEqual(len(job.check_ids), 6)

    def test_job_without_such_a_service_has_none(self):
        job = self._create_billable_job()
        self.assertFalse(job.check_ids)
        self.assertEqual(job.check_progress, 0.0)

    def test_category_counts_for_those_below_it(self):
        above = self.env["product.category"].create({"name": "Gas"})
        below = self.env["product.category"].create({"name": "Heaters", "parent_id": above.id})
        self.checklist.write(
            {"product_tmpl_ids": [Command.clear()], "categ_ids": [Command.set(above.ids)]}
        )
        self.service.categ_id = below
        self.assertEqual(self._create_checked_job().checklist_ids, self.checklist)

    def test_job_template_of_a_service_and_of_a_job(self):
        template = self.env["fsm.template"].create(
            {"name": "Yearly", "checklist_ids": self.checklist.ids}
        )
        self.assertEqual(self._create_job(template_id=template.id).checklist_ids, self.checklist)
        job = self._create_job()
        job.template_id = template
        self.assertEqual(len(job.check_ids), 6)
        job.template_id = False
        self.assertFalse(job.check_ids)
        hour = self.product_hour
        hour.fsm_order_template_id = template
        order = self._create_quote(order_line=[self._line(hour)])
        order.action_confirm()
        self.assertEqual(len(order.fsm_order_ids.check_ids), 6)

    def test_two_services_with_one_checklist_ask_it_once(self):
        other = self._create_product(name="Other", type="service")
        self.checklist.product_tmpl_ids += other.product_tmpl_id
        job = self._create_checked_job()
        job._update_order_line_info(other.id, 1.0)
        self.assertEqual(len(job.check_ids), 6)
        job._update_order_line_info(self.service.id, 0.0)
        self.assertEqual(len(job.check_ids), 6, "the other service still asks for it")
        job._update_order_line_info(other.id, 0.0)
        self.assertFalse(job.check_ids)

    def test_answers_stay_when_the_service_goes(self):
        job = self._create_checked_job()
        self._item(job, "Gas pressure").action_answer("1,8")
        job._update_order_line_info(self.service.id, 0.0)
        self.assertFalse(job.checklist_ids)
        self.assertEqual(job.check_ids.mapped("name"), ["On site", "Gas pressure"])
        job._update_order_line_info(self.service.id, 1.0)
        self.assertEqual(len(job.check_ids), 6)
        self.assertEqual(self._item(job, "Gas pressure").value_number, 1.8)

    def test_line_moved_to_another_job(self):
        job, other = self._create_checked_job(), self._create_job()
        job.sale_line_ids.write({"fsm_order_id": other.id, "order_id": other.sale_id.id})
        self.assertFalse(job.check_ids)
        self.assertEqual(len(other.check_ids), 6)

    def test_editing_the_checklist_leaves_its_jobs(self):
        job = self._create_checked_job()
        line = self.checklist.line_ids.filtered(lambda line: line.name == "Gas pressure")
        line.write({"name": "Water pressure", "number_max": 9.0})
        self.checklist.line_ids.filtered(lambda line: line.kind == "photo").unlink()
        self.checklist.line_ids = [Command.create({"name": "New item"})]
        check = self._item(job, "Gas pressure")
        self.assertEqual((check.number_max, check.checklist_line_id), (2.5, line))
        self.assertEqual(len(job.check_ids), 6)
        self.assertEqual(len(self._create_checked_job().check_ids), 6)
        self.assertTrue(self._item(self._create_checked_job(), "New item"))

    def test_words_are_kept_in_every_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        line = self.checklist.line_ids[1]
        line.with_context(lang="fr_CA").name = "Gaz fermé"
        check = self._create_checked_job().check_ids[1]
        self.assertEqual(check.name, "Gas shut off")
        self.assertEqual(check.with_context(lang="fr_CA").name, "Gaz fermé")

    def test_office_adds_and_removes_a_checklist_by_hand(self):
        other = self._create_checklist(name="Safety")
        job = self._create_checked_job().with_user(self.user_dispatcher)
        with Form(job) as form:
            form.checklist_ids.add(other)
        self.assertEqual(len(job.check_ids), 12)
        job.check_ids.filtered(lambda check: check.checklist_id == other)[1].action_answer(True)
        with Form(job) as form:
            form.checklist_ids.remove(other.id)
        self.assertEqual(len(job.check_ids), 6 + 2, "the answered item and its section stay")

    def test_office_removes_waiting_items_only(self):
        job = self._create_checked_job().with_user(self.user_dispatcher)
        self._item(job, "Leak found").unlink()
        self.assertEqual(job.check_count, 4)
        check = self._item(job, "Gas shut off")
        check.action_answer(True)
        with self.assertRaisesRegex(UserError, "“Gas shut off” of .* has an answer"):
            check.unlink()

    def test_archived_checklists_are_for_no_new_job(self):
        job = self._create_checked_job()
        self.checklist.action_archive()
        self.assertFalse(self._create_checked_job().check_ids)
        self.assertEqual(len(job.check_ids), 6)
        job._update_order_line_info(self.service.id, 0.0)
        self.assertFalse(job.check_ids)

    def test_used_checklists_are_not_deleted(self):
        job = self._create_checked_job()
        with self.assertRaisesRegex(UserError, f"Gas heater is on the job {job.name}. Archive"):
            self.checklist.unlink()
        self._create_checklist().unlink()

    def test_copy_of_a_job_waits_again(self):
        job = self._create_checked_job()
        self._answer_all(job)
        copy = job.copy()
        self.assertEqual(copy.checklist_ids, self.checklist)
        self.assertEqual(len(copy.check_ids), 6)
        self.assertRecordValues(copy, [{"check_done_count": 0, "check_missing_count": 4}])
        self.assertFalse(any(copy.check_ids.mapped("answered_on")))

    def test_copy_of_a_checklist(self):
        copy = self.checklist.copy()
        self.assertEqual((copy.name, copy.item_count), ("Gas heater (copy)", 5))

    def test_done_jobs_get_no_new_checklist(self):
        job = self._create_job()
        job.action_complete()
        job._update_order_line_info(self.service.id, 1.0)
        self.assertFalse(job.check_ids)

    def test_wrong_limits_of_a_template(self):
        line = self.checklist.line_ids.filtered(lambda line: line.kind == "number")
        with self.assertRaisesRegex(ValidationError, "“Gas pressure”: the lowest number"):
            line.number_min = 3.0
        line.number_min = 1.0
        with self.assertRaisesRegex(ValidationError, "“Gas pressure”: ask for 1 to 50"):
            line.photo_min = 0
