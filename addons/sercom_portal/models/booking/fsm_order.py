from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER


class FsmOrder(models.Model):
    """A client chooses when their job is done, of the times that are free; changes it, or cancels.

    They do so until some hours before the visit, as the company says; from then on they call.
    """

    _inherit = "fsm.order"

    is_web_booked = fields.Boolean(
        "Booked on the Web", copy=False, readonly=True, help="The client chose the time."
    )

    # What may be chosen

    def _get_client_blocks(self):
        return self.assignment_ids.filtered(lambda block: block.state != "cancelled")

    def _is_booked_by_client(self):
        """Whether the client chooses the time of this one job, in sudo."""
        self.ensure_one()
        is_offered = self.company_id.web_booking in ("draft", "confirmed")
        return is_offered and self.state == "to_plan" and not self._get_client_blocks()

    def _is_changed_by_client(self):
        """Whether the client changes or cancels the visit of this one job, in sudo.

        The visits of a crew, or of several days, are the office's to move.
        """
        self.ensure_one()
        blocks = self._get_client_blocks()
        limit = fields.Datetime.now() + timedelta(hours=self.company_id.web_booking_change)
        return (
            self.company_id.web_booking in ("draft", "confirmed")
            and self.state in ("to_plan", "planned")
            and len(blocks) == 1
            and blocks.state in ("draft", "confirmed")
            and blocks.date_start >= limit
        )

    def _find_client_slots(self, is_move=False):
        """Free times of this one job that its client may choose, the first one first.

        :param bool is_move: whether its visit moves there
        :return: ``{start (UTC text): slot}``, as ``sercom.scheduler.book_slot`` reads them
        """
        self._check_chosen_by_client(is_move)
        job = self.with_user(SUPERUSER_ID)  # clients read no plans: they are told the starts alone
        return self._get_portal_scheduler()._find_job_times(job, is_move)

    def _get_portal_scheduler(self):
        return self.company_id._get_portal_scheduler()

    def _check_chosen_by_client(self, is_move=False):
        if is_move and not self._is_changed_by_client():
            raise UserError(
                self.env._(
                    "The visit for %s can no longer be changed here. Call us, or write below.",
                    self.name,
                )
            )
        if not is_move and not self._is_booked_by_client():
            raise UserError(
                self.env._("%s is no longer waiting for a time. Reload the page.", self.name)
            )

    # What the client does

    def _book_for_client(self, partner, start, is_move=False):
        """Plan this one job, in sudo, at a free time that its client chose; or move its visit.

        :param partner: who chose it
        :param str start: UTC text, one of ``_find_client_slots``
        :param bool is_move: whether its visit moves there
        :raises UserError: when the time is not theirs to choose any more
        :raises ValidationError: when somebody else has taken that time meanwhile
        """
        self.ensure_one()
        self._lock_for_conversion()  # two of one household choose: the second one sees the first
        slot = self._find_client_slots(is_move).get(start)
        if not slot:
            raise ValidationError(self.env._("This time has just been taken. Choose another one."))
        self._plan_for_client(partner, slot)

    def _plan_for_client(self, partner, slot):
        """Plan this one job, in sudo, in a slot that is free, or move its visit there."""
        self.ensure_one()
        blocks = self._get_client_blocks().with_user(SUPERUSER_ID)
        file = self.service_file_id
        is_moved = bool(blocks)
        if is_moved:
            blocks.write(
                {
                    "employee_id": slot["employee_ids"][0],
                    "date_start": fields.Datetime.to_datetime(slot["date_start"]),
                    "date_end": fields.Datetime.to_datetime(slot["date_end"]),
                }
            )
        else:
            ids = self._get_portal_scheduler().book_slot(self.id, slot)
            blocks = blocks.browse(ids)
        self.is_web_booked = True
        if self.company_id.web_booking == "confirmed":
            blocks.action_confirm()
            summary = file._get_moved_summary if is_moved else file._get_booked_summary
        else:
            blocks.action_draft()
            summary = file._get_chosen_summary
        file._tell_office(self, summary, partner, DISPATCHER)

    def _cancel_for_client(self, partner):
        """Cancel the visit of this one job, in sudo; the office decides what becomes of the job.

        :param partner: who cancels it
        :raises UserError: when it is too late, or there is none
        """
        self.ensure_one()
        self._lock_for_conversion()
        if not self._is_changed_by_client():
            raise UserError(
                self.env._(
                    "The visit for %s can no longer be cancelled here. Call us, or write below.",
                    self.name,
                )
            )
        self._get_client_blocks().with_user(SUPERUSER_ID)._discard()
        file = self.service_file_id
        file._tell_office(self, file._get_cancelled_summary, partner, DISPATCHER)


class SercomServiceFile(models.Model):
    _inherit = "sercom.service.file"

    def _get_booked_summary(self, record, partner):
        return self.env._(
            "%(client)s booked a time for %(job)s", client=partner.name, job=record.name
        )

    def _get_moved_summary(self, record, partner):
        return self.env._(
            "%(client)s moved the visit for %(job)s", client=partner.name, job=record.name
        )

    def _get_cancelled_summary(self, record, partner):
        return self.env._(
            "%(client)s cancelled the visit for %(job)s", client=partner.name, job=record.name
        )

    def _get_chosen_summary(self, record, partner):
        return self.env._(
            "%(client)s chose a time for %(job)s: confirm it", client=partner.name, job=record.name
        )

    def _prepare_portal_job(self, job, is_client):
        return {
            **super()._prepare_portal_job(job, is_client),
            "can_choose_time": job._is_booked_by_client(),
            "can_change_time": job._is_changed_by_client(),
        }

    def _get_portal_visits(self, partner, jobs, requests):
        """The times that clients chose and the office has not confirmed are told with the rest."""
        asked = [
            {
                "id": False,
                "kind": self.env._("Visit"),
                "job": block.fsm_order_id.name,
                "day": self._format_portal_day(block.date_start),
                "window": self._format_portal_arrival(block.date_start, block.date_end),
                "state": "asked",
                "state_label": self.env._("We will confirm this time"),
                "people": [],
            }
            for job in jobs.filtered("is_web_booked")
            for block in job.assignment_ids
            if block.state == "draft"
        ]
        return [*asked, *super()._get_portal_visits(partner, jobs, requests)]

    def _get_portal_window(self):
        return timedelta(hours=self.company_id.web_booking_window)

    def _format_portal_visit(self, start, stop):
        """A visit of this one file in words: the day, and between when and when."""
        day, window = self._format_portal_day(start), self._format_portal_arrival(start, stop)
        return f"{day}, {window}"

    def _get_portal_times(self, slots):
        """Free times as their reader sees them: ``[(day, [(start, window)])]``."""
        return self.company_id._get_web_times(slots, self._get_portal_zone())
