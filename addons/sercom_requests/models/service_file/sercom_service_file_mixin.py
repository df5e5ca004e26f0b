from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.actions import window_action


class SercomServiceFileMixin(models.AbstractModel):
    """A record that lives in a service file.

    A model that may open a file calls ``_open_service_files`` from ``create``, and from
    ``write`` when one of its ``_service_flow_fields`` changed. Records that belong to no
    service flow are left alone, without a query.

    A file is of one client. A model whose records have a client names it, and the site, in
    ``_identity_fields``: a record of another client than its file's opens its own.
    """

    _name = "sercom.service.file.mixin"
    _description = "Record of a service file"
    _inherit = ["sercom.field.access.mixin", "sercom.link.mixin"]
    _field_access_scope = "sercom"
    _is_posted_together = True
    _link_fields = ("service_file_id",)
    _service_flow_fields = ()
    _identity_fields = ()

    service_file_id = fields.Many2one(
        "sercom.service.file",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        help="Folder of everything this client need produced.",
    )
    appointment_count = fields.Integer(
        related="service_file_id.appointment_count", groups="base.group_user"
    )

    def _is_service_flow(self):
        """Whether this one record belongs to a service flow and so opens a file."""
        self.ensure_one()
        return False

    def _get_source_records(self):
        """Records this set came from, whose files it joins: a list of recordsets."""
        return []

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
        # sudo: the flow's bookkeeping, whatever its first user may see
        pending = pending.sudo().filtered(lambda record: record._is_service_flow())
        pending = pending._join_source_files()
        # The file is opened by the record that the flow came from, so that it joins it too.
        for source in pending._get_file_openers().values():
            source._create_service_files()
        pending._join_source_files()._create_service_files()

    def _join_source_files(self):
        """Put each record in the file of the first of its sources that has one.

        :return: the records still without a file
        """
        for record in self:
            client = record._get_file_client()
            for source in record._get_source_records():
                file = source.service_file_id[:1]
                if file and file._is_of(client):
                    record._enter_service_file(file)
                    break
        return self.filtered(lambda record: not record.service_file_id)

    def _get_file_openers(self):
        """Source records that open the file for this set: the first one of each record.

        :return: ``{model name: recordset}``
        """
        openers = {}
        for record in self:
            source = next(filter(None, record._get_source_records()), None)
            if source is not None and hasattr(source, "_create_service_files"):
                model = source._name
                openers[model] = openers.get(model, source.browse()) | source[0]
        return openers

    def _create_service_files(self):
        """Open one new file for each record of the set, which is in sudo."""
        if not self:
            return
        files = self.env["sercom.service.file"].create(
            [record._prepare_service_file_vals() for record in self]
        )
        for record, file in zip(self, files, strict=True):
            record._enter_service_file(file)

    def _enter_service_file(self, file):
        """Put this one record in ``file``; a record of no company yet gets the file's."""
        self.ensure_one()
        if "company_id" in self._fields and not self.company_id:
            self.company_id = file.company_id
        self.service_file_id = file

    # Whose file it is

    def _get_file_client(self):
        """Client of this one record, as far as it has one: its file is of the same."""
        self.ensure_one()
        name = next(iter(self._identity_fields), None)
        return self[name] if name in self._fields else self.env["res.partner"]

    def _get_identities(self, vals):
        """Client and site of each record, when ``vals`` are about to change one of them.

        :return: ``{record: (client, site)}``
        """
        if set(self._identity_fields).isdisjoint(vals):
            return {}
        client, site = self._identity_fields
        # sudo: the bookkeeping of files
        return {record: (record[client], record[site]) for record in self.sudo()}

    def _update_file_identities(self, before):
        """Have files follow the new site of their records, and records the client of their file.

        A file that had no client yet has the record's, and of one client also another contact.

        :param dict before: what ``_get_identities`` answered before the change
        """
        if not before:
            return
        client, site = self._identity_fields
        for record, (old_client, old_site) in before.items():
            file = record.service_file_id
            if not file or not file._is_of(record[client]):
                continue
            if record[client] and file.partner_id in (old_client, old_client.browse()):
                file.partner_id = record[client]
            if record[site] and file.fsm_location_id in (old_site, old_site.browse()):
                file.fsm_location_id = record[site]
        self._leave_files_of_others()

    def _leave_files_of_others(self):
        """Have the records of the set whose file is another client's open their own."""
        strangers = self.sudo().filtered(  # sudo: the bookkeeping of files
            lambda record: (
                record.service_file_id
                and not record.service_file_id._is_of(record._get_file_client())
            )
        )
        if not strangers:
            return
        left = {record: record.service_file_id for record in strangers}
        strangers.service_file_id = False
        strangers._join_source_files()._create_service_files()
        for record, file in left.items():
            record._take_along(file)
        strangers.browse().service_file_id.union(*left.values())._archive_emptied()

    def _get_file_followers(self):
        """Hook: records that go where these go when they leave a file: a list of recordsets."""
        return []

    def _take_along(self, left):
        """Have what belongs to this one record follow it from the file ``left`` into its own."""
        for followers in self._get_file_followers():
            for record in followers.filtered(lambda record: record.service_file_id == left):
                record._enter_service_file(self.service_file_id)
                record._take_along(left)

    def _check_file_client(self, vals):
        """Refuse that the user puts records into the file of another client.

        :param dict vals: values just written
        """
        if self.env.su or not vals.get("service_file_id"):
            return
        for record in self.sudo():  # sudo: their client may not be readable
            file, client = record.service_file_id, record._get_file_client()
            if not file._is_of(client):
                raise UserError(
                    self.env._(
                        "%(record)s is for %(client)s, and %(file)s is another client's. Choose "
                        "a file of the same client.",
                        record=record.display_name,
                        client=client.display_name,
                        file=file.display_name,
                    )
                )

    def action_view_request(self):
        """Open the request that this one record came from, or those of its file."""
        self.ensure_one()
        requests = (
            self.opportunity_id
            if "opportunity_id" in self._fields
            else self.service_file_id.opportunity_ids
        )
        requests.check_access("read")
        return window_action(requests)

    def action_view_service_file(self):
        """Open the file that this one record is kept in."""
        self.ensure_one()
        self.service_file_id.check_access("read")
        return window_action(self.service_file_id)

    def action_view_service_file_records(self):
        """Open the records of the file that the context key ``records_field`` names."""
        self.ensure_one()
        return self.service_file_id.action_view_records()
