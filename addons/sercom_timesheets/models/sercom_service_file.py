from odoo import api, fields, models


class SercomServiceFile(models.Model):
    """Hours of the file's jobs: sold, planned and worked."""

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
