from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

TINY = 1e-4
CLOSED = ("done", "cancelled")

# What a purchase line was billed for, in its own unit: a part may be billed and never received.
BILLED = SQL(
    """COALESCE((
        SELECT SUM(CASE WHEN bill.move_type = 'in_refund' THEN -1 ELSE 1 END
                   * item.quantity * unit.factor / own.factor)
          FROM account_move_line item
          JOIN account_move bill ON bill.id = item.move_id
          JOIN uom_uom unit ON unit.id = item.product_uom_id
         WHERE item.purchase_line_id = line.id AND item.parent_state = 'posted'), 0)"""
)


class FsmOrder(models.Model):
    """Parts of the job that would be absorbed unseen: bought, and on no line of it; or sold, and
    billed as delivered, and not delivered.
    """

    _inherit = "fsm.order"

    @api.depends(
        "purchase_line_ids.qty_received",
        "purchase_line_ids.invoice_lines.parent_state",
        "purchase_line_ids.unbilled_quantity",
        "sale_line_ids.product_uom_qty",
        "sale_line_ids.move_ids.state",
    )
    def _compute_billing(self):
        return super()._compute_billing()

    def _get_facts_to_decide(self):
        facts = super()._get_facts_to_decide()
        closed = self.filtered(lambda job: job.state in CLOSED)
        for job, parts in closed._get_parts_to_decide().items():
            facts.setdefault(job.id, {})["bought"] = parts
        for job, lines in closed._get_parts_not_delivered().items():
            facts.setdefault(job.id, {})["not_delivered"] = lines
        return facts

    def _get_reasons_to_decide(self, facts):
        reasons = super()._get_reasons_to_decide(facts)
        if bought := facts.get("bought"):
            parts = (
                f"{product.uom_id.round(quantity):g} × {product.display_name}"
                for product, quantity in bought.items()
            )
            reasons.append(self.env._("bought, not billed: %s", ", ".join(parts)))
        if lines := facts.get("not_delivered"):
            names = ", ".join(lines.product_id.mapped("display_name"))
            reasons.append(self.env._("not delivered: %s", names))
        return reasons

    @api.model
    def _get_ready_domains(self):
        return [
            *super()._get_ready_domains(),
            Domain(
                "id",
                "in",
                SQL("(SELECT parts.job_id FROM (%s) parts)", self._get_parts_to_decide_sql()),
            ),
            Domain("sale_line_ids", "any", self._get_not_delivered_domain()),
        ]

    # Sold, billed as delivered, and not delivered

    @api.model
    def _get_not_delivered_domain(self):
        return (
            Domain("state", "=", "sale")
            & Domain("product_id.invoice_policy", "=", "delivery")
            & Domain("move_ids", "any", [("state", "not in", ("done", "cancel"))])
        )

    def _get_parts_not_delivered(self):
        """Lines of these jobs that are billed as delivered and wait for a transfer: ``{job:
        lines}``.
        """
        domain = Domain("fsm_order_id", "in", self.ids) & self._get_not_delivered_domain()
        # sudo: what is to decide, whoever may read transfers
        return self.env["sale.order.line"].sudo().search(domain).grouped("fsm_order_id")

    # Bought, and on no line

    def _get_parts_to_decide(self):
        """Parts bought for these jobs over what their lines sell, of which nothing is decided.

        :return: ``{job: {product: quantity in its unit}}``
        """
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT parts.job_id, parts.product_id, parts.quantity::float
                  FROM (%s) parts
                 WHERE parts.job_id = ANY(%s)
              ORDER BY parts.job_id, parts.product_id
                """,
                self._get_parts_to_decide_sql(),
                self.ids,
            )
        )
        found = {}
        for job, product, quantity in rows:
            products = self.env["product.product"].browse(product)
            found.setdefault(self.browse(job), {})[products] = quantity
        return found

    @api.model
    def _get_parts_to_decide_sql(self):
        """Goods bought for jobs, less those that the jobs' lines sell and those decided."""
        for model, names in (
            ("purchase.order", ["state"]),
            ("purchase.order.line", ["fsm_order_id", "qty_received", "unbilled_quantity"]),
            ("account.move.line", ["quantity", "parent_state", "purchase_line_id"]),
            ("sale.order.line", ["fsm_order_id", "product_uom_qty", "product_uom_id", "state"]),
        ):
            self.env[model].flush_model(names)
        return SQL(
            """
            SELECT bought.job_id, bought.product_id, bought.quantity - COALESCE(sold.quantity, 0)
                   AS quantity
              FROM (SELECT line.fsm_order_id AS job_id, line.product_id,
                           SUM(GREATEST(line.qty_received, %s) * own.factor / kept.factor
                               - COALESCE(line.unbilled_quantity, 0)) AS quantity
                      FROM purchase_order_line line
                      JOIN purchase_order purchase ON purchase.id = line.order_id
                      JOIN product_product product ON product.id = line.product_id
                      JOIN product_template template ON template.id = product.product_tmpl_id
                      JOIN uom_uom own ON own.id = line.product_uom_id
                      JOIN uom_uom kept ON kept.id = template.uom_id
                     WHERE line.fsm_order_id IS NOT NULL
                       AND line.display_type IS NULL
                       AND purchase.state = 'purchase'
                       AND template.type = 'consu'
                  GROUP BY line.fsm_order_id, line.product_id) bought
              LEFT JOIN LATERAL (
                    SELECT SUM(line.product_uom_qty * own.factor / kept.factor) AS quantity
                      FROM sale_order_line line
                      JOIN product_product product ON product.id = line.product_id
                      JOIN product_template template ON template.id = product.product_tmpl_id
                      JOIN uom_uom own ON own.id = line.product_uom_id
                      JOIN uom_uom kept ON kept.id = template.uom_id
                     WHERE line.fsm_order_id = bought.job_id
                       AND line.product_id = bought.product_id
                       AND line.state = 'sale') sold ON TRUE
             WHERE bought.quantity - COALESCE(sold.quantity, 0) > %s
            """,
            BILLED,
            TINY,
        )

    # The decision

    def action_decide_parts(self):
        """Ask what becomes of the parts that were bought for these jobs and are not billed.

        :return: window action of the dialog
        :raises AccessError: for who may not decide
        """
        self.check_access("read")
        self.env["account.analytic.line"]._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Parts Bought, not Billed"),
            "res_model": "sercom.parts.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fsm_order_ids": self.ids},
        }

    def _bill_bought_parts(self):
        """Put what was bought for these jobs, and is on no line of them, on their lines.

        What was decided of them before stays.
        """
        self.env["account.analytic.line"]._check_may_decide()
        for job, parts in self._get_parts_to_decide().items():
            # sudo: who decides what is billed need not write orders
            own = job.sudo()
            for product, quantity in parts.items():
                line = own.sale_line_ids.filtered(lambda line, one=product: line.product_id == one)
                unit = line[:1].product_uom_id or product.uom_id
                more = product.uom_id._compute_quantity(quantity, unit)
                own._update_order_line_info(product.id, line[:1].product_uom_qty + more)

    def _waive_bought_parts(self, fate, reason):
        """Decide that what was bought for these jobs, and is on no line of them, is not billed.

        :param str fate: one of ``unbilled_fate`` of a purchase line
        :param str reason: told in the jobs' chatters
        """
        self.env["account.analytic.line"]._check_may_decide()
        labels = dict(
            self.env["purchase.order.line"]
            ._fields["unbilled_fate"]
            ._description_selection(self.env)
        )
        for job, parts in self._get_parts_to_decide().items():
            # sudo: who decides what is billed need not write purchases
            lines = job.sudo().purchase_line_ids
            for product, quantity in parts.items():
                line = lines.filtered(
                    lambda line, one=product: line.product_id == one and line.state == "purchase"
                ).sorted("id")[-1:]
                line.write(
                    {
                        "unbilled_quantity": line.unbilled_quantity + quantity,
                        "unbilled_fate": fate,
                    }
                )
                job.message_post(
                    body=self.env._(
                        "%(quantity)g × %(part)s, bought, is not billed: %(fate)s. %(reason)s",
                        quantity=product.uom_id.round(quantity),
                        part=product.display_name,
                        fate=labels[fate],
                        reason=reason,
                    )
                )
