from odoo import models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, OFFICE


class FsmOrder(models.Model):
    """Whom to tell of a job."""

    _inherit = "fsm.order"

    def _get_dispatchers(self):
        """Who is told of each job: the responsible of its file, of its order, who made it, or else
        a dispatcher of its company; the first of them who may see the job.

        :return: ``{job: res.users}``, an empty user where there is none
        """
        candidates = {
            job: [*job.service_file_id.user_id, *job.sale_id.user_id, *job.create_uid]
            for job in self.sudo()  # sudo: users behind jobs, whoever changed the jobs
        }
        return self.env["res.users"]._get_recipients(candidates, OFFICE, DISPATCHER)
