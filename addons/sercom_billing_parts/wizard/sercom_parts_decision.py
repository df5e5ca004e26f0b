from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER


class SercomPartsDecision(models.TransientModel):
    """Decide what becomes of parts that were bought for jobs and are not on their lines."""

    _name = "sercom.parts.decision"
    _description = "Decide on parts that are not billed"
    _inherit = ["sercom.field.access.mixin"]

    fsm_order_ids = fields.Many2many("fsm.order", string="Jobs", required=True)
    parts = fields.Html(compute="_compute_parts", compute_sudo=True)
    fate = fields.Selection(
        [
            ("billed", "Bill"),
            ("absorbed", "Absorbed by the Fixed Price"),
            ("warranty", "Warranty"),
            ("not_chargeable", "Not Chargeable"),
            ("written_off", "Write Off"),
        ],
        string="Decision",
        required=True,
        default="billed",
    )
    reason = fields.Char(help="Kept in the job's chatter.")

    @api.depends("fsm_order_ids")
    def _compute_parts(self):
        for wizard in self:
            jobs = wizard.fsm_order_ids._origin.filtered(
                lambda job: job.state in ("done", "cancelled")
            )
            rows = [
                Markup("<li>%s: %g × %s</li>")
                % (job.name, product.uom_id.round(quantity), product.display_name)
                for job, parts in jobs._get_parts_to_decide().items()
                for product, quantity in parts.items()
            ]
            wizard.parts = Markup("<ul>%s</ul>") % Markup().join(rows) if rows else False

    @api.model
    def _get_writable_fields(self):
        own = {"fsm_order_ids", "fate", "reason"}
        return {**super()._get_writable_fields(), **dict.fromkeys((BILLING, MANAGER), own)}

    def action_apply(self):
        """Bill the parts, or note that they are not billed and why.

        :raises UserError: when they are not billed and nobody says why
        """
        self.ensure_one()
        jobs = self.fsm_order_ids
        jobs.check_access("read")
        if self.fate == "billed":
            jobs._bill_bought_parts()
            return True
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why these parts are not billed."))
        jobs._waive_bought_parts(self.fate, self.reason.strip())
        return True
