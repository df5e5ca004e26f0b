from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.text import first_line


class SercomCaller(models.AbstractModel):
    """The jobs of who calls: those to come, and the last ones, that something may be wrong with."""

    _inherit = "sercom.caller"

    @api.model
    def _get_number_models(self):
        return {**super()._get_number_models(), "fsm.order": Domain.TRUE}

    @api.model
    def _get_number_kinds(self):
        return {**super()._get_number_kinds(), "fsm.order": self.env._("Job")}

    @api.model
    def _get_section_sources(self, family, sites):
        theirs = Domain("partner_id", "in", family.ids) | Domain("location_id", "in", sites.ids)
        jobs = {
            "model": "fsm.order",
            "fields": [
                *("name", "state", "stage_id", "description", "scheduled_date_start"),
                *("partner_id", "location_id", "date_end"),
            ],
        }
        to_come = {
            **jobs,
            "key": "jobs",
            "name": self.env._("Open Jobs"),
            "domain": theirs & Domain("state", "in", ("to_plan", "planned", "in_progress")),
            "order": "scheduled_date_start, id",
            "row": self._describe_job,
        }
        done = {
            **jobs,
            "key": "done_jobs",
            "name": self.env._("Done Jobs"),
            "domain": theirs & Domain("state", "=", "done"),
            "order": "date_end desc, id desc",
            "row": self._describe_done_job,
        }
        return [to_come, *super()._get_section_sources(family, sites), done]

    @api.model
    def _describe_job(self, job):
        start = job.scheduled_date_start
        return {
            "name": job.name,
            "detail": " · ".join(filter(None, (first_line(job.description), job.stage_id.name))),
            "date": fields.Datetime.to_string(start) if start else False,
        }

    @api.model
    def _describe_done_job(self, job):
        end = job.date_end or job.scheduled_date_start
        return {
            "name": job.name,
            "detail": first_line(job.description) or "",
            "date": fields.Datetime.to_string(end) if end else False,
        }
