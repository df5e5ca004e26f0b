from odoo import api, models


class SercomLinkMixin(models.AbstractModel):
    """A record that hangs on others: whoever links it may change what it is linked to.

    Who reads a record often follows from what it is linked to, so that a link is a key: whoever
    could hang their own record on any other would open that one to themselves, or change what
    is told of it.

    How to use: name the Many2one fields in ``_link_fields``, and in ``_link_sources`` those that
    others of them are computed from. Where ``_is_linked_by`` says so, call ``_check_links`` after
    ``create``, when the defaults of the context and the computes have had their say; and
    ``_check_old_links`` before ``write``.
    """

    _name = "sercom.link.mixin"
    _description = "Record linked to others"
    _link_fields = ()
    _link_sources = ()

    @api.model
    def _is_linked_by(self, vals_list):
        """Whether these values, or the defaults of the context, link a record to another."""
        if self.env.su:
            return False
        names = {*self._link_fields, *self._link_sources}
        given = {key.removeprefix("default_") for key in self.env.context if "default_" in key}
        return not names.isdisjoint(given.union(*vals_list))

    def _get_given(self, vals_list, name):
        """Records that these values give as the link ``name``; a new record also has defaults."""
        values = [vals[name] for vals in vals_list if name in vals]
        if not self:
            values.append(self.env.context.get(f"default_{name}"))
        values = [value[0] if isinstance(value, tuple) and value else value for value in values]
        ids = {value for value in values if isinstance(value, int) and value}
        # sudo: only to name them: both ends are checked with the user's rights
        return self.env[self._fields[name].comodel_name].sudo().browse(ids)

    def _check_given_links(self, vals_list):
        """Refuse, before it is made, a link to what the user may not change.

        Where the link itself lets who made it read what it leads to, asking afterwards is late.
        """
        if not self.env.su:
            for name in self._link_fields:
                self._check_may_link_to(self._get_given(vals_list, name))

    def _check_old_links(self, vals):
        """Refuse taking these records off, or hanging them on, what the user may not change.

        :param dict vals: values about to be written
        :return: whether they change a link, which ``_check_links`` then looks at
        """
        is_linked = self._is_linked_by([vals])
        if is_linked:
            self.check_access("write")
            for name in self._fields.keys() & vals.keys():
                self._check_field_access(self._fields[name], "write")
            self._check_links()
            self._check_given_links([vals])
        return is_linked

    def _check_links(self):
        """Refuse links of these records to what the user may not change.

        A service file is also given by a job or a request that it belongs to.

        :raises AccessError: when the user may not change one of the records linked to
        """
        if self.env.su or not self:
            return
        records = self.sudo()  # sudo: what they are linked to may not be readable
        files = records.env["sercom.service.file"]
        for name in self._link_fields:
            linked = records[name]
            if linked._name == files._name:
                continue
            self._check_may_link_to(linked)
            if "service_file_id" in linked._fields:
                files |= linked.service_file_id
        if "service_file_id" in self._link_fields:
            self._check_may_link_to(records.service_file_id - files)

    def _check_may_link_to(self, linked):
        """Refuse linking to ``linked``: its change, for those who change such records at all.

        Others, as a technician who only reads files, link to what they may read.
        """
        linked = linked.with_env(self.env)
        if linked:
            is_changed_by_user = linked.browse().has_access("write")
            linked.check_access("write" if is_changed_by_user else "read")
