from datetime import timedelta

from odoo import fields, models

from odoo.addons.sercom_requests.tools.local_time import local_date

KEPT_DAYS = 7


class SercomMyDay(models.AbstractModel):
    """Time that was clocked without a job: the phone asks afterwards which one it was for."""

    _inherit = "sercom.my.day"

    def _get_jobless(self, employees):
        """Closed entries of these people that lack a job, with the jobs of their day to choose.

        :return: list of ``{"id", "start", "end", "work_type", "jobs": [{"id", "name", "client"}]}``
        """
        now = fields.Datetime.now()
        entries = (
            self.env["hr.attendance"]
            .sudo()  # sudo: the user's own entries
            .search(
                [
                    ("employee_id", "in", employees.ids),
                    ("is_job_missing", "=", True),
                    ("check_in", ">", now - timedelta(days=KEPT_DAYS)),
                ],
                order="check_in",
            )
            .filtered(lambda entry: not entry.has_open_correction)
        )
        if not entries:
            return []
        zone = self._get_zone(employees)
        blocks = self._search_visits(
            employees, entries[0].check_in - timedelta(days=1), now + timedelta(days=1)
        )
        jobs = {}
        for block in blocks:
            jobs.setdefault(local_date(block.date_start, zone), {})[block.fsm_order_id.id] = block
        return [
            {
                "id": entry.id,
                "start": fields.Datetime.to_string(entry.check_in),
                "end": fields.Datetime.to_string(entry.check_out),
                "work_type": entry.work_type,
                "jobs": [
                    {
                        "id": block.fsm_order_id.id,
                        "name": block.fsm_order_id.name,
                        "client": block.fsm_order_id.partner_id.display_name or "",
                    }
                    for block in jobs.get(local_date(entry.check_in, zone), {}).values()
                ],
            }
            for entry in entries
        ]

    def _get_handlers(self):
        return {**super()._get_handlers(), "entry_job": self._apply_entry_job}

    def _apply_entry_job(self, action, job, moment):
        """Propose the job of an entry; a supervisor accepts it."""
        entry = self.env["hr.attendance"].browse(int(action.get("attendance_id") or 0)).exists()
        entry.check_access("read")
        entry.action_propose_correction(
            {"fsm_order_id": job.id, "reason": self.env._("Clocked without a job.")}
        )
        return self.env._("Your supervisor is asked to put these hours on %s.", job.name)
