from odoo import api, fields, models

from ...tools.field_access import OFFICE, merge_fields
from ...tools.text import first_line


class FsmOrder(models.Model):
    _name = "fsm.order"
    _inherit = ["fsm.order", "sercom.service.file.mixin"]
    _check_company_auto = True
    _field_access_scope = "all"
    _is_history_kept = True
    _service_flow_fields = ("sale_id", "opportunity_id")
    _link_fields = ("service_file_id", "opportunity_id", "sale_id")
    _identity_fields = ("partner_id", "location_id")  # the client is of sercom_jobs

    service_file_id = fields.Many2one(check_company=True)
    # A duplicate is another need: its own order, of no request.
    opportunity_id = fields.Many2one(string="Request", index="btree_not_null", copy=False)
    sale_id = fields.Many2one(
        string="Sales Order", index="btree_not_null", check_company=True, tracking=True, copy=False
    )
    sale_line_id = fields.Many2one(index="btree_not_null", copy=False)
    # No window where the client wished none: the field service starts it now.
    request_early = fields.Datetime(default=None, copy=False)
    request_late = fields.Datetime(copy=False)
    subject = fields.Char(related="service_file_id.subject")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {OFFICE: {"service_file_id", "opportunity_id", "sale_id", "sale_line_id"}},
        )

    @api.model_create_multi
    def create(self, vals_list):
        jobs = super().create(vals_list)
        jobs._open_service_files()
        jobs._leave_files_of_others()
        if self._is_linked_by(vals_list):
            jobs._check_links()
        return jobs

    def write(self, vals):
        is_linked = self._check_old_links(vals)
        res = super().write(vals)
        if not set(self._service_flow_fields).isdisjoint(vals):
            self._open_service_files()
        self._check_file_client(vals)
        if is_linked:
            self._check_links()
        return res

    def _is_service_flow(self):
        return True

    def _get_source_records(self):
        return [self.sale_id, self.opportunity_id]

    def _get_file_followers(self):
        events = self.env["calendar.event"].with_context(active_test=False)
        return [events.search([("fsm_order_id", "in", self.ids)])]

    def _prepare_service_file_vals(self):
        return {
            "partner_id": (self._get_file_client() or self.location_id.owner_id).id,
            "company_id": self.company_id.id,
            "fsm_location_id": self.location_id.id,
            "subject": first_line(self.description),
            "user_id": self.env.uid if self.env.user._is_internal() else False,
        }
