from odoo import fields, models


class SercomImportLine(models.TransientModel):
    """What is to be said of a cell or a row of a sheet."""

    _name = "sercom.import.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Note on a row of a spreadsheet"
    _order = "row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "sercom.import", required=True, ondelete="cascade", index=True, readonly=True
    )
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    value = fields.Char("In the Sheet", readonly=True)
    level = fields.Selection(
        [("wrong", "To put right"), ("known", "There already")], "Finding", readonly=True
    )
    message = fields.Char("What Would Be Right", readonly=True)
