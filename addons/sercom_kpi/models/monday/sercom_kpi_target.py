from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import MANAGER

from ...tools.monday.targets import merge_targets
from ...tools.report.ratios import RATIOS
from .sercom_kpi_monday import WEEKLY


class SercomKpiTarget(models.Model):
    """What a company, a team or a person aims at in a week; the Monday page tells who is there."""

    _name = "sercom.kpi.target"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Target of the week"
    _order = "company_id, measure, team_id, employee_id, id"
    _check_company_auto = True

    measure = fields.Selection(
        lambda self: self._get_measures(),
        "Figure",
        required=True,
        default="utilisation",
        help="The figure of the Monday page.",
    )
    value = fields.Float("Target", required=True, help="In the unit of the figure, for one week.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "fsm.team",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Whose target it is: the people of this team. Of all the company where empty.",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Person",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Whose target it is: this person's, whatever their team or the company aims at.",
    )

    _measure_uniq = models.UniqueIndex(
        "(company_id, measure, COALESCE(team_id, 0), COALESCE(employee_id, 0))",
        "This figure has a target already. Change that one.",
    )

    @api.model
    def _get_measures(self):
        # sudo: the words for figures, whoever reads what they say
        described = self.env["sercom.kpi.report"].sudo().fields_get(list(WEEKLY), ["string"])
        return [(name, described[name]["string"]) for name in WEEKLY]

    @api.model
    def _get_writable_fields(self):
        return {MANAGER: {"company_id", "employee_id", "measure", "team_id", "value"}}

    @api.depends("measure", "value")
    def _compute_display_name(self):
        names = dict(self._get_measures())
        for target in self:
            target.display_name = f"{names.get(target.measure, '')}: {target.value:g}"

    @api.constrains("measure", "team_id", "employee_id")
    def _check_whose(self):
        for target in self:
            if target.team_id and target.employee_id:
                raise ValidationError(
                    self.env._(
                        "%s: a target is a team's or a person's. Make one for each.",
                        target.display_name,
                    )
                )
            if (target.team_id or target.employee_id) and target.measure != "utilisation":
                raise ValidationError(
                    self.env._(
                        "%s: teams and people have a target of utilisation. Leave the team and "
                        "the person out for one of the company.",
                        target.display_name,
                    )
                )

    @api.model
    def _get_targets(self, companies):
        """Targets that hold for these companies together, in one query.

        :return: ``{(measure, id of a team or None, id of a person or None): value}``
        """
        found = {}
        for target in self.search([("company_id", "in", companies.ids)]):
            key = (target.measure, target.team_id.id or None, target.employee_id.id or None)
            found.setdefault(key, []).append(target.value)
        merged = {
            (measure, team, person): values[0]
            if team or person
            else merge_targets(values, measure in RATIOS, len(companies))
            for (measure, team, person), values in found.items()
        }
        return {key: value for key, value in merged.items() if value is not None}
