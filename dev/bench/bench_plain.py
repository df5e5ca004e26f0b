"""Records of no service flow: with Sercom they should cost what they cost without."""

from firm import best, rows


def measure_plain(env):
    """Queries and time of plain orders, invoices and vendor bills."""
    partner = env["res.partner"].create({"name": "Shop", "is_company": True})
    product = env["product.product"].create(
        {"name": "Goods", "type": "consu", "list_price": 10.0, "invoice_policy": "order"}
    )

    def make_order():
        line = (0, 0, {"product_id": product.id, "product_uom_qty": 2.0})
        return env["sale.order"].create({"partner_id": partner.id, "order_line": [line]})

    def make_bill():
        return {
            "move_type": "in_invoice",
            "partner_id": partner.id,
            "invoice_date": "2026-01-05",
            "invoice_line_ids": [(0, 0, {"name": "Rent", "quantity": 1, "price_unit": 100.0})],
        }

    def confirmed():
        order = make_order()
        order.action_confirm()
        return order

    return {
        "plain lead": best(env, lambda: {"name": "Lead"}, env["crm.lead"].create),
        "plain order made": best(env, lambda: None, lambda _none: make_order()),
        "plain order confirmed": best(env, make_order, lambda order: order.action_confirm()),
        "plain order billed": best(env, confirmed, lambda order: order._create_invoices()),
        "vendor bill": best(env, make_bill, env["account.move"].create),
    }


def peer(env):
    return measure_plain(env)


def run(env, peer):
    ours = measure_plain(env)
    return [row for name in ours for row in rows(name, ours[name], peer[name], 1.05)]
