from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        res = super().write(vals)
        if not self.env.su and not {"res_id", "res_model_id"}.isdisjoint(vals):
            self._check_document_is_read()
        return res

    def action_notify(self):
        # OVERRIDE mail: the subject is in the language of who has to do it, as the body is; Odoo
        # writes it in that of whoever caused it, as a technician's phone does.
        for lang, activities in self.grouped(lambda activity: activity.user_id.lang).items():
            if lang:
                activities = activities.with_context(lang=lang)
            super(MailActivity, activities).action_notify()

    def _check_document_is_read(self):
        """Refuse to hang one's activity on what one may not read: it would tell its name."""
        for activity in self:
            if activity.res_model and activity.res_id:
                self.env[activity.res_model].browse(activity.res_id).check_access("read")
