from odoo import api, fields, models
from odoo.tools import format_date


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    @api.depends("fsm_order_ids.state", "fsm_order_ids.scheduled_date_start")
    def _compute_next_action(self):
        return super()._compute_next_action()

    def _get_next_steps(self):
        jobs = self.sudo().fsm_order_ids.sudo(False)  # sudo: those to read are filtered afterwards
        by_state = jobs.sudo().grouped("state")  # sudo: as above
        steps = [
            (self._say_finish, "in_progress"),
            (self._say_go, "planned"),
            (self._say_plan, "to_plan"),
        ]
        own = [(say, by_state.get(state, jobs.browse()).sudo(False)) for say, state in steps]
        return [*own, *super()._get_next_steps()]

    def _say_finish(self, job):
        return self.env._("Finish %s", job.name)

    def _say_go(self, job):
        start = job.scheduled_date_start
        if not start:
            return self.env._("Start %s", job.name)
        day = fields.Datetime.context_timestamp(self, start).date()
        return self.env._("%(job)s on %(day)s", job=job.name, day=format_date(self.env, day))

    def _say_plan(self, job):
        return self.env._("Plan %s", job.name)
