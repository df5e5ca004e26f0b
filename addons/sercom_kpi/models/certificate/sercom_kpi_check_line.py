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
    source = fields.Char("Recounted From", compute="_compute_name")
    reported = fields.Float("In the Report", digits=(16, 2), readonly=True)
    recounted = fields.Float(digits=(16, 2), readonly=True)
    difference = fields.Float(digits=(16, 2), readonly=True)
    record_model = fields.Char(readonly=True)
    record_ids = fields.Json("Records That Differ", readonly=True)
    record_count = fields.Integer("Differ", compute="_compute_record_count")

    @api.depends("measure", "record_model")
    @api.depends_context("lang")
    def _compute_name(self):
        Report = self.env["sercom.kpi.report"]
        figures = Report.fields_get(attributes=["string"])
        sources = Report._get_record_names(set(self.mapped("record_model")))
        for line in self:
            figure = figures.get(line.measure)
            line.name = figure["string"] if figure else line.measure
            line.source = sources[line.record_model]

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
        return self.env["sercom.kpi.report"]._open_records(self.record_model, self.record_ids)
