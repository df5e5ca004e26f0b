from odoo import api, models
from odoo.exceptions import AccessError

# What a message says, and what it is: who wrote it, when and as what.
WORDS = {"attachment_ids", "body", "subject"}
ORIGIN = {
    *("author_guest_id", "author_id", "date", "email_from"),
    *("is_internal", "message_type", "parent_id", "subtype_id"),
}


class MailMessage(models.Model):
    """What was written in a service flow is evidence: it stays as its author wrote it.

    Odoo lets whoever is told of a message change all of it, its author and its date too.
    """

    _inherit = "mail.message"

    def write(self, vals):
        self._check_evidence(vals)
        self._check_told_by_odoo(vals)
        return super().write(vals)

    def _check_told_by_odoo(self, vals):
        """Refuse that anybody, its author too, rewrites what Odoo noted of a change by itself.

        :param dict vals: values about to be written
        """
        if self.env.su or {"body", "subject"}.isdisjoint(vals):
            return
        for message in self.sudo():  # sudo: only to find what the messages are about
            document = message._get_service_document()
            if message.message_type == "notification" and document:
                raise AccessError(
                    self.env._(
                        "What was noted by itself about %(record)s stays as it is. Write a message "
                        "of your own.",
                        record=document.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        """Refuse that history is taken away: what was noted, or mailed; a comment is its author's.

        With its record it goes, as superuser.
        """
        if self.env.su:
            return
        # sudo: only to find what the messages are about
        for message in self.sudo().filtered(lambda message: message.message_type != "comment"):
            document = message._get_service_document()
            if document is None and message._is_kept():
                # sudo: as above
                document = self.env[message.model].browse(message.res_id).exists().sudo()
            if document:
                raise AccessError(
                    self.env._(
                        "What was written about %(record)s is its history: nobody takes it away. "
                        "Write what is right now in a message of your own.",
                        record=document.display_name,
                    )
                )

    def _is_kept(self):
        """Whether this one message is of a model whose history is evidence."""
        model = self.env.get(self.model)
        return bool(model is not None and self.res_id and getattr(model, "_is_history_kept", False))

    def _check_evidence(self, vals):
        """Refuse that others change what is told, and anybody when and by whom it was.

        :param dict vals: values about to be written
        :raises AccessError: naming the record that the message is about
        """
        if self.env.su or (WORDS | ORIGIN).isdisjoint(vals):
            return
        own = self.env.user.partner_id if ORIGIN.isdisjoint(vals) else None
        # sudo: only to find what the messages are about; the user's rights are asked of it
        for message in self.sudo():
            document = message._get_service_document()
            if message.author_id == own or not document:
                continue
            document = document.sudo(False)
            operations = document._mail_get_operation_for_mail_message_operation("unlink")
            if not document.has_access(operations.get(document) or "unlink"):
                raise AccessError(
                    self.env._(
                        "What somebody wrote about %(record)s stays as they wrote it. Write a "
                        "message of your own.",
                        record=document._get_told_name("display_name"),
                    )
                )

    def _get_service_document(self):
        """Record of a service flow that this one message, in sudo, is about, if there is one."""
        model = self.env.get(self.model)
        if model is None or not self.res_id:
            return None
        document = model.browse(self.res_id).exists()
        if self.model == "sercom.service.file":
            return document
        return document if "service_file_id" in model._fields and document.service_file_id else None
