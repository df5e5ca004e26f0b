from odoo import api, models, tools

from ...tools.together import exists_together


class FsmStage(models.Model):
    """Which stages end a job is asked at each change of one, so the registry keeps it."""

    _inherit = "fsm.stage"

    @api.model
    @tools.ormcache()
    def _get_closed_ids(self):
        """Ids of the stages that end a job, of all companies."""
        # sudo: settings, the same for every reader
        stages = self.sudo().with_context(active_test=False)
        return frozenset(stages.search([("is_closed", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        self.env.registry.clear_cache()
        return stages

    def write(self, vals):
        res = super().write(vals)
        if "is_closed" in vals:
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    def exists(self):
        # fieldservice asks it twice at each job that changes its stage
        return exists_together(self, super().exists)
