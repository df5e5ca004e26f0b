from odoo import SUPERUSER_ID, api

from odoo.addons.sercom_jobs.hooks import plan_existing_jobs


def migrate(cr, version):
    """Jobs planned before there were assignments get theirs."""
    plan_existing_jobs(api.Environment(cr, SUPERUSER_ID, {}))
