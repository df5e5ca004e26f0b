from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.sercom_timesheets.tools.clock.clock import UnreadableMomentError, parse_moment

from ..tools.my_day import settle_moment

DOUBTFUL = 366 * 24 * 3600  # seconds; an error beyond a year is no clock


class SercomMyDay(models.AbstractModel):
    """When something was done that a phone tells later, whose clock may be wrong or was set."""

    _inherit = "sercom.my.day"

    def _settle_moment(self, action, sent, now):
        """When an action happened, by the server's clock; see ``settle_moment``.

        :param str sent: what the phone's clock showed when it was sent, if it is wrong
        :return: ``(moment, is_proven)``; ``(None, True)`` for what is no moment
        """
        try:
            moment = parse_moment(action.get("moment") or now)
        except UnreadableMomentError:
            return None, True
        return settle_moment(
            moment,
            now,
            sent=parse_moment(sent) if sent else None,
            offset=self._read_seconds(action.get("offset")),
            is_offset_sure=action.get("is_offset_sure") is True,
            age=self._read_seconds(action.get("age")),
        )

    @staticmethod
    def _read_seconds(value):
        """Seconds that a phone tells; ``None`` for what is no number of them."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number and abs(value) < DOUBTFUL else None

    def _get_moment(self, action, sent, now):
        """When the action really happened, as far as it is known; never later than now."""
        moment, _is_proven = self._settle_moment(action, sent, now)
        return min(moment or now, now)

    def _apply_punch(self, action, job, moment):
        names = ("uuid", "moment", "sent", "work_type", "employee_ids")
        names += ("latitude", "longitude", "accuracy")
        punch = {name: action[name] for name in names if action.get(name)}
        punch.update(kind=action.get("punch"), job_id=job.id or action.get("job_id"))
        settled, is_proven = self._settle_moment(action, action.get("sent"), fields.Datetime.now())
        if settled and action.get("offset") is not None or not is_proven:
            # The phone told more of its clock than what it showed.
            punch["moment"] = fields.Datetime.to_string(settled)
            punch.pop("sent", None)
        Attendance = self.env["hr.attendance"]
        if is_proven:
            result = Attendance.punch_all([punch])[0]
            status, message = result["status"], result["message"]
        else:
            status = "refused"
            message = self.env._(
                "The clock of this phone was changed, so that nobody knows when this was."
            )
            Attendance._keep_refused_punch(punch, message)
        if status == "refused" and self._has_proposal(punch.get("uuid")):
            message += "\n" + self.env._("Your supervisor sees it, and decides.")
        return status, message

    def _has_proposal(self, uuid):
        """Whether a punch that was refused waits for a supervisor."""
        # sudo: whether there is one, by a number only the phone knows
        proposals = self.env["sercom.clock.correction"].sudo()
        domain = Domain("punch_uuid", "=", uuid) | Domain("punch_out_uuid", "=", uuid)
        return bool(uuid and proposals.search_count(domain, limit=1))
