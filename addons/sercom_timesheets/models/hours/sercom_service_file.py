from odoo import models


class SercomServiceFile(models.Model):
    """Hours of the file's jobs: sold, planned and worked."""

    _name = "sercom.service.file"
    _inherit = ["sercom.service.file", "sercom.hours.mixin"]
    _hours_field = "service_file_id"
