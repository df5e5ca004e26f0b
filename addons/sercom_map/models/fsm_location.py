from odoo import models


class FsmLocation(models.Model):
    _inherit = "fsm.location"

    def action_view_map(self):
        """Show these sites on the map.

        :raises AccessError: for who may not read them
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sercom_requests.sercom_site_action")
        return {
            **action,
            "domain": [("id", "in", self.ids)],
            "views": [(False, "sercom_map"), (False, "form")],
            "context": {"active_test": False},
            "path": False,
        }
