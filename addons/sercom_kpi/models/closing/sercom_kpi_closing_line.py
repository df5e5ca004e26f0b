from odoo import api, fields, models

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

from ...tools.certificate.compare import compare


class SercomKpiClosingLine(models.Model):
    """One figure of a closed month: what it was, record by record, and what it is now."""

    _name = "sercom.kpi.closing.line"
    _inherit = ["sercom.field.access.mixin", "sercom.cost.mixin"]
    _description = "Figure of a closed month"
    _order = "id"
    _rec_name = "measure"

    closing_id = fields.Many2one(
        "sercom.kpi.closing", required=True, ondelete="cascade", index=True, readonly=True
    )
    measure = fields.Char(required=True, readonly=True)
    name = fields.Char("Figure", compute="_compute_name")
    records = fields.Json(readonly=True, groups=MARGIN_GROUPS)
    total = fields.Float(
        "When Closed",
        compute="_compute_total",
        store=True,
        digits=(16, 2),
        groups=MARGIN_GROUPS,
        help="The figure as it was when the month was closed.",
    )
    current = fields.Float("Now", compute="_compute_current", digits=(16, 2), groups=MARGIN_GROUPS)
    difference = fields.Float(compute="_compute_current", digits=(16, 2), groups=MARGIN_GROUPS)
    changed_count = fields.Integer(
        "Records Changed", compute="_compute_current", groups=MARGIN_GROUPS
    )

    @api.depends("measure")
    @api.depends_context("lang")
    def _compute_name(self):
        # sudo: the words for figures
        figures = self.env["sercom.kpi.report"].sudo().fields_get(attributes=["string"])
        for line in self:
            figure = figures.get(line.measure)
            line.name = figure["string"] if figure else line.measure

    @api.depends("records")
    def _compute_total(self):
        for line in self:
            line.total = sum((line.records or {}).values())

    # Read anew each time: it depends on all that the report is made of.
    @api.depends("records")
    def _compute_current(self):
        for line, result in self._compare().items():
            line.current = result.reported
            line.difference = result.difference
            line.changed_count = len(result.ids)

    def _compare(self):
        """What the report says now, beside what was kept.

        :return: ``{line: Comparison}``, of keys ``"model,id"``
        """
        answer = {}
        for closing, lines in self.grouped("closing_id").items():
            now = closing._read_figures()
            for line in lines:
                answer[line] = compare(now.get(line.measure, {}), line.records or {})
        return answer
