from odoo import api, fields, models


class SercomServiceFile(models.Model):
    """Completion reports of the file's jobs, on its time line."""

    _inherit = "sercom.service.file"

    job_report_ids = fields.One2many(
        "sercom.job.report", "service_file_id", string="Completion Reports"
    )

    @api.depends("job_report_ids.state", "job_report_ids.date_sent")
    def _compute_timeline(self):
        return super()._compute_timeline()

    def _get_timeline_sources(self):
        sources = super()._get_timeline_sources()
        Report = self.env["sercom.job.report"]
        if Report.has_access("read"):
            reports = Report.search(
                [("service_file_id", "in", self.ids), ("attachment_id", "!=", False)]
            )
            sources.append((reports, self._get_report_entries))
        return sources

    def _get_report_entries(self, report):
        if report.state == "replaced":
            state = self._get_selection_label(report, "state")
        else:
            state = self.env._("Sent") if report.date_sent else ""
        return [
            self._prepare_timeline_entry(
                report, "report", report.date_made, report.name, state=state
            )
        ]
