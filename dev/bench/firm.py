"""What the benchmarks of both sides share: a small firm, and how a call is measured."""

import gc
import time
from statistics import median


def measure(env, call):
    """Call once, everything flushed before and after.

    :return: ``{"queries": number of SQL queries, "seconds": elapsed}``
    """
    env.flush_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    call()
    env.flush_all()
    return {
        "queries": env.cr.sql_log_count - queries,
        "seconds": time.perf_counter() - start,
    }


def best(env, make, act, times=5):
    """Measure ``act`` on fresh records of ``make`` several times.

    :return: the lowest count of queries and the lowest time
    """
    act(make())
    env.flush_all()
    runs = []
    for _time in range(times):
        records = make()
        runs.append(measure(env, lambda records=records: act(records)))
    return {key: min(run[key] for run in runs) for key in ("queries", "seconds")}


def in_turn(sides, times=30):
    """Measure several sides in turn, A B A B …: a slow moment of the machine slows all of them.

    :param dict sides: ``{name: (env, make, act)}``, as ``best`` takes them
    :return: ``{name: {"queries": lowest count, "seconds": median}}``
    """
    runs = {name: [] for name in sides}
    for env, make, act in sides.values():
        act(make())
        env.flush_all()
    for _time in range(times):
        for name, (env, make, act) in sides.items():
            records = make()
            gc.collect()
            gc.disable()
            runs[name].append(measure(env, lambda act=act, records=records: act(records)))
            gc.enable()
    return {
        name: {
            "queries": min(run["queries"] for run in found),
            "seconds": median(run["seconds"] for run in found),
        }
        for name, found in runs.items()
    }


class Firm:
    """A client with a site and a service sold by the hour, made the same on both sides."""

    def __init__(self, env):
        self.env = env
        self.client = env["res.partner"].create({"name": "Client", "is_company": True})
        self.site = env["fsm.location"].create({"name": "Site", "owner_id": self.client.id})
        self.service = env["product.product"].create(
            {
                "name": "Hour",
                "type": "service",
                "uom_id": env.ref("uom.product_uom_hour").id,
                "field_service_tracking": "sale",
                "list_price": 100.0,
                "invoice_policy": "order",
            }
        )

    def quotes(self, count):
        """Open quotes of three hours, the job to be made when they are confirmed."""
        return self.env["sale.order"].create(
            [
                {
                    "partner_id": self.client.id,
                    "fsm_location_id": self.site.id,
                    "order_line": [(0, 0, {"product_id": self.service.id, "product_uom_qty": 3.0})],
                }
                for _number in range(count)
            ]
        )

    def orders(self, count):
        """Confirmed orders, one by one: fieldservice_sale cannot confirm two at once."""
        orders = self.quotes(count)
        for order in orders:
            order.action_confirm()
        return orders


def rows(name, ours, theirs, goal, each=1, goal_time=None):
    """Two lines of the table, queries and milliseconds, ``each`` record of a batch."""
    return [
        (
            f"{name}, queries",
            round(ours["queries"] / each, 1),
            round(theirs["queries"] / each, 1),
            round(ours["queries"] / theirs["queries"], 2),
            goal,
        ),
        (
            f"{name}, ms",
            round(1000 * ours["seconds"] / each, 1),
            round(1000 * theirs["seconds"] / each, 1),
            round(ours["seconds"] / theirs["seconds"], 2),
            goal_time,
        ),
    ]
