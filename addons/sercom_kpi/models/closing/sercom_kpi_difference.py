from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

from ...tools.certificate.compare import compare


class SercomKpiDifference(models.TransientModel):
    """A record that says something else of a closed month than when it was closed."""

    _name = "sercom.kpi.difference"
    _inherit = ["sercom.field.access.mixin", "sercom.cost.mixin"]
    _description = "Change after closing"
    _order = "changed_on desc, id"

    line_id = fields.Many2one(
        "sercom.kpi.closing.line", required=True, ondelete="cascade", readonly=True
    )
    closing_id = fields.Many2one(related="line_id.closing_id", string="Month")
    figure_name = fields.Char(related="line_id.name")
    name = fields.Char("Record", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    kept_value = fields.Float("When Closed", digits=(16, 2), readonly=True, groups=MARGIN_GROUPS)
    current = fields.Float("Now", digits=(16, 2), readonly=True, groups=MARGIN_GROUPS)
    difference = fields.Float(compute="_compute_difference", digits=(16, 2), groups=MARGIN_GROUPS)
    is_deleted = fields.Boolean("Deleted", readonly=True)
    changed_by_id = fields.Many2one(
        "res.users", readonly=True, help="Who changed the record last; unknown once it is deleted."
    )
    changed_on = fields.Datetime(readonly=True)

    @api.depends("kept_value", "current")
    def _compute_difference(self):
        for row in self:
            row.difference = row.current - row.kept_value

    @api.model
    def _make(self, lines):
        """Make the rows of what differs from these figures of closed months."""
        vals_list = []
        for closing, own in lines.grouped("closing_id").items():
            now = closing._read_figures()
            for line in own.filtered(lambda line: line.measure != "margin"):  # told by its parts
                kept, current = line.records or {}, now.get(line.measure, {})
                vals_list += [
                    {
                        "line_id": line.id,
                        "kept_value": kept.get(key, 0.0),
                        "current": current.get(key, 0.0),
                        "res_model": key.partition(",")[0],
                        "res_id": int(key.partition(",")[2]),
                    }
                    for key in compare(current, kept).ids
                ]
        described = self._describe({(vals["res_model"], vals["res_id"]) for vals in vals_list})
        return self.create(
            [{**vals, **described[vals["res_model"], vals["res_id"]]} for vals in vals_list]
        )

    @api.model
    def _describe(self, keys):
        """What records are called, and who changed each last.

        :param keys: ``(model, id)``
        :return: ``{(model, id): values of a row}``
        """
        answer = {}
        for model in {model for model, _id in keys}:
            ids = [res_id for own, res_id in keys if own == model]
            found = {record.id: record for record in self.env[model].browse(ids).exists()}
            word = self.env["ir.model"]._get(model).name
            for res_id in ids:
                answer[model, res_id] = self._describe_record(word, res_id, found.get(res_id))
        return answer

    @api.model
    def _describe_record(self, word, res_id, record):
        if record is None:
            return {"name": f"{word} {res_id}", "is_deleted": True}
        # The lines of an entry are changed by way of the entry.
        parent = record.move_id if record._name == "account.move.line" else record
        changed = max(parent, record, key=lambda own: own.write_date)
        return {
            "name": record.display_name,
            "changed_by_id": changed.write_uid.id,
            "changed_on": changed.write_date,
        }

    def action_open_record(self):
        """Open the record.

        :return: window action of its form
        :raises UserError: of a record that is gone
        """
        self.ensure_one()
        if self.is_deleted:
            raise UserError(self.env._("%s was deleted.", self.name))
        return self.env["sercom.kpi.report"]._open_records(self.res_model, [self.res_id])
