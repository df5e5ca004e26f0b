from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        res = super().write(vals)
        if not self.env.su and not {"res_id", "res_model_id"}.isdisjoint(vals):
            self._check_document_is_read()
        return res

    def _check_document_is_read(self):
        """Refuse to hang one's activity on what one may not read: it would tell its name."""
        for activity in self:
            if activity.res_model and activity.res_id:
                self.env[activity.res_model].browse(activity.res_id).check_access("read")
