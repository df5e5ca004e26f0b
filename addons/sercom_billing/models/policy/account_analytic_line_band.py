from odoo import fields, models


class AccountAnalyticLine(models.Model):
    """Hours that are billed at the rate of a time of day."""

    _inherit = "account.analytic.line"

    billing_band_id = fields.Many2one(
        "sercom.billing.band",
        "Rate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Time of day whose rate bills these hours. Empty: the rate of the job's own line.",
    )

    def _get_rate_key(self):
        return self.billing_band_id.id

    def _timesheet_determine_sale_line(self):
        line = super()._timesheet_determine_sale_line()
        if self.billing_band_id and line:
            # sudo: orders are not the technician's to read
            return self.sudo().billing_band_id._find_line(line) or line
        return line

    def _get_rate_roots(self):
        """Order lines, in sudo, of the hours that these are rounded together with."""
        lines = self.sudo().so_line  # sudo: the whole scope decides, whoever reads it
        Band = self.env["sercom.billing.band"]
        if not any(map(Band._get_bands, lines.company_id.ids)):
            return lines
        roots = lines.filtered(lambda line: not line.band_base_line_id) | lines.band_base_line_id
        return roots | roots.band_line_ids

    def _get_rate_root(self):
        line = self.sudo().so_line  # sudo: as above
        return line.band_base_line_id or line
