from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 8  # a phone without network for longer begins its photo again
BATCH = 5000


class SercomPhonePiece(models.Model):
    """A piece of a photo on its way from a phone: what came through need not be sent again."""

    _name = "sercom.phone.piece"
    _inherit = "sercom.field.access.mixin"  # no field is on any list: nobody writes them by RPC
    _description = "Piece of a photo of a phone"
    _order = "position"

    uuid = fields.Char("Number", required=True, readonly=True, help="Of the action it is for.")
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    position = fields.Integer(required=True, readonly=True, help="Bytes before it.")
    size = fields.Integer(required=True, readonly=True)
    data = fields.Binary(required=True, readonly=True, attachment=False)

    _position_uniq = models.UniqueIndex("(user_id, uuid, position)", "This piece arrived already.")
    _create_date_idx = models.Index("(create_date)")

    @api.model
    def _count_received(self, uuid=None):
        """Bytes that came of the user's photo ``uuid``, or of all of theirs that are on the way."""
        domain = [("user_id", "=", self.env.uid)]
        if uuid:
            domain.append(("uuid", "=", uuid))
        return self._read_group(domain, [], ["size:sum"])[0][0] or 0

    @api.model
    def _keep(self, uuid, position, data):
        """Keep a piece: once, also when two requests bring it at the same moment.

        :param bytes data: base64
        :param int position: bytes before it
        """
        size = len(data) * 3 // 4 - data[-2:].count(b"=")
        self.env.execute_query(
            SQL(
                "INSERT INTO sercom_phone_piece (uuid, user_id, position, size, data, create_uid,"
                " write_uid, create_date, write_date) VALUES (%(uuid)s, %(uid)s, %(position)s,"
                " %(size)s, %(data)s, %(uid)s, %(uid)s, %(now)s, %(now)s)"
                " ON CONFLICT DO NOTHING RETURNING id",
                uuid=uuid,
                uid=self.env.uid,
                position=position,
                size=size,
                data=data,
                now=fields.Datetime.now(),
            )
        )

    @api.autovacuum
    def _gc_old(self):
        since = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("create_date", "<", since)], limit=BATCH)
        old.unlink()
        return len(old), len(old) == BATCH
