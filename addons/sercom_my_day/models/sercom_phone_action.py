from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

KEPT_DAYS = 90
KEPT_DAYS_REFUSED = 30
# Of one person in 24 hours: ten times what the longest day of a crew's leader makes.
MAX_PER_DAY = 2000
BATCH = 5000


class SercomPhoneAction(models.Model):
    """Something a technician did on the phone, as it arrived: each exactly once.

    How it works: the phone gives every action a number of its own (``uuid``) and sends it until
    it hears what became of it. The row is made before the action is applied, in the same
    transaction: of two that carry one number, the second waits for the first, and answers the
    same. What was refused stays to be read by the office.
    """

    _name = "sercom.phone.action"
    _inherit = "sercom.field.access.mixin"  # no field is on any list: nobody writes them by RPC
    _description = "Action of a phone"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char("Number", required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    fsm_order_id = fields.Many2one(
        "fsm.order", string="Job", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    kind = fields.Char("What", readonly=True)
    moment = fields.Datetime(
        readonly=True, help="When it was done, with the error of the phone's clock taken off."
    )
    delay = fields.Integer(
        "Delay (minutes)", readonly=True, help="Between the moment and its arrival."
    )
    state = fields.Selection(
        [("done", "Done"), ("refused", "Refused")], required=True, readonly=True, default="done"
    )
    message = fields.Text("Told to the Person", readonly=True, help="What the technician reads.")

    _uuid_uniq = models.UniqueIndex("(uuid)", "This action arrived already.")
    _create_date_idx = models.Index("(create_date)")
    _user_idx = models.Index("(user_id, create_date)")

    @api.model
    def _take(self, uuid):
        """Take a number for this transaction; ``False`` when another one has it already.

        Not ``create``: a number that a transaction of the same moment holds must make this one
        wait and start again, not fail.
        """
        now, uid = fields.Datetime.now(), self.env.uid
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO sercom_phone_action"
                " (uuid, user_id, company_id, state, create_uid, write_uid, create_date,"
                " write_date) VALUES (%(uuid)s, %(uid)s, %(company)s, 'done', %(uid)s, %(uid)s,"
                " %(now)s, %(now)s) ON CONFLICT (uuid) DO NOTHING RETURNING id",
                uuid=uuid,
                uid=uid,
                company=self.env.company.id,
                now=now,
            )
        )
        return self.browse(rows[0][0]) if rows else False

    @api.model
    def _get_allowance(self):
        """How many more actions of the current user are taken now."""
        since = fields.Datetime.now() - timedelta(days=1)
        domain = [("user_id", "=", self.env.uid), ("create_date", ">", since)]
        # sudo: the log of actions is read by the server alone
        return MAX_PER_DAY - self.sudo().search_count(domain, limit=MAX_PER_DAY)

    @api.autovacuum
    def _gc_old(self):
        now = fields.Datetime.now()
        old = self.search(
            Domain("create_date", "<", now - timedelta(days=KEPT_DAYS))
            & Domain("state", "!=", "proposed")
            | Domain("state", "=", "refused")
            & Domain("create_date", "<", now - timedelta(days=KEPT_DAYS_REFUSED)),
            limit=BATCH,
        )
        old.unlink()
        return len(old), len(old) == BATCH
