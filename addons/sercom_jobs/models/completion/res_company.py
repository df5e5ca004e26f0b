from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


class ResCompany(models.Model):
    """What the company asks for when a job is completed, and what the client gets."""

    _inherit = "res.company"

    is_signature_required = fields.Boolean(
        "Client Signs Every Job",
        help="No job is completed before the client has signed, unless the office says otherwise "
        "on it. Templates and services may ask for it too.",
    )
    job_report_send = fields.Selection(
        [
            ("off", "Never"),
            ("ask", "By hand"),
            ("auto", "At completion"),
        ],
        string="Send the Completion Report",
        default="auto",
        required=True,
        help="At completion: e-mailed to the client as soon as the job is done, when they have an "
        "e-mail address. By hand: the office is reminded to send it.",
    )
    is_job_report_priced = fields.Boolean(
        "Prices on the Completion Report",
        help="Show the client the prices of the job's lines. Costs are never shown.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {SETTINGS: {"is_job_report_priced", "is_signature_required", "job_report_send"}},
        )
