from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError


class SercomServiceFile(models.Model):
    """Two files of one need become one; a file that nothing is left in goes."""

    _inherit = "sercom.service.file"

    def _merge_into(self, target):
        """Move everything of these files into ``target`` and archive them.

        Every stored Many2one to a service file is moved, in every installed add-on, and the
        chatter with it, so nothing is lost.

        :raises UserError: when the files are not of one company and one client
        """
        files = self - target
        if not files:
            raise UserError(self.env._("Select at least two service files to merge."))
        target._check_can_merge(files)
        for name, records in files._find_kept_records():
            records[name] = target
        target._absorb_chatter(files)
        # sudo: nobody writes by hand what a file was merged into
        files.sudo().write({"merged_into_id": target.id, "active": False})
        target.message_post(
            body=self.env._("Merged with %s.", ", ".join(files.mapped("name"))),
        )

    def _find_kept_records(self):
        """What these files hold, in every installed add-on.

        :return: generator of ``(name of the field that links to the file, records in sudo)``
        """
        for model in self.env.registry.values():
            if model._abstract or not model._auto or model._transient:
                continue
            for field in model._fields.values():
                if field.type != "many2one" or field.comodel_name != self._name:
                    continue
                if not field.store or field.name == "merged_into_id":
                    continue
                # sudo: all of it, whoever may read it
                records = self.env[model._name].sudo().with_context(active_test=False)
                yield field.name, records.search([(field.name, "in", self.ids)])

    def _archive_emptied(self):
        """Archive those of these files that nothing is left in: what opened them has gone."""
        kept = self.browse()
        for name, records in self._find_kept_records():
            kept |= records[name]
        for file in self - kept:
            file.active = False
            file.message_post(body=self.env._("Archived: what was in it is another client's now."))

    def _check_can_merge(self, files):
        """Refuse a merge that would mix companies or clients."""
        self.ensure_one()
        for file in files:
            if file.company_id != self.company_id:
                raise UserError(
                    self.env._(
                        "%(file)s and %(target)s belong to two companies and cannot be merged.",
                        file=file.name,
                        target=self.name,
                    )
                )
            clients = (file | self).partner_id.commercial_partner_id
            if len(clients) > 1:
                raise UserError(
                    self.env._(
                        "%(file)s and %(target)s belong to two clients and cannot be merged. "
                        "Set the same client on both first.",
                        file=file.display_name,
                        target=self.display_name,
                    )
                )

    def _absorb_chatter(self, files):
        """Take over messages, attachments, activities and followers of ``files``."""
        self.ensure_one()
        owned = [("res_id", "in", files.ids)]
        # sudo: messages of others move too
        self.env["mail.message"].sudo().search([("model", "=", self._name), *owned]).write(
            {"res_id": self.id}
        )
        for model in ("ir.attachment", "mail.activity"):
            # sudo: attachments and activities of others move too
            self.env[model].sudo().search([("res_model", "=", self._name), *owned]).write(
                {"res_id": self.id}
            )
        self.message_subscribe(partner_ids=files.message_partner_ids.ids)
        for file in files:
            file.message_post(body=Markup("→ %s") % self._get_html_link())
