from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.sheet.access import AMOUNT_GROUPS, PAYERS

UNITS = [("amount", "Each"), ("hour", "Hours of Pay")]


class SercomPayAllowanceType(models.Model):
    """A kind of pay that no clock tells: on call, called in, meals, kilometres."""

    _name = "sercom.pay.allowance.type"
    _description = "Kind of Allowance"
    _inherit = ["sercom.field.access.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="The payroll office's own name for it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    unit = fields.Selection(
        UNITS,
        "Paid by",
        default="amount",
        required=True,
        help="So many times an amount, or so many hours at what the person earns that day, such "
        "as the hours that a call-in guarantees.",
    )
    unit_amount = fields.Float(
        "Amount of Each", digits="Product Price", groups=AMOUNT_GROUPS, help="Proposed."
    )

    @api.model
    def _get_writable_fields(self):
        own = {"name", "code", "sequence", "active", "company_id", "unit", "unit_amount"}
        return {**super()._get_writable_fields(), **dict.fromkeys(PAYERS, own)}


class SercomPayAllowance(models.Model):
    """Pay of a person on a day beside the hours of the clock.

    What a sheet that is locked has paid is not changed: another allowance corrects it, be it below
    zero.
    """

    _name = "sercom.pay.allowance"
    _description = "Allowance"
    _inherit = ["sercom.field.access.mixin"]
    _order = "date desc, id desc"
    _rec_name = "type_id"
    _check_company_auto = True

    employee_id = fields.Many2one("hr.employee", "Person", required=True, index=True)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    type_id = fields.Many2one(
        "sercom.pay.allowance.type",
        "Kind",
        required=True,
        ondelete="restrict",
        check_company=True,
        index=True,
    )
    unit = fields.Selection(related="type_id.unit")
    quantity = fields.Float(default=1.0, required=True)
    unit_amount = fields.Float(
        "Amount of Each",
        digits="Product Price",
        compute="_compute_unit_amount",
        store=True,
        readonly=False,
        groups=AMOUNT_GROUPS,
        help="Hours of pay follow the rate of the day instead.",
    )
    note = fields.Char()
    line_ids = fields.One2many("sercom.pay.line", "allowance_id", readonly=True)

    @api.model
    def _get_writable_fields(self):
        own = {"employee_id", "date", "type_id", "quantity", "unit_amount", "note"}
        return {**super()._get_writable_fields(), **dict.fromkeys(PAYERS, own)}

    @api.depends("type_id")
    def _compute_unit_amount(self):
        for allowance in self:
            allowance.unit_amount = allowance.type_id.sudo().unit_amount  # sudo: proposed

    def write(self, vals):
        if not {"employee_id", "date", "type_id", "quantity", "unit_amount"}.isdisjoint(vals):
            self._check_not_paid()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self._check_not_paid()

    def _check_not_paid(self):
        """:raises UserError: naming an allowance that a sheet has locked"""
        # sudo: what is paid decides, whoever changes it
        for line in self.sudo().line_ids:
            if line.sheet_id._is_settled():
                raise UserError(
                    self.env._(
                        "%(allowance)s of %(date)s is on the locked %(sheet)s. Add another "
                        "allowance that corrects it.",
                        allowance=line.allowance_id.display_name,
                        date=line.allowance_id.date,
                        sheet=line.sheet_id.display_name,
                    )
                )
