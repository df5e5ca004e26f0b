from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.field_access import EMPLOYEE, merge_fields
from ...tools.whole_day import WIDEST, get_span
from .calendar_event_notice import IS_WATCHED

# Who is in these reads the files of the appointment.
FILE_OPENERS = {"partner_ids", "attendee_ids", "user_id", "recurrence_id"}
# What is told of a visit, and whether it is seen: for who knows what it is for. Name and time are
# Odoo's calendar.
TOLD_FIELDS = {
    *("appointment_kind", "appointment_state", "fsm_location_id", "location"),
    *("active", "privacy", "show_as"),
    *("access_token", "description", "notes", "videocall_location"),
}


class CalendarEvent(models.Model):
    """A meeting that belongs to a service file is an appointment; other meetings are Odoo's."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "sercom.service.file.mixin"]
    _is_history_kept = True
    _service_flow_fields = ("opportunity_id", "fsm_order_id", "fsm_location_id")
    _link_fields = ("service_file_id", "fsm_order_id", "opportunity_id")
    _link_sources = ("recurrence_id",)

    # Copied, so that every occurrence of a recurring appointment is in one file.
    service_file_id = fields.Many2one(copy=True)
    fsm_location_id = fields.Many2one(
        "fsm.location",
        string="Site",
        compute="_compute_fsm_location_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Where the visit takes place.",
    )
    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        index="btree_not_null",
        groups="base.group_user",
        help="Job this visit is for.",
    )
    # What Odoo calls "internal use only" is read by the clients who are invited.
    notes = fields.Html(groups="base.group_user")
    opportunity_id = fields.Many2one(string="Request", groups="base.group_user")
    appointment_kind = fields.Selection(
        [("assessment", "Assessment"), ("visit", "Visit"), ("other", "Other")],
        compute="_compute_appointment_kind",
        store=True,
        readonly=False,
        help="An assessment is the visit that tells what a request needs.",
    )
    appointment_state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="planned",
        required=True,
        copy=False,
        tracking=True,
        help="A cancelled appointment stays visible, and its attendees are free again.",
    )
    is_reopenable = fields.Boolean(
        compute="_compute_is_reopenable",
        groups="base.group_user",
        help="Planning it again in the calendar is all that it takes.",
    )

    @api.depends("opportunity_id.fsm_location_id", "fsm_order_id.location_id", "service_file_id")
    def _compute_fsm_location_id(self):
        for event in self:
            # An appointment stays where it was agreed to be.
            if event.fsm_location_id:
                continue
            event.fsm_location_id = (
                event.fsm_order_id.location_id
                or event.opportunity_id.fsm_location_id
                or event.service_file_id.fsm_location_id
            )

    @api.depends("opportunity_id.is_service_request", "fsm_order_id", "service_file_id")
    def _compute_appointment_kind(self):
        for event in self:
            if event.appointment_kind:
                continue
            if event.fsm_order_id:
                event.appointment_kind = "visit"
            elif event.opportunity_id.is_service_request:
                event.appointment_kind = "assessment"
            else:
                event.appointment_kind = "other" if event.service_file_id else False

    @api.depends("appointment_state")
    def _compute_display_name(self):
        # Wherever it still shows, in calendars above all, it says so.
        super()._compute_display_name()
        for event in self.filtered(lambda event: event.appointment_state == "cancelled"):
            event.display_name = self.env._("Cancelled: %s", event.display_name)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            # Of a record that the writer may change: see ``_check_links``.
            {
                EMPLOYEE: {
                    "appointment_kind",
                    "appointment_state",
                    "fsm_location_id",
                    "fsm_order_id",
                    "service_file_id",
                },
            },
        )

    @api.model
    def _get_client_fields(self):
        return super()._get_client_fields() | {
            *("appointment_kind", "appointment_state", "fsm_location_id"),
        }

    @api.model
    def _get_contact_details_description(self, organizer, partners):
        # OVERRIDE calendar: each of several clients would read who another one is.
        clients = partners.filtered("partner_share")
        if len(clients.commercial_partner_id) > 1:
            partners -= clients
        return super()._get_contact_details_description(organizer, partners)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_given_links(vals_list)
        self._check_given_site(vals_list)
        events = super().create(vals_list)
        events._open_service_files()
        if self._is_linked_by(vals_list):
            events._check_links()
        events._move_requests_on()
        return events

    def write(self, vals):
        is_linked = self._check_old_links(vals)
        self._check_may_tell(vals)
        changes_flow = not set(self._service_flow_fields).isdisjoint(vals)
        told = self._get_notice_snapshot(vals)
        events = IS_WATCHED(self) if told else self
        res = super(CalendarEvent, events).write(vals)
        self._queue_notices(told)
        if changes_flow:
            self._open_service_files()
        if is_linked:
            self._check_links()
        if "appointment_state" in vals:
            self._move_requests_on()
        return res

    def _move_requests_on(self):
        """Move on the requests whose assessment is done."""
        done = self.filtered(
            lambda event: (
                event.appointment_state == "done" and event.appointment_kind == "assessment"
            )
        )
        # sudo: the stage follows, whoever assessed
        done.sudo().opportunity_id._reach_step("assessed")

    def _get_given(self, vals_list, name):
        given = super()._get_given(vals_list, name)
        if name == "service_file_id":
            # Occurrences join the file of the first.
            recurrences = super()._get_given(vals_list, "recurrence_id")
            given |= recurrences.base_event_id.service_file_id
        return given

    def _check_may_tell(self, vals):
        """Refuse that a visit is changed by who may not read what it is for.

        Who attends an appointment reads its file: they let nobody into it either.

        :param dict vals: values about to be written
        """
        if self.env.su or (TOLD_FIELDS | FILE_OPENERS).isdisjoint(vals):
            return
        self._check_file_is_read()
        if "fsm_location_id" in vals:
            self._check_given_site([vals])

    def _check_file_is_read(self):
        # sudo: only to find the file; the user's rights are asked of it
        if files := self.sudo().service_file_id.sudo(False):
            files.check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others_files(self):
        if not self.env.su:
            self._check_file_is_read()

    def _check_given_site(self, vals_list):
        """Refuse a site that the user may not read: it opens a file of its owner's."""
        if self.env.su:
            return
        if sites := self._get_given(vals_list, "fsm_location_id").with_env(self.env):
            sites.check_access("read")

    # Service file

    def _is_service_flow(self):
        return bool(
            self.fsm_location_id or self.fsm_order_id or self.opportunity_id.service_file_id
        )

    def _get_source_records(self):
        alone = self.filtered(lambda event: not event.fsm_order_id)
        requests = alone.opportunity_id
        # Occurrences of one recurring appointment share the file of the first.
        recurring = alone.filtered(lambda event: not event.opportunity_id)
        recurrence = recurring.recurrence_id
        # What a recurrence says is its first is anybody's to write: one of its own is.
        first = recurrence.base_event_id.filtered(lambda base: base.recurrence_id in recurrence)
        return [self.fsm_order_id, requests, first]

    def _prepare_service_file_vals(self):
        company = self.fsm_order_id.company_id or self.opportunity_id.company_id
        return {
            "partner_id": (self.opportunity_id.partner_id or self.fsm_location_id.owner_id).id,
            "company_id": (company or self.env.company).id,
            "subject": self.name,
            "fsm_location_id": self.fsm_location_id.id,
            "user_id": self.user_id.id,
        }

    # When it is

    def _get_span(self, zone):
        """When this one event begins and ends for somebody: whole days are those of their zone.

        :param str zone: name of a time zone
        :return: ``(start, stop)``, naive UTC datetimes
        """
        self.ensure_one()
        return get_span(self.start, self.stop, self.allday, zone)

    # Life of an appointment

    @api.depends("appointment_state")
    def _compute_is_reopenable(self):
        for event in self:
            event.is_reopenable = event.appointment_state in ("done", "cancelled")

    def action_appointment_done(self):
        """Note that these appointments took place."""
        self._check_appointment_state("planned")
        self.write({"appointment_state": "done"})

    def action_appointment_cancel(self):
        """Cancel these appointments: they stay visible, their attendees are told and free."""
        self._check_appointment_state("planned")
        self.write(self._prepare_appointment_cancel_vals())
        self._queue_cancelled()

    def action_appointment_reopen(self):
        """Plan again appointments that were done or cancelled by mistake."""
        self._check_appointment_state("done", "cancelled")
        self.write({"appointment_state": "planned", "show_as": "busy"})

    def _check_appointment_state(self, *states):
        self._check_may_tell({"appointment_state": True})
        labels = dict(self._fields["appointment_state"]._description_selection(self.env))
        for event in self:
            if event.appointment_state not in states:
                raise UserError(
                    self.env._(
                        "The appointment «%(appointment)s» is already %(state)s.",
                        appointment=event.name,
                        state=labels[event.appointment_state].lower(),
                    )
                )

    def _move_to_site(self, site):
        """Hold these appointments at another site, and tell who goes there.

        :param site: ``fsm.location``
        """
        address = site._get_address_line()
        sentences = {}
        for old, events in self.grouped("fsm_location_id").items():
            events.write({"fsm_location_id": site.id, "location": address})
            for event in events:
                sentences[event] = self.env._(
                    "%(visit)s is at %(site)s, %(address)s, and no longer at %(old)s.",
                    visit=event.name,
                    site=site.name,
                    address=address,
                    old=old.name or "–",
                )
        self._notify_moved(sentences)

    def _notify_moved(self, sentences):
        """Tell each person once of their visits that are held elsewhere.

        :param dict sentences: ``{event: what changed}``
        """
        visits_of = {}
        for event in sentences:
            for person in event.partner_ids - self.env.user.partner_id:
                visits_of[person] = visits_of.get(person, self.browse()) | event
        people_of = {}
        for person, visits in visits_of.items():
            people_of[visits] = people_of.get(visits, person.browse()) | person
        for visits, people in people_of.items():
            visits[0].message_notify(
                partner_ids=people.ids,
                subject=self.env._("%s: another site", ", ".join(visits.mapped("name"))),
                body=Markup("<br/>").join(sentences[visit] for visit in visits),
            )

    def _prepare_appointment_cancel_vals(self):
        # Reminders of a cancelled visit would bring people to it.
        return {
            "appointment_state": "cancelled",
            "show_as": "free",
            "alarm_ids": [Command.clear()],
        }

    def _is_to_come(self):
        """Whether this one visit may still be in somebody's plans; a day is, until it ends."""
        return (self.stop + WIDEST if self.allday else self.start) > fields.Datetime.now()
