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
        if not self.env.su and not (WORDS | ORIGIN).isdisjoint(vals):
            # sudo: only to find what the messages are about
            for message in self.sudo():
                if document := message._get_service_document():
                    message._check_evidence(document, vals)
                    message._check_told_by_odoo(document, vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        """Refuse that history is taken away: what was noted, or mailed; a comment is its author's.

        With its record it goes, as superuser.
        """
        if self.env.su:
            return
        # sudo: only to find what the messages are about
        for message in self.sudo().filtered(lambda message: message.message_type != "comment"):
            if document := message._get_service_document() or message._get_kept_document():
                raise AccessError(
                    self.env._(
                        "What was written about %(record)s is its history: nobody takes it away. "
                        "Write what is right now in a message of your own.",
                        record=document.display_name,
                    )
                )

    def _check_evidence(self, document, vals):
        """Refuse that others change what is told, and anybody when and by whom it was.

        :param document: record of a service flow that this one message, in sudo, is about
        :param dict vals: values about to be written
        :raises AccessError: naming the document
        """
        if ORIGIN.isdisjoint(vals) and self.author_id == self.env.user.partner_id:
            return
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

    def _check_told_by_odoo(self, document, vals):
        """Refuse that anybody, its author too, rewrites what Odoo noted of a change by itself.

        :param document: record of a service flow that this one message, in sudo, is about
        :param dict vals: values about to be written
        :raises AccessError: naming the document
        """
        if self.message_type != "notification" or {"body", "subject"}.isdisjoint(vals):
            return
        raise AccessError(
            self.env._(
                "What was noted by itself about %(record)s stays as it is. Write a message "
                "of your own.",
                record=document.display_name,
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

    def _get_kept_document(self):
        """Record of a model whose history is kept that this one message, in sudo, is about."""
        model = self.env.get(self.model)
        if not self.res_id or not getattr(model, "_is_history_kept", False):
            return None
        return model.browse(self.res_id).exists()
