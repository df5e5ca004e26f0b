from odoo import models


class FsmOrder(models.Model):
    """Quotes that a client chose, or declined, on site."""

    _inherit = "fsm.order"

    def _quote_option(self, option, vals, total):
        """Make the quote of an option that the client signed on this one job.

        :param option: ``sale.order.template``
        :param dict vals: ``signature``, ``signed_by``, ``signed_on``
        :param float total: with taxes, as the phone showed it
        :return: the ``sale.order``, as superuser
        """
        self.ensure_one()
        # sudo: a technician makes no quotes but this one, of the firm's own price book
        job = self.sudo().with_company(self.sudo().company_id)
        self._lock_for_conversion()
        order = job._find_quote().get(job)
        if not order or len(order) > 1 or order.order_line or order.signature:
            order = job._make_quote()[job]  # what else was quoted from the job stays as it is
        order._apply_option(option)
        order._sign_on_site(option, vals, total)
        return order

    def _note_declined_option(self, entry, client, reason, moment):
        """Note on this one job that the client wants none of an entry's options.

        :param entry: ``sercom.price.entry``, as superuser
        """
        self.ensure_one()
        names = ", ".join(option._get_option_name() for option in entry._get_options())
        text = self.env._(
            "%(client)s declined on %(moment)s: %(entry)s (%(options)s)",
            client=client or self.sudo().partner_id.display_name,  # sudo: the client's name
            moment=moment,
            entry=entry.name,
            options=names,
        )
        self.message_post(
            body="\n".join(filter(None, (text, reason))), subtype_xmlid="mail.mt_note"
        )

    def _get_site_invoices(self):
        """Posted invoices of these jobs, as superuser: ``{job: account.move}``."""
        jobs = self.sudo()  # sudo: technicians read no invoice
        return {
            job: job.invoice_lines.move_id.filtered(
                lambda move: move.state == "posted" and move.move_type == "out_invoice"
            )
            for job in jobs
        }
