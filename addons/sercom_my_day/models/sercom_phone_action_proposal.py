from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.sercom_requests.tools.lock import lock_rows


class SercomPhoneAction(models.Model):
    """Work that came too late for its job: a dispatcher decides what becomes of it."""

    _inherit = "sercom.phone.action"

    state = fields.Selection(
        # In the order of its life: what is to be decided is done next.
        selection_add=[("proposed", "To Decide"), ("done",), ("discarded", "Discarded")],
        ondelete={"proposed": "set default", "discarded": "set default"},
    )
    content = fields.Json(readonly=True)
    picture = fields.Binary(readonly=True, attachment=True, help="The photo, or the signature.")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Text(readonly=True, help="Why this was refused.")

    def _check_can_decide(self):
        if not self.env.su and not self.env.user.has_group("fieldservice.group_fsm_dispatcher"):
            raise AccessError(self.env._("Only a dispatcher decides about work that came late."))
        self.check_access("read")
        # sudo: which jobs they are; the work is done on them as superuser
        self.sudo().fsm_order_id.sudo(self.env.su).check_access("write")
        # Two who decide at the same moment wait for each other.
        lock_rows(self)
        for action in self.sudo():  # sudo: names for a message
            if action.state != "proposed":
                raise UserError(
                    self.env._(
                        "What %(person)s did on %(job)s is decided already, by %(decider)s. "
                        "Nothing was changed.",
                        person=action.user_id.name,
                        job=action.fsm_order_id.name,
                        decider=action.decided_by_id.name or "Sercom",
                    )
                )

    def action_accept(self):
        """Do on the job what these proposals hold, in the name of who did it.

        :raises UserError: when the job does not take it now; it stays to be decided
        """
        self._check_can_decide()
        # In the order they were done in: a photo before its caption, a part before completion.
        for action in self.sudo().sorted("id"):  # sudo: a dispatcher decides, as was checked
            self.env["sercom.my.day"]._apply_proposal(action)
        self._decide("done")

    def action_discard(self, reason=None):
        """Have nothing come of these proposals; they stay to be read.

        :param str reason: why, for the job and for who did the work
        """
        self._check_can_decide()
        self._decide("discarded", reason)
        if reason:
            self._tell_discarded(reason)

    def _decide(self, state, reason=None):
        # sudo: nobody else writes the log of actions
        proposals = self.sudo()
        proposals.write({"state": state, "decided_by_id": self.env.uid, "reason": reason})
        proposals.fsm_order_id._drop_decided_phone_work()

    def _tell_discarded(self, reason):
        """Say on the job, and to who did it, that this work is not taken, and why."""
        for action in self.sudo():  # sudo: who did it may be told of a job that is theirs no more
            person = action.user_id
            told = action.with_context(lang=person.lang, tz=person.tz)
            note = action.fsm_order_id.with_context(lang=person.lang).message_post(
                body=plaintext2html(
                    told.env._(
                        "Not taken: %(work)s\n%(reason)s", work=told.display_name, reason=reason
                    )
                ),
                author_id=self.env.user.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )
            self.env["mail.notification"].sudo().create(  # sudo: as above
                {
                    "mail_message_id": note.id,
                    "res_partner_id": person.partner_id.id,
                    "notification_type": "inbox",
                }
            )

    def _ask_for_decision(self):
        """Give a dispatcher of each job one activity, however much of its work waits."""
        waiting = self.filtered(lambda action: action.state == "proposed")
        waiting.fsm_order_id._ask_about_phone_work(waiting.user_id)
