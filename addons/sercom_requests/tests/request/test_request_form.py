from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import SercomRequestsCommon

# What a salesperson guesses of an opportunity, and Odoo's lead enrichment where it is there.
GUESSES = {"expected_revenue", "date_deadline", "probability", "recurring_revenue", "iap_enrich"}


@tagged("post_install", "-at_install")
class TestRequestForm(SercomRequestsCommon):
    """A request asks for nothing that only a sales opportunity has; an opportunity still does."""

    def _get_shown(self, view, **values):
        """Those of ``GUESSES`` that a form shows, by a field, a label or a button."""
        leads = self.env["crm.lead"].with_user(self.user_dispatcher)
        arch = etree.fromstring(leads.get_view(self.env.ref(view).id, "form")["arch"])
        context = values.pop("context", {})
        names = {
            **dict.fromkeys(leads._fields, False),
            "type": "opportunity",
            "active": True,
            "won_status": "pending",
            "show_enrich_button": True,
            "id": 1,
            "context": context,
            **values,
        }
        shown = set()
        for node in arch.iter("field", "label", "button"):
            conditions = [each.get("invisible") for each in (node, *node.iterancestors())]
            if any(safe_eval(condition, dict(names)) for condition in conditions if condition):
                continue
            shown |= {node.get("name"), node.get("for")} & GUESSES
        return shown

    def test_the_form_of_a_request(self):
        view = "crm.crm_lead_view_form"
        self.assertEqual(self._get_shown(view, is_service_request=True), set())
        shown = self._get_shown(view, is_service_request=False)
        self.assertLessEqual({"expected_revenue", "date_deadline", "probability"}, shown)
        self.assertEqual("iap_enrich" in shown, hasattr(self.env["crm.lead"], "iap_enrich"))

    def test_a_request_made_in_its_column(self):
        view = "crm.quick_create_opportunity_form"
        service = {"default_is_service_request": True}
        self.assertEqual(self._get_shown(view, context=service), set())
        self.assertEqual(self._get_shown(view), {"expected_revenue"})
