from odoo import fields, models


class SercomClientNotice(models.Model):
    """What a client was told by itself, so that it is told once; the chatter has the text."""

    _name = "sercom.client.notice"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _description = "Message sent to a client"
    _order = "id desc"
    _rec_name = "key"

    message_id = fields.Many2one(
        "sercom.client.message", required=True, readonly=True, ondelete="cascade", index=True
    )
    key = fields.Char("About", required=True, readonly=True, help="The one thing that it tells.")
    service_file_id = fields.Many2one(
        "sercom.service.file", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Told", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    assignment_id = fields.Many2one(
        "sercom.assignment", readonly=True, ondelete="set null", index="btree_not_null"
    )
    told_start = fields.Datetime(readonly=True)

    _key_uniq = models.UniqueIndex("(message_id, key)", "This was told already.")
