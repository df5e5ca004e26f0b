import base64
import re

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.lock import lock_rows


class FsmOrder(models.Model):
    """Parts that the worker picks up at a vendor's counter for the job.

    Technicians have no access to purchases. What they may record is checked here, then made
    by Odoo itself: a confirmed purchase order, received into the worker's truck (or else the
    warehouse), at prices that only the office sees and checks. Above what the person may spend in
    a day the order waits for Odoo's own approval; it is sold and received when it is given.
    """

    _inherit = "fsm.order"

    def action_pick_up_parts(self):
        """Open the dialog that records parts picked up at a vendor's counter for this job."""
        self.ensure_one()
        self._check_can_pick_up()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Picked up for %s", self.name),
            "res_model": "sercom.counter.pickup",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_fsm_order_id": self.id},
        }

    def _check_can_pick_up(self):
        self.check_access("write")
        if self.is_closed:
            raise UserError(
                self.env._("%s is closed. Ask the office to reopen it first.", self.name)
            )

    @api.model
    def _get_counter_vendors(self, company):
        """Partners that ``company`` buys from: those with bills, orders or a price list."""
        infos = (
            self.env["product.supplierinfo"]
            .sudo()  # sudo: technicians read no prices of vendors
            ._read_group([("company_id", "in", (company.id, False))], [], ["partner_id:recordset"])
        )
        sellers = infos[0][0] if infos else self.env["res.partner"]
        return (
            self.env["res.partner"]
            .sudo()  # sudo: vendors have invoices, which technicians do not read
            .search(
                (Domain("supplier_rank", ">", 0) | Domain("id", "in", sellers.ids))
                & Domain("company_id", "in", (company.id, False))
            )
        )

    def _record_pickup(self, vendor, slip, parts, photo=None):
        """Record what was picked up for this one job; the same slip again changes nothing.

        :param vendor: ``res.partner`` whose counter it was
        :param str slip: number on the vendor's slip
        :param dict parts: quantity of each product, in the product's unit
        :param photo: picture of the slip, in base64
        :return: the purchase order, of superuser
        :raises UserError: when the job, the vendor or a product is not fit for it
        """
        self.ensure_one()
        self._check_can_pick_up()
        slip = re.sub(r"\s+", " ", slip or "").strip().upper()
        self._check_pickup(vendor, slip, parts, photo)
        self._lock_for_conversion()
        # sudo: within their limit technicians buy, which they do not by hand
        job = self.sudo().with_company(self.company_id)
        vendor = vendor.sudo()  # sudo: its buyer and prices, which technicians do not read
        if known := job._find_pickup(vendor, slip):
            return known
        order = job.env["purchase.order"].create(
            {
                **job._prepare_purchase_vals(job=job, vendor=vendor),
                "user_id": vendor.buyer_id.id or job.company_id._get_buyer().id,
                "counter_slip": slip,
                "partner_ref": slip,
            }
        )
        for product, quantity in parts.items():
            product = product.sudo()  # sudo: its vendors' prices, which technicians do not read
            # Three of a box of twelve are three, whatever the vendor sells them by.
            order._add_job_part(
                job,
                product,
                quantity,
                product.uom_id,
                job._get_part_lines(product)[:1],
                is_exact=True,
            )
        if self._may_approve_pickup(order):
            # The parts have left the counter: there is nothing left to approve but the price.
            billed = order._sell_pickup()
            order.with_user(SUPERUSER_ID).button_approve()
            order._receive_pickup()
        else:
            billed = True  # sold when it is approved, which may be never
            order.state = "to approve"
        job._report_pickup(order, slip, photo, billed)
        return order

    def _may_approve_pickup(self, order):
        """Whether the user may spend what ``order``, of superuser, is worth without being asked.

        Who has the right to purchase is held by Odoo's own approval of purchases, anybody else by
        the limit of their employee file, or else of the company. What they may spend so is noted
        on the order, and counts for the rest of the day.
        """
        user = self.env.user
        if self.env["purchase.order"].has_access("create"):
            return order.with_user(user)._approval_allowed()
        # Of two slips at once the second waits, and is tried again on what the first one spent.
        lock_rows(user, claim=True)
        amount = order._get_approval_amount()
        spent = order.company_id._get_spent_at_counters(user) + amount
        if order.company_id.currency_id.compare_amounts(spent, self._get_pickup_limit()) > 0:
            return False
        order.counter_amount = amount
        return True

    def _get_pickup_limit(self):
        """What the user may spend in a day for jobs of this one's company, in its currency."""
        company = self.company_id
        employee = self.env.user.with_company(company).employee_id
        return employee._get_pickup_limit() if employee else company.pickup_limit

    def _check_pickup(self, vendor, slip, parts, photo):
        """Refuse what a technician may not record."""
        if not slip:
            raise UserError(self.env._("Type the number of the slip of %s.", vendor.display_name))
        if vendor not in self._get_counter_vendors(self.company_id):
            raise UserError(
                self.env._(
                    "%s is not one of our vendors. Ask the office to add it.", vendor.display_name
                )
            )
        if photo:
            self.env["sercom.photo"]._check_image({"name": slip, "image_1920": photo})
        for product, quantity in parts.items():
            self._check_quantity(product, quantity)
            fit = product.purchase_ok and product.sale_ok and product.type == "consu"
            fit = fit and product.company_id.id in (self.company_id.id, False)
            if not fit or quantity <= 0:
                raise UserError(
                    self.env._(
                        "%s cannot be picked up: it is not a part we buy and sell, or it has no "
                        "quantity. Ask the office.",
                        product.display_name,
                    )
                )
            if product.tracking != "none":
                raise UserError(
                    self.env._(
                        "%s is followed by lot or serial number. Ask the office to receive it.",
                        product.display_name,
                    )
                )

    def _find_pickup(self, vendor, slip):
        """Purchase order that this one job has already for the vendor's slip.

        :raises UserError: when the slip was recorded on another job
        """
        order = self.env["purchase.order"].search(
            [
                ("partner_id", "=", vendor.id),
                ("company_id", "=", self.company_id.id),
                ("counter_slip", "=", slip),
                ("state", "!=", "cancel"),
            ],
            limit=1,
        )
        if order and order.fsm_order_id != self:
            raise UserError(
                self.env._(
                    "Slip %(slip)s of %(vendor)s is already recorded on another job. Check its "
                    "number, or ask the office.",
                    slip=slip,
                    vendor=vendor.display_name,
                )
            )
        return order

    def _get_received_quantities(self):
        """What was bought for this one job and received: ``{product: quantity}``, its unit."""
        received = {}
        for line in self.purchase_line_ids.filtered(lambda line: line.state == "purchase"):
            product = line.product_id
            received[product] = received.get(product, 0.0) + line.product_uom_id._compute_quantity(
                line.qty_received, product.uom_id, round=False
            )
        return received

    def _get_part_lines(self, product):
        """Lines of this one job that sell ``product``."""
        return self.part_line_ids.filtered(lambda line: line.product_id == product)

    def _sell_picked_up(self, parts, received):
        """Have the job's lines sell what was picked up beyond what they sell already.

        :param dict received: what was bought for the job and received before
        :return: whether the order could be changed
        """
        self._ensure_orders()
        if self.sale_id._is_readonly():
            return False
        for product, quantity in parts.items():
            if lines := self._get_part_lines(product):
                lines._sell_picked_up(quantity, received.get(product, 0.0))
            else:
                self._update_order_line_info(product.id, quantity)
        return True

    def _report_pickup(self, order, slip, photo, billed):
        """Keep the slip with the purchase order, and have the office check the price."""
        attachments = []
        if photo:
            name = self.env._("Slip %s", slip)
            attachments = [(f"{name}.jpg", base64.b64decode(photo))]
        order.message_post(
            body=self.env._(
                "%(worker)s picked this up for %(job)s.",
                worker=self.env.user.name,
                job=self._get_html_link(),
            ),
            attachments=attachments,
        )
        names = {"vendor": order.partner_id.display_name, "slip": slip}
        if order.state == "to approve":
            body = self.env._(
                "Picked up at %(vendor)s, slip %(slip)s. It waits for approval.", **names
            )
            note = self.env._(
                "%s picked up more than their limit. Approve it to receive the parts, or see to "
                "it that they go back.",
                self.env.user.name,
            )
            summary = self.env._("Approve slip %s", slip)
            approver = order._get_pickup_approver()
        else:
            body = self.env._("Picked up at %(vendor)s, slip %(slip)s.", **names)
            note = self.env._("Compare the prices with the vendor's slip.")
            summary = self.env._("Check the price of slip %s", slip)
            approver = None
        self._message_log(body=body)
        if not billed:
            note += " " + self._get_unsold_note()
        order._notify_buyers(summary, note, user=approver)

    def _get_unsold_note(self):
        return self.env._(
            "%s is locked: its lines could not be raised, bill the parts by hand.",
            self.sale_id.name,
        )
