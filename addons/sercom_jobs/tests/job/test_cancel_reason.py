from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestCancelReason(SercomJobsCommon):
    """Cancelling asks why, and says what it leaves behind with the way to each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("sercom_jobs.sercom_job_cancel_reason_price")
        cls.job = cls._create_billable_job(person_id=cls.worker.id, scheduled_date_start=cls.start)
        cls.job.action_plan()

    def _ask(self, jobs, user=None):
        """Press the job's button as a dispatcher: the dialog that opens."""
        user = user or self.user_dispatcher
        action = jobs.with_user(user).action_ask_cancel()
        self.assertEqual((action["res_model"], action["target"]), ("sercom.job.cancel", "new"))
        return self.env["sercom.job.cancel"].with_user(user).browse(action["res_id"])

    def _cancel(self, jobs, reason=None, note="Found a cheaper one"):
        wizard = self._ask(jobs)
        with Form(wizard) as form:
            form.reason_id = reason or self.reason
            form.note = note
        return wizard.action_cancel()

    def _bill_deposit(self, order):
        """Ask for $200 ahead of the work of an order: the posted invoice."""
        deposit = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 200.0})
            ._create_invoices(order)
        )
        deposit.action_post()
        return deposit

    def _get_buttons(self, user):
        """Names of the buttons on top of a job's form."""
        arch = self.job.with_user(user).get_views([(False, "form")])["views"]["form"]["arch"]
        return etree.fromstring(arch).xpath("/form/header//button/@name")

    def test_the_button_asks(self):
        buttons = self._get_buttons(self.user_dispatcher)
        self.assertIn("action_ask_cancel", buttons)
        self.assertNotIn("action_cancel", buttons)
        self.assertNotIn("action_ask_cancel", self._get_buttons(self.user_technician))

    def test_a_reason_is_required(self):
        wizard = self._ask(self.job)
        form = Form(wizard)
        form.note = "No reason"
        with self.assertRaisesRegex(AssertionError, "reason_id is a required field"):
            form.save()
        with self.assertRaisesRegex(UserError, f"Choose why {self.job.name} is cancelled"):
            wizard.action_cancel()
        self.assertEqual(self.job.state, "planned")

    def test_the_reason_is_kept(self):
        self._cancel(self.job)
        self.assertRecordValues(
            self.job,
            [
                {
                    "state": "cancelled",
                    "cancel_reason_id": self.reason.id,
                    "cancel_note": "Found a cheaper one",
                }
            ],
        )
        told = self.job.message_ids[0].body
        for words in (self.reason.name, "Found a cheaper one", "Luc Gagnon"):
            self.assertIn(words, told)
        with Form(self.job.with_user(self.user_dispatcher)) as form:
            self.assertEqual(form.cancel_reason_id, self.reason)

    def test_reopening_clears_it(self):
        self._cancel(self.job)
        self.job.with_user(self.user_dispatcher).action_reopen()
        self.assertEqual(self.job.state, "planned")
        self.assertFalse(self.job.cancel_reason_id)
        self.assertFalse(self.job.cancel_note)

    def test_a_duplicate_has_none(self):
        self._cancel(self.job)
        self.assertFalse(self.job.copy().cancel_reason_id)

    def test_jobs_are_counted_by_reason(self):
        other = self._create_job()
        self._cancel(self.job | other)
        self.assertEqual((self.job | other).mapped("state"), ["cancelled", "cancelled"])
        Job = self.env["fsm.order"].with_user(self.user_dispatcher)
        view = self.env.ref("sercom_jobs.sercom_job_view_search")
        arch = Job.get_views([(view.id, "search")])["views"]["search"]["arch"]
        self.assertIn("'group_by': 'cancel_reason_id'", arch)
        groups = Job.formatted_read_group(
            [("id", "in", (self.job | other).ids)], ["cancel_reason_id"], ["__count"]
        )
        self.assertEqual(
            [(group["cancel_reason_id"][0], group["__count"]) for group in groups],
            [(self.reason.id, 2)],
        )

    def test_from_the_list(self):
        other = self._create_job()
        jobs = self.job | other
        action = (
            self.env.ref("sercom_jobs.fsm_order_action_ask_cancel")
            .with_user(self.user_dispatcher)
            .with_context(active_model="fsm.order", active_ids=jobs.ids, active_id=jobs[0].id)
            .run()
        )
        wizard = self.env["sercom.job.cancel"].with_user(self.user_dispatcher)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(wizard.fsm_order_ids, jobs)
        self.assertEqual(wizard.line_ids.fsm_order_id, self.job)

    def test_people_who_were_told(self):
        line = self._ask(self.job).line_ids
        self.assertEqual(line.key, "people")
        self.assertIn("Luc Gagnon", line.name)
        action = line.action_open()
        self.assertEqual(action["res_model"], "sercom.assignment")
        self.assertEqual(action["res_id"], self.job.assignment_ids.id)
        blocks = self.env["sercom.assignment"].with_user(self.user_dispatcher)
        self.assertTrue(Form(blocks.browse(action["res_id"])))

    def test_a_deposit_and_an_invoice(self):
        order = self.job.sale_id
        deposit = self._bill_deposit(order)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=deposit.ids
        ).create({"amount": 150.0}).action_create_payments()
        lines = {line.key: line for line in self._ask(self.job).line_ids}
        self.assertEqual(set(lines), {"people", "deposits"})
        self.assertRegex(lines["deposits"].name, r"200\.00.*50\.00")
        self.assertEqual(lines["deposits"].action_open()["res_id"], deposit.id)
        self.job.action_convert_to_invoice()
        invoice = self.job.invoice_ids
        lines = {line.key: line for line in self._ask(self.job).line_ids}
        self.assertIn("275.00", lines["invoices"].name)
        self.assertEqual(lines["invoices"].action_open()["res_id"], invoice.id)
        self._cancel(self.job)
        told = self.job.with_user(self.user_technician).message_ids[0].body
        self.assertIn("A deposit was invoiced", told)
        for amount in ("200.00", "275.00"):
            self.assertNotIn(amount, told)

    def test_a_deposit_stays_with_the_other_jobs(self):
        order = self.job.sale_id
        order.action_new_job()
        self._bill_deposit(order)
        self.assertEqual(self._ask(self.job).line_ids.mapped("key"), ["people"])

    def test_nothing_to_settle(self):
        self.assertFalse(self._ask(self._create_job()).line_ids)

    def test_a_stage_that_is_dragged_asks_for_the_button(self):
        job = self.job.with_user(self.user_dispatcher)
        stage = job._get_stage("cancelled", job.company_id)
        for vals in ({"stage_id": stage.id}, {"state": "cancelled"}):
            with self.assertRaisesRegex(UserError, f"Press “Cancel Job” on {job.name}"):
                job.write(vals)
        self.assertEqual(job.state, "planned")

    def test_what_calls_the_method_gives_no_reason_and_it_is_said_so(self):
        job = self.job.with_user(self.user_dispatcher)
        call_kw(job, "action_cancel", [job.ids], {})
        self.assertEqual(job.state, "cancelled")
        self.assertFalse(job.cancel_reason_id)
        self.assertIn("no reason was given", job.message_ids[:1].body)

    def test_who_may_not_cancel_is_not_asked(self):
        for user in (self.user_technician, self.user_salesman):
            with self.assertRaises(AccessError):
                self.job.with_user(user).action_ask_cancel()

    def test_dialogs_are_their_readers_own(self):
        wizard = self._ask(self.job)
        other = self._create_user("other_dispatcher", "fieldservice.group_fsm_dispatcher")
        for record in (wizard, wizard.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(other).read(["create_uid"])
        with self.assertRaises(AccessError):
            wizard.fsm_order_ids = self._create_job()

    def test_a_job_cancelled_with_its_order_says_so(self):
        job = self._create_job()
        job.sale_id.with_user(self.user_dispatcher)._action_cancel()
        self.assertEqual(job.state, "cancelled")
        self.assertIn(job.sale_id.name, job.cancel_note)

    # Of an order with jobs

    def _ask_order(self, order, user=None):
        user = user or self.user_dispatcher
        action = order.with_user(user).action_ask_cancel()
        self.assertEqual((action["res_model"], action["target"]), ("sercom.job.cancel", "new"))
        return self.env["sercom.job.cancel"].with_user(user).browse(action["res_id"])

    def _get_order_buttons(self, order, user):
        """Buttons that cancel, of those shown on top of an order's form."""
        form = Form(order.with_user(user), view="sale.view_order_form")
        shown = []
        for button in form._view["tree"].xpath("//header//button"):
            if button.get("name") in ("action_cancel", "action_ask_cancel"):
                hidden = button.get("invisible", "False")
                values = {**form._values, "id": order.id}
                if not safe_eval(hidden, values):
                    shown.append(button.get("name"))
        return shown

    def test_the_orders_button_asks_too(self):
        order = self.job.sale_id
        self.assertEqual(
            self._get_order_buttons(order, self.user_dispatcher), ["action_ask_cancel"]
        )
        quote = self._create_quote()  # it has no job
        self.assertEqual(self._get_order_buttons(quote, self.user_dispatcher), ["action_cancel"])

    def test_an_order_is_cancelled_for_a_reason_with_all_its_jobs(self):
        order = self.job.sale_id
        second = self.env["fsm.order"].browse(order.action_new_job()["res_id"])
        wizard = self._ask_order(order)
        self.assertEqual(wizard.fsm_order_ids, self.job | second)
        self.assertEqual(
            [(line.fsm_order_id, line.key) for line in wizard.line_ids], [(self.job, "people")]
        )
        with self.assertRaisesRegex(UserError, f"Choose why {order.name} is cancelled"):
            wizard.action_cancel()
        with Form(wizard) as form:
            form.reason_id = self.reason
            form.note = "Found a cheaper one"
        wizard.action_cancel()
        self.assertEqual(order.state, "cancel")
        for job in self.job | second:
            self.assertEqual((job.state, job.cancel_reason_id), ("cancelled", self.reason))
            for words in (order.name, "Found a cheaper one"):
                self.assertIn(words, job.cancel_note)
        told = order.message_ids.filtered(lambda message: self.reason.name in message.body).body
        for words in ("Found a cheaper one", "Luc Gagnon"):
            self.assertIn(words, told)

    def test_an_order_with_a_done_and_posted_job_is_asked_about(self):
        order = self.job.sale_id
        manager = self._create_user(
            "cancel_manager",
            "fieldservice.group_fsm_manager,sales_team.group_sale_salesman_all_leads",
        )
        self.job.action_complete()
        self.job.action_convert_to_invoice()
        invoice = self.job.invoice_ids
        invoice.action_post()
        self.assertEqual(self._get_order_buttons(order, manager), ["action_ask_cancel"])
        wizard = self._ask_order(order, manager)
        line = wizard.line_ids.filtered(lambda line: line.key == "invoices")
        self.assertIn("475.00", line.name)
        if line.is_readable:
            self.assertEqual(line.action_open()["res_id"], invoice.id)
        wizard.reason_id = self.reason
        wizard.action_cancel()
        self.assertEqual((order.state, self.job.state), ("cancel", "done"))
        told = order.message_ids.filtered(lambda message: self.reason.name in message.body).body
        self.assertIn("It was invoiced", told)

    def test_a_deposit_of_an_order_is_told_once_with_the_way_to_it(self):
        order = self.job.sale_id
        order.action_new_job()
        deposit = self._bill_deposit(order)
        lines = self._ask_order(order).line_ids.filtered(lambda line: line.key == "deposits")
        self.assertEqual(len(lines), 1)
        self.assertEqual(lines.action_open()["res_id"], deposit.id)

    def test_what_calls_the_orders_method_gives_no_reason_and_it_is_said_so(self):
        order = self.job.sale_id.with_user(self.user_dispatcher)
        call_kw(order, "action_cancel", [order.ids], {})
        self.assertEqual((order.state, self.job.state), ("cancel", "cancelled"))
        for record in (order, self.job):
            bodies = "".join(record.message_ids.mapped("body"))
            self.assertIn("no reason was given", bodies, record._name)
            self.assertIn("Luc Gagnon", bodies, record._name)

    def test_who_may_not_cancel_jobs_is_not_asked_about_their_order(self):
        order = self.job.sale_id
        self.assertEqual(self._get_order_buttons(order, self.user_salesman), [])
        with self.assertRaises(AccessError):
            order.with_user(self.user_salesman).action_ask_cancel()

    def test_an_order_cancelled_twice(self):
        order = self.job.sale_id
        order.action_cancel()
        with self.assertRaisesRegex(UserError, f"{order.name}: cancelled already"):
            order.with_user(self.user_dispatcher).action_ask_cancel()

    def test_cancelled_twice(self):
        self._cancel(self.job)
        with self.assertRaisesRegex(UserError, f"{self.job.name}: cancelled already"):
            self.job.with_user(self.user_dispatcher).action_ask_cancel()

    def test_queries_do_not_grow_with_the_jobs(self):
        def ask(jobs):
            jobs._get_left_behind()

        def make(number):
            return self.env["fsm.order"].create(
                [{"location_id": self.site.id} for _index in range(number)]
            )

        self._assert_queries_each(0, make, ask)
