from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

# What says that the client agreed: given by the portal, the phone or the dialog of the consent.
SIGNATURE_FIELDS = ("signature", "signed_by", "signed_on")
CONSENT_FIELDS = ("consent_name", "consent_on", "consent_user_id")


class SaleOrder(models.Model):
    """A change order: more hours of a job, which the client signs or says yes to.

    Its lines become the job's once it is confirmed, so that no job is made for it and the hours
    it adds are among the authorised ones.
    """

    _inherit = "sale.order"

    is_change_order = fields.Boolean(
        "Change Order",
        readonly=True,
        copy=False,
        help="More hours of the job that it comes from, for the client to approve.",
    )
    consent_name = fields.Char(
        "Consent of", readonly=True, copy=False, help="Who said yes for the client."
    )
    consent_on = fields.Datetime("Consent on", readonly=True, copy=False)
    consent_user_id = fields.Many2one(
        "res.users", "Consent Noted by", readonly=True, copy=False, groups="base.group_user"
    )

    def _get_changed_job(self):
        """The job, in sudo, that this one order adds hours to; empty when it is no change order."""
        self.ensure_one()
        # sudo: the client confirms, who reads no jobs
        job = self.sudo().origin_fsm_order_id if self.is_change_order else self.env["fsm.order"]
        return job.filtered(lambda job: job.state != "cancelled")

    def action_confirm(self):
        self._check_is_agreed()
        res = super().action_confirm()
        # sudo: the job's lines follow what the client accepted, whoever confirms
        for order in self.sudo():
            if order.state == "sale" and (job := order._get_changed_job()):
                lines = order.order_line.filtered(
                    lambda line: not (line.display_type or line.fsm_order_id)
                )
                lines.fsm_order_id = job
        return res

    def _check_is_agreed(self):
        for order in self:
            is_agreed = order.signed_on or order.consent_on
            if order.is_change_order and order.state != "sale" and not is_agreed:
                raise UserError(
                    self.env._(
                        "Nobody agreed to %s for the client. Send it to be signed, or note the "
                        "spoken consent.",
                        order.name,
                    )
                )

    def _before_change(self, vals):
        super()._before_change(vals)
        self._check_agreement(vals)
        if vals.get("state") in ("draft", "sent"):
            self._check_is_quote_again()
            # What becomes a quote again is agreed to anew.
            closed = self.filtered(lambda order: order.state in ("sale", "cancel"))
            if orders := closed._get_agreed():
                orders._drop_agreement()
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._agree_to_lines()

    def _agree_to_lines(self):
        """The client agrees to what these orders, about to be confirmed, sell.

        Where work has begun, what was agreed before stays: who confirms an order again has not
        asked. A change order is agreed to by then.
        """
        # sudo: what is agreed follows, whoever confirms
        lines = self.sudo().filtered(lambda order: order._is_service_flow()).order_line
        lines.filtered(
            lambda line: (
                not line.agreed_hours or line.order_id.is_change_order or not line._has_hours()
            )
        )._agree()

    def _agree_anew(self):
        """Have those of these open change orders that changed since agreed to once more."""
        # sudo: nobody writes by hand who agreed
        orders = self.sudo().filtered(
            lambda order: (
                order.is_change_order
                and order.state in ("draft", "sent")
                and (order.signed_on or order.consent_on)
            )
        )
        if orders:
            orders._drop_agreement()

    def _check_agreement(self, vals):
        """Refuse that who sells a change order agrees to it for the client.

        :param dict vals: values about to be written
        :raises UserError: naming the order and the way out
        """
        is_signed = any(vals.get(name) for name in SIGNATURE_FIELDS)
        if self.env.su or not (is_signed or vals.get("state") == "sale"):
            return
        orders = self.filtered("is_change_order")
        if orders and is_signed:
            raise UserError(
                self.env._(
                    "Only the client signs %s. Send it to be signed, or note the spoken consent.",
                    ", ".join(orders.mapped("name")),
                )
            )
        if vals.get("state") == "sale":
            orders._check_is_agreed()  # the button is not the only way there

    def _check_is_quote_again(self):
        """Refuse that a confirmed order is a quote again without being cancelled before.

        :raises UserError: naming the order and the way out
        """
        orders = self.filtered(lambda order: order.state == "sale")
        if orders and not self.env.su:
            raise UserError(
                self.env._(
                    "The client agreed to %s. Have them agree to more with a change order. Cancel "
                    "it first, to make it a quote again.",
                    ", ".join(orders.mapped("name")),
                )
            )

    def _get_agreed(self):
        """Those of these orders, in sudo, that the client signed or said yes to."""
        # sudo: whoever may see who agreed
        return self.sudo().filtered(
            lambda order: order.signed_on or order.signed_by or order.consent_on
        )

    def _drop_agreement(self):
        """Have these orders, which become quotes again, agreed to anew."""
        # sudo: nobody writes by hand who agreed
        self.sudo().write(dict.fromkeys((*SIGNATURE_FIELDS, *CONSENT_FIELDS), False))

    def _plan_jobs(self, hours):
        job = self._get_changed_job()
        if not job:
            return super()._plan_jobs(hours)
        lines = self.order_line.filtered(lambda line: not line.display_type)
        return [(job, lines)] if lines else []

    def _find_job(self):
        found = super()._find_job()
        for order in self:
            if job := order._get_changed_job():
                found[order] = job.sudo(self.env.su)
        return found

    def action_revise(self):
        action = super().action_revise()
        if self.is_change_order:
            # sudo: it follows from this button alone
            self.next_version_ids.sudo().is_change_order = True
        return action

    def _action_cancel(self):
        res = super()._action_cancel()
        # sudo: the job's hours follow, whoever cancels
        lines = self.sudo().filtered("is_change_order").order_line.filtered("fsm_order_id")
        jobs = lines.fsm_order_id
        for line in lines:
            if not line._has_entries() and not line._has_hours():
                line.fsm_order_id = False
        jobs._follow_authorization()
        return res

    # Spoken consent

    def action_record_consent(self):
        """Ask who said yes to this change order, and when.

        :return: window action of the dialog
        :raises UserError: when it is no open change order
        """
        self.ensure_one()
        self._check_can_record_consent()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Spoken Consent"),
            "res_model": "sercom.spoken.consent",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _check_can_record_consent(self):
        self.check_access("write")
        for order in self:
            if not order.is_change_order or order.state not in ("draft", "sent"):
                raise UserError(
                    self.env._(
                        "%s is no open change order: nobody is to say yes to it.", order.name
                    )
                )

    def _record_consent(self, name, moment):
        """Confirm these change orders: the client said yes, and did not sign.

        :param str name: who said so
        :param datetime moment: when, in UTC
        """
        self._check_can_record_consent()
        # sudo: nobody writes by hand who consented
        self.sudo().write(
            {"consent_name": name, "consent_on": moment, "consent_user_id": self.env.uid}
        )
        for order in self:
            when = format_datetime(self.env, moment, dt_format="short")
            order.message_post(
                body=self.env._("%(name)s said yes on %(moment)s.", name=name, moment=when)
            )
        self.action_confirm()
