from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.field_access import SETTINGS


class SercomFieldAccessMixin(models.AbstractModel):
    """Records stay with their company, and what companies share is nobody's of one company alone.

    Odoo asks its rules before a record is written: whoever may write one may move it to a company
    that they do not work for. Here the company that it has afterwards is asked too. And what is
    for all companies (its company is empty) is changed by who works for all of them, or by the
    administrators of the settings.

    How to use: nothing, for a model with a ``company_id``. One whose company is that of another
    record says so in ``_company_path``; one without any company sets it to ``None``.
    """

    _inherit = "sercom.field.access.mixin"
    # From a record to its company; None: there is none, it is for all of them.
    _company_path = "company_id"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation == "read" or self.env.su or not any(self._ids):
            return result
        forbidden, make_error = result or (self.browse(), None)
        shared = (self - forbidden)._filter_shared()
        if not shared or self._may_share():
            return result
        return forbidden | shared, make_error or shared._make_shared_error

    @api.model
    def default_get(self, fields):
        # Who works for some of the companies makes what is for their own.
        values = super().default_get(fields)
        if "company_id" in fields and not values.get("company_id") and self._is_kept_own():
            values["company_id"] = self.env.company.id
        return values

    @api.model
    def _is_kept_own(self):
        """Whether what the user makes of this kind is for one company, though it may be shared."""
        field = self._fields.get("company_id")
        if self.env.su or not field or field.related or self._company_path != "company_id":
            return False
        return self._is_shared_kind() and not self._may_share()

    @api.model
    def _may_share(self):
        """Whether the user may change what all companies share."""
        if self.env.user.has_group(SETTINGS):
            return True
        own = self.env.user.company_ids
        # sudo: whether there is any that they do not work for
        return not self.env["res.company"].sudo().search_count([("id", "not in", own.ids)], limit=1)

    @api.model
    def _get_company_link(self):
        """Field that leads to the record whose company it is, by the path or a related field."""
        links = self._company_path.split(".")[:-1]
        field = self._fields.get("company_id")
        if not links and field is not None and field.related:
            links = field.related.split(".")[:-1]
        return self._fields[links[0]] if links else None

    @api.model
    def _is_shared_kind(self):
        """Whether an empty company says of these records that they are for all companies."""
        if self._transient or not self._name.startswith("sercom."):
            return False
        if self._company_path is None:
            return True
        if link := self._get_company_link():
            parent = self.env[link.comodel_name]
            return parent._name.startswith("sercom.") and parent._is_shared_kind()
        field = self._fields.get("company_id")
        is_chosen = field is not None and field.store and not field.compute
        return is_chosen and not (field.readonly or field.required)

    def _filter_shared(self):
        if not self._is_shared_kind():
            return self.browse()
        if self._company_path is None:
            return self
        # sudo: whose it is, whoever asks
        return self.filtered(lambda record: not record.sudo().mapped(self._company_path))

    def _make_shared_error(self):
        return AccessError(
            self.env._(
                "“%s” is for all companies. Who works for some of them does not change it: ask "
                "somebody who works for all, or an administrator.",
                self._get_told_name("display_name"),
            )
        )

    @api.model
    def _get_company_fields(self):
        """Fields by which a record is moved to another company."""
        field = self._fields.get("company_id")
        names = {"company_id"} if field is not None else set()
        if self._field_access_scope != "all" or self._company_path is None:
            return names
        if field is not None:
            paths = self.pool.field_depends.get(field, ())
            names |= {path.split(".", 1)[0] for path in paths}
        if link := self._get_company_link():
            names.add(link.name)
        return names

    def _check_moved(self, vals):
        """Refuse to have moved records to where the user does not work.

        :param dict vals: what was written
        :raises AccessError: naming the record and the company
        """
        if self.env.su or self._get_company_fields().isdisjoint(vals):
            return
        if self.env.user.has_group(SETTINGS):
            return
        self._filter_shared().check_access("write")
        own = self.env.user.company_ids
        for record in self:
            # sudo: whose it is now, whoever asks
            company = record.sudo().mapped(self._company_path)
            if company - own:
                raise AccessError(
                    self.env._(
                        "You do not work for %(company)s: “%(record)s” is not moved there. Ask "
                        "somebody who works for both companies.",
                        company=company.name,
                        record=record._get_told_name("display_name"),
                    )
                )
