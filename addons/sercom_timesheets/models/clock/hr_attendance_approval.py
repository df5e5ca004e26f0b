from odoo import fields, models


class HrAttendance(models.Model):
    """Hours that a supervisor refuses go back to the clock."""

    _inherit = "hr.attendance"

    review_reason = fields.Selection(
        selection_add=[("refused", "Hours Refused")], ondelete={"refused": "set null"}
    )

    def _refuse_hours(self, note=None):
        """Flag these entries for a review, and tell the people why.

        :param str note: why, for the person
        """
        self.write({"review_reason": "refused"})
        bodies = {
            entry.id: self.env._(
                "The hours of %(entry)s were refused by %(person)s. %(note)s",
                entry=entry._get_entry_label(),
                person=self.env.user.name,
                note=note or "",
            ).strip()
            for entry in self
        }
        for entry in self:
            partner = entry.employee_id.user_id.partner_id - self.env.user.partner_id
            entry.message_post(
                body=bodies[entry.id], partner_ids=partner.ids, subtype_xmlid="mail.mt_note"
            )
