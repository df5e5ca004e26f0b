from odoo.http import request, route

from odoo.addons.mail.controllers.attachment import AttachmentController as MailAttachments


class AttachmentController(MailAttachments):
    @route()
    def mail_attachement_update_thumbnail(self, attachment_id, thumbnail=None, access_token=None):
        # The web client draws the first page of each PDF it lists, and sends it when the user may
        # write the record. A file that is kept takes no picture: it is nothing that failed.
        file = request.env["ir.attachment"].browse(int(attachment_id)).exists()
        if file and file.has_access("read") and file._get_kept_files("write"):
            return None
        return super().mail_attachement_update_thumbnail(
            attachment_id, thumbnail=thumbnail, access_token=access_token
        )
