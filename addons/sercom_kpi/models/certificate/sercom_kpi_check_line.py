from odoo import api, fields, models
from odoo.exceptions import UserError


class SercomKpiCheckLine(models.TransientModel):
    """One total of a certificate, told both ways."""

    _name = "sercom.kpi.check.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Line of a certificate"
    _order = "id"
    _rec_name = "measure"

    check_id = fields.Many2one(
        "sercom.kpi.check", required=True, ondelete="cascade", index=True, readonly=True
    )
    measure = fields.Char(required=True, readonly=True)
    name = fields.Char("Figure", compute="_compute_name")
    unit = fields.Char(compute="_compute_name")
    source = fields.Char("Recounted From", compute="_compute_name")
    reported = fields.Float("In the Report", digits=(16, 2), readonly=True)
    recounted = fields.Float(digits=(16, 2), readonly=True)
    difference = fields.Float(digits=(16, 2), readonly=True)
    record_model = fields.Char(readonly=True)
    record_ids = fields.Json("Records That Differ", readonly=True)
    record_count = fields.Integer("Differ", compute="_compute_record_count")

    @api.depends("measure", "record_model", "check_id.currency_id")
    @api.depends_context("lang")
    def _compute_name(self):
        Report = self.env["sercom.kpi.report"]
        figures = self.env["sercom.kpi.check"]._get_figure_names()
        sources = Report._get_record_names(set(self.mapped("record_model")))
        for line in self:
            line.name = figures.get(line.measure, line.measure)
            line.unit = self._get_unit(line)
            line.source = sources[line.record_model]

    @api.model
    def _get_unit(self, line):
        """What a figure is counted in: hours, money, or nothing but how many."""
        field = self.env["sercom.kpi.report"]._fields.get(line.measure)
        if field and field.type == "monetary":
            return line.check_id.currency_id.name
        return self.env._("h") if line.measure.endswith("_hours") else ""

    @api.depends("record_ids")
    def _compute_record_count(self):
        for line in self:
            line.record_count = len(line.record_ids or [])

    def _is_different(self):
        self.ensure_one()
        return bool(self.difference or self.record_ids)

    def action_open_records(self):
        """Open the records of which the report and the recount differ.

        :return: window action of a list of them
        :raises UserError: where there are none
        """
        self.ensure_one()
        if not self.record_ids:
            raise UserError(self.env._("%s: nothing differs.", self.name))
        ids = [record for record in self.record_ids if record]
        if not ids:
            raise UserError(
                self.env._(
                    "%s: what differs belongs to no job. Look in the pivot of revenue and margin, "
                    "grouped by job.",
                    self.name,
                )
            )
        return self.env["sercom.kpi.report"]._open_records(self.record_model, ids)
