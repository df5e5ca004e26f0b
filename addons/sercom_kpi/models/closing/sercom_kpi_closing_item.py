from odoo import api, fields, models
from odoo.exceptions import UserError


class SercomKpiClosingItem(models.Model):
    """One thing that may still be missing in a month: how many records of it there are, now."""

    _name = "sercom.kpi.closing.item"
    _inherit = ["sercom.field.access.mixin"]
    _description = "What a month may miss"
    _order = "id"
    _rec_name = "key"

    closing_id = fields.Many2one(
        "sercom.kpi.closing", required=True, ondelete="cascade", index=True, readonly=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("Still Missing", compute="_compute_count")
    record_count = fields.Integer("How Many", compute="_compute_count")

    @api.depends("key", "closing_id.date", "closing_id.company_id")
    @api.depends_context("lang", "uid")
    def _compute_count(self):
        known = self._get_items()
        for item in self:
            name, model, _get_domain = known.get(item.key, (item.key, None, None))
            item.name = name
            item.record_count = (
                self.env[model].search_count(item._get_domain())
                if model and self.env[model].has_access("read")
                else 0
            )

    @api.model
    def _get_items(self):
        """Hook: what a month may miss.

        :return: ``{key: (what, model, name of a method)}``; the method takes a company and the
            dates of the month's first day and of the one after its last, and answers a domain
        """
        return {
            "unapproved": (
                self.env._("Hours that nobody approved"),
                "account.analytic.line",
                "_get_unapproved_domain",
            ),
            "clocked_in": (
                self.env._("People still clocked in"),
                "hr.attendance",
                "_get_clocked_in_domain",
            ),
            "review": (
                self.env._("Clock entries that somebody must look at"),
                "hr.attendance",
                "_get_review_domain",
            ),
            "to_bill": (
                self.env._("Jobs done and not billed"),
                "fsm.order",
                "_get_to_bill_domain",
            ),
            "draft": (
                self.env._("Invoices and bills that are drafts"),
                "account.move",
                "_get_draft_domain",
            ),
        }

    def _get_domain(self):
        """Domain of the records of this one item."""
        self.ensure_one()
        closing = self.closing_id
        method = self._get_items()[self.key][2]
        return getattr(self, method)(closing.company_id, closing.date, closing._get_end())

    def action_open_records(self):
        """Open what is missing.

        :return: window action of a list
        :raises UserError: where nothing is
        """
        self.ensure_one()
        self.check_access("read")
        if self.key not in self._get_items():
            raise UserError(self.env._("This is no longer looked at. Reload the page."))
        model = self._get_items()[self.key][1]
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": self._get_domain(),
            "context": {"create": False},
        }

    @api.model
    def _get_unapproved_domain(self, company, first, after):
        return [
            ("company_id", "=", company.id),
            ("fsm_order_id", "!=", False),
            ("project_id", "!=", False),
            ("approval_state", "=", "draft"),
            ("date", ">=", first),
            ("date", "<", after),
        ]

    @api.model
    def _get_clocked_in_domain(self, company, first, after):
        return [
            ("employee_id.company_id", "=", company.id),
            ("check_out", "=", False),
            ("check_in", "<", fields.Datetime.to_datetime(after)),
        ]

    @api.model
    def _get_review_domain(self, company, first, after):
        return [
            ("employee_id.company_id", "=", company.id),
            ("check_in", "<", fields.Datetime.to_datetime(after)),
            *self.env["hr.attendance"]._get_undecided_domain(),
        ]

    @api.model
    def _get_to_bill_domain(self, company, first, after):
        return [
            ("company_id", "=", company.id),
            ("is_ready_to_bill", "=", True),
            ("date_end", "<", fields.Datetime.to_datetime(after)),
        ]

    @api.model
    def _get_draft_domain(self, company, first, after):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "draft"),
            ("move_type", "in", ("out_invoice", "out_refund", "in_invoice", "in_refund")),
            "|",
            "&",
            ("invoice_date", "=", False),
            ("create_date", "<", fields.Datetime.to_datetime(after)),
            ("invoice_date", "<", after),
        ]
