from odoo import Command, fields, models
from odoo.tools import plaintext2html

ACTIVITY = "sercom_timesheets.mail_activity_type_correction"


class SercomClockCorrection(models.Model):
    """Who is asked about a correction, and who is told what became of it.

    Who is the supervisor says ``hr.employee._get_hours_supervisors``. Written in batches: the
    hourly search for forgotten clock-outs takes the same queries for one person and for a hundred.
    """

    _inherit = "sercom.clock.correction"

    def _ask_for_decision(self):
        """Give the supervisor of each correction one activity."""
        if not self:
            return
        kind = self.env.ref(ACTIVITY)
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        # sudo: employees do not read each other's files
        supervisors = self.sudo().employee_id._get_hours_supervisors()
        vals_list = [
            {
                "res_model_id": model_id,
                "res_id": correction.id,
                "activity_type_id": kind.id,
                "automated": True,
                "user_id": user.id,
                "date_deadline": today,
                "summary": correction.with_context(lang=user.lang)._get_label(),
            }
            for correction in self
            if (user := supervisors.get(correction.employee_id))
        ]
        # The activity is the notice: no e-mail beside it.
        # sudo: the office is asked, whoever proposes
        Activity = self.env["mail.activity"].sudo()
        Activity.with_context(mail_activity_quick_update=True).create(vals_list)

    def _drop_requests(self):
        """Take back the activities of corrections that are decided."""
        self.activity_unlink([ACTIVITY])

    def _notify_decision(self, state):
        """Tell the people concerned what was decided."""

        def compose(correction):
            label, note = correction._get_label(), correction.decision_note
            if state == "accepted":
                text = correction.env._("Accepted: %s", label)
            else:
                text = correction.env._("Refused: %s", label)
            return f"{text}\n{note}" if note else text

        self._notify_people(compose)

    def _notify_people(self, compose):
        """Leave a note in the inbox of the people whose hours are meant; no e-mail.

        :param compose: function of a correction that answers the text, in the language of the
            correction's environment
        """
        author = self.env.user.partner_id
        common = {
            "model": self._name,
            "message_type": "notification",
            "subtype_id": self.env.ref("mail.mt_note").id,
            "author_id": author.id,
            # Nobody answers a note; searched for each message otherwise.
            "reply_to": self.env.user.email_formatted,
        }
        vals_list = []
        # sudo: employees do not read each other's files
        for correction in self.sudo():
            partner = correction.employee_id.user_id.partner_id
            local = correction.with_context(lang=partner.lang or self.env.lang)
            vals = {**common, "res_id": correction.id, "body": plaintext2html(compose(local))}
            if partner and partner != author:
                vals["notification_ids"] = [
                    Command.create({"res_partner_id": partner.id, "notification_type": "inbox"})
                ]
            vals_list.append(vals)
        # sudo: a note to the inbox, which its author may not write to
        self.env["mail.message"].sudo().create(vals_list)
