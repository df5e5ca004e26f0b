from odoo import models

from odoo.addons.sercom_requests.tools.field_access import OFFICE


class IrAttachment(models.Model):
    """Files of a job: its report is what the client got, the rest is only added to on site."""

    _inherit = "ir.attachment"

    def _get_kept_files(self, operation):
        kept = super()._get_kept_files(operation)
        if operation == "create":
            return kept
        files = self.sudo().filtered(lambda file: file.res_model == "fsm.order")  # sudo: the place
        if not files:
            return kept
        # sudo: whoever may read reports, their files stay
        reports = self.env["sercom.job.report"].sudo().search([("attachment_id", "in", files.ids)])
        kept |= self & reports.attachment_id.with_env(self.env)
        if not self.env.user.has_group(OFFICE):
            # sudo: reports keep their file, whoever may read them
            kept |= (files - kept.sudo())._filter_kept_on_site().with_env(self.env)
        return kept

    def _filter_kept_on_site(self):
        """Those of these files of jobs, in sudo, that a technician leaves as they are.

        They take back their own while the job is open.
        """
        # sudo: only to know whether the job is over
        jobs = self.env["fsm.order"].sudo().browse(self.mapped("res_id")).exists()
        is_closed = {job.id: job.stage_id.is_closed for job in jobs}
        return self.filtered(
            lambda file: file.create_uid != self.env.user or is_closed.get(file.res_id)
        )
