from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import SercomCommon


class QuebecCommon(SercomCommon):
    """A firm in Québec that charges TPS and TVQ, and a client company with its contact.

    Each step of a workflow is done by the person whose role it is, at the moment it would be
    done: ``with self.at("2026-11-03 14:00")``, in UTC.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_quebec(cls.company)
        cls.firm = cls.env["res.partner"].create(
            {
                "name": "Immeubles Boréal inc.",
                "is_company": True,
                "street": "800 rue Sherbrooke",
                "city": "Montréal",
                "zip": "H3A 1G1",
                "state_id": cls.env.ref("base.state_ca_qc").id,
                "country_id": cls.env.ref("base.ca").id,
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Marc Boréal",
                "parent_id": cls.firm.id,
                "email": "marc.boreal@example.com",
                "phone": "+1 514 555 0199",
            }
        )
        cls.firm_site = cls._create_site(name="Tour Sherbrooke", owner_id=cls.firm.id)

    @classmethod
    def _setup_quebec(cls, company):
        """Give the company Québec's chart of accounts, and the catalog its taxes."""
        company.write(
            {
                "street": "1000 rue Ontario",
                "city": "Montréal",
                "state_id": cls.env.ref("base.state_ca_qc").id,
                "country_id": cls.env.ref("base.ca").id,
            }
        )
        chart = cls.env["account.chart.template"].with_company(company)
        chart.try_loading("ca_2023", company, install_demo=False)
        cls.tax = chart.ref("gstqst_sale_tax_14975")
        cls.products.taxes_id = cls.tax
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )

    # Persons and moments

    def by(self, role, records):
        """The same records, handled by the user who has ``role``."""
        return records.with_user(self.users[role])

    @contextmanager
    def at(self, moment):
        """Do something at this moment (UTC), which is also when its records are created."""
        now = datetime.fromisoformat(moment)
        with freeze_time(now), patch.object(self.env.cr, "_now", now):
            yield
            self.env.flush_all()

    # Steps

    def take_request(self, **vals):
        """A client's call, noted by the dispatcher with all that the client said."""
        return (
            self.by("dispatcher", self.env["crm.lead"])
            .create(
                self._prepare_request_vals(
                    **{
                        "partner_id": self.contact.id,
                        "fsm_location_id": self.firm_site.id,
                        "measurement_ids": [
                            Command.create({"name": "Tank height", "value": 1420, "unit": "mm"})
                        ],
                        "photo_ids": [Command.create({"name": "Leak", "image_1920": PIXEL})],
                        **vals,
                    }
                )
            )
            .sudo(False)
        )

    def convert(self, role, record, target):
        """Convert a record twice, as a double click does, and answer the one document."""
        method = f"action_convert_to_{target}"
        action = getattr(self.by(role, record), method)()
        self.assertTrue(action["res_id"], "one document opens in its form")
        again = getattr(self.by(role, record), method)()
        self.assertEqual(
            (again["res_model"], again["res_id"]), (action["res_model"], action["res_id"])
        )
        return self.env[action["res_model"]].browse(action["res_id"])

    def do_job(self, job, start, end):
        """Plan the job, do it with one more valve, photos and measurements, and sign it."""
        self.by("dispatcher", job).write(
            {"person_id": self.worker.id, "scheduled_date_start": datetime.fromisoformat(start)}
        )
        self.by("dispatcher", job).action_plan()
        own = self.by("technician", job)
        with self.at(start):
            own.action_start()
        with self.at(end):
            part = self.product_part
            sold = sum(
                job.sale_line_ids.filtered(lambda line: line.product_id == part).mapped(
                    "product_uom_qty"
                )
            )
            own._update_order_line_info(part.id, sold + 1)
            self.env["sercom.photo"].with_user(own.env.user).create(
                {
                    "name": "Done",
                    "moment": "after",
                    "image_1920": PIXEL,
                    "fsm_order_id": job.id,
                }
            )
            self.env["sercom.measurement"].with_user(own.env.user).create(
                {"name": "Pressure", "value": 410, "unit": "kPa", "fsm_order_id": job.id}
            )
            own.action_complete()
            own.env["fsm.order.sign.wizard"].with_context(active_id=job.id).create(
                {"signed_by": self.contact.name, "signature": PIXEL}
            ).action_sign()
        self.assertRecordValues(
            job,
            [
                {
                    "state": "done",
                    "date_start": datetime.fromisoformat(start),
                    "date_end": datetime.fromisoformat(end),
                    "signed_by": self.contact.name,
                }
            ],
        )

    def bill_deposit(self, order, method, **amounts):
        """Draft deposit invoice of an order: ``amount`` percent, or a ``fixed_amount``."""
        wizard = (
            self.by("estimator", self.env["sale.advance.payment.inv"])
            .with_context(active_ids=order.ids, active_model="sale.order")
            .create({"advance_payment_method": method, **amounts})
        )
        return wizard._create_invoices(wizard.sale_order_ids).with_env(self.env)

    def post(self, move):
        self.by("accountant", move).action_post()
        return move

    def pay(self, moves, **vals):
        """Register the payment of posted invoices, as the accountant does from their button."""
        wizard = (
            self.by("accountant", self.env["account.payment.register"])
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"journal_id": self.bank.id, **vals})
        )
        return wizard._create_payments().sudo(False).with_env(self.env)

    def reconcile(self, payment):
        """Match the payment with the bank's own statement line."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": payment.date,
                "payment_ref": payment.name,
                "amount": payment.amount,
                "partner_id": payment.partner_id.id,
            }
        )
        liquidity, _counterpart, _writeoff = payment._seek_for_lines()
        _bank, suspense, _other = line._seek_for_lines()
        suspense.account_id = liquidity.account_id
        (suspense | liquidity).reconcile()
        return line

    # Checks

    def assert_taxes(self, record, untaxed, gst, qst):
        """Amounts of a quote or an invoice, to the cent, TPS and TVQ apart."""
        groups = [
            group for subtotal in record.tax_totals["subtotals"] for group in subtotal["tax_groups"]
        ]
        found = {group["group_name"]: round(group["tax_amount_currency"], 2) for group in groups}
        self.assertEqual(record.amount_untaxed, untaxed)
        self.assertEqual([found.get("GST"), found.get("QST")], [gst, qst], found)
        self.assertAlmostEqual(record.amount_total, untaxed + gst + qst, 2)

    def assert_file(self, file, state, quoted=0.0, sold=0.0, invoiced=0.0, paid=0.0):
        self.env.invalidate_all()
        found = file.read(
            [
                "state",
                "amount_quoted",
                "amount_sold",
                "amount_invoiced",
                "amount_paid",
                "amount_due",
            ]
        )[0]
        found.pop("id")
        due = round(invoiced - paid, 2)
        expected = {
            "state": state,
            "amount_quoted": quoted,
            "amount_sold": sold,
            "amount_invoiced": invoiced,
            "amount_paid": paid,
            "amount_due": due,
        }
        for key, value in found.items():
            if isinstance(value, float):
                self.assertAlmostEqual(value, expected[key], 2, f"{key} of {file.name}")
        self.assertEqual(found["state"], state)

    def assert_timeline(self, file, *kinds):
        """The kinds of the file's entries, in the order in which they happened."""
        self.env.invalidate_all()
        entries = self.by("manager", file).timeline
        self.assertEqual([entry["kind"] for entry in entries], list(kinds))
        dates = [entry["date"] for entry in entries]
        self.assertEqual(dates, sorted(dates))

    def assert_carried(self, file, lead=None, order=None, job=None, move=None):
        """All that was typed at the call is on every document, and they know each other."""
        request = lead or self.env["crm.lead"]
        records = [record for record in (lead, order, job, move) if record]
        for record in records:
            self.assertEqual(record.service_file_id, file, record)
        self.assertEqual((file.partner_id, file.fsm_location_id), (self.contact, self.firm_site))
        if order:
            self.assertRecordValues(
                order,
                [
                    {
                        "partner_id": self.contact.id,
                        "fsm_location_id": self.firm_site.id,
                        "opportunity_id": request.id,
                        "request_early": self.early,
                        "request_late": self.late,
                    }
                ],
            )
            self.assertIn("leaks on the floor", order.scope)
            self.assertIn("Dog in the yard", order.service_notes)
            self.assertIn("Tank height", order.measurement_ids.mapped("name"))
            self.assertIn("Leak", order.photo_ids.mapped("name"))
        if job:
            self.assertRecordValues(
                job,
                [
                    {
                        "partner_id": self.contact.id,
                        "contact_id": self.contact.id,
                        "location_id": self.firm_site.id,
                        "opportunity_id": request.id,
                        "sale_id": order.id,
                        "request_early": self.early,
                        "request_late": self.late,
                        "sold_hours": 3.0,
                    }
                ],
            )
            self.assertIn("leaks on the floor", job.description)
            self.assertIn("Dog in the yard", job.todo)
            own = self.by("technician", job)
            self.assertIn("Tank height", own.file_measurement_ids.mapped("name"))
            self.assertIn("Leak", own.file_photo_ids.mapped("name"))
        if move:
            self.assertEqual(move.commercial_partner_id, self.firm)
            products = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            self.assertEqual(products.sale_line_ids, order.order_line)
            for line in products:
                self.assertEqual(line.fsm_order_id, job or self.env["fsm.order"])
        if job and move:
            self.assertEqual(move.fsm_order_ids, job)
