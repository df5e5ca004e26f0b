from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sercom_requests.tools.lock import lock_text, search_now

HOLD_MINUTES = 20
PER_ADDRESS = 3  # times that one address holds at once
LOCK_KEY = 0x5E51  # of the lock on an address that chooses
AT_ONCE = 60  # times that are held for all visitors of a company


class SercomBookingHold(models.Model):
    """A free time that a visitor chose, while they finish the form.

    How it works: the row keeps the time from other visitors, and from what planning proposes,
    until it expires; the database refuses two for one person at one time. It binds nobody of the
    office: whoever plans the person goes first, and the visitor is told to choose again.
    """

    _name = "sercom.booking.hold"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _description = "Time held for a visitor"
    _order = "date_start, id"

    stamp = fields.Char(required=True, readonly=True, help="Of the page that holds it.")
    address_hash = fields.Char(required=True, readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Service", required=True, readonly=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date_start = fields.Datetime("Start", required=True, readonly=True)
    date_end = fields.Datetime("End", required=True, readonly=True)
    expires_on = fields.Datetime("Held Until", required=True, readonly=True, index=True)

    _stamp_uniq = models.UniqueIndex("(stamp)", "This page holds a time already.")
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(employee_id, employee_id, '[]') WITH &&,
            tsrange(date_start, date_end) WITH &&
        )""",
        "This time is held for somebody else.",
    )

    @api.model
    def _get_live(self, company):
        """Times of a company that are held now, in sudo."""
        domain = [("company_id", "=", company.id), ("expires_on", ">", fields.Datetime.now())]
        return self.sudo().search(domain)  # sudo: visitors' times, nobody's to read

    @api.model
    def _find(self, stamp):
        """The time that a page holds, in sudo; none once it has expired."""
        domain = [("stamp", "=", stamp), ("expires_on", ">", fields.Datetime.now())]
        return self.sudo().search(domain, limit=1)  # sudo: visitors have no rights

    @api.model
    def _hold(self, stamp, address, product, start):
        """Hold a free time for who fills in a page, in place of the one that it held before.

        :param str stamp: key of the page's stamp
        :param str address: of the visitor, of which a hash is kept
        :param product: service, in sudo, that is booked on the web
        :param str start: UTC text, one of ``_find_web_times``
        :return: the hold, in sudo
        :raises ValidationError: when somebody else has taken that time meanwhile
        :raises UserError: when too much is held at once
        """
        holds = self.with_user(SUPERUSER_ID)
        company = self.env.company
        now = fields.Datetime.now()
        holds.search(["|", ("stamp", "=", stamp), ("expires_on", "<=", now)]).unlink()
        hashed = self.env["sercom.web.request"]._hash_address(address)
        # Many that one address chooses at the same moment are counted one after the other.
        lock_text(self.env, LOCK_KEY, hashed)
        live = holds._get_live(company)
        own = search_now(
            holds,
            [
                ("address_hash", "=", hashed),
                ("company_id", "=", company.id),
                ("expires_on", ">", now),
                ("stamp", "!=", stamp),
            ],
        )
        if len(own) >= PER_ADDRESS or len(live) >= AT_ONCE:
            raise UserError(
                self.env._("Many times are being chosen just now. Call us, or try again later.")
            )
        slot = product._find_web_times().get(start)
        if not slot:
            raise self._get_taken_error()
        try:
            with self.env.cr.savepoint():
                return holds.create(
                    {
                        "stamp": stamp,
                        "address_hash": hashed,
                        "company_id": company.id,
                        "product_tmpl_id": product.id,
                        "employee_id": slot["employee_ids"][0],
                        "date_start": slot["date_start"],
                        "date_end": slot["date_end"],
                        "expires_on": now + timedelta(minutes=HOLD_MINUTES),
                    }
                )
        except ExclusionViolation:
            raise self._get_taken_error() from None

    @api.model
    def _get_taken_error(self):
        return ValidationError(self.env._("This time has just been taken. Choose another one."))

    def _take(self):
        """Give this one time up, to be booked by who held it.

        :return: the slot, as ``sercom.scheduler.book_slot`` reads it
        """
        self.ensure_one()
        to_text = fields.Datetime.to_string
        slot = {
            "employee_ids": self.employee_id.ids,
            "date_start": to_text(self.date_start),
            "date_end": to_text(self.date_end),
        }
        self._take_back()
        return slot

    def _take_back(self):
        """Free these times: who held them chose none."""
        self.with_user(SUPERUSER_ID).unlink()

    @api.autovacuum
    def _gc_expired(self):
        self.search([("expires_on", "<", fields.Datetime.now())]).unlink()
