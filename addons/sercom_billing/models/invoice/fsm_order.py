from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.actions import window_action

from .sale_order import TOGETHER


class FsmOrder(models.Model):
    """Jobs of one client that are billed together, on one invoice."""

    _inherit = "fsm.order"

    def action_bill_together(self):
        """Ask which jobs are billed together; those selected are proposed.

        :return: window action of the dialog
        """
        self.check_access("read")
        self.env["account.move"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bill Together"),
            "res_model": "sercom.bill.together",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fsm_order_ids": self.ids},
        }

    def _bill_together(self):
        """Make one draft invoice for each client (and currency) of these jobs.

        A job that cannot be billed is left out, and holds up neither its client's other jobs nor
        other clients. What has a draft already keeps it.

        :return: ``({job: its invoices}, {job: why it was not billed})``
        """
        made = dict(self._find_invoice())
        failures = {}
        for jobs in (self - self.browse().union(*made))._get_billed_groups():
            own, failed = jobs._make_invoice_of_client()
            made.update(own)
            failures.update(failed)
        return made, failures

    def _get_billed_groups(self):
        """These jobs by who gets the invoice, as a list; the first done first."""
        # sudo: billed whoever may open the orders
        jobs = self.sudo().sorted(lambda job: (job.date_end or job.create_date, job.id))
        groups = jobs.grouped(lambda job: (job.company_id, job.sale_id.partner_invoice_id))
        return [own.sudo(self.env.su) for own in groups.values()]

    def _make_invoice_of_client(self):
        """Bill these jobs of one client; those that cannot be are left out, and told."""
        try:
            with self.env.cr.savepoint():
                return self._make_invoice_together(), {}
        except UserError as error:
            if len(self) == 1:
                return {}, {self: str(error)}
        failures = self._get_billing_failures()
        # Where each alone can be billed, and all of them cannot, it is done one by one.
        sets = [self - self.browse().union(*failures)] if failures else self
        made = {}
        for jobs in filter(None, sets):
            own, failed = jobs._make_invoice_of_client()
            made.update(own)
            failures.update(failed)
        return made, failures

    def _get_billing_failures(self):
        """Those of these jobs that cannot be billed, each tried alone: ``{job: why}``."""
        failures = {}
        for job in self:
            try:
                with self.env.cr.savepoint() as savepoint:
                    job._make_invoice_together()
                    savepoint.rollback()
            except UserError as error:  # noqa: PERF203 - each is tried alone
                failures[job] = str(error)
        return failures

    def _make_invoice_together(self):
        """Make the draft invoices of these jobs, of one client: one for each currency."""
        self._lock_for_conversion()
        made = TOGETHER(self)._make_invoice(grouped=False)
        return {job.with_env(self.env): move.with_env(self.env) for job, move in made.items()}

    def _get_section_titles(self, client):
        """What the section of each of these jobs is called on an invoice, the first done first.

        :param client: who reads it, in their language
        :return: ``{job: title}``
        """
        titles = {}
        for job in self.sorted(lambda job: (job.date_end or job.create_date, job.id)):
            lang = client.lang or self.env.lang
            # sudo: printed for the client, whoever bills
            own = job.sudo().with_context(lang=lang, tz=job._get_report_zone())
            parts = [own.name, own.location_id.name, own.subject]
            if own.date_end:
                parts.append(format_date(own.env, own.date_end, lang_code=lang))
            titles[job] = " · ".join(filter(None, parts))
        return titles

    def _get_together_action(self, made, failures):
        """What is shown of ``_bill_together``: the invoices, and the jobs that were not billed."""
        messages = {job: f"{job.display_name}: {reason}" for job, reason in failures.items()}
        if not made:
            raise UserError("\n".join(messages.values()))
        action = window_action(self.env["account.move"].union(*made.values()))
        return self._notify_failures(messages, action) if messages else action
