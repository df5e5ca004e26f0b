import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError

MAX_SIGNATURE = 2 * 1024 * 1024  # bytes


class SercomMyDay(models.AbstractModel):
    """The price book on the phone: options and their prices, what the client chose and signed.

    Prices leave the server for one client at a time, with taxes, and only on a job of the user's;
    never a cost, a margin, or what others pay.
    """

    _inherit = "sercom.my.day"

    def _get_priced_job(self, job_id):
        """Job of the user that is quoted or paid, as superuser.

        :raises UserError: when it is none of theirs
        """
        self._check_user()
        self._find_job({"job_id": job_id}).check_access("write")
        job = self._get_own_job({"job_id": job_id})
        return job.sudo().with_company(job.sudo().company_id)  # sudo: as was checked

    @api.model
    @api.readonly
    def find_prices(self, job_id, text="", categ_id=None):
        """Entries of the price book that a job's client can be quoted; without prices.

        :param str text: words of the name, the description, the category or an option
        :param int categ_id: ``product.category``
        :return: ``{"entries": [{"id", "name", "description", "category"}],
            "categories": [{"id", "name"}]}``
        :raises UserError: when the job is none of the user's
        """
        job = self._get_priced_job(job_id)
        Entry = self.env["sercom.price.entry"].sudo()  # sudo: the firm's own price book
        company = job.company_id
        categories = Entry._find(company).categ_id if categ_id or text else None
        found = Entry._find(company, str(text or ""), int(categ_id or 0))
        if categories is None:
            categories = found.categ_id
        return {
            "entries": [
                {
                    "id": entry.id,
                    "name": entry.name,
                    "description": entry.description or "",
                    "category": entry.categ_id.name or "",
                }
                for entry in found
            ],
            "categories": [{"id": one.id, "name": one.name} for one in categories],
        }

    @api.model
    @api.readonly
    def get_price_options(self, job_id, entry_id):
        """Options of an entry for a job's client, in the client's language and price list.

        :return: ``{"id", "name", "description", "options": [{"id", "level", "name", "note",
            "lines": [{"name", "quantity", "unit"}], "untaxed_text", "taxes": [{"name", "text"}],
            "total", "total_text"}]}``
        :raises UserError: when the job is none of the user's, or the entry left the price book
        """
        job = self._get_priced_job(job_id)
        lang = job.partner_id.lang or self.env.lang
        # sudo: the firm's own price book
        entry = self.env["sercom.price.entry"].sudo().with_context(lang=lang)
        entry = entry._find(job.company_id).filtered(lambda one: one.id == entry_id)
        if not entry:
            raise UserError(self.env._("This is no longer in the price book. Search again."))
        return {
            "id": entry.id,
            "name": entry.name,
            "description": entry.description or "",
            "options": [self._get_option(job, option) for option in entry._get_options()],
        }

    def _get_option(self, job, option):
        """One option as the client sees it, at their prices."""
        job = job.with_context(lang=option.env.lang)
        # sudo: in memory, of the user's own job
        order = self.env["sale.order"].sudo().with_context(lang=option.env.lang)
        order = order._prepare_option_order(job, option)
        levels = dict(option._fields["option_level"]._description_selection(option.env))
        return {
            "id": option.id,
            "level": levels[option.option_level],
            "name": option._get_option_name(),
            "note": option.option_note or "",
            "lines": [
                {
                    "name": line.product_id.with_context(display_default_code=False).display_name
                    or line.name,
                    "quantity": line.product_uom_qty,
                    "unit": line.product_uom_id.name or "",
                }
                for line in order.order_line
                if not line.display_type
            ],
            "untaxed_text": order._format_amount(order.amount_untaxed),
            "taxes": [
                {"name": name, "text": order._format_amount(amount)}
                for name, amount in order._get_taxes()
            ],
            "total": order.amount_total,
            "total_text": order._format_amount(order.amount_total),
        }

    # On the job

    def _get_job_lists(self, jobs):
        return {
            **super()._get_job_lists(jobs),
            "site_quotes": self._get_site_quotes(jobs),
            "invoices": {
                job.id: [{"id": move.id, "name": move.name} for move in moves]
                for job, moves in jobs._get_site_invoices().items()
            },
        }

    def _get_site_quotes(self, jobs):
        """What clients signed on the jobs, without prices: ``{job id: [quote]}``."""
        found = {}
        orders = self.env["sale.order"].sudo()  # sudo: of jobs that the user may read
        domain = [("origin_fsm_order_id", "in", jobs.ids), ("signed_option_id", "!=", False)]
        for order in orders.search(domain):
            option = order.signed_option_id
            found.setdefault(order.origin_fsm_order_id.id, []).append(
                {
                    "id": order.id,
                    "name": order.name,
                    "option": option._get_option_name(),
                    "signed_by": order.signed_by or "",
                    "state": order.quote_status,
                }
            )
        return found

    # What the phone sends

    def _get_handlers(self):
        return {
            **super()._get_handlers(),
            "quote": self._apply_quote,
            "quote_declined": self._apply_quote_declined,
        }

    @api.model
    def _get_proposed_kinds(self):
        return super()._get_proposed_kinds() | {"quote", "quote_declined"}

    def _apply_quote(self, action, job, moment):
        option = self._find_option(action, job)
        client = str(action.get("signed_by") or "").strip()[:100]
        if not client:
            raise UserError(self.env._("Who signed the quote on %s? Give a name.", job.name))
        order = job._quote_option(
            option,
            {
                "signature": self._read_signature(action.get("signature"), job),
                "signed_by": client,
                "signed_on": moment,
            },
            self._read_total(action, job),
        )
        if order.state == "sale":
            return self.env._("%s is signed and confirmed.", order.name)
        return self.env._("%s is signed. The office accepts it.", order.name)

    def _apply_quote_declined(self, action, job, moment):
        entry_id = action.get("entry_id")
        # sudo: the firm's own price book
        entry = (
            self.env["sercom.price.entry"]
            .sudo()
            .browse(entry_id if isinstance(entry_id, int) else ())
            .exists()
        )
        if not self._is_of_company(entry, job):
            raise UserError(self.env._("This is no longer in the price book. Search again."))
        job._note_declined_option(
            entry,
            str(action.get("signed_by") or "").strip()[:100],
            str(action.get("text") or "").strip(),
            self._format_moment(moment),
        )
        return self.env._("It is noted on %s.", job.name)

    def _find_option(self, action, job):
        """Option that a client signed, also one that left the price book since, as superuser."""
        option_id = action.get("option_id")
        is_id = isinstance(option_id, int) and 0 < option_id < 2**31
        # sudo: the firm's own price book
        option = self.env["sale.order.template"].sudo().browse(option_id if is_id else ()).exists()
        orders = self.env["sale.order"].sudo()  # sudo: whether it was offered before, and no more
        was_offered = option.price_entry_id or orders.search_count(
            [("signed_option_id", "=", option.id)], limit=1
        )
        if not option or not was_offered or not self._is_of_company(option, job):
            raise UserError(
                self.env._(
                    "“%s” is no longer in the price book. Choose again with the client.",
                    str(action.get("name") or ""),
                )
            )
        return option

    @staticmethod
    def _is_of_company(record, job):
        company = record.company_id
        return bool(record) and (not company or company == job.sudo().company_id)  # sudo: as read

    def _read_signature(self, signature, job):
        """Base64 of a signature.

        :raises UserError: when it did not arrive whole
        """
        try:
            content = base64.b64decode(str(signature or ""), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not 0 < len(content) <= MAX_SIGNATURE:
            raise UserError(
                self.env._("The signature on %s did not arrive. Have it signed again.", job.name)
            )
        return signature

    def _read_total(self, action, job):
        """Price that the client signed.

        :raises UserError: when it is none
        """
        total = action.get("total")
        if isinstance(total, bool) or not isinstance(total, int | float):
            raise UserError(
                self.env._("The price signed on %s did not arrive. Choose again.", job.name)
            )
        return float(total)
