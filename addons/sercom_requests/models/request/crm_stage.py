from odoo import api, fields, models

from ...tools.field_access import EMPLOYEE, merge_fields


class CrmStage(models.Model):
    _name = "crm.stage"
    _inherit = ["crm.stage", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    is_service_qualified = fields.Boolean(
        "Qualified Service Request",
        help="A service request enters this stage only with its need, site and time window.",
    )

    service_step = fields.Selection(
        [("assessed", "Assessed"), ("quoted", "Quoted")],
        help="A service request moves here by itself when its assessment is done, or when it has "
        "a quote.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {EMPLOYEE: {"is_service_qualified", "service_step"}}
        )

    @api.model
    def _get_step_stages(self, step):
        """Stages that stand for a step of service requests, in sudo, in their order.

        :param str step: ``qualified``, ``assessed`` or ``quoted``
        """
        is_qualified = step == "qualified"
        domain = [("is_service_qualified", "=", True)] if is_qualified else []
        domain = domain or [("service_step", "=", step)]
        return self.sudo().search(domain)  # sudo: stages follow, whoever moves a request

    def _filter_of_team(self, team):
        """Those of these stages that requests of ``team``, which may be none, pass."""
        return self.filtered(lambda stage: not stage.team_ids or team in stage.team_ids)

    @api.model
    def _set_up_service_steps(self):
        """Have Odoo's own stage "Proposition", when the company kept it, stand for the quote, and
        put the stage of the assessment before it.
        """
        quoted = self.env.ref("crm.stage_lead3", raise_if_not_found=False)
        if not quoted:
            return
        quoted.service_step = "quoted"
        assessed = self.env.ref("sercom_requests.crm_stage_assessed")
        assessed.sequence = quoted.sequence
        for stage in self.search([("sequence", ">=", quoted.sequence)]) - assessed:
            stage.sequence += 1

    @api.model
    def _set_up_service_qualified(self):
        """Have Odoo's own stage "Qualified", when the company kept it, ask for qualification."""
        stage = self.env.ref("crm.stage_lead2", raise_if_not_found=False)
        if stage:
            stage.is_service_qualified = True
