from datetime import timedelta

from odoo import api, fields, models


class HrAttendance(models.Model):
    """What a clock shows of its user, on the job's form and on the phone."""

    _inherit = "hr.attendance"

    @api.model
    @api.readonly
    def get_clock_state(self):
        """What the user's clock shows now.

        :return: ``entry_id``, ``job_id``, ``job_name``, ``work_type``, ``since`` (UTC text),
            ``on_break``, ``break_since``, ``hours_today`` and ``job_hours_today`` (hours, the
            open entry up to now), ``now`` (UTC text)
        :raises AccessError: for a client
        """
        self._check_is_employee()
        now = fields.Datetime.now()
        person = self.env.user.employee_ids.filtered(
            lambda employee: employee.company_id == self.env.company
        )[:1]
        state = {
            "employee_id": person.id,
            "entry_id": False,
            "job_id": False,
            "job_name": "",
            "work_type": False,
            "since": False,
            "on_break": False,
            "break_since": False,
            "hours_today": 0.0,
            "job_hours_today": 0.0,
            "now": fields.Datetime.to_string(now),
        }
        if not person:
            return state
        today = person._get_local_day_start(now)
        # sudo: the user's own entries
        entries = self.sudo().search(
            [
                ("employee_id", "=", person.id),
                "|",
                ("check_out", "=", False),
                ("check_out", ">", today),
            ],
            order="check_in, check_out, id",
        )
        hours = {
            entry: max(
                (entry.check_out or now) - max(entry.check_in, today), timedelta()
            ).total_seconds()
            / 3600
            for entry in entries
        }
        state["hours_today"] = sum(hours.values())
        last = entries[-1:]
        if last and not last.check_out:
            state.update(
                entry_id=last.id,
                job_id=last.fsm_order_id.id,
                job_name=last.fsm_order_id.name or "",
                work_type=last.work_type,
                since=fields.Datetime.to_string(last.check_in),
                job_hours_today=sum(
                    hours[entry] for entry in entries if entry.fsm_order_id == last.fsm_order_id
                ),
            )
        elif last.out_reason == "break":
            state.update(
                on_break=True,
                break_since=fields.Datetime.to_string(last.check_out),
                job_id=last.fsm_order_id.id,
                job_name=last.fsm_order_id.name or "",
                work_type=last.work_type,
            )
        return state
