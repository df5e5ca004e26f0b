from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _takes_payments_online(self):
        """Whether a client of this one company finds a way to pay on the pages."""
        self.ensure_one()
        providers = self.env["payment.provider"].sudo()  # sudo: clients read no providers
        return bool(
            providers.search_count(
                [
                    *providers._check_company_domain(self),
                    ("state", "in", ("enabled", "test")),
                    ("is_published", "=", True),
                ],
                limit=1,
            )
        )
