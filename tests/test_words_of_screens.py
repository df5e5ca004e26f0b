import re

from odoo.tests import tagged

from .common import ROLES, SercomCommon
from .screens import Screens, _is_shown

OFFICE = ROLES[1:]
# Words of Odoo's where Sercom has its own.
FOREIGN = {
    "en_US": re.compile(r"Customer|Quotation|\bMeeting|Opportunit|E-mail|Similar Lead"),
    "fr_CA": re.compile(r"E-mail|Opportunit|Réunion|réunion|\bPiste"),
}
TECHNICAL = {"other_info", "other_information", "aml_tab"}
LEFT = {"Customer Invoices"}  # as opposed to those of vendors


@tagged("post_install", "-at_install")
class TestWordsOfScreens(SercomCommon):
    """What the office reads all day has one word for one thing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in FOREIGN:
            cls.env["res.lang"]._activate_lang(lang)
        cls.request_ = cls._create_request(email_from="ann@example.com")
        cls.quote = cls._create_quote()
        cls.job = cls._create_billable_job()
        cls.job.action_complete()
        cls.job.action_convert_to_invoice()
        cls.invoice = cls.job.invoice_ids
        cls.visit = cls.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": cls.request_.id,
                "start": cls.early,
                "stop": cls.late,
            }
        )
        cls._create_request(email_from="ann@example.com")
        cls.records = (
            *(cls.request_, cls.visit, cls.quote, cls.job, cls.invoice),
            *(cls.job.service_file_id, cls.site, cls.client_partner),
        )

    def _is_shown(self, node, context):
        try:
            return _is_shown(node, context)
        except ValueError:  # a condition in the client's own language
            return True

    def _get_labels(self, model, nodes):
        fields = model.fields_get(attributes=["string"])
        for node in nodes:
            if node.get("string"):
                yield node.get("string")
            elif node.tag == "field" and node.get("nolabel") != "1":
                if node.getparent().tag in ("group", "list") and node.get("name") in fields:
                    yield fields[node.get("name")]["string"]
            elif node.tag == "span" and node.text:
                yield node.text.strip()

    def _find(self, model, nodes, lang):
        return sorted(
            {
                label
                for label in self._get_labels(model, nodes)
                if FOREIGN[lang].search(label) and label not in LEFT
            }
        )

    def test_forms(self):
        for lang in FOREIGN:
            for role in OFFICE:
                screens = Screens(self.env(user=self.users[role], context={"lang": lang}))
                for record in self.records:
                    record = record.with_env(screens.env)
                    arch, values = screens.read_form(record)
                    context = screens._get_eval_context(record, values)
                    for page in arch.iter("page"):
                        if page.get("name") in TECHNICAL:
                            page.set("invisible", "1")
                    shown = [
                        node
                        for node in arch.iter()
                        if isinstance(node.tag, str)
                        and node.tag != "form"
                        and next(node.iterancestors("field"), None) is None
                        and self._is_shown(node, context)
                    ]
                    with self.subTest(lang=lang, role=role, model=record._name):
                        self.assertEqual(self._find(record, shown, lang), [])

    def test_a_quote_begins_with_a_client(self):
        """What is written in an empty field is read first of all."""
        estimator = self.users["estimator"]
        estimator.group_ids += self.env.ref("sale_management.group_sale_order_template")
        screens = Screens(self.env(user=estimator, context={"lang": "en_US"}))
        arches, _specs = screens.get_views(screens.env["sale.order"], [(False, "form")])
        words = {
            word
            for name in ("partner_id", "sale_order_template_id")
            for node in arches["form"].xpath(f"//group//field[@name='{name}']")
            for word in (node.get("string"), node.get("placeholder"))
        }
        self.assertIn("Quote Template", words)
        self.assertFalse([word for word in words if word and re.search("(?i)customer", word)])

    def test_a_client_who_asked_for_nothing(self):
        client = self.env["res.partner"].create({"name": "New Client", "is_company": True})
        screens = Screens(self.env(user=self.users["dispatcher"], context={"lang": "en_US"}))
        record = client.with_env(screens.env)
        arch, values = screens.read_form(record)
        context = screens._get_eval_context(record, values)
        [count] = arch.xpath("//field[@name='opportunity_count']")
        self.assertFalse(self._is_shown(count.getparent(), context))

    def test_lists(self):
        actions = self.env["ir.ui.menu"].search(
            [("id", "child_of", self.env.ref("sercom_requests.sercom_menu_root").id)]
        )
        actions = [menu.action for menu in actions if menu.action]
        actions = [action for action in actions if action._name == "ir.actions.act_window"]
        self.assertTrue(actions)
        for lang in FOREIGN:
            screens = Screens(self.env(user=self.users["manager"], context={"lang": lang}))
            for action in actions:
                views = [(view, kind) for view, kind in action.views if kind == "list"]
                if not views or not screens.env[action.res_model].has_access("read"):
                    continue
                model = screens.env[action.res_model]
                arches, _specs = screens.get_views(model, [*views, (False, "search")])
                nodes = [
                    node
                    for node in arches["list"].iter("field", "button")
                    if node.get("optional") != "hide" and node.get("column_invisible") is None
                ]
                with self.subTest(lang=lang, action=action.display_name):
                    self.assertEqual(self._find(model, nodes, lang), [])
