import base64
import binascii
import logging
from datetime import timedelta
from uuid import UUID

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.wording import format_moment
from odoo.addons.sercom_timesheets.tools.clock.clock import UnreadableMomentError, parse_moment

from ..tools.given import to_storable

_logger = logging.getLogger(__name__)

MAX_ACTIONS = 100
MAX_PHOTO = 10 * 1024 * 1024  # bytes; the phone sends less than one
LATE = timedelta(minutes=10)  # from when on a note says when it was written
SITE_NOTES = ("found_note", "work_note", "advice_note")
RIGHT = timedelta(minutes=1)  # a clock that is not further off is right
KIND_SIZE = 40
MAX_ID = 2**31 - 1  # what PostgreSQL takes for one
PHOTO_MOMENTS = ("before", "during", "after")


class SercomMyDay(models.AbstractModel):
    """What a phone sends: a queue of actions, applied in order, each exactly once."""

    _inherit = "sercom.my.day"

    @api.model
    def sync(self, actions, sent=None, user_id=None):
        """Apply what was done on the phone, in order; each action on its own, each once.

        :param list actions: dictionaries with ``uuid`` (the phone's number of it), ``kind``,
            ``moment`` (when it was tapped, by the phone's clock: UTC, ``2026-11-03 14:05:00``) and
            what the kind asks for
        :param str sent: what the phone's clock shows now, in the same format
        :param int user_id: whose actions they are; others' are not taken
        :return: ``{"user_id", "results": [{"uuid", "status", "message"}]}``, ``status`` being
            *done* or *refused*; ``message`` is for the technician, ``is_proposed`` says that the
            office has it and decides. Without results when the session is somebody else's
        :raises AccessError: when the user is no employee of the firm
        """
        self._check_user()
        results = []
        sent = self._get_wrong_clock(sent)
        if not user_id or user_id == self.env.uid:
            allowance = self.env["sercom.phone.action"]._get_allowance()
            results = [
                self._take_action(action, sent, is_allowed=number < allowance)
                for number, action in enumerate(actions[:MAX_ACTIONS])
            ]
        return {"user_id": self.env.uid, "results": results}

    @staticmethod
    def _get_wrong_clock(sent):
        """What the phone's clock shows, when it is wrong; ``None`` when it is right.

        Within a minute it is: the rest is the time on the way, different for each request on a
        weak network, and taking it off would bring two punches into the wrong order.
        """
        try:
            moment = parse_moment(sent) if sent else None
        except UnreadableMomentError:
            return None
        is_right = not moment or abs(moment - fields.Datetime.now()) < RIGHT
        return None if is_right else sent

    def _take_action(self, action, sent, is_allowed=True):
        """Apply one action, unless it was before; what became of it.

        :param bool is_allowed: whether the user may send more today
        """
        # What is no action at all is refused like one without number: others are behind it.
        uuid = str(action.get("uuid") or "") if isinstance(action, dict) else ""
        try:
            uuid = str(UUID(uuid))
        except ValueError:
            return self._make_result(uuid, "refused", self.env._("This action has no number."))
        # sudo: the log of actions is written by the server alone
        Action = self.env["sercom.phone.action"].sudo()
        row = is_allowed and Action._take(uuid)
        if not row:
            return self._get_former_result(uuid)
        now = fields.Datetime.now()
        action = to_storable(action)
        action["kind"] = str(action.get("kind") or "")
        moment = self._get_moment(action, sent, now)
        action = self._join_pieces(action)
        status, message = self._try_action({**action, "sent": sent}, moment)
        if status == "refused" and self._propose(row, action):
            status = "proposed"
            message += "\n" + self.env._("The office has what you did, and decides.")
        job = self._find_own_firms_job(action)
        row.write(
            {
                "kind": action["kind"][:KIND_SIZE],
                # Whoever decides is of the job's company, whichever one the phone is set to.
                "company_id": (job.company_id or self.env.company).id,
                "fsm_order_id": job.id,
                "moment": moment,
                "delay": (now - moment).total_seconds() // 60,
                "state": status,
                "message": message,
            }
        )
        row._ask_for_decision()
        return self._get_row_result(row)

    def _get_row_result(self, row):
        """What the phone is told of an action that was taken before, as superuser."""
        is_done = row.state == "done" and not row.decided_by_id
        result = self._make_result(row.uuid, "done" if is_done else "refused", row.message)
        if row.state == "proposed" or (row.kind == "punch" and self._has_proposal(row.uuid)):
            result["is_proposed"] = True
        return result

    def _get_former_result(self, uuid):
        # sudo: the log of actions is read by the server alone
        row = self.env["sercom.phone.action"].sudo().search([("uuid", "=", uuid)])
        if not row:
            return self._make_result(
                uuid,
                "refused",
                self.env._(
                    "This was not taken: you have sent more in a day than anybody does. Tell the "
                    "office, and try again tomorrow."
                ),
            )
        if row.user_id != self.env.user:
            return self._make_result(
                uuid, "refused", self.env._("This action was sent by somebody else.")
            )
        return self._get_row_result(row)

    @staticmethod
    def _make_result(uuid, status, message):
        return {"uuid": uuid, "status": status, "message": message or ""}

    def _try_action(self, action, moment):
        """Apply one action in a savepoint: ``(status, message)``."""
        try:
            with self.env.cr.savepoint():
                return self._apply_action(action, moment)
        except OperationalError:
            raise  # the database settles it: the request is tried again
        except UserError as error:
            return "refused", str(error)
        except Exception:
            # One action that fails must not hold up those behind it; it stays on the phone.
            _logger.exception("Action %s of a phone failed", action.get("uuid"))
            return "refused", self.env._(
                "This could not be saved, and it is not your fault. Tell the office."
            )

    def _apply_action(self, action, moment):
        kind = action.get("kind")
        handler = self._get_handlers().get(kind)
        if not handler:
            raise UserError(
                self.env._(
                    "This phone's page is of another version (%s). Reload it, and try again.", kind
                )
            )
        is_any = kind in self._get_kinds_of_any_job()
        job = self._find_job(action) if is_any else self._get_own_job(action)
        answer = handler(action, job, moment)
        return answer if isinstance(answer, tuple) else ("done", answer or "")

    @api.model
    def _get_kinds_of_any_job(self):
        """Hook: kinds of actions that say themselves which jobs they are for, if any."""
        return {"punch"}

    def _get_handlers(self):
        """Hook: who applies which kind of action, ``{kind: method(action, job, moment)}``.

        A method answers a message, or ``(status, message)``; it raises what refuses the action.
        """
        return {
            "punch": self._apply_punch,
            "check": self._apply_check,
            "note": self._apply_note,
            "photo": self._apply_photo,
            "caption": self._apply_caption,
            "on_my_way": self._apply_on_my_way,
            "found": self._apply_found,
            "issue": self._apply_issue,
            "next_visit": self._apply_next_visit,
            "complete": self._apply_complete,
        }

    def _find_job(self, action):
        job_id = action.get("job_id")
        is_id = isinstance(job_id, int) and 0 < job_id <= MAX_ID
        return self.env["fsm.order"].browse(job_id if is_id else ()).exists()

    def _find_own_firms_job(self, action):
        """Job that an action is about, as superuser; none of a company that is not the user's."""
        job = self._find_job(action).sudo()  # sudo: the user's no more, or never was
        is_ours = not job.company_id or job.company_id in self.env.user.company_ids
        return job if is_ours else job.browse()

    def _get_own_job(self, action):
        """Job that an action is about, which must be one of the user's."""
        job = self._find_job(action)
        if not job or not job.has_access("write"):
            raise UserError(
                self.env._("This job is not planned for you any more. Ask the office about it.")
            )
        return job

    # Kinds

    def _apply_check(self, action, job, moment):
        check = self.env["sercom.job.check"].browse(int(action.get("check_id") or 0)).exists()
        if check.fsm_order_id != job:
            raise UserError(self.env._("This item is no longer on the checklist of %s.", job.name))
        check.action_answer(action.get("value"), answered_on=fields.Datetime.to_string(moment))

    def _apply_note(self, action, job, moment):
        text = str(action.get("text") or "").strip()
        if not text:
            raise UserError(self.env._("The note on %s is empty.", job.name))
        if fields.Datetime.now() - moment > LATE:
            text = self.env._(
                "%(note)s (written %(moment)s)", note=text, moment=self._format_moment(moment)
            )
        job.message_post(body=text, message_type="comment", subtype_xmlid="mail.mt_note")

    def _apply_photo(self, action, job, moment):
        name = str(action.get("name") or self.env._("Photo"))[:100]
        when = action.get("when")
        vals = {
            "name": str(action.get("caption") or "").strip()[:100] or name,
            "phone_uuid": str(action.get("uuid") or "") or False,
            "image_1920": self._read_photo(action.get("image"), name),
            "moment": when if when in PHOTO_MOMENTS else "during",
            "date_taken": moment,
            "fsm_order_id": job.id,
        }
        if action.get("check_id"):
            vals["check_id"] = int(action["check_id"])
        self.env["sercom.photo"].create(vals)

    def _apply_caption(self, action, job, moment):
        photo = self._find_photo(action, job)
        photo.name = str(action.get("caption") or "").strip()[:100]

    def _find_photo(self, action, job):
        """Photo of a job by its id, or by the number that the phone sent it with.

        :raises UserError: when there is none
        """
        key = ("id", "=", int(action.get("photo_id") or 0))
        if not action.get("photo_id"):
            key = ("phone_uuid", "=", str(action.get("photo_uuid") or ""))
        photo = self.env["sercom.photo"].search([key, ("fsm_order_id", "=", job.id)], limit=1)
        if not photo:
            raise UserError(self.env._("This photo of %s is no longer there.", job.name))
        return photo

    def _read_photo(self, image, name):
        """Base64 of a photo that is not too big to be one."""
        image = str(image or "")
        if len(image) * 3 // 4 > MAX_PHOTO:
            raise UserError(
                self.env._(
                    "The photo %(name)s is too big: %(size)s MB, at most %(limit)s MB are taken.",
                    name=name,
                    size=len(image) * 3 // 4 // 1024**2,
                    limit=MAX_PHOTO // 1024**2,
                )
            )
        try:
            base64.b64decode(image, validate=True)
        except (binascii.Error, ValueError):
            image = ""
        if not image:
            raise UserError(self.env._("The photo %s did not arrive whole. Take it again.", name))
        return image

    def _apply_on_my_way(self, action, job, moment):
        distance = action.get("distance_km")
        return job.action_on_my_way(
            moment=moment,
            distance_km=float(distance) if distance else None,
            partner_id=action.get("partner_id"),
            arrival=parse_moment(action["arrival"]) if action.get("arrival") else None,
        )["message"]

    def _apply_found(self, action, job, moment):
        notes = {name: str(action[name] or "") for name in SITE_NOTES if name in action}
        job.write(notes)

    def _apply_issue(self, action, job, moment):
        job.action_report_issue(str(action.get("text") or ""))
        return self.env._("The office knows, and quotes it.")

    def _apply_next_visit(self, action, job, moment):
        job.action_plan_next_visit(
            next_visit_date=action.get("date") or None,
            next_visit_note=str(action.get("text") or ""),
        )
        return self.env._("The office plans the next visit.")

    def _apply_complete(self, action, job, moment):
        vals = self._get_completion_vals(action)
        vals["moment"] = fields.Datetime.to_string(moment)
        if action.get("clock_out") and job.is_clocked_in:
            # By itself: the clock ends whatever becomes of the completion.
            job.action_clock_out(punch={"moment": vals["moment"]})
        try:
            with self.env.cr.savepoint():
                answer = job.action_complete_on_site(vals)
        except UserError as error:
            return "refused", str(error)
        if answer["missing"]:
            return "refused", "\n".join(item["message"] for item in answer["missing"])
        return self.env._("%s is completed.", job.name)

    @staticmethod
    def _get_completion_vals(action):
        names = ("signature", "signed_by", "over_hours_reason", *SITE_NOTES)
        return {name: str(action[name]) for name in names if action.get(name)}

    # Words

    def _format_moment(self, moment):
        zone = self._get_zone(self._get_employees())
        return format_moment(self.env, moment, zone)
