from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.report.ratios import RATIOS

# Most records that a list of records behind a figure shows at once.
MOST = 10000


class SercomKpiReport(models.Model):
    """From a figure to the very records it is made of."""

    _inherit = "sercom.kpi.report"

    def action_open_record(self):
        """Open the record behind this one fact.

        :return: window action of the record's form
        """
        self.ensure_one()
        return self._open_records(self.res_model, [self.res_id])

    @api.model
    @api.readonly
    def action_open_records(self, domain, measure=None):
        """Open the records behind a figure.

        :param domain: of the facts, as a cell of the pivot has it
        :param str measure: the measure in the cell; its own kinds of records only
        :return: window action of a list of the records; of the facts where they are of several
            kinds
        """
        self.check_access("read")
        domain = Domain(domain) & self._get_measure_domain(measure)
        groups = self._read_group(domain, ["res_model"], ["res_id:array_agg_distinct"], limit=2)
        if not groups:
            raise UserError(self.env._("There is nothing behind this figure."))
        if len(groups) == 1 and len(groups[0][1]) <= MOST:
            model, ids = groups[0]
            if self.env[model].has_access("read"):
                return self._open_records(model, ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_kpi.sercom_kpi_report_action_facts"
        )
        return {**action, "domain": list(domain)}

    @api.model
    def _get_measure_domain(self, measure):
        """Facts that say something of a measure; of a ratio, of what it divides."""
        if measure not in self._fields:
            return Domain.TRUE
        name = RATIOS[measure].numerator if measure in RATIOS else measure
        self._check_field_access(self._fields[name], "read")
        return Domain(name, ">", 0) | Domain(name, "<", 0)

    @api.model
    def _open_records(self, model, ids):
        one = len(ids) == 1
        return {
            "type": "ir.actions.act_window",
            "name": self._get_record_names([model])[model],
            "res_model": model,
            "view_mode": "form" if one else "list,form",
            "views": [(False, "form")] if one else [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
            "res_id": ids[0] if one else False,
            "target": "current",
            "context": {"create": False},
        }

    @api.model
    def _get_record_names(self, models):
        """What the records of some models are called on the screens.

        :return: ``{model: name}``; Odoo's own name where Sercom has no other
        """
        own = {
            "account.analytic.line": self.env._("Timesheets"),
            "fsm.order": self.env._("Jobs"),
            "sale.order": self.env._("Quotes"),
        }
        # sudo: the word for a kind of records
        known = self.env["ir.model"].sudo()
        return {model: own.get(model) or known._get(model).name or "" for model in models}
