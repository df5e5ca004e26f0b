from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _is_consumer(self):
        """Whether this one client buys for themselves: a person, not a firm or its people.

        Source: Consumer Protection Act (CQLR, c. P-40.1), s. 1 (e).
        """
        self.ensure_one()
        return bool(self) and not self.commercial_partner_id.is_company
