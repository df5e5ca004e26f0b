from odoo import api, fields, models
from odoo.tools import format_duration


class SercomServiceFile(models.Model):
    """Hours of the file's jobs: sold, planned and worked, and who worked them on the time line."""

    _inherit = "sercom.service.file"

    sold_hours = fields.Float(compute="_compute_job_hours", compute_sudo=True)
    planned_hours = fields.Float(compute="_compute_job_hours", compute_sudo=True)
    worked_hours = fields.Float(
        compute="_compute_job_hours",
        compute_sudo=True,
        help="Hours worked on the file's jobs, travel apart.",
    )

    @api.depends(
        "fsm_order_ids.sold_hours", "fsm_order_ids.planned_hours", "fsm_order_ids.worked_hours"
    )
    def _compute_job_hours(self):
        names = ("sold_hours", "planned_hours", "worked_hours")
        totals = {
            file.id: hours
            for file, *hours in self.env["fsm.order"]._read_group(
                [("service_file_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["service_file_id"],
                [f"{name}:sum" for name in names],
            )
        }
        for file in self:
            for name, hours in zip(
                names, totals.get(file._origin.id, (0.0, 0.0, 0.0)), strict=True
            ):
                file[name] = hours

    def _get_timeline_sources(self):
        sources = super()._get_timeline_sources()
        Entry = self.env["hr.attendance"]
        if Entry.has_access("read"):
            entries = Entry.search(
                [("fsm_order_id.service_file_id", "in", self.ids), ("check_out", "!=", False)]
            )
            sources.append((entries, self._get_hours_entries))
        return sources

    def _get_hours_entries(self, entry):
        words = (
            entry.employee_id.sudo().name,
            format_duration(entry.clock_hours),
            entry.sudo().fsm_order_id.name,
        )
        return [
            self._prepare_timeline_entry(
                entry,
                "hours",
                entry.check_in,
                " · ".join(words),
                state=self._get_selection_label(entry, "work_type"),
            )
        ]
