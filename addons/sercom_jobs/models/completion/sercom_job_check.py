from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN, merge_fields

from ...tools.completion.checklist import NotANumberError, is_within, parse_number
from .sercom_checklist_item_mixin import TRANSLATED_FIELDS

VALUE_FIELDS = {
    "check": "value_check",
    "yes_no": "value_choice",
    "number": "value_number",
    "text": "value_text",
}
# What a person who works on the job may write; the rest is the template's.
ANSWER_FIELDS = {*VALUE_FIELDS.values(), "value_input", "note", "photo_ids"}


class SercomJobCheck(models.Model):
    """An item of a checklist on a job: what is asked, and what was answered by whom and when.

    It is a record of its own rather than a line of the checklist with an answer: it is a copy
    of what was asked that day, so that it stays true as evidence when the checklist changes.
    ``answered_on`` is set exactly when there is an answer; a number of 0 is one.
    """

    _name = "sercom.job.check"
    _description = "Checklist item of a job"
    _inherit = ["sercom.checklist.item.mixin", "sercom.field.access.mixin"]
    _order = "checklist_id, sequence, id"

    fsm_order_id = fields.Many2one(
        "fsm.order", string="Job", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="fsm_order_id.company_id", store=True, index=True, precompute=True
    )
    checklist_id = fields.Many2one(
        "sercom.checklist", required=True, index=True, ondelete="restrict"
    )
    checklist_line_id = fields.Many2one(
        "sercom.checklist.line",
        string="Copied From",
        index="btree_not_null",
        ondelete="set null",
        help="Item of the checklist that this one was copied from.",
    )
    # What was answered once is not answered on a copy.
    value_check = fields.Boolean("Ticked", copy=False)
    value_choice = fields.Selection([("yes", "Yes"), ("no", "No")], string="Yes or No", copy=False)
    value_number = fields.Float(
        "Number", copy=False, help="The number answered, once there is an answer."
    )
    value_input = fields.Char(
        "Number Typed",
        compute="_compute_value_input",
        inverse="_inverse_value_input",
        help="The number as it is typed: with a comma or a point, empty for no answer.",
    )
    value_text = fields.Text("Words", copy=False)
    photo_ids = fields.One2many("sercom.photo", "check_id", string="Photos")
    photo_count = fields.Integer(compute="_compute_photo_count", store=True)
    note = fields.Char(copy=False, help="What the office should know about this item.")
    answered_by = fields.Many2one("res.users", index="btree_not_null", readonly=True, copy=False)
    answered_on = fields.Datetime(readonly=True, copy=False)
    skip_reason = fields.Char(
        "Left Out Because",
        readonly=True,
        copy=False,
        help="Why a dispatcher completed the job without this item.",
    )
    answer_text = fields.Char("Answer", compute="_compute_answer_text")
    is_done = fields.Boolean("Answered", compute="_compute_is_done", store=True)
    is_out_of_limits = fields.Boolean(
        "Past Limits", compute="_compute_is_out_of_limits", store=True
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Answered"), ("skipped", "Left Out")],
        compute="_compute_state",
        store=True,
    )
    is_readonly = fields.Boolean(compute="_compute_is_readonly")

    _line_uniq = models.UniqueIndex(
        "(fsm_order_id, checklist_line_id)", "This job has this item of the checklist already."
    )

    # Computes

    @api.depends("kind", "value_check", "photo_count", "photo_min", "answered_on", "display_type")
    def _compute_is_done(self):
        for check in self:
            if check.display_type:
                check.is_done = False
            elif check.kind == "photo":
                check.is_done = check.photo_count >= check.photo_min
            else:
                check.is_done = bool(check.answered_on)

    @api.depends("is_done", "skip_reason")
    def _compute_state(self):
        for check in self:
            left_out = "skipped" if check.skip_reason else "waiting"
            check.state = "done" if check.is_done else left_out

    @api.depends("kind", "value_number", "answered_on", "limit_kind", "number_min", "number_max")
    def _compute_is_out_of_limits(self):
        for check in self:
            answered = check.kind == "number" and check.answered_on
            check.is_out_of_limits = answered and not is_within(
                check.value_number, *check._get_limits()
            )

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        for check in self:
            check.photo_count = len(check.photo_ids)

    @api.depends("value_number", "answered_on", "kind")
    @api.depends_context("lang")
    def _compute_value_input(self):
        for check in self:
            answered = check.kind == "number" and check.answered_on
            check.value_input = check._format_number(check.value_number) if answered else False

    def _inverse_value_input(self):
        for check in self:
            check.write({"value_number": check._parse_number(check.value_input)})

    @api.onchange("value_input")
    def _onchange_value_input(self):
        # The screen says at once that a number is past its limits; saving says what is wrong.
        try:
            number = parse_number(self.value_input, self._get_decimal_point())
        except NotANumberError:
            return
        self.is_out_of_limits = not is_within(number, *self._get_limits())

    @api.depends("kind", "answered_on", "photo_count", *VALUE_FIELDS.values())
    @api.depends_context("lang")
    def _compute_answer_text(self):
        choices = dict(self._fields["value_choice"]._description_selection(self.env))
        for check in self:
            if not check.answered_on or check.display_type:
                check.answer_text = False
            elif check.kind == "number":
                number = check._format_number(check.value_number)
                check.answer_text = f"{number} {check.unit or ''}".strip()
            elif check.kind == "photo":
                check.answer_text = self.env._(
                    "%(count)s of %(asked)s photos", count=check.photo_count, asked=check.photo_min
                )
            elif check.kind == "check":
                check.answer_text = self.env._("Checked")
            else:
                value = check[VALUE_FIELDS[check.kind]]
                check.answer_text = choices.get(value, value)

    @api.depends("fsm_order_id.state")
    @api.depends_context("uid")
    def _compute_is_readonly(self):
        for check in self:
            check.is_readonly = check._is_closed()

    # CRUD

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: ANSWER_FIELDS})

    def _get_field_refusal(self, field):
        return self.env._(
            "What “%s” asks comes from its checklist: only its answer can be written here.",
            self._get_told_name(),
        )

    def write(self, vals):
        self.check_access("write")
        if not ANSWER_FIELDS.isdisjoint(vals):
            self._check_can_answer()
        name = next((name for name in VALUE_FIELDS.values() if name in vals), None)
        if not name:
            return super().write(vals)
        wrong = self.filtered(lambda check: VALUE_FIELDS.get(check._get_kind()) != name)
        if wrong:
            raise UserError(wrong[0]._get_wrong_kind_message())
        value = vals[name].strip() if isinstance(vals[name], str) else vals[name]
        if value is None or value == "":
            value = False
        # Who answers and when is kept where the answer changes.
        changed = self.filtered(lambda check: check._is_changed_by(name, value))
        vals = {**vals, name: value}
        # Only server code says when; told by a user, it is refused below as any closed field.
        told = vals.pop("answered_on", None) if self.env.su else None
        moment = told or fields.Datetime.now()
        super().write(vals)
        if value is False:
            stamp = {"answered_by": False, "answered_on": False}
        else:
            # An item that is answered after all was not left out.
            stamp = {"answered_by": self.env.uid, "answered_on": moment, "skip_reason": False}
        # sudo: who and when is noted, never told
        return super(SercomJobCheck, changed.sudo()).write(stamp)

    def _is_changed_by(self, name, value):
        """Whether ``value``, ``False`` for none, is another answer than this one item has."""
        if not self.answered_on or value is False:
            return bool(self.answered_on) != (value is not False)
        return self[name] != value

    @api.constrains("value_number", "answered_on")
    def _check_blocking_limits(self):
        for check in self:
            if check.is_limit_blocking and check.is_out_of_limits:
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: %(number)s is past its limits (%(limits)s). Measure again, "
                        "or call the office.",
                        item=check.name,
                        number=check._format_number(check.value_number),
                        limits=check.limit_text,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_waiting(self):
        for check in self:
            if not check._is_waiting():
                raise UserError(
                    self.env._(
                        "“%(item)s” of %(job)s has an answer, and answers are kept. "
                        "Clear it first if it was a mistake.",
                        item=check.name,
                        job=check.fsm_order_id.name,
                    )
                )

    def _is_waiting(self):
        """Whether nobody did anything with this one item yet."""
        self.ensure_one()
        return not (self.answered_on or self.note or self.photo_ids or self.skip_reason)

    def _copy_translations(self):
        """Give the items the words of their checklist in every language, in one query."""
        if not self or len(self.env["res.lang"].get_installed()) < 2:
            return
        Line = self.env["sercom.checklist.line"]
        Line.flush_model(TRANSLATED_FIELDS)
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s item SET %s FROM %s line"
                " WHERE line.id = item.checklist_line_id AND item.id IN %s",
                SQL.identifier(self._table),
                SQL(", ").join(
                    SQL("%s = line.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in TRANSLATED_FIELDS
                ),
                SQL.identifier(Line._table),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(TRANSLATED_FIELDS)
