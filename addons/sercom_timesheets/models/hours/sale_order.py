from odoo import models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "sercom.hours.mixin"]
    _hours_field = "sale_id"

    def action_view_hours(self):
        """Show the clock entries of this order's jobs."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_attendance.hr_attendance_action")
        action["domain"] = [("fsm_order_id.sale_id", "=", self.id)]
        action["context"] = {"create": False}
        return action

    def _get_kept_reason(self):
        # sudo: whoever's hours they are
        return super()._get_kept_reason() or (
            self.env._("Hours were worked on %s.", self.name)
            if self.sudo().order_line._has_hours()
            else ""
        )
