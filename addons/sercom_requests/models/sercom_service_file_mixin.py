from odoo import fields, models

from ..tools.actions import window_action


class SercomServiceFileMixin(models.AbstractModel):
    """A record that lives in a service file.

    A model that may open a file calls ``_open_service_files`` from ``create``, and from
    ``write`` when one of its ``_service_flow_fields`` changed. Records that belong to no
    service flow are left alone, without a query.
    """

    _name = "sercom.service.file.mixin"
    _description = "Record of a service file"
    _service_flow_fields = ()

    service_file_id = fields.Many2one(
        "sercom.service.file",
        index="btree_not_null",
        copy=False,
        help="Folder of everything this client need produced.",
    )
    appointment_count = fields.Integer(related="service_file_id.appointment_count")

    def _is_service_flow(self):
        """Whether this one record belongs to a service flow and so opens a file."""
        self.ensure_one()
        return False

    def _get_source_records(self):
        """Records this set came from, whose files it joins: a list of recordsets."""
        return []

    def _get_source_service_file(self):
        """File of the first record this one came from that has a file."""
        self.ensure_one()
        for source in self._get_source_records():
            if files := source.service_file_id:
                return files[0]
        return self.env["sercom.service.file"]

    def _prepare_service_file_vals(self):
        """Values of the file this one record opens."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": (self.company_id or self.env.company).id,
        }

    def _open_service_files(self):
        """Join the file of the source record, or open one, for the service records of the set."""
        pending = self.filtered(lambda record: not record.service_file_id)
        if not pending:
            return
        # The flow's bookkeeping never depends on what the user at its start may see.
        pending = pending.sudo().filtered(lambda record: record._is_service_flow())
        for source in pending._get_source_records():
            if hasattr(source, "_create_service_files"):
                source.filtered(lambda s: not s.service_file_id)._create_service_files()
        for record in pending:
            record.service_file_id = record._get_source_service_file()
        pending.filtered(lambda record: not record.service_file_id)._create_service_files()

    def _create_service_files(self):
        """Open one new file for each record of the set."""
        if not self:
            return
        files = (
            self.env["sercom.service.file"]
            .sudo()
            .create([record._prepare_service_file_vals() for record in self])
        )
        for record, file in zip(self.sudo(), files, strict=True):
            record.service_file_id = file

    def action_view_service_file(self):
        self.ensure_one()
        return window_action(self.service_file_id)

    def action_view_service_file_records(self):
        """Open the records of the file that the context key ``records_field`` names."""
        self.ensure_one()
        return self.service_file_id.action_view_records()
