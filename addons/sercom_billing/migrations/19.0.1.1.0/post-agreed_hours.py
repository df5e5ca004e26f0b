from odoo import SUPERUSER_ID, api

from odoo.addons.sercom_billing.hooks import agree_to_existing


def migrate(cr, version):
    """What was sold before the limit was kept is what the clients agreed to."""
    agree_to_existing(api.Environment(cr, SUPERUSER_ID, {}))
