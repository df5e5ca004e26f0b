from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.text import first_line


class SercomCaller(models.AbstractModel):
    """The open jobs of who calls."""

    _inherit = "sercom.caller"

    @api.model
    def _get_number_models(self):
        return {**super()._get_number_models(), "fsm.order": Domain.TRUE}

    @api.model
    def _get_section_sources(self, family, sites):
        theirs = Domain("partner_id", "in", family.ids)
        jobs = {
            "key": "jobs",
            "name": self.env._("Open Jobs"),
            "model": "fsm.order",
            "domain": (theirs | Domain("location_id", "in", sites.ids))
            & Domain("state", "in", ("to_plan", "planned", "in_progress")),
            "fields": [
                *("name", "state", "stage_id", "description", "scheduled_date_start"),
                *("partner_id", "location_id"),
            ],
            "order": "scheduled_date_start, id",
            "row": self._describe_job,
        }
        return [jobs, *super()._get_section_sources(family, sites)]

    @api.model
    def _describe_job(self, job):
        start = job.scheduled_date_start
        return {
            "name": job.name,
            "detail": " · ".join(filter(None, (first_line(job.description), job.stage_id.name))),
            "date": fields.Datetime.to_string(start) if start else False,
        }
