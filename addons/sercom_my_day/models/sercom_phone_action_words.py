from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.wording import format_moment, format_number


class SercomPhoneAction(models.Model):
    """What a phone sent, in the words of who reads it: person, what, job, when."""

    _inherit = "sercom.phone.action"
    _rec_names_search = ["user_id", "fsm_order_id"]

    kind_name = fields.Char("What", compute="_compute_kind_name")
    content_text = fields.Text("Content", compute="_compute_content_text", compute_sudo=True)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        names = self._get_kind_names()
        for action in self:
            action.kind_name = names.get(action.kind) or action.kind

    @api.depends("user_id", "kind", "fsm_order_id", "moment")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for action in self:
            job = action.sudo().fsm_order_id.name  # sudo: its name only
            moment = action.moment and format_moment(self.env, action.moment)
            told = (action.user_id.name, action.kind_name, job, moment)
            action.display_name = " · ".join(filter(None, told))

    @api.model
    def _get_kind_names(self):
        """Hook: what the office reads of each kind of action."""
        return {
            "punch": self.env._("Clock"),
            "check": self.env._("Checklist"),
            "note": self.env._("Note"),
            "photo": self.env._("Photo"),
            "caption": self.env._("Caption"),
            "on_my_way": self.env._("On my way"),
            "entry_job": self.env._("Job of clocked time"),
            "correction": self.env._("Correction of hours"),
            "found": self.env._("Found and advised"),
            "issue": self.env._("Another issue found"),
            "next_visit": self.env._("Next visit"),
            "complete": self.env._("Completion"),
        }

    @api.depends("content", "kind", "moment", "fsm_order_id.check_ids.name")
    @api.depends_context("lang", "tz")
    def _compute_content_text(self):
        names = self._get_content_names()
        for action in self:
            content = action.content or {}
            lines = [
                (name, action._put_in_words(key, content[key]))
                for key, name in names.items()
                if key in content
            ]
            action.content_text = "\n".join(f"{name}: {words}" for name, words in lines if words)

    def _put_in_words(self, key, value):
        """Words for one thing of the content, as it came where it is not what it should be."""
        try:
            return self._get_content_words(key, value)
        except (ArithmeticError, TypeError, ValueError):
            return str(value)

    @api.model
    def _get_content_names(self):
        """Hook: what the office reads of an action's content, ``{key: name}``, in order."""
        return {
            "check_id": self.env._("Item"),
            "name": self.env._("Name"),
            "caption": self.env._("Caption"),
            "when": self.env._("Taken"),
            "value": self.env._("Answer"),
            "text": self.env._("Text"),
            "date": self.env._("Not before"),
            "found_note": self.env._("Found"),
            "work_note": self.env._("Done"),
            "advice_note": self.env._("Advised"),
            "signed_by": self.env._("Signed by"),
            "over_hours_reason": self.env._("Why more hours"),
            "clock_out": self.env._("Clocked out"),
        }

    def _get_content_words(self, key, value):
        """Hook: words for one thing that the content of this one action holds; empty for none."""
        content = self.content or {}
        if key == "check_id":
            return self._get_item_words()
        if key == "name" and (value == content.get("caption") or self._is_answer_of_item()):
            return ""  # told as the caption, or the item
        if key == "when":
            moments = self.env["sercom.photo"]._fields["moment"]._description_selection(self.env)
            return dict(moments).get(value, "")
        if key == "date":
            return format_date(self.env, fields.Date.to_date(str(value))) if value else ""
        if key == "value":
            return self._get_answer_words(value)
        if key == "clock_out":
            return format_moment(self.env, self.moment) if value and self.moment else ""
        return str(value) if value not in (None, False) else ""

    def _get_item(self):
        """Item of its own job's checklist that this one action is about; none when it is gone."""
        item_id = (self.content or {}).get("check_id")
        items = self.fsm_order_id.check_ids
        return items.filtered(lambda item: item.id == item_id and not isinstance(item_id, bool))

    def _is_answer_of_item(self):
        return self.kind == "check" and bool(self._get_item())

    def _get_item_words(self):
        content = self.content or {}
        if not content["check_id"]:
            return ""
        if item := self._get_item():
            return item.name
        # What the phone calls it is told then.
        return "" if content.get("name") else self.env._("No longer on the checklist")

    def _get_answer_words(self, value):
        # By identity: 1 and 0 are measured numbers.
        if value is True or value == "yes":
            return self.env._("Yes")
        if value is False or value == "no":
            return self.env._("No")
        if isinstance(value, int | float):
            return f"{format_number(self.env, value)} {self._get_item().unit or ''}".strip()
        return str(value or "") or self.env._("Taken back")
