from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Working hours that change move the deadlines of open jobs."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._recompute_sla()
        return attendances

    def write(self, vals):
        calendars = self.calendar_id
        res = super().write(vals)
        (calendars | self.calendar_id)._recompute_sla()
        return res

    def unlink(self):
        calendars = self.calendar_id
        res = super().unlink()
        calendars._recompute_sla()
        return res
