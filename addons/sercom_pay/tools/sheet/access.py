"""Who pays: the groups that make pay sheets and read amounts."""

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER

PAYERS = (BILLING, MANAGER)
AMOUNT_GROUPS = ",".join(PAYERS)
