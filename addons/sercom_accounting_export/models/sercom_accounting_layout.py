from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING


class SercomAccountingLayout(models.Model):
    """The files that a bookkeeper's program takes, as data.

    How to use: those that come with Sercom are followed when the program's format changes, and
    are not edited; duplicate one to adapt its columns.
    """

    _name = "sercom.accounting.layout"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Layout of hand-over files"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for every company.")
    program_id = fields.Many2one(
        "sercom.accounting.layout",
        "Same Program As",
        index="btree_not_null",
        help="Clients and items that went there in the one layout are known in the other.",
    )
    is_standard = fields.Boolean(
        "Comes with Sercom", copy=False, help="Duplicate it to adapt its columns."
    )
    note = fields.Text("How to Import", translate=True)
    section_ids = fields.One2many("sercom.accounting.layout.section", "layout_id", copy=True)

    @api.model
    def _get_writable_fields(self):
        return {
            BILLING: {
                *("active", "company_id", "name", "note", "program_id", "section_ids", "sequence"),
            }
        }

    def copy_data(self, default=None):
        return [
            {
                **vals,
                "name": self.env._("%s (copy)", layout.name),
                "program_id": layout._get_program().id,
            }
            for layout, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _get_program(self):
        """The layout that stands for the program which takes these files."""
        return self.program_id or self

    def _get_contents(self):
        """Kinds of records that the files of this layout carry."""
        self.ensure_one()
        contents = set(self.section_ids.mapped("content"))
        if "journal" in contents:
            contents |= {"invoice", "credit_note", "payment"}
        return contents - {"journal"}
