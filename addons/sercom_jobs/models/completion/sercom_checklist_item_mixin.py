from odoo import api, fields, models

from ...tools.completion.checklist import format_number

KINDS = [
    ("check", "Tick"),
    ("yes_no", "Yes or No"),
    ("number", "Number"),
    ("text", "Text"),
    ("photo", "Photo"),
]
# What an item of a job takes over from its template, and keeps whatever the template becomes.
TRANSLATED_FIELDS = ("name", "unit", "instructions")
DEFINITION_FIELDS = (
    *TRANSLATED_FIELDS,
    "sequence",
    "display_type",
    "kind",
    "is_required",
    "limit_kind",
    "number_min",
    "number_max",
    "is_limit_blocking",
    "photo_min",
)


class SercomChecklistItemMixin(models.AbstractModel):
    """What one item of a checklist asks, on the template and on the job."""

    _name = "sercom.checklist.item.mixin"
    _description = "What a checklist asks"

    name = fields.Char("Item", required=True, translate=True, help="What is to be done or told.")
    sequence = fields.Integer(default=10)
    display_type = fields.Selection([("line_section", "Section")])
    kind = fields.Selection(
        KINDS,
        string="Answer By",
        default="check",
        required=True,
        help="How the technician answers: a tick, yes or no, a number, words, or photos.",
    )
    is_required = fields.Boolean(
        "Required", default=True, help="The job cannot be completed before the item is done."
    )
    instructions = fields.Text(
        translate=True, help="How to do it, shown to the technician with the item."
    )
    limit_kind = fields.Selection(
        [("none", "No Limits"), ("min", "At Least"), ("max", "At Most"), ("between", "Between")],
        string="Limits",
        default="none",
        required=True,
        help="A number past its limits is kept and shown in red.",
    )
    number_min = fields.Float("Lowest")
    number_max = fields.Float("Highest")
    unit = fields.Char(translate=True, help="Unit of the number: kPa, °C, mm…")
    is_limit_blocking = fields.Boolean(
        "Refuse Past Limits", help="Refuse a number past its limits instead of showing it in red."
    )
    photo_min = fields.Integer("Photos Asked", default=1, help="How many photos at least.")
    limit_text = fields.Char("Limits Told", compute="_compute_limit_text")

    @api.depends("kind", "limit_kind", "number_min", "number_max", "unit", "photo_min")
    @api.depends_context("lang")
    def _compute_limit_text(self):
        for item in self:
            item.limit_text = item._get_limit_text()

    def _get_limit_text(self):
        """Words for what this one item accepts: limits with their unit, or how many photos."""
        self.ensure_one()
        if self.kind == "photo":
            if self.photo_min == 1:
                return self.env._("1 photo")
            return self.env._("%s photos", self.photo_min)
        if self.kind != "number":
            return False
        lowest, highest = (
            self._format_number(limit) if limit is not None else None
            for limit in self._get_limits()
        )
        if lowest and highest:
            text = f"{lowest} – {highest}"
        elif lowest:
            text = f"≥ {lowest}"
        else:
            text = f"≤ {highest}" if highest else ""
        return f"{text} {self.unit or ''}".strip()

    def _get_limits(self):
        """Lowest and highest number accepted, ``None`` for no limit."""
        self.ensure_one()
        return (
            self.number_min if self.limit_kind in ("min", "between") else None,
            self.number_max if self.limit_kind in ("max", "between") else None,
        )

    def _format_number(self, number):
        return format_number(number, self._get_decimal_point())

    def _get_decimal_point(self):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return lang.decimal_point or "."
