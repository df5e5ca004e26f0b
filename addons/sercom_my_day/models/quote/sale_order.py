import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, plaintext2html

ACTIVITY = "sercom_my_day.mail_activity_type_signed_quote"
TEMPLATE = "sercom_my_day.mail_template_signed_quote"

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    """A quote that the client chose from the price book and signed on the technician's phone."""

    _inherit = "sale.order"

    signed_content = fields.Text(
        "What Was Signed",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Option, lines and price as the client had them before their eyes on site.",
    )
    is_signed_copy_waiting = fields.Boolean(
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="The client's copy is about to be e-mailed.",
    )
    signed_option_id = fields.Many2one(
        "sale.order.template", copy=False, readonly=True, groups="base.group_user"
    )

    _signed_copy_idx = models.Index("(id) WHERE is_signed_copy_waiting")

    # Prices

    @api.model
    def _prepare_option_order(self, job, option):
        """A quote of an option for a job's client, in memory: nothing is stored.

        :param job: ``fsm.order``, as superuser
        :param option: ``sale.order.template``
        """
        order = self.with_company(job.company_id).new(job._prepare_quote_vals())
        order._apply_option(option)
        return order

    def _apply_option(self, option):
        """Put an option's lines on this one quote, at the prices of its client."""
        self.sale_order_template_id = option
        self._onchange_sale_order_template_id()

    def _get_taxes(self):
        """Taxes of this one order: ``[(name, amount)]``."""
        return [
            (group["group_label"] or group["group_name"], group["tax_amount_currency"])
            for subtotal in self.tax_totals["subtotals"]
            for group in subtotal["tax_groups"]
        ]

    def _get_signed_content(self, option, told):
        """Text of what the client signed.

        :param str told: the price that the phone showed
        """
        lines = [
            f"{line.name.splitlines()[0]} × {line.product_uom_qty:g}"
            for line in self.order_line
            if not line.display_type and line.name
        ]
        option = option.with_context(lang=self.partner_id.lang or self.env.lang)
        heads = (option.price_entry_id.name, option._get_option_name())
        return "\n".join([" – ".join(filter(None, heads)), *lines, told])

    def _format_amount(self, amount):
        return format_amount(self.env, amount, self.currency_id, lang_code=self.env.lang)

    # Signed

    def _sign_on_site(self, option, vals, total):
        """Keep the client's signature on this one quote, and go on as the company says.

        :param option: the ``sale.order.template`` that was chosen
        :param dict vals: ``signature``, ``signed_by``, ``signed_on``
        :param float total: with taxes, as the phone showed it
        :return: whether it is confirmed
        """
        told = self._format_amount(total)
        self.write(
            {
                **vals,
                "signed_content": self._get_signed_content(option, told),
                "signed_option_id": option.id,
                "is_signed_copy_waiting": True,
                "state": "sent",
            }
        )
        self.message_post(
            body=Markup("%s<br/>%s")
            % (
                self.env._("Signed on site by %s:", self.signed_by),
                plaintext2html(self.signed_content),
            ),
            subtype_xmlid="mail.mt_note",
        )
        reason = self._get_reason_to_wait(option, told, total) or self._try_confirm()
        if reason is not None:
            self._ask_to_accept(reason)
        # sudo: technicians start no scheduled actions
        self.env.ref("sercom_my_day.ir_cron_signed_quotes").sudo()._trigger()
        return self.state == "sale"

    def _get_reason_to_wait(self, option, told, total):
        """Why the office looks at this one quote first; ``None`` when it need not."""
        if self.currency_id.compare_amounts(total, self.amount_total):
            return self.env._(
                "The client signed %(told)s; the price book now says %(price)s.",
                told=told,
                price=self._format_amount(self.amount_total),
            )
        if not option.active or not option.price_entry_id:
            return self.env._("%s left the price book meanwhile.", option._get_option_name())
        return "" if self.company_id.site_quote_acceptance == "office" else None

    def _try_confirm(self):
        """Confirm this one quote; ``None``, or why it cannot be."""
        if self.company_id.site_quote_acceptance == "office":
            return ""
        try:
            with self.env.cr.savepoint():
                self.action_confirm()
        except UserError as error:
            return str(error)
        return None

    def _ask_to_accept(self, reason):
        """Give somebody of the office an activity: this one quote waits to be confirmed."""
        job = self.origin_fsm_order_id
        user = job._get_dispatchers().get(job) or self.env.ref("base.user_admin")
        told = self.with_context(lang=user.lang).env
        self.activity_schedule(
            ACTIVITY,
            user_id=user.id,
            summary=told._(
                "Accept what %(client)s signed on %(job)s", client=self.signed_by, job=job.name
            ),
            note=plaintext2html(reason) if reason else False,
        )

    def _action_confirm(self):
        res = super()._action_confirm()
        # sudo: whoever confirms it, nobody need be asked any more
        self.sudo().filtered("signed_content").activity_feedback([ACTIVITY])
        return res

    # The client's copy

    @api.model
    def _cron_send_signed_copies(self):
        """E-mail the clients what they signed, each with the PDF; it stays on the quote."""
        ids = self.search([("is_signed_copy_waiting", "=", True)], order="id").ids
        self.env["ir.cron"]._commit_progress(remaining=len(ids))
        for order in self.browse(ids):
            try:
                with self.env.cr.savepoint():
                    order._send_signed_copy()
            except OperationalError:
                _logger.info("Signed quote %s is being sent elsewhere", order.id)
            except Exception:
                # One that fails holds up no other, and is tried again with the next one.
                _logger.exception("Signed quote %s", order.id)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _send_signed_copy(self):
        """E-mail this one quote to its client, unless somebody has or does."""
        # sudo: as the server alone does
        order = self.sudo().try_lock_for_update().filtered("is_signed_copy_waiting")
        if order:
            order.is_signed_copy_waiting = False
            order.with_context(force_report_rendering=True).message_post_with_source(
                self.env.ref(TEMPLATE),
                email_layout_xmlid="mail.mail_notification_light",
                subtype_xmlid="mail.mt_comment",
            )
