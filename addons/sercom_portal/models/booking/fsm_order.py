from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError, ValidationError

# Slots that are looked at; several people may be free at one time.
LOOKED_AT = 60
# Times that a client chooses from.
SHOWN = 12


class FsmOrder(models.Model):
    """A client chooses when their job is done, of the times that are free."""

    _inherit = "fsm.order"

    def _is_booked_by_client(self):
        """Whether the client chooses the time of this one job, in sudo."""
        self.ensure_one()
        live = self.assignment_ids.filtered(lambda block: block.state != "cancelled")
        is_offered = self.company_id.web_booking in ("draft", "confirmed")
        return is_offered and self.state == "to_plan" and not live

    def _find_client_slots(self):
        """Free times of this one job that its client may choose, the first one first.

        :return: ``{start (UTC text): slot}``, as ``sercom.scheduler.find_slots`` answers them
        """
        self._check_booked_by_client()
        company = self.company_id
        first = fields.Datetime.now() + timedelta(hours=company.web_booking_notice)
        last = fields.Datetime.now() + timedelta(days=company.web_booking_days)
        if last <= first:
            return {}
        slots = self._get_portal_scheduler().find_slots(self.id, first, last, LOOKED_AT)
        by_start = {}
        for slot in slots:
            # One that asks for a second look is the office's to give.
            if not slot["warnings"] and len(slot["blocks"]) == 1:
                by_start.setdefault(slot["date_start"], slot)
        return dict(sorted(by_start.items())[:SHOWN])

    def _get_portal_scheduler(self):
        company = self.company_id
        return (
            self.env["sercom.scheduler"]
            .with_user(SUPERUSER_ID)  # clients read no plans: they are told the starts alone
            .with_context(allowed_company_ids=company.ids)
        )

    def _check_booked_by_client(self):
        if not self._is_booked_by_client():
            raise UserError(
                self.env._("%s is no longer waiting for a time. Reload the page.", self.name)
            )

    def _book_for_client(self, partner, start):
        """Plan this one job, in sudo, at a free time that its client chose.

        :param partner: who chose it
        :param str start: UTC text, one of ``_find_client_slots``
        :raises UserError: when the job is planned already
        :raises ValidationError: when somebody else has taken that time meanwhile
        """
        self.ensure_one()
        self._lock_for_conversion()  # two of one household choose: the second one sees the first
        slot = self._find_client_slots().get(start)
        if not slot:
            raise ValidationError(self.env._("This time has just been taken. Choose another one."))
        ids = self._get_portal_scheduler().book_slot(self.id, slot)
        blocks = self.env["sercom.assignment"].with_user(SUPERUSER_ID).browse(ids)
        file = self.service_file_id
        if self.company_id.web_booking == "confirmed":
            blocks.action_confirm()
            file._tell_office(self, file._get_booked_summary, partner)
        else:
            file._tell_office(self, file._get_chosen_summary, partner)


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    def _get_booked_summary(self, record, partner):
        return self.env._(
            "%(client)s booked a time for %(job)s", client=partner.name, job=record.name
        )

    def _get_chosen_summary(self, record, partner):
        return self.env._(
            "%(client)s chose a time for %(job)s: confirm it", client=partner.name, job=record.name
        )

    def _prepare_portal_job(self, job, is_client):
        return {
            **super()._prepare_portal_job(job, is_client),
            "can_choose_time": job._is_booked_by_client(),
        }

    def _get_portal_times(self, slots):
        """Free times as their reader sees them: ``[(day, [(start, window)])]``."""
        days = {}
        for start, slot in slots.items():
            moment = fields.Datetime.to_datetime(start)
            end = fields.Datetime.to_datetime(slot["date_end"])
            window = self.env._(
                "%(start)s to %(end)s",
                start=self._format_portal_time(moment),
                end=self._format_portal_time(end),
            )
            days.setdefault(self._format_portal_day(moment), []).append((start, window))
        return list(days.items())
