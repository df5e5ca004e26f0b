import logging

from psycopg2 import OperationalError

from odoo import Command, api, fields, models

from odoo.addons.sercom_requests.tools.actions import window_action

_logger = logging.getLogger(__name__)


class SercomBillingRun(models.Model):
    """Many jobs billed in one go: in the background, with its progress and what failed.

    How it works: a scheduled action bills its jobs part by part, a client's jobs together where
    they share an invoice, as the person who asked. What is done is kept after each part; a job
    that cannot be billed is told on its line and holds up no other.
    """

    _name = "sercom.billing.run"
    _description = "Billing run"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _order = "id desc"
    _rec_name = "create_date"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users", "Asked By", required=True, readonly=True, default=lambda self: self.env.user
    )
    is_together = fields.Boolean(
        "One Invoice per Client", readonly=True, help="Else one invoice for each order."
    )
    line_ids = fields.One2many("sercom.billing.run.line", "run_id", "Jobs", readonly=True)
    job_count = fields.Integer("Number of Jobs", compute="_compute_progress")
    failed_count = fields.Integer("Not Billed", compute="_compute_progress")
    progress = fields.Float("Progress (%)", compute="_compute_progress")

    @api.depends("line_ids.state")
    def _compute_progress(self):
        groups = self.env["sercom.billing.run.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run.id, state): count for run, state, count in groups}
        for run in self:
            own = {state: count for (run_id, state), count in counts.items() if run_id == run.id}
            run.job_count = sum(own.values())
            run.failed_count = own.get("failed", 0)
            waiting = own.get("waiting", 0)
            done = run.job_count - waiting
            run.progress = 100 * done / run.job_count if run.job_count else 100.0

    @api.model
    def _start(self, jobs, is_together):
        """Have these jobs billed in the background, for the user.

        :param bool is_together: one invoice for each client; else for each order
        :return: the runs, one for each company
        """
        # sudo: nobody writes one by hand; who may bill is asked when it is done, as the user
        runs = self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "is_together": is_together,
                    "line_ids": [Command.create({"fsm_order_id": job.id}) for job in own],
                }
                for company, own in jobs.grouped("company_id").items()
            ]
        )
        # sudo: whoever asks, the scheduled action does it
        self.env.ref("sercom_billing.ir_cron_billing_run").sudo()._trigger()
        return runs.sudo(self.env.su)

    def action_view_invoices(self):
        """Open the invoices that this one run made or found."""
        self.ensure_one()
        self.check_access("read")
        return window_action(self.line_ids.move_id)

    @api.model
    def _cron_run(self):
        """Bill what waits, part by part."""
        lines = self.env["sercom.billing.run.line"].search([("state", "=", "waiting")])
        parts = lines._get_parts()
        self.env["ir.cron"]._commit_progress(remaining=len(lines))
        for part in parts:
            try:
                with self.env.cr.savepoint():
                    part._bill()
            except OperationalError:
                _logger.info("Jobs %s are being billed elsewhere", part.fsm_order_id.ids)
            except Exception as error:
                # One that fails holds up no other.
                _logger.exception("Billing run, jobs %s", part.fsm_order_id.ids)
                part.write({"state": "failed", "message": str(error) or type(error).__name__})
            if not self.env["ir.cron"]._commit_progress(len(part)):
                break
