from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import SercomJobsCommon


class ChecklistCommon(SercomJobsCommon):
    """A checklist with one item of each kind, for a service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._create_product(
            name="Gas heater service",
            type="service",
            field_service_tracking="sale",
            list_price=200.0,
        )
        cls.checklist = cls._create_checklist(product_tmpl_ids=cls.service.product_tmpl_id.ids)

    @classmethod
    def _create_checklist(cls, **vals):
        items = [
            {"name": "On site", "display_type": "line_section"},
            {"name": "Gas shut off"},
            {"name": "Leak found", "kind": "yes_no"},
            {
                "name": "Gas pressure",
                "kind": "number",
                "limit_kind": "between",
                "number_min": 1.5,
                "number_max": 2.5,
                "unit": "kPa",
            },
            {"name": "Remarks", "kind": "text", "is_required": False},
            {"name": "Plate", "kind": "photo", "photo_min": 2},
        ]
        return cls.env["sercom.checklist"].create(
            {
                "name": "Gas heater",
                "line_ids": [
                    Command.create({"sequence": number, **item})
                    for number, item in enumerate(items)
                ],
                **vals,
            }
        )

    @classmethod
    def _create_checked_job(cls, **vals):
        """Make a job that has the service, and so the checklist."""
        job = cls._create_job(**vals)
        job._update_order_line_info(cls.service.id, 1.0)
        return job

    def _item(self, job, name):
        return job.check_ids.filtered(lambda check: check.name == name)

    def _answer_all(self, job):
        self._item(job, "Gas shut off").action_answer(True)
        self._item(job, "Leak found").action_answer("no")
        self._item(job, "Gas pressure").action_answer(2)
        plate = self._item(job, "Plate")
        self._take_photos(plate, 2)

    def _take_photos(self, check, count=1):
        return check.env["sercom.photo"].create(
            [
                {"name": "Plate", "image_1920": PIXEL, "check_id": check.id}
                for _number in range(count)
            ]
        )


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


@tagged("post_install", "-at_install")
class TestChecklistCompletion(ChecklistCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_checked_job(person_id=cls.worker.id)
        cls.own = cls.job.with_user(cls.user_technician)

    def _leave_out(self, user, reason="No gas on site"):
        wizard = self.env["sercom.job.complete"].with_user(user)
        wizard = wizard.with_context(active_id=self.job.id).create({"reason": reason})
        self.assertEqual(len(wizard.check_ids), 4)
        return wizard.action_complete()

    def test_required_items_block_by_name(self):
        message = "To do on its checklist: Gas shut off, Leak found, Gas pressure, Plate"
        with self.assertRaisesRegex(UserError, f"{self.job.name} cannot .* {message}"):
            self.own.action_complete()
        done = self.job._get_stage("done", self.company)
        with self.assertRaisesRegex(UserError, "Gas pressure"):
            self.job.with_context(bypass_order_completed_stage=True).stage_id = done
        self._answer_all(self.own)
        self.own.action_complete()
        self.assertEqual(self.job.state, "done")

    def test_a_long_list_is_cut(self):
        self.checklist.line_ids = [Command.create({"name": f"Item {n}"}) for n in range(20)]
        job = self._create_checked_job()
        with self.assertRaisesRegex(UserError, "Item 5, and 14 more"):
            job.action_complete()

    def test_cancelling_is_never_blocked(self):
        self.job.action_cancel()
        self.assertEqual(self.job.state, "cancelled")

    def test_dispatcher_completes_with_a_reason(self):
        self._leave_out(self.user_dispatcher)
        self.assertEqual(self.job.state, "done")
        self.assertIn("No gas on site", "".join(self.job.message_ids.mapped("body")))
        states = self.job.check_ids.filtered(
            lambda check: check.is_required and not check.display_type
        ).mapped("state")
        self.assertEqual(set(states), {"skipped"})
        self.job.action_reopen()
        check = self._item(self.job, "Leak found")
        check.action_answer("no")
        self.assertRecordValues(check, [{"state": "done", "skip_reason": False}])

    def test_technicians_leave_nothing_out(self):
        with self.assertRaises(AccessError):
            self._leave_out(self.user_technician)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher"):
            self.own._leave_out_checks("Tired")
        with self.assertRaises(AccessError):
            self._item(self.own, "Leak found").skip_reason = "Tired"

    def test_report_tells_the_answers(self):
        self._answer_all(self.job)
        self._item(self.job, "Gas pressure").action_answer(9.5)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("fieldservice.report_fsm_order", self.job.ids)[0]
            .decode()
        )
        for words in ("Gas heater", "9.5 kPa", "past limits", "2 of 2 photos", "Not done"):
            self.assertIn(words, html)


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


@tagged("post_install", "-at_install")
class TestChecklistPerformance(ChecklistCommon):
    def test_items_of_many_jobs_cost_the_same(self):
        jobs = self.env["fsm.order"].concat(*[self._create_job() for _number in range(18)])

        def add(jobs):
            jobs.checklist_ids = self.checklist

        add(jobs[0])  # warms the caches
        few = self._get_queries(add, jobs[1:3])
        # 15 jobs of 6 items: Odoo inserts 100 rows at a time.
        many = self._get_queries(add, jobs[3:])
        self.assertEqual(few, many)
        self.assertEqual(set(jobs.mapped("check_count")), {5})

    def test_checklists_of_many_products_cost_the_same(self):
        products = self.env["product.product"].concat(
            *[
                self._create_product(
                    name=f"Service {number}",
                    type="service",
                    categ_id=self.env["product.category"].create({"name": f"C {number}"}).id,
                )
                for number in range(12)
            ]
        )
        self.checklist.product_tmpl_ids = products.product_tmpl_id
        products[:1]._get_checklists()
        few = self._get_queries(products[:2]._get_checklists)
        many = self._get_queries(products._get_checklists)
        self.assertEqual(few, many)

    def test_confirming_many_quotes_adds_a_fixed_cost(self):
        def confirm(product, count):
            orders = self.env["sale.order"].concat(
                *[self._create_quote(order_line=[self._line(product)]) for _number in range(count)]
            )
            return self._get_queries(orders.action_confirm)

        plain = self._create_product(name="Plain", type="service", field_service_tracking="sale")
        for product in (self.service, plain) * 2:
            confirm(product, 2)  # warms the caches
        few = confirm(self.service, 2) - confirm(plain, 2)
        many = confirm(self.service, 12) - confirm(plain, 12)
        # Caches make a query more or less; ten quotes more would make ten.
        self.assertLess(abs(many - few), 5)

    def test_progress_of_many_jobs_is_one_query(self):
        jobs = self.env["fsm.order"].concat(*[self._create_checked_job() for _n in range(9)])
        names = ["check_count", "check_progress", "check_missing_count"]
        few = self._get_queries(jobs[:2].read, names)
        many = self._get_queries(jobs.read, names)
        self.assertEqual(few, many)

    def test_answering_costs_the_same_on_a_long_checklist(self):
        job = self._create_checked_job()
        self.checklist.line_ids = [Command.create({"name": f"Item {n}"}) for n in range(60)]
        long = self._create_checked_job()
        few = self._get_queries(job.check_ids[1].action_answer, True)
        many = self._get_queries(long.check_ids[1].action_answer, True)
        self.assertEqual(few, many)
