from odoo import models
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
        return super().write(vals)

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
