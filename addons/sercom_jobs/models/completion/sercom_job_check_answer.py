from datetime import datetime, timedelta

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.completion.checklist import AmbiguousNumberError, NotANumberError, parse_number
from .sercom_job_check import VALUE_FIELDS

# A phone's clock may be a little ahead of the server's.
CLOCK_TOLERANCE = timedelta(minutes=5)


class SercomJobCheck(models.Model):
    """Answering an item: from the screen, or from a phone that was without network."""

    _inherit = "sercom.job.check"

    def action_answer(self, value, answered_on=None):
        """Answer this one item; answering twice the same changes nothing.

        :param value: a boolean for a tick; ``"yes"``, ``"no"`` or a boolean; a number, or text
            with a comma or a point; text. ``None`` takes the answer back. Photos are
            ``sercom.photo`` records with this item as ``check_id``.
        :param str answered_on: when it was answered, UTC without zone (``2026-11-03 14:05:00``);
            now when left out. An answer older than the one there is does not replace it.
        :return: ``{"state", "answer_text", "answered_on", "is_out_of_limits"}``
        :raises UserError: when the value, the time or the job's state does not allow it
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_answer()
        moment = self._parse_moment(answered_on)
        value = self._parse_answer(value)
        if not (answered_on and self.answered_on and moment < self.answered_on):
            # sudo: only the server says when, and the answer is by the same user
            self.sudo().write({VALUE_FIELDS[self.kind]: value, "answered_on": moment})
        names = ["state", "answer_text", "answered_on", "is_out_of_limits"]
        return self.read(names)[0]

    def action_tick(self):
        """Tick this one item, or take its tick back; what a card's button calls."""
        self.action_answer(not self.value_check)

    def action_yes(self):
        """Answer this one item by yes; what a card's button calls."""
        self.action_answer("yes")

    def action_no(self):
        """Answer this one item by no; what a card's button calls."""
        self.action_answer("no")

    def _get_kind(self):
        return False if self.display_type else self.kind

    def _is_closed(self):
        """Whether the reader may no longer answer this one item: its job is over."""
        self.ensure_one()
        state = self.fsm_order_id.state
        office = self.env.su or self.env.user.has_group("fieldservice.group_fsm_user")
        return state == "cancelled" or (state == "done" and not office)

    def _check_can_answer(self):
        for check in self:
            if check._is_closed():
                raise UserError(
                    self.env._(
                        "The checklist of %(job)s is closed: “%(item)s” can no longer be "
                        "answered. Ask the office to reopen the job.",
                        job=check.fsm_order_id.name,
                        item=check.name,
                    )
                )

    def _parse_moment(self, moment):
        """Read the UTC time a client sends with an answer; now for none."""
        now = fields.Datetime.now()
        if not moment:
            return now
        try:
            moment = datetime.fromisoformat(moment).replace(microsecond=0)
        except (TypeError, ValueError):
            moment = None
        if not moment or moment.tzinfo:
            raise UserError(
                self.env._(
                    "“%s”: the time of the answer cannot be read. Send it in UTC, "
                    "like 2026-11-03 14:05:00.",
                    self.name,
                )
            )
        if moment > now + CLOCK_TOLERANCE:
            raise UserError(
                self.env._(
                    "“%s” is answered in the future. Set the clock of the phone right.", self.name
                )
            )
        return min(moment, now)

    def _parse_answer(self, value):
        """Read what a client sends as the answer of this one item; ``False`` for none."""
        kind = self._get_kind()
        if kind == "number":
            return self._parse_number(value)
        if value is None or value == "":
            return False
        if kind == "check" and isinstance(value, bool):
            return value
        if kind == "yes_no" and (isinstance(value, bool) or value in ("yes", "no")):
            return {True: "yes", False: "no"}.get(value, value)
        if kind == "text" and isinstance(value, str):
            return value
        raise UserError(self._get_wrong_kind_message())

    def _parse_number(self, value):
        """Read a number typed for this one item; ``False`` for none."""
        if value is None or value is False or not str(value).strip():
            return False
        try:
            return parse_number(value, self._get_decimal_point())
        except AmbiguousNumberError as error:
            raise ValidationError(
                self.env._(
                    "“%(item)s”: %(value)s can be read in two ways. Type it without a "
                    "separator of thousands, with “%(point)s” before the decimals.",
                    item=self.name,
                    value=value,
                    point=self._get_decimal_point(),
                )
            ) from error
        except NotANumberError as error:
            raise ValidationError(
                self.env._(
                    "“%(item)s”: “%(value)s” is not a number. Type digits only, such as 12.5.",
                    item=self.name,
                    value=value,
                )
            ) from error

    def _get_wrong_kind_message(self):
        """Words for how this one item is answered, to who tried otherwise."""
        if self.display_type:
            return self.env._("“%s” is a title: nothing to answer.", self.name)
        if self.kind == "photo":
            return self.env._("“%s” is answered by photos. Take one.", self.name)
        return self.env._(
            "“%(item)s” is answered otherwise: %(kind)s.",
            item=self.name,
            kind=dict(self._fields["kind"]._description_selection(self.env))[self.kind],
        )

    def _note_photos(self):
        """Keep who answered and when for items whose photos changed."""
        # sudo: only the server says who answered and when
        for check in self.sudo().filtered(lambda check: check.kind == "photo"):
            last = check.photo_ids.sorted("date_taken")[-1:]
            if bool(last) != bool(check.answered_on):
                stamp = {"answered_by": last.user_id.id, "answered_on": last.date_taken}
                check.write({**stamp, "skip_reason": False} if last else stamp)
