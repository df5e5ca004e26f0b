from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestJobLines(SercomJobsCommon):
    def test_job_opens_a_confirmed_order(self):
        job = self._create_job()
        self.assertRecordValues(
            job.sale_id,
            [
                {
                    "state": "sale",
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                    "service_file_id": job.service_file_id.id,
                }
            ],
        )
        self.assertEqual(job.sale_id.fsm_order_ids, job, "the order makes no second job")

    def test_changing_the_client_changes_who_is_billed(self):
        neighbour = self.env["res.partner"].create({"name": "Neighbour"})
        other_site = self._create_site(name="Next door", owner_id=neighbour.id)
        job = self._create_billable_job()
        job.write({"partner_id": neighbour.id, "location_id": other_site.id})
        self.assertRecordValues(
            job.sale_id,
            [
                {
                    "partner_id": neighbour.id,
                    "partner_invoice_id": neighbour.id,
                    "fsm_location_id": other_site.id,
                }
            ],
        )
        job.action_complete()
        job.action_convert_to_invoice()
        self.assertEqual(job.invoice_ids.partner_id, neighbour)
        with self.assertRaisesRegex(UserError, "already invoiced to Neighbour"):
            job.partner_id = self.client_partner

    def test_client_follows_the_site_of_a_new_job(self):
        neighbour = self.env["res.partner"].create({"name": "Neighbour"})
        other_site = self._create_site(name="Next door", owner_id=neighbour.id)
        form = Form(self.env["fsm.order"])
        form.location_id = self.site
        self.assertEqual(form.partner_id, self.client_partner)
        form.location_id = other_site
        self.assertEqual(form.partner_id, neighbour)
        job = form.save()
        self.assertEqual(job.sale_id.partner_id, neighbour)

    def test_sold_hours_follow_units_and_templates(self):
        template = self.env["fsm.template"].create({"name": "Drain", "duration": 1.5})
        drain = self._create_product(
            name="Unblock a drain",
            type="service",
            field_service_tracking="sale",
            fsm_order_template_id=template.id,
        )
        day = self._create_product(
            name="Day of work",
            type="service",
            uom_id=self.env.ref("uom.product_uom_day").id,
            field_service_tracking="sale",
        )
        order = self._create_quote(
            order_line=[
                self._line(self.product_hour, 3.0),
                self._line(drain, 2.0),
                self._line(day, 1.0),
                self._line(self.product_part, 10.0),
            ]
        )
        order.action_confirm()
        self.assertEqual(order.fsm_order_ids.sold_hours, 3.0 + 2 * 1.5 + 8.0)
        order.order_line[0].product_uom_qty = 4.0
        self.assertEqual(order.fsm_order_ids.sold_hours, 15.0)

    def test_catalog_adds_changes_and_removes(self):
        job = self._create_job()
        job._update_order_line_info(self.product_part.id, 2)
        self.assertRecordValues(
            job.sale_line_ids,
            [
                {
                    "product_id": self.product_part.id,
                    "product_uom_qty": 2.0,
                    "order_id": job.sale_id.id,
                }
            ],
        )
        job._update_order_line_info(self.product_part.id, 5)
        self.assertEqual(job.sale_line_ids.product_uom_qty, 5.0)
        info = job._get_product_catalog_order_line_info(self.products.ids)
        self.assertEqual(info[self.product_part.id]["quantity"], 5.0)
        self.assertEqual(info[self.product_hour.id]["quantity"], 0)
        job._update_order_line_info(self.product_part.id, 0)
        self.assertEqual(job.sale_line_ids.product_uom_qty, 0.0)

    def test_technician_adds_parts_to_own_job_only(self):
        own = self._create_job(person_id=self.worker.id).with_user(self.user_technician)
        own._update_order_line_info(self.product_part.id, 2)
        self.assertEqual(own.sale_line_ids.price_unit, 40.0)
        other = self._create_billable_job().with_user(self.user_technician)
        with self.assertRaises(AccessError):
            other._update_order_line_info(self.product_part.id, 2)
        with self.assertRaises(AccessError):
            other.sudo().sale_line_ids.with_user(self.user_technician).read(["price_unit"])

    def test_services_are_delivered_when_the_job_is_done(self):
        job = self._create_billable_job()
        services = job.sale_line_ids.filtered(lambda line: line.product_id.type == "service")
        self.assertEqual(set(services.mapped("qty_delivered_method")), {"field_service"})
        self.assertEqual(services.mapped("qty_delivered"), [0.0, 0.0])
        job.action_complete()
        self.assertEqual(services.mapped("qty_delivered"), [3.0, 1.0])
        job.action_reopen()
        self.assertEqual(services.mapped("qty_delivered"), [0.0, 0.0])

    def test_order_of_a_deleted_job_without_lines_goes_with_it(self):
        empty, billed = self._create_job(), self._create_billable_job()
        orders = empty.sale_id | billed.sale_id
        (empty | billed).unlink()
        self.assertEqual(orders.exists(), orders[1])

    def test_technician_changes_no_accepted_line(self):
        """What the client accepted is the office's; more of it is a line beside."""
        order = self._create_quote()
        order.action_confirm()
        job = order.fsm_order_ids
        job.person_id = self.worker
        accepted = job.sale_line_ids
        before = {line: line.product_uom_qty for line in accepted}
        own = job.with_user(self.user_technician)
        for product in accepted.product_id:
            quantity = sum(before[line] for line in accepted if line.product_id == product)
            with self.assertRaisesRegex(UserError, "only the office"):
                own._update_order_line_info(product.id, quantity - 1)
            own._update_order_line_info(product.id, quantity + 2)
            info = own._get_product_catalog_order_line_info(product.ids)[product.id]
            self.assertEqual((info["quantity"], info["readOnly"]), (quantity + 2, False))
        added = job.sale_line_ids - accepted
        self.assertEqual({line: line.product_uom_qty for line in accepted}, before)
        self.assertEqual(added.mapped("product_uom_qty"), [2.0] * len(accepted))
        part = self.product_part
        own._update_order_line_info(
            part.id, before[accepted.filtered(lambda line: line.product_id == part)] + 1
        )
        self.assertEqual(added.filtered(lambda line: line.product_id == part).product_uom_qty, 1.0)
        self.assertEqual({line: line.product_uom_qty for line in accepted}, before)
        line = accepted.filtered(lambda line: line.product_id == part)
        line.with_user(self.user_dispatcher).product_uom_qty = 5.0
        self.assertEqual(line.product_uom_qty, 5.0)
