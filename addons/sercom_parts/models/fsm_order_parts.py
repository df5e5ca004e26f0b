from odoo import api, fields, models

from ..tools.parts import receipt_state
from .sale_order_line import OPEN_MOVES

RESERVED = ("partially_available", "assigned")


class FsmOrder(models.Model):
    """The job's parts: where they come from, and whether all of them will be there."""

    _inherit = "fsm.order"

    part_line_ids = fields.One2many(
        "sale.order.line",
        "fsm_order_id",
        string="Parts",
        domain=[("product_id.type", "=", "consu")],
    )
    parts_state = fields.Selection(
        [
            ("to_order", "To Order"),
            ("to_confirm", "Order to Confirm"),
            ("ordered", "Ordered"),
            ("partial", "Partly Received"),
            ("received", "Received"),
        ],
        string="Parts Ordered",
        compute="_compute_parts_state",
        compute_sudo=True,
        help="Parts bought for this job: still to order, ordered, or received.",
    )
    parts_date_expected = fields.Datetime(
        "Parts Expected",
        compute="_compute_parts_state",
        compute_sudo=True,
        help="When the last part ordered for this job is expected.",
    )
    is_part_late = fields.Boolean(
        compute="_compute_parts_state",
        compute_sudo=True,
        help="Whether an ordered part is expected after the job's planned start.",
    )

    @api.depends(
        "part_line_ids.qty_to_order",
        "purchase_line_ids.state",
        "purchase_line_ids.product_qty",
        "purchase_line_ids.qty_received",
        "purchase_line_ids.date_planned",
        "scheduled_date_start",
    )
    def _compute_parts_state(self):
        for job in self:
            bought = job.purchase_line_ids.filtered(
                lambda line: line.state != "cancel" and not line.display_type
            )
            awaited = bought.filtered(lambda line: line._get_open_quantity() > 0)
            job.parts_state = receipt_state(
                sum(job.part_line_ids.mapped("qty_to_order")),
                sum(bought.mapped("product_uom_qty")),
                sum(line.product_uom_qty - line._get_open_quantity() for line in bought),
                any(line.state != "purchase" for line in awaited),
            )
            job.parts_date_expected = max(awaited.mapped("date_planned"), default=False)
            start = job.scheduled_date_start
            job.is_part_late = bool(
                start and job.parts_date_expected and job.parts_date_expected > start
            )

    def _get_truck(self):
        """Truck that this one job's parts come from first: its worker's, in its company."""
        truck = self.sudo().person_id.truck_location_id  # sudo: technicians read no stock locations
        return truck.filtered(lambda location: location.company_id == self.company_id)

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "person_id" in vals and self.env["stock.location"]._get_truck_ids():
            before["trucks"] = {job: job._get_truck() for job in self}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        trucks = before.get("trucks", {})
        changed = [job.id for job, truck in trucks.items() if job._get_truck() != truck]
        self.browse(changed)._reserve_parts_again()

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if state == "cancelled":
            moves = self._search_open_part_moves()
            moves.filtered(lambda move: move.state in RESERVED)._do_unreserve()
        return res

    def _search_open_part_moves(self):
        """Transfers that still take parts out for these jobs, and that nobody has begun."""
        return (
            self.env["stock.move"]
            .sudo()  # sudo: transfers follow the job, whoever moves it
            .search(
                [
                    ("sale_line_id.fsm_order_id", "in", self.ids),
                    ("state", "in", OPEN_MOVES),
                    ("picked", "=", False),
                    ("location_id.usage", "=", "internal"),
                ]
            )
        )

    def _reserve_parts_again(self):
        """Take the jobs' parts from the trucks of their workers of now."""
        if not self:
            return
        moves = self._search_open_part_moves()
        reserved = moves.filtered(lambda move: move.state in RESERVED)
        reserved._do_unreserve()
        waiting = moves.filtered(lambda move: move._should_assign_at_confirm())
        (reserved | waiting)._action_assign()
