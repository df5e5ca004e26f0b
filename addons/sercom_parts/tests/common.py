from odoo import Command
from odoo.tests import Form

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon


class SercomPartsCommon(SercomJobsCommon):
    """A part kept in stock, its vendor, a warehouse, and a buyer; no truck yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.shelf = cls.warehouse.lot_stock_id
        cls.vendor = cls.env["res.partner"].create({"name": "Wholesaler", "supplier_rank": 1})
        cls.part = cls._create_part(name="Ball valve", price=11.0)
        cls.user_buyer = cls._create_user(
            "sercom_buyer", "purchase.group_purchase_user,fieldservice.group_fsm_dispatcher"
        )
        cls.vendor.buyer_id = cls.user_buyer
        cls.user_manager = cls._create_user(
            "sercom_manager",
            "fieldservice.group_fsm_manager,account.group_account_manager,"
            "purchase.group_purchase_manager,stock.group_stock_manager",
        )

    @classmethod
    def _create_part(cls, price=0.0, vendor=None, **vals):
        return cls._create_product(
            **{
                "name": "Part",
                "type": "consu",
                "is_storable": True,
                "list_price": 40.0,
                "standard_price": 10.0,
                "supplier_taxes_id": [Command.clear()],
                "seller_ids": [
                    Command.create(
                        {"partner_id": (vendor or cls.vendor).id, "price": price, "delay": 2}
                    )
                ],
                **vals,
            }
        )

    @classmethod
    def _price_in_euros(cls, rates):
        """Have the vendor sell the part in euros.

        :param dict rates: ``{day: euros for one of the company's currency}``
        """
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        cls.env["res.currency.rate"].create(
            [{"currency_id": euro.id, "name": day, "rate": rate} for day, rate in rates.items()]
        )
        cls.part.seller_ids.currency_id = euro
        cls.vendor.with_company(cls.company).property_purchase_currency_id = euro

    @classmethod
    def _create_part_job(cls, quantity=1.0, part=None, **vals):
        """Make a job that needs ``quantity`` of a part."""
        job = cls._create_job(**{"scheduled_date_start": cls.start, **vals})
        cls._add_part(job, quantity, part)
        return job

    @classmethod
    def _add_part(cls, job, quantity=1.0, part=None, **vals):
        return cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": (part or cls.part).id,
                "product_uom_qty": quantity,
                **vals,
            }
        )

    @classmethod
    def _put(cls, quantity, location=None, part=None):
        cls.env["stock.quant"]._update_available_quantity(
            part or cls.part, location or cls.shelf, quantity
        )

    @classmethod
    def _give_truck(cls, worker=None):
        worker = worker or cls.worker
        worker.action_create_truck()
        return worker.truck_location_id

    @classmethod
    def _plan(cls, job):
        """Plan of the first part line of a job, of this moment."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        line = job.part_line_ids[:1]
        return line._get_part_plans().get(line)

    @classmethod
    def _deliver(cls, job):
        """Hand over all the parts of a job that are reserved."""
        moves = job.part_line_ids.move_ids
        moves.filtered(lambda m: m.state not in ("done", "cancel"))._action_assign()
        for move in moves.filtered(lambda m: m.state == "assigned"):
            move.quantity = move.product_uom_qty
            move.picked = True
            move._action_done()

    @classmethod
    def _receive(cls, order, quantity=None):
        """Confirm a purchase order and receive it, or ``quantity`` of each of its lines."""
        if order.state != "purchase":
            order.button_confirm()
        moves = order.picking_ids.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        for move in moves:
            move.quantity = quantity or move.product_uom_qty
        moves.picked = True
        moves._action_done()

    @classmethod
    def _bill_purchase(cls, order, price=None):
        """Bill on 5 November what a purchase order lets bill, and post it.

        :param float price: on the bill's lines; the order's when left out
        """
        order.action_create_invoice()
        bill = order.invoice_ids.filtered(lambda move: move.state == "draft")
        bill.invoice_date = "2026-11-05"
        if price is not None:
            bill.invoice_line_ids.price_unit = price
        bill.action_post()
        return bill

    def _open(self, job, user=None):
        """The dialog, as opened from the job by the buyer."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = job.with_user(user or self.user_buyer).action_buy_parts()
        return (
            self.env["sercom.job.purchase"]
            .with_user(user or self.user_buyer)
            .browse(action["res_id"])
        )

    def _order(self, job):
        return self._open(job).action_order()


class PickupCommon(SercomPartsCommon):
    """A technician with a job of two valves, who picks parts up at the wholesaler's counter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_part_job(2, person_id=cls.worker.id)

    def _pick_up(self, quantity=2, slip="A-100", job=None, user=None, part=None, **vals):
        """Record a pick-up by the dialog, as a technician does."""
        user = user or self.user_technician
        self.env.flush_all()
        self.env.invalidate_all()
        action = (job or self.job).with_user(user).action_pick_up_parts()
        Wizard = self.env["sercom.counter.pickup"].with_user(user)
        with Form(Wizard.with_context(**action["context"])) as form:
            form.vendor_id = self.vendor
            form.slip = slip
            with form.line_ids.new() as line:
                line.product_id = part or self.part
                line.quantity = quantity
        wizard = form.record
        wizard.write(vals)
        wizard.action_record()
        self.env.invalidate_all()
        return wizard
