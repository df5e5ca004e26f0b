from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import hash_sign, verify_hash_signed

LINK_SCOPE = "sercom_portal.service_file"
LINK_DAYS = 30
LOOK_HOURS = 1
LOOK = "look"  # what a link of the office says, that shows and changes nothing


class SercomServiceFile(models.Model):
    """Who outside the firm sees a service file, and by which link.

    How it works: clients have no access rights to service files. Their pages ask here whose file
    it is, read it as superuser and tell what ``_get_portal_page`` answers, and nothing else.

    There are two readers: the *client*, any contact of the file's household or company, and who is
    met *on site* (a tenant, a caretaker), who reads of the visits and not of the money.
    """

    _inherit = "sercom.service.file"

    # Readers

    @api.model
    def _get_portal_domain(self, partner):
        """Files that a partner reads on their pages, as client or as contact on site."""
        if not partner:
            return Domain.FALSE  # who is nobody owns no file that is nobody's
        return self._get_portal_client_domain(partner) | self._get_portal_site_domain(partner)

    @api.model
    def _get_portal_client_domain(self, partner):
        if partner.sudo().is_site_contact:  # sudo: whoever asks, who it is
            return Domain.FALSE
        return Domain("partner_id.commercial_partner_id", "=", partner.commercial_partner_id.id)

    @api.model
    def _get_portal_site_domain(self, partner):
        own = Domain("contact_id", "=", partner.id)
        # Who works for the firm is invited to visits too, and has other screens for them.
        invited = Domain("partner_ids", "in", partner.ids if partner.partner_share else [])
        return (
            Domain("fsm_order_ids", "any", own)
            | Domain("opportunity_ids", "any", own)
            | Domain("appointment_ids", "any", invited & self._get_portal_visit_domain())
        )

    def _is_portal_client(self, partner):
        """Whether ``partner`` is the client of this one file, or somebody of theirs."""
        self.ensure_one()
        client = self.partner_id.commercial_partner_id
        is_theirs = bool(client) and client == partner.commercial_partner_id
        return is_theirs and not partner.sudo().is_site_contact  # sudo: as above

    @api.model
    def _find_for_portal(self, file_id, partner):
        """The file that ``partner`` asks for, in sudo; none when it is not theirs to read.

        :param partner: ``res.partner``; whoever they are, their own records alone are found
        """
        Files = self.sudo()  # sudo: clients have no rights on files; the domain says whose it is
        if not partner:
            return Files
        domain = Domain("id", "=", file_id) & self._get_portal_domain(partner)
        return Files.search(domain, limit=1)

    # Links that e-mails carry

    def _get_portal_link(self, partner, is_look=False):
        """Address of this one file's page for ``partner``, who need not sign in.

        It opens this page alone, as that person sees it, until it expires.

        :param bool is_look: whether it shows the page to the office, who does nothing by it
        """
        self.ensure_one()
        life = timedelta(hours=LOOK_HOURS) if is_look else timedelta(days=LINK_DAYS)
        expires = fields.Datetime.now() + life
        values = [self.id, partner.id, int(expires.timestamp()), *([LOOK] if is_look else [])]
        # sudo: the secret that signs is the system's
        token = hash_sign(self.sudo().env, LINK_SCOPE, values)
        return f"{self.get_base_url()}/my/requests/{self.id}?access_token={token}"

    @api.model
    def _read_portal_token(self, file_id, token):
        """Whom a link is for, and whether it still opens the file.

        :return: ``(res.partner in sudo, is_valid)``; no partner for a token that is not genuine,
            or another file's
        """
        nobody = self.env["res.partner"].sudo()  # sudo: for who has not signed in
        values = self._unsign_portal_token(token)
        if not values or values[0] != file_id:
            return nobody, False
        _file, partner_id, expires, *_look = values
        partner = nobody.browse(partner_id).exists()
        return partner, fields.Datetime.now().timestamp() < expires

    @api.model
    def _unsign_portal_token(self, token):
        """What a genuine token says; none for another."""
        try:
            # sudo: the secret that signs is the system's
            return verify_hash_signed(self.sudo().env, LINK_SCOPE, token or "")
        except ValueError:
            return None

    @api.model
    def _is_portal_look(self, token):
        """Whether a link shows the page and changes nothing."""
        return LOOK in (self._unsign_portal_token(token) or [])[3:]
