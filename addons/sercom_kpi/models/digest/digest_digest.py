from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS

# Figures of the report that a digest may tell: what Odoo calls each of them there.
FIGURES = {
    "kpi_sercom_worked": "worked_hours",
    "kpi_sercom_utilisation": "utilisation",
    "kpi_sercom_done": "done_count",
    "kpi_sercom_revenue": "revenue",
    "kpi_sercom_margin": "margin",
}


class DigestDigest(models.Model):
    """The firm's five figures in Odoo's e-mail, for who reads costs."""

    _name = "digest.digest"
    _inherit = ["digest.digest", "sercom.field.access.mixin", "sercom.cost.mixin"]
    _field_access_scope = "sercom"

    kpi_sercom_worked = fields.Boolean("Hours Worked")
    kpi_sercom_worked_value = fields.Float(compute="_compute_kpi_sercom", groups=MARGIN_GROUPS)
    kpi_sercom_utilisation = fields.Boolean("Utilisation (%)")
    kpi_sercom_utilisation_value = fields.Float(compute="_compute_kpi_sercom", groups=MARGIN_GROUPS)
    kpi_sercom_done = fields.Boolean("Jobs Done")
    kpi_sercom_done_value = fields.Integer(compute="_compute_kpi_sercom", groups=MARGIN_GROUPS)
    kpi_sercom_revenue = fields.Boolean("Field Service Revenue")
    kpi_sercom_revenue_value = fields.Monetary(compute="_compute_kpi_sercom", groups=MARGIN_GROUPS)
    kpi_sercom_margin = fields.Boolean("Field Service Margin")
    kpi_sercom_margin_value = fields.Monetary(compute="_compute_kpi_sercom", groups=MARGIN_GROUPS)

    @api.model
    def _get_writable_fields(self):
        # Who sets up the e-mails of Odoo chooses what they tell; whom it is told, the fields say.
        return {"base.group_erp_manager": set(FIGURES)}

    @api.depends_context("start_datetime", "end_datetime", "company")
    def _compute_kpi_sercom(self):
        """Whole days, from that of the start to the one before that of the end."""
        start, end, _companies = self._get_kpi_compute_parameters()
        if not start or not end:  # read outside of an e-mail: no period is meant
            for name in FIGURES:
                self[f"{name}_value"] = 0
            return
        Report = self.env["sercom.kpi.report"]
        specs = [f"{name}:{Report._fields[name].aggregator}" for name in FIGURES.values()]
        for company, digests in self.grouped(
            lambda digest: digest.company_id or self.env.company
        ).items():
            domain = Domain("company_id", "=", company.id) & Domain("is_service", "=", True)
            domain &= Domain("date", ">=", start[:10]) & Domain("date", "<", end[:10])
            [values] = Report._read_group(domain, [], specs)
            for name, value in zip(FIGURES, values, strict=True):
                digests[f"{name}_value"] = value or 0

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("sercom_requests.sercom_menu_root").id
        for name in FIGURES:
            actions[name] = f"sercom_kpi.sercom_kpi_monday_action?menu_id={menu}"
        return actions
