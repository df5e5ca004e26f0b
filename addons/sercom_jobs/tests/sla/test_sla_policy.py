from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, SercomSlaCommon


@tagged("post_install", "-at_install")
class TestSlaPolicy(SercomSlaCommon):
    def test_job_gets_the_most_specific_policy(self):
        job = self._create_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        urgent = self._create_policy(name="Urgent", priority="3", first_visit_hours=2.0)
        self.assertEqual(job.sla_policy_id, self.policy, "a job keeps the policy it has")
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, urgent)
        contract = self._create_policy(
            name="Contract", sequence=99, partner_ids=[Command.set(self.client_partner.ids)]
        )
        self.assertEqual(self._create_job(priority="3").sla_policy_id, contract)

    def test_contacts_of_a_firm_have_its_contract(self):
        firm = self.env["res.partner"].create({"name": "Immeubles Nord", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Concierge", "parent_id": firm.id})
        contract = self._create_policy(name="Contract", partner_ids=[Command.set(firm.ids)])
        site = self._create_site(owner_id=contact.id)
        self.assertEqual(self._create_job(location_id=site.id).sla_policy_id, contract)
        self.assertEqual(self._create_job().sla_policy_id, self.policy)

    def test_category_of_the_service_and_its_children(self):
        parent = self.env["product.category"].create({"name": "Drains"})
        child = self.env["product.category"].create({"name": "Cameras", "parent_id": parent.id})
        policy = self._create_policy(name="Drains", category_ids=[Command.set(parent.ids)])
        job = self._create_billable_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        job.sale_line_ids[0].product_id.categ_id = child
        self.assertEqual(self._create_billable_job().sla_policy_id, policy)

    def test_policy_chosen_by_hand_stays(self):
        other = self._create_policy(name="Other", sequence=99)
        urgent = self._create_policy(name="Urgent", priority="3")
        job = self._create_job()
        with Form(job.with_user(self.user_dispatcher)) as form:
            form.sla_policy_id = other
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, other)
        job.sla_policy_id = urgent
        job.priority = "0"
        self.assertEqual(job.sla_policy_id, self.policy, "the one that fits follows the job again")
        job.sla_policy_id = False
        job.priority = "3"
        self.assertFalse(job.sla_policy_id, "none, by hand")

    def test_form_of_a_new_job_chooses_nothing_by_hand(self):
        urgent = self._create_policy(name="Urgent", priority="3")
        with Form(self.env["fsm.order"].with_user(self.user_dispatcher)) as form:
            form.location_id = self.site
            self.assertEqual(form.sla_policy_id, self.policy)
        job = form.record
        self.assertFalse(job.is_sla_chosen)
        job.priority = "3"
        self.assertEqual(job.sla_policy_id, urgent)

    def test_policy_of_another_company(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        self.env.user.company_ids += company
        theirs = self._create_policy(name="Theirs", company_id=company.id, calendar_id=False)
        self.policy.sequence = 99
        job = self._create_job()
        self.assertEqual(job.sla_policy_id, self.policy)
        self.assertEqual(self._create_job(company_id=company.id).sla_policy_id, theirs)
        with self.assertRaises(UserError):
            job.sla_policy_id = theirs
            self.env.flush_all()

    def test_promised_policy_is_archived_not_deleted(self):
        job = self._create_job()
        self.assertEqual(self.policy.job_count, 1)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.policy.unlink()
        self.policy.active = False
        self.assertEqual(job.sla_policy_id, self.policy)
        self.assertFalse(self._create_job().sla_policy_id)

    def test_targets_that_make_no_sense(self):
        with self.assertRaisesRegex(ValidationError, "completed before its first visit"):
            self._create_policy(first_visit_hours=9.0, completion_hours=8.0)
        for vals in ({"first_visit_hours": -1.0}, {"at_risk_share": 0.0}, {"at_risk_share": 1.5}):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._create_policy(**vals)

    # Quote

    def test_quote_states_it_and_the_job_inherits_it(self):
        urgent = self._create_policy(name="Urgent", priority="3", first_visit_hours=2.5)
        order = self._create_request(priority="3")._make_quote()
        order = self.env["sale.order"].union(*order.values())
        self.assertEqual(order.sla_policy_id, urgent)
        self.assertIn("First visit within 2.50 working hours", order.sla_text)
        self.assertIn("Work completed within 16 working hours", order.sla_text)
        order.sla_policy_id = self.policy
        self.assertIn("First visit within 4 working hours", order.sla_text)
        order.action_confirm()
        job = order.fsm_order_ids
        self.assertEqual(job.priority, "3")
        self.assertEqual(job.sla_policy_id, self.policy, "what was promised, not what fits")
        job.priority = "0"
        self.assertEqual(job.sla_policy_id, self.policy)
        urgent.sequence = 0
        order.order_line[0].product_uom_qty = 5
        self.assertEqual(order.sla_policy_id, self.policy)

    def test_promise_in_the_words_and_language_of_the_policy(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.policy.description = "<p>We come today.</p>"
        self.policy.update_field_translations(
            "description", {"fr_CA": {"We come today.": "Nous venons aujourd'hui."}}
        )
        self.assertIn("We come today", self._create_quote().sla_text)
        self.client_partner.lang = "fr_CA"
        self.assertIn("Nous venons", self._create_quote().sla_text)

    def test_promise_typed_by_hand_stays(self):
        other = self._create_policy(name="Other", first_visit_hours=1.0)
        order = self._create_quote(sla_text="<p>Two days</p>")
        order.sla_policy_id = other
        self.assertIn("Two days", order.sla_text)
        order = self._create_quote()
        order.sla_policy_id = other
        self.assertIn("within 1 working", order.sla_text)
        revision = self.env["sale.order"].browse(order.action_revise()["res_id"])
        self.assertEqual((revision.sla_policy_id, revision.sla_text), (other, order.sla_text))

    def test_sale_without_service_has_no_promise(self):
        order = self._create_quote(
            fsm_location_id=False, order_line=[self._line(self.product_part)]
        )
        self.assertFalse(order.sla_policy_id)
        self.assertFalse(order.sla_text)

    def test_clock_starts_when_the_client_asked(self):
        with freeze_time(self._at(0, 9)):
            quoted, direct = (
                self._create_request(request_early=False),
                self._create_request(request_early=False),
            )
            self.env.flush_all()
            quoted.action_convert_to_quote()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id IN %s",
            (self._at(0, 9), tuple((quoted | direct).ids)),
        )
        (quoted | direct).invalidate_recordset(["create_date"])
        (quoted | direct).action_convert_to_job()
        self.assertEqual(quoted.fsm_order_ids.sla_start, NOW, "accepted now")
        self.assertEqual(direct.fsm_order_ids.sla_start, self._at(0, 9), "waits since the call")
        self.assertEqual(self._create_job().sla_start, NOW)
        wish = self._at(3, 9)
        self.assertEqual(self._create_job(request_early=wish).sla_start, wish)
        with freeze_time(self._at(4, 9)):
            action = quoted.order_ids.action_new_job()
            more = self.env["fsm.order"].browse(action["res_id"])
            self.assertEqual(more.sla_start, self._at(4, 9), "one more job is asked now")
