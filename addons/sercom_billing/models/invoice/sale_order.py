from odoo import Command, models

from odoo.addons.sercom_requests.tools.context import Sentinel

from ...tools.invoice.sections import arrange

# Said by what bills jobs of several orders together.
TOGETHER = Sentinel("billed_together")
# Of one client these may differ from job to job, on one invoice.
OWN_OF_JOBS = frozenset({"partner_shipping_id", "service_file_id"})


class SaleOrder(models.Model):
    """One invoice for jobs of several orders: sections by job and site."""

    _inherit = "sale.order"

    def _get_invoice_grouping_keys(self):
        keys = super()._get_invoice_grouping_keys()
        if not TOGETHER.get(self):
            return keys
        # What is due on another day, or taxed as elsewhere, is on an invoice of its own.
        return [*(key for key in keys if key not in OWN_OF_JOBS), "invoice_payment_term_id"]

    def _create_account_invoices(self, invoice_vals_list, final):
        if TOGETHER.get(self):
            for vals in invoice_vals_list:
                self._arrange_by_job(vals)
        return super()._create_account_invoices(invoice_vals_list, final)

    def _arrange_by_job(self, vals):
        """Give the invoice that ``vals`` make a section for each job, and all their files."""
        rows = [command[2] for command in vals["invoice_line_ids"]]
        linked = [{link[1] for link in row.get("sale_line_ids", ())} for row in rows]
        # sudo: billed whoever may open the jobs
        lines = self.env["sale.order.line"].sudo().browse(set().union(*linked))
        jobs, files = lines.fsm_order_id, lines.order_id.service_file_id
        if len(jobs) > 1:
            client = self.env["res.partner"].browse(vals["partner_id"])
            titles = {job.id: title for job, title in jobs._get_section_titles(client).items()}
            owners = [lines.browse(ids).fsm_order_id[:1].id or None for ids in linked]
            kinds = [row.get("display_type") for row in rows]
            arranged = arrange(list(zip(owners, kinds, rows, strict=True)), titles)
            vals["invoice_line_ids"] = [
                Command.create({**row, "sequence": number})
                for number, row in enumerate(arranged, start=1)
            ]
            vals["is_by_job"] = True
        if len(lines.order_id.partner_shipping_id) > 1:
            vals["partner_shipping_id"] = vals["partner_id"]
        # Odoo keeps those of the first order alone.
        # sudo: what the client paid of it, whoever bills
        if len(lines.order_id) > 1 and lines.order_id.sudo().transaction_ids:
            paid = (order._prepare_invoice()["transaction_ids"] for order in lines.order_id)
            vals["transaction_ids"] = [
                Command.link(number) for commands in paid for number in commands[0][2]
            ]
        if len(files) > 1:
            vals["shared_file_ids"] = [Command.set(files.ids)]
