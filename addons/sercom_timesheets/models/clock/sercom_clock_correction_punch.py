import psycopg2

from odoo import api, fields, models

from .hr_attendance import LAST_FIRST


class SercomClockCorrection(models.Model):
    """A punch of the phone that the clock refused is kept as a proposal, exactly once."""

    _inherit = "sercom.clock.correction"

    @api.model
    def _propose_from_punch(self, employee, punch_vals, message):
        """Keep a punch that came too late to be one, for a supervisor to decide.

        A refused start is a missing entry without an end; the refused end that follows it gives
        the same proposal its end.

        :param employee: ``hr.employee``, one
        :param dict punch_vals: ``kind`` (start, break, end), ``job_id``, ``work_type``, ``uuid``
            and ``moment`` (UTC): when the phone was tapped
        :param str message: why the clock refused it
        :return: the proposal; the first one when the punch was sent before, an empty set when
            somebody else is keeping it at this moment
        """
        # sudo: the clock keeps what it refused, whoever punched
        self = self.sudo()
        uuid = punch_vals.get("uuid")
        if uuid:
            known = self.search(
                [
                    ("employee_id", "=", employee.id),
                    "|",
                    ("punch_uuid", "=", uuid),
                    ("punch_out_uuid", "=", uuid),
                ],
                limit=1,
            )
            if known:
                return known
        moment = fields.Datetime.to_datetime(punch_vals.get("moment")) or fields.Datetime.now()
        moment = moment.replace(microsecond=0)
        try:
            with self.env.cr.savepoint():
                proposal = self._keep_punch(employee, punch_vals, moment, message)
                proposal.flush_recordset()
                return proposal
        except psycopg2.errors.UniqueViolation:
            return self.browse()

    def _keep_punch(self, employee, punch_vals, moment, message):
        if punch_vals.get("kind", "start") == "start":
            return self.create(
                {
                    **self._prepare_punch_vals(employee, punch_vals, message),
                    "new_check_in": moment,
                    "new_fsm_order_id": punch_vals.get("job_id") or False,
                    "new_work_type": punch_vals.get("work_type") or "work",
                    "punch_uuid": punch_vals.get("uuid"),
                }
            )
        begun = self.search(
            [
                ("employee_id", "=", employee.id),
                ("source", "=", "refused_punch"),
                ("state", "=", "proposed"),
                ("attendance_id", "=", False),
                ("new_check_out", "=", False),
                ("new_check_in", "<", moment),
            ],
            order="new_check_in desc",
            limit=1,
        )
        entry = self.env["hr.attendance"].search(
            [("employee_id", "=", employee.id), ("check_in", "<=", moment)],
            order=LAST_FIRST,
            limit=1,
        )
        if begun and not (entry and entry.check_in > begun.new_check_in):
            begun.write(
                {
                    "new_check_out": moment,
                    "punch_out_uuid": punch_vals.get("uuid"),
                    "reason": f"{begun.reason}\n{message}",
                }
            )
            return begun
        return self.create(
            {
                **self._prepare_punch_vals(employee, punch_vals, message),
                "attendance_id": entry.id,
                **({} if entry else {"new_check_in": moment}),
                "new_check_out": moment,
                "punch_out_uuid": punch_vals.get("uuid"),
            }
        )

    def _prepare_punch_vals(self, employee, punch_vals, message):
        return {
            "employee_id": employee.id,
            "source": "refused_punch",
            "reason": message or self.env._("The clock refused this punch."),
            "proposed_by_id": self.env.uid,
        }
