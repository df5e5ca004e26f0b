from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user, tagged

from .common import SercomCommon
from .roads import Roads

MARKER = "Zylophonic"
MESSAGE_BODY = ("mail.message", "body")
# What Sercom adds and a client reads of their own records: none of it is internal.
CLIENT_FIELDS = {
    "sale.order": {
        *("scope", "sla_text", "request_early", "request_late", "version", "quote_status"),
        *("previous_version_id", "next_version_ids", "is_change_order", "limit_amount"),
    },
    # Printed on each quote and invoice.
    "res.company": {"rbq_licence", "is_quebec_tax_printed"},
    "calendar.event": {"appointment_kind", "appointment_state", "fsm_location_id"},
}


@tagged("post_install", "-at_install")
class TestPortalFields(SercomCommon):
    """What clients and vendors may read of Sercom's, field by field."""

    def _get_open_fields(self, user):
        """Fields of Sercom without groups on models that ``user`` reads: ``{model: names}``."""
        found = {}
        for name, Model in self.env.registry.items():
            if Model._abstract or not self.env[name].with_user(user).has_access("read"):
                continue
            names = {
                field.name
                for field in Model._fields.values()
                if field._modules
                and all(module.startswith("sercom") for module in field._modules)
                and not field.inherited
                and field.name not in MAGIC_COLUMNS
                and self.env[name].with_user(user)._has_field_access(field, "read")
            }
            if names:
                found[name] = names
        return found

    def test_a_client_reads_what_is_listed(self):
        found = self._get_open_fields(self.users["portal"])
        wrong = {model: names - CLIENT_FIELDS.get(model, set()) for model, names in found.items()}
        self.assertFalse({model: names for model, names in wrong.items() if names})

    def test_no_internal_word_is_read(self):
        """Every field that the client may read, of records full of internal words."""
        stranger = self.env["res.partner"].create({"name": f"{MARKER} Stranger"})
        order = self._create_quote(
            service_notes=f"<p>{MARKER}</p>", scope="<p>Tank</p>", partner_id=self.client_partner.id
        )
        order.action_confirm()
        self.env["crm.lost.reason"].create({"name": MARKER})
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "notes": f"<p>{MARKER}</p>",
                "fsm_order_id": order.fsm_order_ids.id,
                "partner_ids": [Command.set((self.client_partner | stranger).ids)],
                "start": self.start,
                "stop": self.start,
            }
        )
        self.env.flush_all()
        for record in (order, order.order_line, event):
            records = record.with_user(self.users["portal"])
            self.assertTrue(records.has_access("read"))
            for name, field in records._fields.items():
                if not records._has_field_access(field, "read"):
                    continue
                self.env.invalidate_all()
                try:
                    value = str(records.web_read({name: {}})) + str(records.read([name]))
                except AccessError:
                    continue
                self.assertNotIn(MARKER, value, f"{record._name}.{name}")

    def test_no_road_leads_a_client_to_notes_and_hours(self):
        """Whatever the model: also invoices, messages, visits, and hours that wait for approval."""
        job = self._create_billable_job(person_id=self.worker.id, todo=f"<p>{MARKER}</p>")
        order = job.sale_id
        order.message_partner_ids += self.client_partner
        for record in (order, job):
            record._message_log(body=MARKER)
        start = self.start - timedelta(days=20)
        entry = self.env["hr.attendance"].create(
            {
                "employee_id": self.employee.id,
                "fsm_order_id": job.id,
                "check_in": start,
                "check_out": start + timedelta(minutes=137),
            }
        )
        entry.timesheet_ids.name = MARKER
        hours = round(entry.timesheet_ids.unit_amount, 4)
        self.assertEqual(hours, 2.2833)
        job.action_complete()
        self.env["account.move"].browse(job.action_convert_to_invoice()["res_id"]).action_post()
        self.env.flush_all()
        self.env.invalidate_all()
        roads = Roads(self.env(user=self.users["portal"]))
        self.assertIn("account.move", roads.get_readable_models())
        texts = [row for row in roads.read_texts() if MARKER in row[3]]
        self.assertFalse(texts)
        found = [road for road, seen in roads.walk().items() if hours in (_list(seen))]
        self.assertFalse(found)

    def test_a_vendor_reads_no_client(self):
        """Whatever the model: its order and pick-up, its bill, and the messages on each."""
        self.client_partner.name = f"{MARKER} Client"
        self.site.name = f"{MARKER} Site"
        job = self._create_billable_job(description=f"<p>{MARKER}</p>")
        vendor = new_test_user(self.env, login="vendor_portal", groups="base.group_portal")
        seller = vendor.partner_id
        order = self.env["purchase.order"].create(
            {
                "partner_id": seller.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.product_part.id, "product_qty": 3, "price_unit": 8.0}
                    )
                ],
            }
        )
        order.order_line.fsm_order_id = job
        order.button_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 3
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = self.start.date()
        bill.action_post()
        records = (order, bill, picking)
        for record in records:
            record.message_subscribe(seller.ids)
            record.message_post(
                body="Is it ready?", subtype_xmlid="mail.mt_comment", message_type="comment"
            )
        self.env.flush_all()
        self.env.invalidate_all()
        roads = Roads(self.env(user=vendor))
        texts = list(roads.read_texts())
        # An empty walk would keep any secret.
        walked = {(model, res_id) for model, _field, res_id, _text in texts}
        opened = (order, order.order_line, bill, bill.invoice_line_ids, picking)
        for record in opened:
            self.assertTrue(record.with_user(vendor).has_access("read"), record._name)
            self.assertLessEqual({(record._name, res_id) for res_id in record.ids}, walked)
        told = {text for model, field, _id, text in texts if (model, field) == MESSAGE_BODY}
        self.assertIn("<p>Is it ready?</p>", told)
        found = [row for row in texts if MARKER in row[3]]
        self.assertFalse(found)
        # Names of other records are read by the links to them.
        for record in opened:
            own = record.with_user(vendor)
            links = [
                name
                for name, field in own._fields.items()
                if field.relational and own._has_field_access(field, "read")
            ]
            self.assertTrue(links)
            for name in links:
                self.env.invalidate_all()
                try:
                    value = str(own.read([name])) + str(
                        own.web_read({name: {"fields": {"display_name": {}}}})
                    )
                except AccessError:
                    continue
                self.assertNotIn(MARKER, value, f"{record._name}.{name}")


def _list(seen):
    return seen if isinstance(seen, list) else [seen]
