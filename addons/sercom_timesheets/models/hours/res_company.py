from odoo import fields, models

from odoo.addons.sercom_requests.tools.lock import lock_rows


class ResCompany(models.Model):
    _inherit = "res.company"

    clock_max_hours = fields.Float(
        "Longest Clock Entry",
        default=16.0,
        help="Hours after which somebody must look at a clock entry before it counts. 0 for none.",
    )
    clock_far_km = fields.Float(
        "Far from Site (km)",
        default=1.0,
        help="Distance from the site from which a punch is marked. 0 for never.",
    )
    is_travel_billed = fields.Boolean(
        "Bill Travel", help="Hours of travel to a job go on the line that its work is sold on."
    )
    is_billing_approved_only = fields.Boolean(
        "Bill Approved Hours Only",
        default=True,
        help="Hours billed as they were worked are delivered once they are approved.",
    )
    service_project_id = fields.Many2one(
        "project.project",
        string="Project of Field Service",
        check_company=True,
        help="Project that the timesheets of jobs are kept in. Made with the first one.",
    )

    def _get_service_project(self):
        """Project of the company's field service timesheets, made on first use."""
        self.ensure_one()
        # sudo: made once for everybody, by whoever needs it first
        company = self.sudo()
        if not company.service_project_id:
            # Whoever makes the first timesheet at the same moment waits, and is tried again.
            lock_rows(company)
            company.service_project_id = (
                self.env["project.project"]
                # sudo: made once for everybody, by whoever needs it first
                .sudo()
                .with_company(company)
                .create(company._prepare_service_project_vals())
            )
        return company.service_project_id

    def _prepare_service_project_vals(self):
        return {
            "name": self.env._("Field Service"),
            "company_id": self.id,
            "allow_timesheets": True,
            "allow_billable": True,
            "privacy_visibility": "employees",
        }
