from odoo import models

from odoo.addons.sercom_jobs.tools.job.left_behind import LeftBehind


class FsmOrder(models.Model):
    """A visit that is cancelled leaves the others of its recurring job."""

    _inherit = "fsm.order"

    def _get_left_behind(self):
        left = super()._get_left_behind()
        for job in self.sudo():  # sudo: what stays is told to who may cancel
            recurring = job.fsm_recurring_id
            if recurring.state == "progress":
                words = self.env._("%s goes on: its other visits stay.", recurring.name)
                left.append(LeftBehind(job, "recurring", words, recurring))
        return left
