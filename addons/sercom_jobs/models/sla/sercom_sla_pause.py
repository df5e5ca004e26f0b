from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields

BACKDATED = timedelta(minutes=15)  # what is told later than this says why


class SercomSlaPause(models.Model):
    """A span during which the clock of a job's service level stands still.

    One without an end is still running. The time a job spends done or cancelled before it is
    opened again is a pause too.
    """

    _name = "sercom.sla.pause"
    _description = "Pause of a Service Level"
    _inherit = ["sercom.field.access.mixin", "sercom.link.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "reason"
    _check_company_auto = True
    _link_fields = ("fsm_order_id",)

    fsm_order_id = fields.Many2one(
        "fsm.order", "Job", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="fsm_order_id.company_id", store=True, index=True)
    date_start = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_end = fields.Datetime("To", help="Empty while the clock stands still.")
    reason = fields.Char(help="What the client was asked for, or why nothing could be done.")
    user_id = fields.Many2one(
        "res.users",
        "Stopped By",
        copy=False,
        default=lambda self: self.env.user,
        readonly=True,
        index="btree_not_null",
    )

    _open_uniq = models.UniqueIndex(
        "(fsm_order_id) WHERE date_end IS NULL",
        "This job waits for its client already.",
    )
    _end_after_start = models.Constraint(
        "CHECK(date_end > date_start)", "A pause ends after it starts. Check its two times."
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {DISPATCHER: {"date_end", "date_start", "reason"}}
        )

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {DISPATCHER: {"fsm_order_id"}})

    @api.model_create_multi
    def create(self, vals_list):
        pauses = super().create(vals_list)
        pauses._check_links()
        pauses._check_backdated()
        return pauses

    def write(self, vals):
        self._check_links()
        res = super().write(vals)
        if "date_start" in vals or "reason" in vals:
            self._check_backdated()
        return res

    def unlink(self):
        self._check_links()
        return super().unlink()

    @api.constrains("date_start")
    def _check_started(self):
        now = fields.Datetime.now()
        for pause in self:
            if pause.date_start > now:
                raise ValidationError(
                    self.env._(
                        "A pause of %s would start in the future. Stop its clock when it is time.",
                        pause.fsm_order_id.name,
                    )
                )

    def _check_backdated(self):
        """A pause told afterwards moves a deadline that may have passed: it says why."""
        if self.env.su:
            return
        recent = fields.Datetime.now() - BACKDATED
        for pause in self:
            if pause.date_start < recent and not (pause.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "A pause of %s that began earlier says why: give its reason.",
                        pause.fsm_order_id.name,
                    )
                )

    @api.depends("reason", "date_start")
    def _compute_display_name(self):
        for pause in self:
            pause.display_name = pause.reason or self.env._("Waiting for the client")
