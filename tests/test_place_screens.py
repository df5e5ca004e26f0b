from odoo.tests import tagged

from .common import ROLES, SercomCommon
from .screens import Screens, _is_shown

OFFICE = ROLES[1:]
COUNTERS = {
    "request_count": "action_view_service_requests",
    "service_file_count": "action_view_service_files",
    "job_count": "action_view_jobs",
}
# Words of what Sercom is built on, which say nothing to an office.
FOREIGN = ("Owned", "Related", "Opportunit", "Stage", "FS ", "Location", "Worker", "Primary")


@tagged("post_install", "-at_install")
class TestPlaceScreens(SercomCommon):
    """The forms of a site and of a client are the office's: who, where, how to get in, what was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.requests = cls._create_request() | cls._create_request()
        cls.lost = cls._create_request()
        cls.lost.action_set_lost()
        cls.job = cls._create_billable_job(person_id=cls.worker.id)
        cls.flat = cls._create_site(name="Flat 2", parent_id=cls.site.id)
        cls.job_of_flat = cls._create_job(location_id=cls.flat.id)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Tenant", "parent_id": cls.client_partner.id}
        )
        cls._create_request(partner_id=cls.contact.id, fsm_location_id=cls.flat.id)

    def _open(self, record, role):
        user = self.users[role]
        screens = Screens(self.env(user=user, context={"lang": "en_US"}))
        arch, values = screens.read_form(record.with_env(screens.env))
        context = screens._get_eval_context(record, values)
        shown = [node for node in arch.iter() if isinstance(node.tag, str)]
        return screens.env, values, [node for node in shown if _is_shown(node, context)], arch

    def _get_labels(self, model, nodes):
        fields = model.fields_get()
        for node in nodes:
            if next(node.iterancestors("list", "kanban"), None) is not None:
                continue
            if node.get("string"):
                yield node.get("string")
            elif node.tag == "field" and node.get("nolabel") != "1" and node.get("name") in fields:
                yield fields[node.get("name")]["string"]

    def test_a_site_has_no_stages_and_no_foreign_words(self):
        for role in ROLES:
            env, _values, shown, arch = self._open(self.site, role)
            with self.subTest(role=role):
                buttons = {node.get("name") for node in shown if node.tag == "button"}
                self.assertFalse(buttons & {"next_stage", "previous_stage"})
                for label in self._get_labels(env["fsm.location"], shown):
                    self.assertFalse(any(word in label for word in FOREIGN), label)
                names = [node.get("name") for node in shown if node.tag == "field"]
                for name in ("name", "owner_id", "contact_id", "street", "direction", "notes"):
                    self.assertIn(name, names)
                [pages] = arch.xpath("//notebook")
                first = {node.get("name") for node in pages.iter("field")}
                self.assertFalse(first & {"direction", "owner_id", "street"}, "above the fold")

    def test_no_tab_of_a_site_is_empty(self):
        for role in ROLES:
            _env, _values, shown, arch = self._open(self.site, role)
            for page in arch.iter("page"):
                if page in shown:
                    with self.subTest(role=role, page=page.get("string")):
                        self.assertTrue(
                            [node for node in page.iter("field", "button") if node in shown]
                        )

    def _assert_counters(self, record, role, counted):
        env, values, shown, _arch = self._open(record, role)
        buttons = {node.get("name") for node in shown if node.tag == "button"}
        for counter, records in counted.items():
            with self.subTest(record=record.display_name, role=role, counter=counter):
                self.assertEqual(values[counter], len(records))
                self.assertIn(COUNTERS[counter], buttons)
                action = getattr(record.with_env(env), COUNTERS[counter])()
                model = env[action["res_model"]].with_context(**action["context"])
                self.assertEqual(model.search(action["domain"]), records.with_env(model.env))

    def _get_counted(self):
        leads = self.env["crm.lead"].with_context(active_test=False).search([])
        leads = leads.filtered(lambda lead: lead.fsm_location_id in (self.site | self.flat))
        files = self.env["sercom.service.file"].search([])
        files = files.filtered(lambda file: file.fsm_location_id in (self.site | self.flat))
        self.assertEqual(len(leads), 4)
        return {
            "request_count": leads,
            "service_file_count": files,
            "job_count": self.env["fsm.order"].browse((self.job_of_flat | self.job).ids),
        }

    def test_counters_of_a_site_open_what_they_count(self):
        counted = self._get_counted()
        for role in OFFICE:
            self._assert_counters(self.site, role, counted)
        self._assert_counters(self.site, "technician", {"job_count": self.job})

    def test_counters_of_a_client_open_what_they_count(self):
        counted = self._get_counted()
        for role in OFFICE:
            self._assert_counters(self.client_partner, role, counted)

    def test_a_client_has_their_sites_and_no_foreign_words(self):
        for role in OFFICE:
            _env, values, shown, arch = self._open(self.client_partner, role)
            with self.subTest(role=role):
                sites = [row["id"] for row in values["owned_location_ids"]]
                self.assertEqual(sites, self.site.ids)
                box = [node for node in shown if next(node.iterancestors("div"), None) is not None]
                [page] = arch.xpath("//page[@name='sites']")
                for node in (*box, *page.iter()):
                    label = node.get("string") or ""
                    if node in shown:
                        self.assertFalse(any(word in label for word in FOREIGN), label)

    def test_no_tab_of_a_client_is_of_odoos_resellers(self):
        for role in OFFICE:
            _env, _values, shown, _arch = self._open(self.client_partner, role)
            titles = [node.get("string") for node in shown if node.tag == "page"]
            with self.subTest(role=role):
                self.assertNotIn("Partner Assignment", titles)
                self.assertIn("Position on the Map", titles)

    def test_the_sites_of_a_client_open_in_the_list_of_sites(self):
        dispatcher = self.users["dispatcher"]
        action = self.client_partner.with_user(dispatcher).action_open_owned_locations()
        self.assertEqual(action["xml_id"], "sercom_requests.sercom_site_action")
        found = self.env["fsm.location"].search(action["domain"])
        self.assertEqual(found, self.site | self.flat)
