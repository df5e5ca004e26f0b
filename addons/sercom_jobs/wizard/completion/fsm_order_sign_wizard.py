from odoo import fields, models


class FsmOrderSignWizard(models.TransientModel):
    _inherit = "fsm.order.sign.wizard"

    def action_sign(self):
        # OVERRIDE fieldservice, which writes when it was signed as the user.
        self.ensure_one()
        self.order_id.ensure_one()
        self.order_id._keep_signature(self.signature, self.signed_by, fields.Datetime.now())
        self.order_id._post_signature()
        return True
