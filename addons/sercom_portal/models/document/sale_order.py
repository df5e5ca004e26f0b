from odoo import api, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.context import Sentinel

VIEWED = "sale.mt_order_viewed"
# Said while a client answers on the quote's page: ``approved`` or ``refused``.
PORTAL_ANSWER = Sentinel("portal_answer")
# Odoo's e-mails of an order, and what service orders have in their place.
TEMPLATES = {
    "sale.email_template_edi_sale": "sercom_portal.mail_template_quote",
    "sale.mail_template_sale_confirmation": "sercom_portal.mail_template_quote_approved",
}


class SaleOrder(models.Model):
    """A quote as its client reads and answers it, in the firm's words.

    While a client answers on the quote's page, ``PORTAL_ANSWER`` says what: one e-mail tells of it,
    by a subject that says so. It changes words and who is told of them, and allows nothing.
    """

    _inherit = "sale.order"

    @api.depends("service_file_id", "is_change_order")
    @api.depends_context("lang")
    def _compute_type_name(self):
        service = self.filtered("service_file_id")
        for order in service:
            is_change = order.is_change_order
            order.type_name = self.env._("Change Order") if is_change else self.env._("Quote")
        return super(SaleOrder, self - service)._compute_type_name()

    # E-mails to the client

    def _replace_template(self, template):
        """The e-mail of this one order in the place of Odoo's; what a firm chose stays."""
        if template and self.service_file_id:
            own = TEMPLATES.get(template.get_external_id()[template.id])
            return (own and self.env.ref(own, raise_if_not_found=False)) or template
        return template

    def _find_mail_template(self):
        return self._replace_template(super()._find_mail_template())

    def _get_confirmation_template(self):
        return self._replace_template(super()._get_confirmation_template())

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if not self or not self.service_file_id:
            return groups
        for name, _is_recipient, options in groups:
            is_client = name in ("portal_customer", "portal")
            title = self._get_button_title() if is_client else self.env._("Open the quote")
            options.setdefault("button_access", {})["title"] = title
        return groups

    def _get_button_title(self):
        """What the button of this one quote's e-mails says to the client."""
        if self.state == "sale" or self.state == "cancel" or self.is_expired:
            return self.env._("Open the quote")
        if self._has_to_be_paid():
            return self.env._("Approve and pay the deposit")
        if self._has_to_be_signed():
            return self.env._("Review and approve the quote")
        return self.env._("Open the quote")

    # What the client does

    def _note_signed_at_the_firm(self, user):
        """Say on this one signed order that it was not the client's own session that signed it.

        Whoever sells can open the client's page, and hand their screen over: a reader must be able
        to tell that signature from one that the client gave at home.

        :param user: ``res.users``, whose session it was
        """
        self._message_log(
            body=self.env._(
                "Signed as %(name)s on the screen of %(user)s, who works for the firm.",
                name=self.signed_by,
                user=user.name,
            )
        )

    def _is_first_view(self):
        """Whether the office is to be told that the client opened this one quote: once, while it
        waits for an answer.
        """
        self.ensure_one()
        told = Domain("model", "=", self._name) & Domain("res_id", "=", self.id)
        told &= Domain("subtype_id", "=", self.env.ref(VIEWED).id)
        # sudo: visitors read no messages
        return self.state == "sent" and not self.env["mail.message"].sudo().search_count(
            told, limit=1
        )

    def _validate_order(self):
        result = super()._validate_order()
        self._tell_of_answer("approved")
        return result

    def _tell_of_answer(self, answer):
        """Give somebody of the office something to do about the client's answer."""
        for order in self.sudo().filtered("service_file_id"):  # sudo: by visitors
            file = order.service_file_id
            tell = {
                "approved": file._get_approved_summary,
                "refused": file._get_refused_summary,
            }[answer]
            file._tell_office(order, tell, order.partner_id, is_posted=True)

    def message_post(self, **kwargs):
        if self.service_file_id:
            kwargs.update(self._prepare_answer_message(kwargs))
        return super().message_post(**kwargs)

    def _prepare_answer_message(self, values):
        """Words of the message of what the client did on this one quote's page; none for others.

        :param dict values: arguments of ``message_post``
        """
        answer = PORTAL_ANSWER.get(self)
        is_viewed = values.get("subtype_xmlid") == VIEWED
        if not is_viewed and not (answer and values.get("message_type") == "comment"):
            return {}
        lang = self.user_id.lang or self.company_id.partner_id.lang or self.env.lang
        file = self.sudo().service_file_id.with_context(lang=lang)  # sudo: by visitors
        partner = self.env["res.partner"].browse(values.get("author_id")) or self.partner_id
        if is_viewed:
            text = file._get_opened_summary(self, self.partner_id)
            return {"subject": text, "body": text}
        if answer == "refused":
            return {"subject": file._get_refused_summary(self, partner)}
        return {
            "subject": file._get_approved_summary(self, partner),
            "body": file.env._("Quote approved and signed by %s", self.signed_by or partner.name),
        }

    def _track_subtype(self, init_values):
        # What the client did is told by the message of it.
        if PORTAL_ANSWER.get(self) and self.service_file_id:
            return self.env.ref("mail.mt_note")
        return super()._track_subtype(init_values)
