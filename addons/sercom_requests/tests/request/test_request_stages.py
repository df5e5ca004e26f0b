from ast import literal_eval

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...tools.context import SKIP_JOB_GENERATION
from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestRequestStages(SercomRequestsCommon):
    """A request's stage tells where it stands, whoever moved its quote or visit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Stage = cls.env["crm.stage"]
        Stage.search([]).write({"is_service_qualified": False, "service_step": False})
        cls.new, cls.qualified, cls.assessed, cls.quoted, cls.won = Stage.create(
            [
                {"name": "New", "sequence": -50},
                {"name": "Qualified", "sequence": -40, "is_service_qualified": True},
                {"name": "Assessed", "sequence": -30, "service_step": "assessed"},
                {"name": "Quoted", "sequence": -20, "service_step": "quoted"},
                {"name": "Sold", "sequence": -10, "is_won": True},
            ]
        )

    def _get_quote(self, action):
        return self.env["sale.order"].browse(action["res_id"])

    def _quote(self, request):
        return self._get_quote(request.action_convert_to_quote())

    def test_qualified_once_nothing_is_missing(self):
        request = self._create_request(need=False)
        self.assertEqual(request.stage_id, self.new)
        with Form(request.with_user(self.user_dispatcher)) as form:
            form.need = "<p>It leaks</p>"
        self.assertEqual(request.stage_id, self.qualified)

    def test_assessed_once_the_visit_is_done(self):
        request = self._create_request()
        visit = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": request.id,
                "start": self.early,
                "stop": self.late,
            }
        )
        self.assertEqual(request.stage_id, self.qualified)
        visit.action_appointment_done()
        self.assertEqual(request.stage_id, self.assessed)

    def test_quoted_then_won(self):
        request = self._create_request()
        quote = self._quote(request.with_user(self.user_salesman))
        self.assertEqual(request.stage_id, self.quoted)
        SKIP_JOB_GENERATION(quote.with_user(self.user_salesman)).action_confirm()
        self.assertEqual((request.stage_id, request.won_status), (self.won, "won"))

    def test_lost_with_its_last_quote_and_its_reason(self):
        reason = self.env["crm.lost.reason"].create({"name": "Too expensive"})
        request = self._create_request()
        quotes = self._quote(request)
        quotes |= quotes.copy({"opportunity_id": request.id})
        quotes[0]._lose(reason)
        self.assertEqual(request.won_status, "pending")
        quotes[1]._lose(reason)
        self.assertRecordValues(
            request, [{"won_status": "lost", "lost_reason_id": reason.id, "active": False}]
        )

    def test_a_lost_quote_taken_up_again_brings_its_request_back(self):
        request = self._create_request()
        quote = self._quote(request)
        quote._action_cancel()
        self.assertEqual(request.won_status, "lost")
        quote.action_draft()
        self.assertEqual((request.won_status, request.stage_id), ("pending", self.quoted))
        self.assertTrue(request.active)

    def test_a_revision_keeps_the_request_quoted(self):
        request = self._create_request()
        quote = self._quote(request)
        quote.action_quotation_sent()
        quote.action_revise()
        self.assertEqual((request.won_status, request.stage_id), ("pending", self.quoted))

    def test_a_cancelled_sale_is_not_won(self):
        request = self._create_request()
        quote = self._quote(request)
        SKIP_JOB_GENERATION(quote).action_confirm()
        quote._action_cancel()
        self.assertEqual(request.won_status, "lost")
        quote.action_draft()
        quote.action_confirm()
        self.assertEqual((request.won_status, request.stage_id), ("won", self.won))

    def test_a_cancelled_sale_without_a_stage_for_quotes(self):
        request = self._create_request()
        quote = self._quote(request)
        SKIP_JOB_GENERATION(quote).action_confirm()
        self.env["crm.stage"].search([]).service_step = False
        quote._action_cancel()
        self.assertEqual((request.won_status, request.stage_id.is_won), ("lost", False))

    def test_many_requests_cost_as_many_queries_as_one(self):
        def make(count):
            return self.env["crm.lead"].create(
                [self._prepare_request_vals() for _number in range(count)]
            )

        # Nothing of each: Odoo keeps the time in the stage of all of them together.
        self._assert_queries_each(0, make, lambda requests: requests._reach_step("assessed"))

    def test_it_never_goes_back_by_itself(self):
        request = self._create_request(request_late=False)
        self._quote(request)
        request.request_late = self.late
        self.assertEqual(request.stage_id, self.quoted)

    def test_one_lost_by_hand_stays_lost(self):
        request = self._create_request()
        request.action_set_lost()
        with self.assertRaisesRegex(UserError, "lost or archived"):
            request.action_convert_to_quote()

    def test_plain_leads_are_left_alone(self):
        lead = self.env["crm.lead"].create(
            {"name": "Software", "type": "opportunity", "partner_id": self.client_partner.id}
        )
        stage = lead.stage_id
        order = self.env["sale.order"].create(
            {"partner_id": self.client_partner.id, "opportunity_id": lead.id}
        )
        lead.is_service_request = False
        order._action_cancel()
        self.assertEqual((lead.stage_id, lead.won_status), (stage, "pending"))


@tagged("post_install", "-at_install")
class TestShippedStages(SercomRequestsCommon):
    """The stages that are there once Sercom is installed: nobody has to set them up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stages = cls.env["crm.stage"].concat(
            *(
                cls.env.ref(name)
                for name in (
                    "crm.stage_lead1",
                    "crm.stage_lead2",
                    "sercom_requests.crm_stage_assessed",
                    "crm.stage_lead3",
                    "crm.stage_lead4",
                )
            )
        )
        cls.new, cls.qualified, cls.assessed, cls.quoted, cls.won = cls.stages

    def test_in_their_order(self):
        found = self.env["crm.stage"].search([("id", "in", self.stages.ids)])
        self.assertEqual(found, self.stages)
        self.assertEqual(len(set(self.stages.mapped("sequence"))), 5)

    def test_a_request_passes_them_from_the_call_to_the_sale(self):
        request = self._create_request(need=False)
        self.assertEqual(request.stage_id, self.new)
        request.need = "<p>It leaks</p>"
        self.assertEqual(request.stage_id, self.qualified)
        self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": request.id,
                "start": self.early,
                "stop": self.late,
            }
        ).action_appointment_done()
        self.assertEqual(request.stage_id, self.assessed)
        quote = self.env["sale.order"].browse(request.action_convert_to_quote()["res_id"])
        self.assertEqual(request.stage_id, self.quoted)
        SKIP_JOB_GENERATION(quote).action_confirm()
        self.assertEqual((request.stage_id, request.won_status), (self.won, "won"))

    def test_a_filter_for_each_stage(self):
        """Each filter of the list finds the requests that stand there, and no other."""
        views = self.env["crm.lead"].get_views(
            [(self.env.ref("crm.view_crm_case_opportunities_filter").id, "search")]
        )
        arch = etree.fromstring(views["views"]["search"]["arch"])
        requests = {
            name: self._create_request()
            for name in ("new", "qualified", "assessed", "quoted", "won", "lost")
        }
        for name, stage in zip(requests, self.stages, strict=False):
            requests[name].stage_id = stage
        requests["lost"].action_set_lost()
        made = self.env["crm.lead"].union(*requests.values())
        for name, request in requests.items():
            kind = "filter_won_status" if name in ("won", "lost") else "stage"
            [node] = arch.xpath(f"//filter[@name='{kind}_{name}']")
            leads = self.env["crm.lead"].with_user(self.user_salesman)
            found = leads.search([*literal_eval(node.get("domain")), ("id", "in", made.ids)])
            with self.subTest(stage=name):
                self.assertEqual(found.ids, request.ids)

    def test_set_up_beside_what_odoo_has(self):
        """As at installation: Odoo's stages one after the other, ours at the place of one."""
        self.stages.write({"is_service_qualified": False, "service_step": False})
        self.assessed.service_step = "assessed"
        for sequence, stage in enumerate(self.stages - self.assessed, 1):
            stage.sequence = sequence
        own = self.env["crm.stage"].create({"name": "Waiting for the owner", "sequence": 3})
        self.env["crm.stage"]._set_up_service_qualified()
        self.env["crm.stage"]._set_up_service_steps()
        self.assertEqual(self.env["crm.stage"]._get_step_stages("qualified"), self.qualified)
        self.assertEqual(self.env["crm.stage"]._get_step_stages("quoted"), self.quoted)
        shown = self.stages | own
        found = self.env["crm.stage"].search([("id", "in", shown.ids)])
        self.assertEqual(found - own, self.stages)
        self.assertGreater(own.sequence, self.assessed.sequence)
