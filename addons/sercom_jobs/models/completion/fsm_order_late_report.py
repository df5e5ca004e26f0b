import base64
import binascii

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.wording import format_moment

from .fsm_order_completion import NOTE_KEYS


def decode(picture):
    """Bytes of a picture in base64; ``None`` for what is none."""
    try:
        return base64.b64decode(picture or b"")
    except (binascii.Error, TypeError, ValueError):
        return None


class FsmOrder(models.Model):
    """What somebody told and had signed on site, of a job that others completed meanwhile.

    How it works: such a completion is refused, so that it is decided about. Once it is accepted,
    what it holds is added beside what stands on the job, and replaces nothing.
    """

    _inherit = "fsm.order"

    def _get_site_report_fields(self):
        """Hook: text fields of the job that ``action_complete_on_site`` fills."""
        return NOTE_KEYS

    def _check_is_report_kept(self, vals):
        """Refuse to complete this one job, which is done, with what it does not hold.

        :raises UserError: when a note or the signature would be kept nowhere
        """
        texts = self._get_new_site_texts(vals)
        if texts or self._is_new_signature(vals.get("signature")):
            raise UserError(
                self.env._(
                    "%s was completed meanwhile by somebody else, without what you noted or had "
                    "signed. Ask the office to add it.",
                    self.name,
                )
            )

    def _get_new_site_texts(self, vals):
        """Texts of ``vals`` that are not on this one job as they are: ``{field: text}``."""
        texts = {name: str(vals.get(name) or "").strip() for name in self._get_site_report_fields()}
        return {
            name: text
            for name, text in texts.items()
            if text and text != (self[name] or "").strip()
        }

    def _is_new_signature(self, signature):
        kept = self.sudo().with_context(bin_size=False).signature  # sudo: compared, never shown
        return bool(signature) and decode(signature) != decode(kept)

    def _add_site_report(self, vals, moment):
        """Add what was told and signed on site to this one job, beside what it holds already.

        :param dict vals: as ``action_complete_on_site`` takes them
        :param moment: UTC datetime of when it was told
        """
        self._add_site_texts(vals, moment)
        if not self._is_new_signature(vals.get("signature")):
            return
        if not self.signature:
            self._keep_signature(vals["signature"], vals.get("signed_by"), moment)
            self._post_signature()
            return
        self._check_signature_image(vals)
        name = (vals.get("signed_by") or "").strip() or self.contact_id.name or self.partner_id.name
        self.message_post(
            body=self.env._(
                "Also signed by %(name)s, %(moment)s. The signature that was there stays.",
                name=name,
                moment=self._get_told_moment(moment),
            ),
            attachments=[(f"{self.name}-signature.png", base64.b64decode(vals["signature"]))],
        )

    def _add_site_texts(self, vals, moment):
        """Fill the empty ones of this one job's notes; add to the others, with who and when."""
        changes = {}
        for name, text in self._get_new_site_texts(vals).items():
            if kept := (self[name] or "").strip():
                gap = "\n\n" if self._fields[name].type == "text" else " · "
                told = f"{self.env.user.name}, {self._get_told_moment(moment)}"
                text = f"{kept}{gap}{told}: {text.removeprefix(kept).strip()}"
            changes[name] = text
        if changes:
            self.write(changes)

    def _get_told_moment(self, moment):
        return format_moment(self.env, moment, self.location_id.tz or self.env.user.tz or "UTC")
