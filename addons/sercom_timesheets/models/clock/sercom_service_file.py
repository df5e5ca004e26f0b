from odoo import models
from odoo.tools import format_duration


class SercomServiceFile(models.Model):
    """Who worked when on the file's jobs, on its time line."""

    _inherit = "sercom.service.file"

    def _get_timeline_sources(self):
        sources = super()._get_timeline_sources()
        Entry = self.env["hr.attendance"]
        # Every employee may read entries, their own; not everybody jobs.
        if Entry.has_access("read") and self.env["fsm.order"].has_access("read"):
            entries = Entry.search(
                [("fsm_order_id.service_file_id", "in", self.ids), ("check_out", "!=", False)]
            )
            sources.append((entries, self._get_hours_entries))
        return sources

    def _get_hours_entries(self, entry):
        words = (
            # sudo: who reads the entry reads whose it is
            entry.employee_id.sudo().name,
            format_duration(entry.clock_hours),
            # sudo: who reads the entry reads what it is for
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
