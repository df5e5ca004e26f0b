from odoo import api, models, tools
from odoo.exceptions import AccessError, ValidationError

from ..tools.field_access import is_own_field
from ..tools.given_records import collect_given
from ..tools.numbers import is_number


class SercomFieldAccessMixin(models.AbstractModel):
    """One allow-list says which fields each role may write; what is not on it is closed.

    So is what Sercom adds to records that clients of the portal read, but for what
    ``_get_client_fields`` names.

    How it works: Odoo asks ``_has_field_access`` before each ``create`` and ``write`` of a user
    (defaults from the context included) and when it tells a screen which fields are read-only, so
    that the list guards the field and not its buttons. Server code that writes what its user may
    not is in ``sudo()``.

    How to use: inherit it and extend ``_get_writable_fields`` (and ``_get_creatable_fields`` for
    what is chosen once). On a model of Odoo or OCA that Sercom only extends, set
    ``_field_access_scope = "sercom"``: then only the fields that Sercom adds are closed.
    """

    _name = "sercom.field.access.mixin"
    _description = "Allow-list of fields by role"
    _field_access_scope = "all"
    # Links that tell of a record more than its name: to what the user may read. All of a dialog's.
    _told_links = frozenset()

    @api.model
    def _get_writable_fields(self):
        """Hook: fields that the members of each group may write.

        :return: ``{external id of a group: set of field names}``; a user has those of all their
            groups
        """
        return {}

    @api.model
    def _get_creatable_fields(self):
        """Hook: fields that are given to a new record and never changed, by group, beside the
        writable ones.
        """
        return {}

    @api.model
    def _get_client_fields(self):
        """Hook: fields of Sercom that clients and vendors read of the records that they read."""
        return frozenset()

    @api.model
    def _is_field_closed(self, field):
        """Hook: whether ``field`` is written only by those whose allow-list names it."""
        return self._field_access_scope == "all" or is_own_field(field)

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:  # as Odoo; asked for each column of each query
            return True
        if not super()._has_field_access(field, operation):
            return False
        if operation == "read":
            return (
                not is_own_field(field)
                or not self.env.user.has_groups("base.group_portal,base.group_public")
                or field.name in self._get_client_fields()
            )
        if not self._is_field_closed(field):
            return True
        return field.name in self._get_own_writable_fields(is_new=not self)

    @api.model
    @tools.ormcache("self.env.uid", "is_new")
    def _get_own_writable_fields(self, is_new):
        """Names of the fields that the current user may write, or give to a new record."""
        names = set()
        lists = [self._get_writable_fields()]
        if is_new:
            lists.append(self._get_creatable_fields())
        for by_group in lists:
            for group, fields in by_group.items():
                if self.env.user.has_group(group):
                    names.update(fields)
        return frozenset(names)

    def _filter_readable_by_user(self):
        """Those of these records that the user may read, also when they are asked as superuser.

        For what a name tells: Odoo reads the names of linked records as superuser.
        """
        if self.env.su and not self.env.user._is_superuser():
            # sudo: as Odoo called; the user's rights were asked
            return self.sudo(False)._filtered_access("read").sudo()
        return self

    def copy_data(self, default=None):
        # A duplicate carries nothing that its maker could not have typed.
        vals_list = super().copy_data(default)
        if self.env.su:
            return vals_list
        given, new = default or {}, self.browse()
        own = {"company_id": self.env.company.id} if self._is_kept_own() else {}
        return [
            {
                name: value
                for name, value in vals.items()
                if name in given or new._has_field_access(self._fields[name], "write")
            }
            | (own if not vals.get("company_id") else {})
            for vals in vals_list
        ]

    # What is given

    @api.model
    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            self._check_numbers(vals)
        self._check_told_links(vals_list)
        return vals_list

    def write(self, vals):
        self._check_numbers(vals)
        self._check_told_links([vals])
        res = super().write(vals)
        self._check_moved(vals)
        return res

    def onchange(self, values, field_names, fields_spec):
        # What is computed of a link is computed as superuser, before anything is stored.
        defaults = {} if self else self.env.context
        given = {key[8:]: defaults[key] for key in defaults if key.startswith("default_")}
        self._check_given_records([{**given, **values}])
        return super().onchange(values, field_names, fields_spec)

    def _check_told_links(self, vals_list):
        if self._transient:
            self._check_given_records(vals_list)
        elif self._told_links:
            self._check_given_records(vals_list, self._told_links)

    def _check_given_records(self, vals_list, names=None):
        """Refuse links to what the user may not read, where they do read others of the kind.

        What these records are linked to already, they stay linked to.

        :param names: fields to look at; all of them by default
        :raises AccessError:
        """
        if self.env.su:
            return
        found = {}
        for vals in vals_list:
            collect_given(self, vals, found, names)
        for model, ids in found.items():
            records = self.env[model].browse(ids)
            if not records.browse().has_access("read") or records.has_access("read"):
                continue
            linked = records.browse()
            for name in {name for vals in vals_list for name in vals} if self.ids else ():
                if name in self._fields and self._fields[name].comodel_name == model:
                    linked |= self._origin.sudo()[name]  # sudo: only to take it off
            (records - linked).check_access("read")

    @api.model
    def _check_numbers(self, vals):
        """Refuse what a client sends as a number and no screen can show: NaN, without end, huge.

        One that is stored is no JSON: whoever lists the record sees an error in place of the list.

        :raises ValidationError: naming the field
        """
        if self.env.su:
            return
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type not in ("float", "monetary") or is_number(value):
                continue
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no number for “%(field)s”. Type digits only, such as 12.5.",
                    value=value,
                    field=field._description_string(self.env),
                )
            )

    @api.model
    def _check_new_fields(self, vals_list):
        """Check what the user gives to new records, as ``create`` does: for one in ``sudo()``.

        :raises AccessError: naming a field that they may not give, be it by a default
        """
        names = {name for vals in vals_list for name in vals}
        names |= {key[8:] for key in self.env.context if key.startswith("default_")}
        for name in sorted(names & self._fields.keys()):
            self.browse()._check_field_access(self._fields[name], "write")

    def _check_changed_fields(self, vals):
        """Check what the user changes, as ``write`` does: before rules that depend on the records.

        :raises AccessError: naming a field that they may not change
        """
        for name in vals.keys() & self._fields.keys():
            self._check_field_access(self._fields[name], "write")

    @api.model
    def _check_field_access(self, field, operation):
        if self.env.su:
            return None
        try:
            return super()._check_field_access(field, operation)
        except AccessError as error:
            if operation != "write":
                raise
            raise AccessError(self._get_field_refusal(field)) from error

    def _get_field_refusal(self, field):
        """Hook: the message for who may not write ``field`` of these records."""
        label = field._description_string(self.env)
        if not self:
            model = self.env["ir.model"]._get(self._name).name
            return self.env._(
                "You may not set “%(field)s” of a new %(model)s. Leave it out, or ask the office.",
                field=label,
                model=model,
            )
        return self.env._(
            "You may not change “%(field)s” of %(record)s. Ask the office.",
            field=label,
            record=self._get_told_name("display_name"),
        )

    def _get_told_name(self, field="name"):
        """Name of the first of these records, for the message that refuses it; empty for none."""
        return self[:1].sudo()[field]  # sudo: its name is told to who may not open it
