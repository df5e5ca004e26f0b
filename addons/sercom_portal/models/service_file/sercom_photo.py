from odoo import fields, models
from odoo.exceptions import AccessError

OFFICE_GROUPS = "fieldservice.group_fsm_user,sales_team.group_sale_salesman"


class SercomPhoto(models.Model):
    """A photo is the firm's until the office shows it to the client."""

    _inherit = "sercom.photo"

    is_shown_to_client = fields.Boolean(
        "Shown to Client",
        readonly=True,
        copy=False,
        help="The client sees it on the page of their request.",
    )

    def action_show_to_client(self):
        """Show these photos on the client's page; also those of jobs that are over."""
        self._set_shown_to_client(True)

    def action_hide_from_client(self):
        """Take these photos off the client's page."""
        self._set_shown_to_client(False)

    def _set_shown_to_client(self, is_shown):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_groups(OFFICE_GROUPS)):
            raise AccessError(
                self.env._("The office chooses the photos that clients see. Ask it to show this.")
            )
        # sudo: whom it is shown to is no part of what was seen on site, which is kept
        self.sudo().is_shown_to_client = is_shown

    def _get_portal_values(self):
        """These photos, in sudo, as the client's page shows them."""
        return [
            {
                "id": photo.id,
                "caption": photo._get_caption(),
                "job": photo.fsm_order_id.name or "",
            }
            for photo in self
        ]


class SercomJobReport(models.Model):
    _inherit = "sercom.job.report"

    def _get_portal_values(self):
        """These reports, in sudo, as the client's page lists them."""
        return [
            {"id": report.id, "name": report.name, "job": report.fsm_order_id.name}
            for report in self
        ]
