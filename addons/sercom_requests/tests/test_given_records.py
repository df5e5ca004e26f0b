from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.given_records import collect_given
from .common import SercomRequestsCommon

HELD = {"phone": {}, "email": {}, "location": {}, "fsm_location_id": {}, "partner_id": {}}


@tagged("post_install", "-at_install")
class TestGivenRecords(SercomRequestsCommon):
    """Nobody reads by way of a form or a dialog what they may not read: by naming its id."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "Boréale Ontario"})
        cls.stranger = cls.env["res.partner"].create(
            {"name": "Secret", "phone": "+1 613 555 0199", "company_id": company.id}
        )
        cls.secret_site = cls._create_site(owner_id=cls.stranger.id, company_id=company.id)
        cls.links = {"partner_id": cls.stranger.id, "fsm_location_id": cls.secret_site.id}

    def _open(self, user, model, values, record=None, **context):
        Model = (record or self.env[model]).with_user(user).with_context(**context)
        spec = {name: {} for name in HELD if name in Model._fields}
        return Model.onchange(dict(values), list(values), spec)

    def test_an_open_form_tells_nothing(self):
        for model in ("sercom.call", "sercom.appointment.schedule", "crm.lead", "sale.order"):
            for name, value in self.links.items():
                for given in (value, [value, "Secret"], {"id": value}):
                    with self.subTest(model, given=given), self.assertRaises(AccessError):
                        self._open(self.user_salesman, model, {name: given})
                with self.subTest(model, default=name), self.assertRaises(AccessError):
                    context = {f"default_{name}": value}
                    self._open(self.user_salesman, model, {}, **context)
        self._open(self.user_salesman, "sercom.call", {"partner_id": self.client_partner.id})

    def test_a_dialog_holds_nothing(self):
        for name, value in self.links.items():
            for model, vals in (
                ("sercom.call", {}),
                ("sercom.appointment.schedule", {"name": "Visit", "start": self.early}),
            ):
                Model = self.env[model].with_user(self.user_salesman)
                with self.subTest(model, name=name):
                    with self.assertRaises(AccessError):
                        Model.create({**vals, name: value})
                    with self.assertRaises(AccessError):
                        Model.with_context(**{f"default_{name}": value}).create(vals)
                    with self.assertRaises(AccessError):
                        Model.create(vals).write({name: value})

    def test_a_record_of_ones_own_tells_nothing(self):
        needed = {
            "crm.lead": {"name": "Leak"},
            "sale.order": {"partner_id": self.client_partner.id},
        }
        for model in ("sercom.service.file", "crm.lead", "sale.order"):
            Model = self.env[model].with_user(self.user_salesman)
            for name, value in self.links.items():
                if name not in Model._told_links:
                    continue
                with self.subTest(model, name=name):
                    with self.assertRaises(AccessError):
                        Model.create({**needed.get(model, {}), name: value})
                    with self.assertRaises(AccessError):
                        Model.create(needed.get(model, {})).write({name: value})

    def test_the_site_of_a_colleagues_job(self):
        job = self.env["fsm.order"].create({"location_id": self.site.id})
        with self.assertRaises(AccessError):
            self._open(self.user_technician, "calendar.event", {"fsm_order_id": job.id})

    def test_what_is_linked_already_stays(self):
        file = self.env["sercom.service.file"].create({"partner_id": self.stranger.id})
        values = {"partner_id": self.stranger.id, "subject": "Leak"}
        self._open(self.user_salesman, "sercom.service.file", values, record=file)
        file.with_user(self.user_salesman).write(values)
        self.assertEqual(file.subject, "Leak")

    def test_lines_are_looked_at_too(self):
        found = {}
        lead = self.env["crm.lead"]
        line = {"product_id": 7, "name": "x"}
        commands = [[0, "virtual_1", line], [1, 5, {"product_id": 8}], [4, 6], [6, 0, [3, "new"]]]
        collect_given(lead, {"request_line_ids": commands, "name": "x", "partner_id": True}, found)
        self.assertEqual(found["sercom.request.line"], {5, 6, 3})
        self.assertEqual(found["product.product"], {7, 8})
        self.assertFalse(found["res.partner"])
