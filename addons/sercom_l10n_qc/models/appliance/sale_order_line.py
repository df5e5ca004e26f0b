from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING, SALES, merge_fields


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    part_condition = fields.Selection(
        [
            ("new", "New"),
            ("used", "Used"),
            ("retooled", "Retooled"),
            ("reconditioned", "Reconditioned"),
        ],
        "Condition of Part",
        help="Printed on the invoice of a household appliance's repair. Empty: new. Source: "
        "Consumer Protection Act (CQLR, c. P-40.1), s. 185 (d).",
    )

    @api.model
    def _get_writable_fields(self):
        own = dict.fromkeys((BILLING, SALES), {"part_condition"})
        return merge_fields(super()._get_writable_fields(), own)

    def _get_part_condition(self):
        """Condition of this one line's part, in the reader's words."""
        self.ensure_one()
        words = dict(self._fields["part_condition"]._description_selection(self.env))
        return words[self.part_condition or "new"]
