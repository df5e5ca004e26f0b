import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import formatLang

from ...tools.completion.signed_content import compare_signed
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
    signed_content = fields.Json(
        copy=False,
        groups=fields.NO_ACCESS,
        help="Lines of the job as they were when the client signed; empty while nobody has.",
    )
    signature_changes = fields.Text(
        "Changed Since It Was Signed",
        compute="_compute_signature_changes",
        compute_sudo=True,
        help="What the client signed for was other than what stands on the job now.",
    )

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

    @api.depends("is_signature_required", "signature", "signature_changes", "signature_rule")
    def _compute_is_signature_missing(self):
        for job in self:
            is_asked = job.is_signature_required and not job.signature
            is_outdated = job.signature_changes and job.signature_rule != "no"
            job.is_signature_missing = bool(is_asked or is_outdated)

    @api.depends(
        "signed_content",
        "sale_line_ids.product_id",
        "sale_line_ids.product_uom_qty",
        "sale_line_ids.product_uom_id",
        "sale_line_ids.price_unit",
        "sale_line_ids.discount",
    )
    @api.depends_context("lang")
    def _compute_signature_changes(self):
        for job in self:
            changes = []
            if job.signed_content:
                changes = compare_signed(job.signed_content["lines"], job._get_signed_content())
            job.signature_changes = "\n".join(job._describe_change(*change) for change in changes)

    def _get_signed_content(self):
        """Lines of this one job, as ``compare_signed`` wants them, whatever the reader's language.

        A price is told when the company's reports show it: only then has the client seen it.
        """
        is_priced = self.company_id.is_job_report_priced
        return {
            str(line.id): {
                "product_id": line.product_id.id,
                "name": line.product_id.display_name,
                "quantity": line._get_signed_quantity(),
                "uom_id": line.product_uom_id.id,
                "unit": line.product_uom_id.name or "",
                "price": line.price_unit * (1 - line.discount / 100) if is_priced else None,
            }
            for line in self.with_context(lang=None).sale_line_ids
            if line.product_id and not line.display_type
        }

    def _describe_change(self, name, before, after):
        def read(model, record_id, text):
            # sudo: the name of what was signed for, whoever reads it
            record = self.env[model].sudo().browse(record_id or ()).exists()
            return record.display_name or text

        def describe(row):
            quantity = formatLang(self.env, row["quantity"], dp="Product Unit")
            unit = read("uom.uom", row.get("uom_id"), row["unit"])
            text = f"{quantity} {unit}".strip()
            if row["price"] is None:
                return text
            return f"{text} × {formatLang(self.env, row['price'], dp='Product Price')}"

        name = read("product.product", (after or before).get("product_id"), name)
        if not before:
            return self.env._("%(line)s: added, %(after)s", line=name, after=describe(after))
        if not after:
            return self.env._(
                "%(line)s: taken away, %(before)s", line=name, before=describe(before)
            )
        return self.env._(
            "%(line)s: %(before)s → %(after)s",
            line=name,
            before=describe(before),
            after=describe(after),
        )

    def _get_missing_signature_message(self):
        if self.signature_changes:
            return self.env._(
                "The job changed after the client signed, who has to sign again: %s.",
                ", ".join(self.signature_changes.splitlines()),
            )
        return self.env._(
            "The client has not signed: %s.", self.contact_id.name or self.partner_id.name
        )

    def _check_change(self, vals):
        super()._check_change(vals)
        if not SIGNATURE_FIELDS.isdisjoint(vals):
            self._check_can_sign(vals)

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "signature" not in vals:
            return
        for job in self.sudo():  # sudo: when and for what it was signed is noted, never told
            content = {"lines": job._get_signed_content()}
            job.signed_content = content if vals["signature"] else False
            if vals["signature"] and "signed_on" not in vals:
                job.signed_on = fields.Datetime.now()

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
