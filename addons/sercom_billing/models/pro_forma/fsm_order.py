from odoo import models
from odoo.exceptions import UserError


class FsmOrder(models.Model):
    """The pro forma of a job is that of its order."""

    _inherit = "fsm.order"

    def action_send_pro_forma(self):
        """Open the e-mail of the pro forma of this one job's order.

        :return: window action of the dialog
        """
        return self._get_pro_forma_order().action_send_pro_forma()

    def action_print_pro_forma(self):
        """Print the pro forma of this one job's order.

        :return: action of the report
        """
        return self._get_pro_forma_order().action_print_pro_forma()

    def _get_pro_forma_order(self):
        self.ensure_one()
        self.check_access("read")
        if not self.sale_line_ids:
            raise UserError(
                self.env._(
                    "%s has no products or services to bill. Add them to the job first.", self.name
                )
            )
        return self.sale_id
