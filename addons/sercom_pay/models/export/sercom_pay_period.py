from odoo import fields, models
from odoo.exceptions import UserError


class SercomPayPeriod(models.Model):
    _inherit = "sercom.pay.period"

    export_ids = fields.One2many("sercom.pay.export", "period_id", readonly=True)

    def _check_can_export(self):
        """:raises UserError: when a sheet of the period can still change"""
        self.ensure_one()
        # sudo: what can still change decides
        sheets = self.sudo().sheet_ids
        waiting = sheets.filtered(lambda sheet: not sheet._is_settled())
        if waiting or not sheets:
            raise UserError(
                self.env._(
                    "%(period)s is not locked yet: %(sheets)s. Check and lock its sheets first.",
                    period=self.display_name,
                    sheets=", ".join(waiting.employee_id.mapped("name"))
                    or self.env._("it has no sheets"),
                )
            )

    def action_export(self):
        """Choose the layout of a file for the payroll office."""
        self.ensure_one()
        self.check_access("read")
        self._check_can_export()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File for the Payroll Office"),
            "res_model": "sercom.pay.export",
            "view_mode": "form",
            "target": "new",
            "context": {"default_period_id": self.id},
        }
