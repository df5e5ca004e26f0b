from odoo import models


class FsmOrder(models.Model):
    """Each person's hours go on the line of their rate."""

    _inherit = "fsm.order"

    def _filter_lines_of(self, lines, employee):
        lines = super()._filter_lines_of(lines, employee)
        rates = lines.filtered(
            lambda line: line._is_billed_by_hours() and line.product_id.rate_position_ids
        )
        if not rates or not employee:
            return lines
        # sudo: the position decides, whoever writes the hours
        position = employee.sudo().job_id
        own = rates.filtered(lambda line: position in line.product_id.rate_position_ids)
        if own:
            return own
        return lines - rates or lines
