from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING, SALES


class SercomSpokenConsent(models.TransientModel):
    """The client said yes to more hours: who, and when. Who notes it is kept by itself."""

    _name = "sercom.spoken.consent"
    _description = "Spoken consent to a change order"
    _inherit = ["sercom.field.access.mixin"]

    order_id = fields.Many2one("sale.order", "Change Order", required=True, ondelete="cascade")
    name = fields.Char("Who Said Yes", required=True)
    moment = fields.Datetime("When", required=True, default=fields.Datetime.now)

    @api.model
    def _get_writable_fields(self):
        own = {"order_id", "name", "moment"}
        return {**super()._get_writable_fields(), **dict.fromkeys((BILLING, SALES), own)}

    def action_apply(self):
        """Note the consent on the change order and confirm it.

        :raises UserError: when no name is given, or the moment is still to come
        """
        self.ensure_one()
        if not self.name.strip():
            raise UserError(self.env._("Say who said yes for the client."))
        if self.moment > fields.Datetime.now():
            raise UserError(
                self.env._("Nobody can have said yes in the future. Set when they did.")
            )
        # sudo: whoever may open the job; it may have been agreed to by phone the day before
        job = self.order_id.sudo().origin_fsm_order_id
        if self.moment < (job or self.order_id).create_date - timedelta(days=1):
            raise UserError(
                self.env._(
                    "Nobody can have said yes to %s before the job was there. Set when they did.",
                    self.order_id.name,
                )
            )
        self.order_id._record_consent(self.name.strip(), self.moment)
        return True
