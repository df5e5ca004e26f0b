from odoo import models

HOME = "sercom_jobs.sercom_my_job_action"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        # Technicians find their jobs where the office finds its home page; who chose another
        # page keeps it.
        info = super().session_info()
        user = self.env.user
        if not info.get("home_action_id") and user.has_group("fieldservice.group_fsm_user_own"):
            info["home_action_id"] = self.env.ref(HOME).id
        return info
