from odoo import fields, models, tools
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action


class SercomJobPart(models.Model):
    """Parts that open jobs still need: one row for each line that is not all delivered."""

    _name = "sercom.job.part"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Part of a job"
    _auto = False
    _order = "date_start, fsm_order_id, id"
    _rec_name = "product_id"
    _depends = {
        "sale.order.line": [
            "fsm_order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "qty_delivered",
            "state",
            "company_id",
        ],
        "fsm.order": ["state", "scheduled_date_start", "person_id", "partner_id"],
        "product.template": ["is_storable"],
        "product.supplierinfo": ["product_tmpl_id", "product_id", "partner_id", "sequence"],
    }

    sale_line_id = fields.Many2one("sale.order.line", readonly=True)
    fsm_order_id = fields.Many2one("fsm.order", string="Job", readonly=True)
    date_start = fields.Datetime("Planned Start", readonly=True)
    person_id = fields.Many2one("fsm.person", string="Worker", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    vendor_id = fields.Many2one(
        "res.partner", readonly=True, help="The product's first vendor of today."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    product_uom_qty = fields.Float("Needed", digits="Product Unit", readonly=True)
    qty_delivered = fields.Float("Delivered", digits="Product Unit", readonly=True)
    qty_on_truck = fields.Float(related="sale_line_id.qty_on_truck")
    qty_in_warehouse = fields.Float(related="sale_line_id.qty_in_warehouse")
    qty_forecast_start = fields.Float(related="sale_line_id.qty_forecast_start")
    qty_on_order = fields.Float(related="sale_line_id.qty_on_order")
    qty_short = fields.Float(related="sale_line_id.qty_short")
    qty_to_order = fields.Float(related="sale_line_id.qty_to_order")

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            """
            CREATE VIEW sercom_job_part AS (
                SELECT line.id, line.id AS sale_line_id, line.fsm_order_id, line.product_id,
                       line.company_id, line.product_uom_id, line.product_uom_qty,
                       line.qty_delivered, job.scheduled_date_start AS date_start,
                       job.person_id, job.partner_id, seller.partner_id AS vendor_id
                  FROM sale_order_line line
                  JOIN fsm_order job ON job.id = line.fsm_order_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
             LEFT JOIN LATERAL (
                       SELECT info.partner_id
                         FROM product_supplierinfo info
                         JOIN res_partner vendor ON vendor.id = info.partner_id AND vendor.active
                        WHERE info.product_tmpl_id = template.id
                          AND (info.product_id IS NULL OR info.product_id = product.id)
                          AND (info.company_id IS NULL OR info.company_id = line.company_id)
                          AND (info.date_start IS NULL OR info.date_start <= CURRENT_DATE)
                          AND (info.date_end IS NULL OR info.date_end >= CURRENT_DATE)
                     ORDER BY info.sequence, info.min_qty DESC, info.price, info.id
                        LIMIT 1
                       ) seller ON TRUE
                 WHERE line.state = 'sale'
                   AND template.is_storable
                   AND job.state IN ('to_plan', 'planned', 'in_progress')
                   AND line.product_uom_qty > line.qty_delivered
            )
            """
        )

    def action_view_job(self):
        """Open the job of this one part."""
        self.ensure_one()
        return window_action(self.fsm_order_id)

    def action_order(self):
        """Put what is still to order of the selected parts on draft purchase orders.

        One order for each job and vendor; what is on an order already is not ordered again.

        :return: window action of the draft orders of the selected jobs
        :raises UserError: when nothing is to order, or no vendor sells any of it
        """
        jobs = self.fsm_order_id
        jobs._order_parts(self._prepare_requests)
        orders = jobs.purchase_order_ids.filtered(lambda order: order.state == "draft")
        return window_action(orders or jobs.purchase_order_ids, self.env._("Purchase Orders"))

    def _prepare_requests(self):
        plans = self.sale_line_id._get_part_plans()
        wanted = self.filtered(lambda part: plans.get(part.sale_line_id, {}).get("to_order"))
        requests = [
            {
                "job": part.fsm_order_id,
                "product": part.product_id,
                "quantity": plans[part.sale_line_id]["to_order"],
                "unit": part.product_uom_id,
                "vendor": part.vendor_id,
                "sale_line": part.sale_line_id,
            }
            for part in wanted
            if part.vendor_id
        ]
        if wanted and not requests:
            raise UserError(
                self.env._(
                    "No vendor sells %s. Set one on the product, in Purchase.",
                    ", ".join(wanted.product_id.mapped("display_name")),
                )
            )
        return requests
