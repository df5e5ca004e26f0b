from odoo import api, fields, models


class SercomEvidenceMixin(models.AbstractModel):
    """What was seen on site: taken for a request or a job, kept in its service file."""

    _name = "sercom.evidence.mixin"
    _description = "Evidence of a service file"

    opportunity_id = fields.Many2one("crm.lead", string="Request", index="btree_not_null")
    fsm_order_id = fields.Many2one("fsm.order", string="Job", index="btree_not_null")
    service_file_id = fields.Many2one(
        "sercom.service.file",
        compute="_compute_service_file_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Folder it is kept in: the one of its job or request, unless set otherwise.",
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )

    @api.depends("opportunity_id.service_file_id", "fsm_order_id.service_file_id")
    def _compute_service_file_id(self):
        for record in self:
            # The flow's bookkeeping does not depend on what the user may read.
            source = record.sudo()
            file = source.fsm_order_id.service_file_id or source.opportunity_id.service_file_id
            record.service_file_id = file.sudo(False) or record.service_file_id

    @api.depends("opportunity_id.company_id", "fsm_order_id.company_id", "service_file_id")
    def _compute_company_id(self):
        for record in self:
            source = record.sudo()
            record.company_id = (
                source.service_file_id.company_id
                or source.fsm_order_id.company_id
                or source.opportunity_id.company_id
                or self.env.company
            ).sudo(False)
