import base64
import binascii
from uuid import UUID

from odoo import api, models
from odoo.exceptions import UserError

from .sercom_my_day_sync import MAX_PHOTO

MAX_PIECE = 1024 * 1024  # bytes
MAX_ON_THE_WAY = 300 * 1024 * 1024  # bytes of one person


class SercomMyDay(models.AbstractModel):
    """Photos that come in pieces: on a weak network none of them is ever begun again.

    How it works: the phone sends piece after piece, as big as its network carries in a second,
    each where the one before ended; the action that follows says how many bytes they are.
    """

    _inherit = "sercom.my.day"

    @api.model
    def put_piece(self, uuid, position, data, user_id=None):
        """Keep a piece of a photo.

        :param str uuid: number of the action that the photo is for
        :param int position: bytes before this piece
        :param str data: the piece, base64
        :param int user_id: whose photo it is; others' is not taken
        :return: ``{"user_id", "received"}``: how many bytes came so far, where the next piece
            begins
        :raises UserError: when it is no piece, or too much is on the way
        """
        self._check_user()
        if user_id and user_id != self.env.uid:
            return {"user_id": self.env.uid, "received": 0}
        uuid, content = self._read_piece(uuid, data)
        # sudo: pieces are written by the server alone
        Piece = self.env["sercom.phone.piece"].sudo()
        received = Piece._count_received(uuid)
        if position == received:
            on_the_way = Piece._count_received()
            if received > MAX_PHOTO or on_the_way > MAX_ON_THE_WAY:
                raise UserError(self.env._("Too many photos are on their way. Tell the office."))
            Piece._keep(uuid, received, base64.b64encode(content))
            received += len(content)
        return {"user_id": self.env.uid, "received": received}

    def _read_piece(self, uuid, data):
        try:
            uuid = str(UUID(str(uuid)))
            content = base64.b64decode(str(data or ""), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not 0 < len(content) <= MAX_PIECE:
            raise UserError(self.env._("This piece of a photo did not arrive whole."))
        return uuid, content

    def _join_pieces(self, action):
        """An action with the photo of which the pieces came; they are not needed any more."""
        if not action.get("size"):
            return action
        domain = [("uuid", "=", str(action.get("uuid"))), ("user_id", "=", self.env.uid)]
        # sudo: pieces are read by the server alone
        pieces = self.env["sercom.phone.piece"].sudo().search(domain)
        whole = b"".join(
            base64.b64decode(piece.data) for piece in pieces.with_context(bin_size=False)
        )
        pieces.unlink()
        image = base64.b64encode(whole).decode() if len(whole) == action["size"] else ""
        return {**action, "image": image}
