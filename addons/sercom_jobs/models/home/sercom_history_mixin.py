from odoo import api, fields, models


class SercomHistoryMixin(models.AbstractModel):
    """The jobs of a client or at a site, open and done."""

    _inherit = "sercom.history.mixin"

    job_count = fields.Integer(
        compute="_compute_history_counts", groups="fieldservice.group_fsm_user_own"
    )

    @api.model
    def _get_history_sources(self):
        jobs = {
            "model": "fsm.order",
            "link": "partner_id",
            "domain": [],
            "action": "sercom_jobs.sercom_job_action",
        }
        return {**super()._get_history_sources(), "job_count": jobs}

    def action_view_jobs(self):
        """Open the jobs of these clients or at these sites."""
        return self._open_history("job_count")
