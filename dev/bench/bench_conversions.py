"""Quotes into jobs and jobs into invoices, against Odoo and OCA without Sercom."""

from firm import Firm, best, rows


def confirm_each(orders):
    for order in orders:
        order.action_confirm()


def peer(env):
    """The same orders confirmed by OCA's fieldservice_sale and billed by plain Odoo."""
    firm = Firm(env)
    return {
        "confirm": best(env, lambda: firm.quotes(1), confirm_each),
        "confirm 50": best(env, lambda: firm.quotes(50), confirm_each, times=2),
        "invoice 100": best(
            env,
            lambda: firm.orders(100),
            lambda orders: orders._create_invoices(grouped=True),
            times=2,
        ),
    }


def run(env, peer):
    firm = Firm(env)
    one = best(env, lambda: firm.quotes(1), lambda orders: orders.action_confirm())
    fifty = best(env, lambda: firm.quotes(50), lambda orders: orders.action_confirm(), times=2)
    invoices = best(env, lambda: done_jobs(firm, 100), bill, times=2)
    each = {key: value / 50 for key, value in fifty.items()}
    return [
        *rows("quote into job", one, peer["confirm"], 0.75),
        *rows("50 quotes into jobs, each", fifty, peer["confirm 50"], 0.75, each=50),
        *rows("one of 50 quotes against one alone", each, one, 1.0),
        *rows("100 jobs into invoices, each", invoices, peer["invoice 100"], 1.1, each=100),
    ]


def done_jobs(firm, count):
    orders = firm.quotes(count)
    orders.action_confirm()
    orders.fsm_order_ids.action_complete()
    return orders.fsm_order_ids


def bill(jobs):
    jobs.action_convert_to_invoice()
