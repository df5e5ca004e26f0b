from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lands_on_my_day(self):
        """Whether the user works with the phone's page rather than with the office's.

        Who chose a home action of their own keeps it.
        """
        self.ensure_one()
        return (
            self._is_internal()
            and self.has_group("fieldservice.group_fsm_user_own")
            and not self.has_group("fieldservice.group_fsm_user")
            and not self.action_id
        )
