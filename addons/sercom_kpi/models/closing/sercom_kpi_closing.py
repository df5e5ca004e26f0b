from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER

# What is kept; the margin is what is left of the money above it.
MEASURES = (
    "revenue",
    "labour_cost",
    "parts_cost",
    "margin",
    "worked_hours",
    "billed_hours",
    "sold_hours",
    "done_count",
)


class SercomKpiClosing(models.Model):
    """A month's figures, kept as they were when somebody closed it.

    How it works: while it is open it lists what is still missing (``sercom.kpi.closing.item``).
    Closing it keeps, of each figure, the total and what each record says of it
    (``sercom.kpi.closing.line``); what the report says of the month from then on is compared with
    that, record by record. Nothing is locked: a later change is shown, with its record, who and
    when.
    """

    _name = "sercom.kpi.closing"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Closing of a month"
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        "Month", required=True, default=lambda self: self._get_last_month(), help="Its first day."
    )
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("sercom.kpi.closing.line", "closing_id", copy=False)
    item_ids = fields.One2many("sercom.kpi.closing.item", "closing_id", copy=False)
    is_different = fields.Boolean(
        "Changed Since",
        compute="_compute_is_different",
        help="The report says something else of this month than when it was closed.",
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, date)", "This month is in the list already. Open it there."
    )

    @api.model
    def _get_last_month(self):
        first = fields.Date.context_today(self).replace(day=1)
        return (first - timedelta(days=1)).replace(day=1)

    @api.model
    def _get_creatable_fields(self):
        return {BILLING: {"company_id", "date"}, MANAGER: {"company_id", "date"}}

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for closing in self:
            closing.display_name = (
                format_date(self.env, closing.date, date_format="MMMM y") if closing.date else ""
            )

    @api.depends("line_ids.difference", "line_ids.changed_count")
    def _compute_is_different(self):
        for closing in self:
            closing.is_different = any(
                line.difference or line.changed_count for line in closing.line_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("date"):
                vals["date"] = fields.Date.to_date(vals["date"]).replace(day=1)
        closings = super().create(vals_list)
        keys = list(self.env["sercom.kpi.closing.item"]._get_items())
        # sudo: the check-list is nobody's to write
        closings.sudo().item_ids = [Command.create({"key": key}) for key in keys]
        return closings

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        for closing in self:
            if closing.closed_on:
                raise UserError(
                    self.env._(
                        "%s is closed: its figures stay.",
                        closing.display_name,
                    )
                )

    # Closing

    def action_close(self):
        """Keep the figures of these months as the report has them now, once and for all.

        :raises UserError: of a month that is not over, or closed
        """
        self.check_access("write")
        Check = self.env["sercom.kpi.check"]
        Check._check_may_read_figures()
        for closing in self:
            if closing.closed_on:
                raise UserError(self.env._("%s is closed: its figures stay.", closing.display_name))
            if closing._get_end() > fields.Date.context_today(self):
                raise UserError(
                    self.env._(
                        "%s is not over. Close it once its last day has passed.",
                        closing.display_name,
                    )
                )
            kept = closing._read_figures()
            # sudo: what is kept is written by closing alone, whole, past the rules of who closes
            closing.sudo().write(
                {
                    "closed_by_id": self.env.uid,
                    "closed_on": fields.Datetime.now(),
                    "line_ids": [
                        Command.create({"measure": measure, "records": records})
                        for measure, records in kept.items()
                    ],
                }
            )

    def action_see_differences(self):
        """List the records that changed what these months say.

        :return: window action of a list, made anew
        """
        self.check_access("read")
        self.env["sercom.kpi.check"]._check_may_read_figures()
        # sudo: the list is nobody's to write, and tells all that changed
        rows = self.env["sercom.kpi.difference"].sudo()._make(self.sudo().line_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_kpi.sercom_kpi_difference_action"
        )
        return {**action, "domain": [("id", "in", rows.ids)]}

    def action_open_figures(self):
        """Open the report of this month.

        :return: window action of the pivot of revenue and margin
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_kpi.sercom_kpi_report_action_money"
        )
        return {
            **action,
            "domain": list(self._get_domain()),
            "context": {"search_default_is_service": 1},
        }

    def _get_end(self):
        """The first day after this one month."""
        self.ensure_one()
        return self.date + relativedelta(months=1)

    def _get_domain(self):
        """Domain of the facts of this one month."""
        self.ensure_one()
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", fields.Date.to_string(self.date))
            & Domain("date", "<", fields.Date.to_string(self._get_end()))
        )

    def _read_figures(self):
        """What the report says of this one month, of each record, in one query.

        :return: ``{measure: {"model,id": value}}``
        """
        self.ensure_one()
        found = {measure: {} for measure in MEASURES}
        # sudo: a month is kept whole; who may ask is checked before
        groups = (
            self.env["sercom.kpi.report"]
            .sudo()
            ._read_group(
                self._get_domain(),
                ["res_model", "res_id"],
                [f"{measure}:sum" for measure in MEASURES],
            )
        )
        for model, res_id, *values in groups:
            for measure, value in zip(MEASURES, values, strict=True):
                if value:
                    found[measure][f"{model},{res_id}"] = round(value, 4)
        return found
