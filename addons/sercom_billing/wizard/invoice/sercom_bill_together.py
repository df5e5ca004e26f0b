from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.client import CLIENT_DOMAIN
from odoo.addons.sercom_requests.tools.field_access import BILLING
from odoo.addons.sercom_requests.tools.whole_day import start_of_day


class SercomBillTogether(models.TransientModel):
    """One invoice for all done jobs of a client: those selected, or those of a period."""

    _name = "sercom.bill.together"
    _description = "Bill jobs together"
    _inherit = ["sercom.field.access.mixin"]

    partner_id = fields.Many2one("res.partner", "Client", domain=CLIENT_DOMAIN)
    date_from = fields.Date("Done From")
    date_to = fields.Date("Done To")
    fsm_order_ids = fields.Many2many(
        "fsm.order",
        string="Jobs",
        compute="_compute_fsm_order_ids",
        store=True,
        readonly=False,
        help="Each client gets one invoice, with a section for each job.",
    )
    client_count = fields.Integer("Invoices", compute="_compute_client_count", compute_sudo=True)

    @api.depends("partner_id", "date_from", "date_to")
    def _compute_fsm_order_ids(self):
        for wizard in self:
            if wizard.partner_id or wizard.date_from or wizard.date_to:
                jobs = self.env["fsm.order"].search(wizard._get_jobs_domain(), order="date_end, id")
                wizard.fsm_order_ids = [Command.set(jobs.ids)]
            else:
                wizard.fsm_order_ids = wizard.fsm_order_ids

    def _get_jobs_domain(self):
        """Jobs with something to bill, done on the days asked for, by the clock of who bills."""
        domain = Domain("is_ready_to_bill", "=", True) & Domain(
            "sale_line_ids.qty_to_invoice", "!=", 0
        )
        if self.partner_id:
            domain &= Domain("partner_id", "child_of", self.partner_id.commercial_partner_id.ids)
        zone = self.env.tz.zone
        if self.date_from:
            domain &= Domain("date_end", ">=", start_of_day(self.date_from, zone))
        if self.date_to:
            domain &= Domain("date_end", "<", start_of_day(self.date_to + timedelta(1), zone))
        return domain

    @api.depends("fsm_order_ids")
    def _compute_client_count(self):
        for wizard in self:
            wizard.client_count = len(wizard.fsm_order_ids._origin._get_billed_groups())

    @api.model
    def _get_writable_fields(self):
        own = {"partner_id", "date_from", "date_to", "fsm_order_ids"}
        return {**super()._get_writable_fields(), BILLING: own}

    def action_bill(self):
        """Make the draft invoices, and show them; jobs that could not be billed are named.

        :raises UserError: when nothing could be billed
        """
        self.ensure_one()
        jobs = self.fsm_order_ids
        if not jobs:
            raise UserError(self.env._("Nothing is to bill. Choose another client or other days."))
        jobs.check_access("write")
        return self._bill(jobs)

    def _bill(self, jobs):
        """Hook: bill these jobs together.

        :return: action that shows what came of it
        """
        return jobs._get_together_action(*jobs._bill_together())
