from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.field_access import OFFICE, SALES, TECHNICIAN, merge_fields


class SercomEvidenceMixin(models.AbstractModel):
    """What was seen on site: taken for a request or a job, kept in its service file.

    Whoever takes it may change the job or request that it is taken for. That of a job which is
    over is only added to, whoever asks: a correction is a record of its own, with who and when.
    """

    _name = "sercom.evidence.mixin"
    _description = "Evidence of a service file"
    _inherit = ["sercom.field.access.mixin", "sercom.link.mixin"]
    _link_fields = ("service_file_id", "fsm_order_id", "opportunity_id")

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
    is_kept = fields.Boolean(
        "Kept as It Is",
        compute="_compute_is_kept",
        help="Its job is over: what was seen there is only added to.",
    )

    @api.depends("opportunity_id.service_file_id", "fsm_order_id.service_file_id")
    def _compute_service_file_id(self):
        for record in self:
            job, request = record.fsm_order_id, record.opportunity_id
            file = job.service_file_id or request.service_file_id
            record.service_file_id = file or record.service_file_id

    @api.depends("opportunity_id.company_id", "fsm_order_id.company_id", "service_file_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = (
                record.service_file_id.company_id
                or record.fsm_order_id.company_id
                or record.opportunity_id.company_id
                or self.env.company
            )

    @api.depends("fsm_order_id.stage_id.is_closed")
    def _compute_is_kept(self):
        for record in self:
            # sudo: the stage of its job alone is asked
            record.is_kept = record.sudo().fsm_order_id.stage_id.is_closed

    # Access

    @api.model
    def _get_writable_fields(self):
        links = set(self._link_fields)
        return merge_fields(super()._get_writable_fields(), {OFFICE: links, SALES: links})

    @api.model
    def _get_creatable_fields(self):
        links = set(self._link_fields)
        return merge_fields(super()._get_creatable_fields(), {TECHNICIAN: links})

    @api.model_create_multi
    def create(self, vals_list):
        self._check_given_links(vals_list)
        records = super().create(vals_list)
        records._check_links()
        return records

    def write(self, vals):
        self._check_may_change()
        self._check_given_links([vals])
        # sudo: asked of itself, not of its reader
        companies = {record: record.company_id for record in self.sudo()}
        res = super().write(vals)
        if not set(self._link_fields).isdisjoint(vals):
            self._check_links()
            self._check_same_company(companies)
        return res

    def unlink(self):
        self._check_may_change()
        return super().unlink()

    def _check_may_change(self):
        """Refuse changing evidence of records that the user may not change, or of jobs that are
        over.
        """
        if self.env.su:
            return
        self._check_links()
        for record in self.filtered("is_kept"):
            raise AccessError(
                self.env._(
                    "%s is over: what was seen there is kept as it is. To correct it, add a new "
                    "photo or measurement that says so.",
                    record.sudo().fsm_order_id.name,  # sudo: the name of its job alone is told
                )
            )

    def _check_same_company(self, before):
        """Refuse that evidence goes to another company.

        :param dict before: ``{record: company}`` before the change
        """
        for record, company in before.items():
            if company and record.company_id != company:
                raise ValidationError(
                    self.env._(
                        "%(evidence)s belongs to %(company)s and stays there. Take it again for "
                        "the other company.",
                        evidence=record.display_name,
                        company=company.name,
                    )
                )
