import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ..job.fsm_order import CLOSED_STATES

SIGNATURE_FIELDS = {"signature", "signed_by", "signed_on"}


class FsmOrder(models.Model):
    """The client's signature: whether it is asked for, and what it is worth.

    It is fieldservice's own (``signature``, ``signed_by``, ``signed_on`` and its dialog). Asked
    for by the company, the job's template or one of its services, unless the office says
    otherwise on the job.
    """

    _inherit = "fsm.order"

    signature_rule = fields.Selection(
        [("yes", "Asked For"), ("no", "Not Asked For")],
        copy=False,
        help="What the office says on this job; empty for what company, template and services say.",
    )
    is_signature_required = fields.Boolean(
        "Signature Asked For",
        compute="_compute_is_signature_required",
        inverse="_inverse_is_signature_required",
        compute_sudo=True,
        help="The job cannot be completed before the client has signed.",
    )
    is_signature_missing = fields.Boolean(compute="_compute_is_signature_missing")

    @api.depends(
        "signature_rule",
        "company_id.is_signature_required",
        "template_id.is_signature_required",
        "sale_line_ids.product_id.is_signature_required",
    )
    def _compute_is_signature_required(self):
        for job in self:
            if job.signature_rule:
                job.is_signature_required = job.signature_rule == "yes"
            else:
                job.is_signature_required = (
                    job.company_id.is_signature_required
                    or job.template_id.is_signature_required
                    or any(job.sale_line_ids.product_id.mapped("is_signature_required"))
                )

    def _inverse_is_signature_required(self):
        for job in self:
            job.signature_rule = "yes" if job.is_signature_required else "no"

    @api.depends("is_signature_required", "signature")
    def _compute_is_signature_missing(self):
        for job in self:
            job.is_signature_missing = job.is_signature_required and not job.signature

    def _check_change(self, vals):
        super()._check_change(vals)
        if not SIGNATURE_FIELDS.isdisjoint(vals):
            self._check_can_sign(vals)

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if vals.get("signature") and "signed_on" not in vals:
            # sudo: when it was signed is noted, never told
            self.sudo().signed_on = fields.Datetime.now()

    def _check_can_sign(self, vals):
        """Refuse what is no signature, and a new one under the report that the client has."""
        for job in self:
            if not self.env.su and job.state in CLOSED_STATES and job.signature:
                raise UserError(
                    self.env._(
                        "%s is closed and signed. Ask the office to reopen it to sign again.",
                        job.name,
                    )
                )
        self._check_signature_image(vals)

    @api.model
    def _complete_new_vals(self, vals_list):
        vals_list = super()._complete_new_vals(vals_list)
        for vals in vals_list:
            self._check_signature_image(vals)
        return vals_list

    def _check_signature_image(self, vals):
        """Refuse what is no picture by its content, whatever it is called."""
        if not vals.get("signature"):
            return
        try:
            kind = guess_mimetype(base64.b64decode(vals["signature"], validate=False))
        except (binascii.Error, TypeError, ValueError):
            kind = ""
        if kind not in ("image/png", "image/jpeg", "image/webp", "image/gif"):
            raise UserError(
                self.env._(
                    "The signature of %s is not a picture. Sign again.",
                    self[:1].name or vals.get("name") or self.env._("The new job"),
                )
            )

    def _keep_signature(self, signature, signed_by, moment):
        """Keep the client's signature on this one job.

        :param str signature: picture, in base64
        :param str signed_by: name of who signed; the contact's by default
        :param moment: UTC datetime of it
        """
        self.ensure_one()
        name = (signed_by or "").strip() or self.contact_id.name or self.partner_id.name
        self.write({"signature": signature, "signed_by": name})
        self.sudo().signed_on = moment  # sudo: noted for the person who just signed it

    def _post_signature(self):
        """Tell of the signature in this one job's chatter, with its picture."""
        self.message_post(
            body=self.env._("Signed by %s", self.signed_by),
            attachments=[(f"{self.name}-signature.png", base64.b64decode(self.signature))],
        )

    def _clear_signature(self):
        """Ask for a new signature; the one there was stays in the chatter."""
        # sudo: a signature is nobody's to write by hand
        for job in self.sudo().filtered("signature"):
            job._message_log(
                body=self.env._(
                    "The signature of %(name)s is asked for again.", name=job.signed_by or ""
                ),
                attachment_ids=job.env["ir.attachment"]
                .create(
                    {
                        "name": f"{job.name}-signature.png",
                        "datas": job.signature,
                        "res_model": job._name,
                        "res_id": job.id,
                    }
                )
                .ids,
            )
            job.write({"signature": False, "signed_by": False, "signed_on": False})
