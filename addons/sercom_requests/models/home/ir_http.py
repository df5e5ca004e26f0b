from odoo import models

from ...tools.field_access import OFFICE

HOME = "sercom_requests.sercom_home_action"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        # The office lands on its home page after login; who chose another page keeps it.
        info = super().session_info()
        is_office = self.env["sercom.home"]._is_office()
        info["sercom_is_office"] = is_office
        if is_office and not info.get("home_action_id") and self.env.user.has_group(OFFICE):
            info["home_action_id"] = self.env.ref(HOME).id
        return info
