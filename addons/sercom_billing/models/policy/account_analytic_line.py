from odoo import api, fields, models
from odoo.tools import format_duration

from ...tools.policy.rounding import round_hours, share

TINY = 1e-6
# What makes the hours of a scope, beside those of the line itself.
SCOPE_FIELDS = frozenset({"unit_amount", "date", "employee_id", "so_line", "fsm_order_id"})


class AccountAnalyticLine(models.Model):
    """Hours to bill of what was worked: by the company's minimum and increment, and why.

    The hours worked stay as they are, for cost and pay. What is billed already does not change:
    what the rule makes of the rest is in the lines that can.
    """

    _inherit = "account.analytic.line"

    billing_note = fields.Char(
        "How Billed",
        compute="_compute_billable_hours",
        store=True,
        copy=False,
        help="How the hours worked became the hours billed.",
    )

    unauthorized_hours = fields.Float(
        "Hours Not Authorised",
        compute="_compute_billable_hours",
        store=True,
        copy=False,
        help="Hours over those that the client authorised: not billed before they are.",
    )

    # Not of the policy of the order line: each job that is given to a line would search for hours.
    # Who changes a policy says so (``_reckon_changed_policies``).
    @api.depends("date", "employee_id", "fsm_order_id")
    def _compute_billable_hours(self):
        settled = {
            line: (line._get_ruled_hours(), line._get_rule_note())
            for line in self
            if line._is_settled_hours()
        }
        res = super()._compute_billable_hours()
        self.unauthorized_hours = 0.0
        for line, (hours, note) in settled.items():
            line.billable_hours = hours
            line.billing_note = note
        ruled = self.browse()
        for line in self - self.browse().union(*settled):
            line.billing_note = False
            if line._is_ruled():
                ruled |= line
        for scope in ruled._get_scopes():
            scope._apply_rule(scope & ruled)
        self._apply_authorization()
        return res

    def _is_settled_hours(self):
        """Whether some of this one line is billed or waived, so that its hours stay."""
        self.ensure_one()
        origin = self._origin
        return bool(
            origin
            and (abs(origin.billed_hours or 0) > TINY or abs(origin.waived_hours or 0) > TINY)
        )

    def _is_ruled(self):
        """Whether a rule of rounding applies to this one line."""
        self.ensure_one()
        return bool(
            self.fsm_order_id
            and self.project_id
            and self.so_line
            and self.so_line._is_billed_by_hours()
            and self._get_rounding_rule()
        )

    def _get_rounding_rule(self):
        """The rule of this one line: what its client agreed to, or the company's."""
        # sudo: it decides, whoever writes the hours
        client = self.sudo().fsm_order_id.partner_id.commercial_partner_id
        own = client.with_company(self.company_id)._get_agreed_rounding()
        return self.company_id._get_rounding_rule() if own is None else own

    def _get_scope_key(self):
        self.ensure_one()
        scope = self.company_id.billing_scope
        if scope == "job":
            return (self._get_rate_root().id,)
        if scope == "day" or not self.attendance_id:
            own = () if scope == "day" else (self._origin.id or id(self),)
            return (self._get_rate_root().id, self.employee_id.id, self.date, *own)
        return (self._get_rate_root().id, "entry", self.attendance_id.id)

    def _get_scopes(self):
        """Sets of lines, with these among them, whose hours are summed before the rule."""
        if not self:
            return []
        # sudo: the whole scope decides, whoever reads it
        known = self.sudo().search(
            [("so_line", "in", self._get_rate_roots().ids), ("project_id", "!=", False)]
        )
        keys = {line._get_scope_key() for line in self}
        scopes = {}
        for line in known | self.sudo():  # sudo: as above
            if (key := line._get_scope_key()) in keys:
                scopes.setdefault(key, self.browse())
                scopes[key] |= line.with_env(self.env)
        return list(scopes.values())

    def _apply_rule(self, changing):
        """Give the lines of ``changing`` what the rule makes of this one scope."""
        # sudo: the whole scope decides, whoever reads it
        lines = self.sudo().sorted(lambda line: (line.date, line._origin.id or 0))
        fixed = lines.filtered(lambda line: line._is_settled_hours())
        free = lines - fixed
        rule = lines[:1]._get_rounding_rule()
        worked = sum(lines.mapped("unit_amount"))
        total, reason = round_hours(worked, rule)
        settled = sum(line._get_ruled_hours() for line in fixed)
        shares = share(total, free.mapped("unit_amount"), settled)
        for line, hours in zip(free, shares, strict=True):
            note = ""
            if abs(hours - line.unit_amount) > TINY:
                note = line._get_billing_note(worked, total, reason)
            if line in changing:
                line.billable_hours = round(hours, 6)
                line.billing_note = note

    def _get_billing_note(self, worked, total, reason):
        """How hours became those billed, in words: “2:07 → 2:15: 15 min, up”."""
        rule = self._get_rounding_rule()
        increment = self.env._("%s min", round(rule.increment))
        why = {
            "minimum": self.env._("minimum of %s", format_duration(rule.minimum)),
            "up": self.env._("%s, up", increment),
            "down": self.env._("%s, nearest or within the grace", increment),
        }.get(reason) or self.env._("the rest is on other lines")
        if rule.is_agreed:
            why = self.env._("%(rule)s, as agreed with the client", rule=why)
        return f"{format_duration(worked)} → {format_duration(total)}: {why}"

    # Changes of one line are changes of its scope

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not SCOPE_FIELDS.isdisjoint(vals):
            before["scopes"] = self._get_siblings() | self._get_capped_siblings()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not SCOPE_FIELDS.isdisjoint(vals):
            self._reckon(before["scopes"] | self._get_siblings() | self._get_capped_siblings())
        elif "approval_state" in vals:
            self._reckon(self._get_capped_siblings())

    def _after_create(self):
        super()._after_create()
        self._reckon(self._get_siblings() | self._get_capped_siblings())

    def unlink(self):
        siblings = (self._get_siblings() | self._get_capped_siblings()) - self
        res = super().unlink()
        self._reckon(siblings)
        return res

    def _get_siblings(self):
        """Lines of the scopes of those of these lines that the rule applies to, in sudo."""
        # sudo: the whole scope decides, whoever changes hours
        ruled = self.sudo().filtered(lambda line: line._is_ruled())
        return ruled.browse().union(*ruled._get_scopes())

    @api.model
    def _reckon(self, lines):
        if lines:
            self.env.add_to_compute(self._fields["billable_hours"], lines)
            lines.modified(["billable_hours"])
