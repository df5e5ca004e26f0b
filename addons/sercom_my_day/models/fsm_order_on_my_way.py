from datetime import timedelta

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_time

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_requests.tools.local_time import local_date, local_days
from odoo.addons.sercom_requests.tools.wording import format_moment

from ..tools.my_day import WINDOW, arrival_window, window_from

# Told later, it would no longer be true.
LATEST = timedelta(minutes=30)
# How far off an arrival may be that somebody on the way tells.
FURTHEST = timedelta(hours=12)


class FsmOrder(models.Model):
    """“On my way”: the client hears once per visit when to expect somebody."""

    _inherit = "fsm.order"

    client_notified_on = fields.Datetime(
        "Client Told", copy=False, readonly=True, help="When the client was told of the arrival."
    )
    notified_partner_id = fields.Many2one(
        "res.partner", "Who Was Told", copy=False, readonly=True, index="btree_not_null"
    )
    arrival_early = fields.Datetime(
        "Arrives From", copy=False, readonly=True, help="Earliest arrival the client was told."
    )
    arrival_late = fields.Datetime(
        "Arrives Until", copy=False, readonly=True, help="Latest arrival the client was told."
    )

    def action_on_my_way(self, moment=None, distance_km=None, partner_id=None, arrival=None):
        """Tell the client of this one job that the user is on the way; once per visit.

        :param moment: when the user left, UTC; now for none
        :param float distance_km: how far the site is, as the crow flies; ``None`` when unknown
        :param int partner_id: whom to tell, of the job's contact and client; the one of them who
            can be reached for none
        :param arrival: earliest arrival to tell, UTC, as the user says; reckoned for none
        :return: ``{"is_told": whether the client was told now, "message": words for the user}``
        :raises UserError: when it is over, not planned for the user today, or too late to be told
        """
        self.ensure_one()
        self.check_access("write")
        now = fields.Datetime.now()
        moment = min(fields.Datetime.to_datetime(moment) or now, now)
        block = self._get_own_visit(moment)
        job = self.sudo()  # sudo: its client's name and address, for who goes there
        if job.state in CLOSED_STATES:
            raise UserError(self.env._("%s is over: nobody is expected there.", job.name))
        if now - moment > LATEST:
            raise UserError(
                self.env._(
                    "Your “on my way” to %(job)s of %(moment)s came through too late to tell the "
                    "client. Call them if you are not there yet.",
                    job=job.name,
                    moment=job._format_visit_time(moment, block),
                )
            )
        if block.on_my_way_on and job._is_notified_of(block):
            return job._answer_on_my_way(False, job._get_already_notified_message(block))
        # Two people of a crew, or two phones, write the same row: the second of them starts
        # again, and finds the client told.
        is_first = not job._is_notified_of(block)
        block.on_my_way_on = block.on_my_way_on or moment
        if not is_first:
            return job._answer_on_my_way(False, job._get_already_notified_message(block))
        early, late = job._get_arrival_window(block, moment, distance_km, arrival)
        partner = job._choose_notified_partner(partner_id)
        job.write(
            {
                "client_notified_on": moment,
                "notified_partner_id": partner.id,
                "arrival_early": early,
                "arrival_late": late,
            }
        )
        channel = job._send_on_my_way(block, partner)
        message = job._get_on_my_way_message(block, partner, channel)
        job._message_log(
            body=self.env._("%(person)s is on the way.", person=block.employee_id.name)
            + " "
            + message
        )
        return job._answer_on_my_way(bool(channel), message)

    @staticmethod
    def _answer_on_my_way(is_told, message):
        return {"is_told": is_told, "message": message}

    def _get_own_visit(self, moment):
        """The user's own live block on this one job, nearest to a moment of the same day."""
        employees = self.env["sercom.my.day"]._get_employees()
        blocks = (
            self.env["sercom.assignment"]
            .sudo()  # sudo: the user's own blocks, by their employee file
            .search(
                [
                    ("fsm_order_id", "=", self.id),
                    ("employee_id", "in", employees.ids),
                    ("state", "!=", "cancelled"),
                ]
            )
        )
        for block in blocks.sorted(lambda block: abs(block.date_start - moment)):
            zone = block._get_tz()
            first = local_date(block.date_start, zone)
            if first <= local_date(moment, zone) <= local_date(block.date_end, zone):
                return block
        raise UserError(
            self.env._("You are not planned on %s on that day. Ask the office.", self.name)
        )

    def _is_notified_of(self, block):
        """Whether the client of this one job was told of the visit, on the day of ``block``."""
        if not self.client_notified_on:
            return False
        zone = block._get_tz()
        start, _end = local_days(local_date(block.date_start, zone), 1, zone)
        return self.client_notified_on >= start

    def _get_arrival_window(self, block, moment, distance_km, arrival=None):
        """Earliest and latest arrival: as the user says, or by the company's travel settings."""
        arrival = fields.Datetime.to_datetime(arrival) if arrival else None
        if arrival and moment - WINDOW < arrival < moment + FURTHEST:
            return window_from(arrival)
        minutes = None
        if distance_km is not None:
            company = self.company_id
            road = distance_km * company.sercom_travel_detour / company.sercom_travel_speed
            minutes = 60 * road + company.sercom_travel_margin
        return arrival_window(moment, block.date_start, minutes)

    def _get_notified_partner(self):
        """Whom to tell at this one job: the contact when they can be reached, else the client."""
        self.ensure_one()
        contact = self.contact_id
        return contact if self._get_on_my_way_channel(contact) else self.partner_id or contact

    def _get_notified_partners(self):
        """Whom the user may choose to tell at this one job, the usual one first."""
        self.ensure_one()
        return self._get_notified_partner() | self.contact_id | self.partner_id

    def _choose_notified_partner(self, partner_id):
        partners = self._get_notified_partners()
        return partners.filtered(lambda partner: partner.id == partner_id) or partners[:1]

    def _get_on_my_way_channel(self, partner):
        """Hook: how a person hears of who is on the way to this one job.

        :return: *email*, or what another add-on sends by; nothing for who cannot be reached
        """
        return "email" if partner.email_normalized else ""

    def _send_on_my_way(self, block, partner):
        """Hook: tell a person who is on the way to this one job; the channel it went by."""
        channel = self._get_on_my_way_channel(partner)
        if channel == "email" and not self._send_on_my_way_email(block, partner):
            return ""
        return channel

    def _send_on_my_way_email(self, block, partner):
        """Send the e-mail; whether there is one to send."""
        template = self.env.ref("sercom_my_day.mail_template_on_my_way", raise_if_not_found=False)
        if not template:
            return False
        template.sudo().with_context(  # sudo: technicians read no templates
            person=block.employee_id.name, zone=self._get_visit_zone(block)
        ).send_mail(self.id, email_values={"recipient_ids": [Command.link(partner.id)]})
        return True

    def _get_visit_zone(self, block):
        """Time zone that the client's clocks show."""
        return self.location_id.partner_id.tz or block._get_tz()

    def _format_visit_time(self, moment, block):
        zone = self._get_visit_zone(block)
        short = format_time(self.env, moment, tz=zone, time_format="short")
        if local_date(moment, zone) == local_date(fields.Datetime.now(), zone):
            return short
        return format_moment(self.env, moment, zone)

    def _get_already_notified_message(self, block):
        return self.env._(
            "%(client)s was already told at %(moment)s.",
            client=(self.notified_partner_id or self._get_notified_partner()).name or self.name,
            moment=self._format_visit_time(self.client_notified_on, block),
        )

    def _get_on_my_way_message(self, block, partner, channel):
        """Hook: what the user reads of whom was told what, by a channel or by none."""
        window = {
            "client": partner.name or self.name,
            "early": self._format_visit_time(self.arrival_early, block),
            "late": self._format_visit_time(self.arrival_late, block),
        }
        if channel:
            return self.env._(
                "%(client)s was told by e-mail: between %(early)s and %(late)s.", **window
            )
        return self.env._(
            "%(client)s has no e-mail address and was not told. You are expected between "
            "%(early)s and %(late)s: call them.",
            **window,
        )
