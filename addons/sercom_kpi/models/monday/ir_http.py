from odoo import models

MANAGER = "fieldservice.group_fsm_manager"
MONDAY = "sercom_kpi.sercom_kpi_monday_action"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        # Managers land on their Monday page; who chose another page keeps it.
        info = super().session_info()
        user = self.env.user
        if (
            not user.action_id
            and user.has_group(MANAGER)
            and self.env["sercom.kpi.monday"]._is_reader()
        ):
            info["home_action_id"] = self.env.ref(MONDAY).id
        return info
