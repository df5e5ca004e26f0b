from odoo import fields, models

PART = 20  # jobs that are billed before what is done is kept


class SercomBillingRunLine(models.Model):
    """A job of a billing run, and what became of it."""

    _name = "sercom.billing.run.line"
    _description = "Job of a billing run"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _order = "run_id, id"
    _rec_name = "fsm_order_id"

    run_id = fields.Many2one(
        "sercom.billing.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="run_id.company_id", store=True, index=True, precompute=True
    )
    fsm_order_id = fields.Many2one(
        "fsm.order", "Job", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="fsm_order_id.partner_id", string="Client")
    state = fields.Selection(
        [("waiting", "Waiting"), ("billed", "Billed"), ("failed", "Not Billed")],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    message = fields.Char("Why Not", readonly=True, copy=False)

    def _get_parts(self):
        """These lines in the sets that are billed at once: those of a client, or so many."""
        parts = []
        for run, lines in self.grouped("run_id").items():
            if run.is_together:
                by_job = lines.grouped("fsm_order_id")
                groups = lines.fsm_order_id._get_billed_groups()
                parts += [lines.browse().union(*map(by_job.get, jobs)) for jobs in groups]
            else:
                parts += [lines[start : start + PART] for start in range(0, len(lines), PART)]
        return parts

    def _bill(self):
        """Bill the jobs of these lines, of one run, as the person who asked."""
        run = self.run_id
        jobs = (
            self.fsm_order_id.with_user(run.user_id)
            .with_company(run.company_id)
            .with_context(allowed_company_ids=run.company_id.ids)
        )
        jobs.check_access("write")
        if run.is_together:
            made, failures = jobs._bill_together()
        else:
            made = dict(jobs._find_invoice())
            left = jobs - jobs.browse().union(*made)
            failures = {}
            if left:
                own, failures = left._make_in_savepoints("_make_invoice")
                made.update(own)
        moves = {job.id: move.id for job, found in made.items() for move in found[:1]}
        messages = {job.id: message for job, message in failures.items()}
        for line in self:
            job = line.fsm_order_id.id
            line.write(
                {
                    "state": "billed" if job in moves else "failed",
                    "move_id": moves.get(job),
                    "message": messages.get(job),
                }
            )
