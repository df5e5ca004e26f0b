from odoo import api, models
from odoo.exceptions import ValidationError


class FsmOrder(models.Model):
    """A job that something came of is cancelled, never deleted."""

    _inherit = "fsm.order"

    @api.ondelete(at_uninstall=False)
    def _unlink_if_not_default_stage(self):
        # OVERRIDE fieldservice, which names neither the job nor the way out.
        for job in self:
            if reason := job._get_kept_reason():
                raise ValidationError(
                    self.env._(
                        "%(reason)s Cancel the job instead of deleting it.",
                        reason=reason,
                    )
                )

    def _get_kept_reason(self):
        """Hook: why this one job is not deleted, as a sentence; empty when it may be."""
        self.ensure_one()
        # sudo: whatever bill there is of it
        if self.sudo().invoice_lines.move_id.filtered(lambda move: move.state != "cancel"):
            return self.env._("%s is invoiced.", self.name)
        if not self.can_unlink():
            state = dict(self._fields["state"]._description_selection(self.env))[self.state]
            return self.env._("%(job)s is “%(state)s”.", job=self.name, state=state)
        return ""
