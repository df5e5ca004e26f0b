from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.client import CLIENT_DOMAIN
from odoo.addons.sercom_requests.tools.local_time import local_date, to_local, to_utc
from odoo.addons.sercom_requests.tools.text import first_line

# Of visits that have not begun.
OPEN_VISIT_STATES = ("to_plan", "planned")
DEFAULT_START = 8.0
LAST_MINUTE = time(23, 59, 59)


class FsmRecurring(models.Model):
    """A recurring job: visits that come back at the same local time, with people and lines.

    How it works: the rule (``fsm_recurring_rule``) tells the dates, the generation
    (``fsm_recurring_generation``) makes one job for each of them up to some days ahead, the
    billing (``fsm_recurring_billing``) gives it an order and its lines, and a change of what was
    agreed is passed on to the visits already made (``fsm_recurring_change``).
    """

    _name = "fsm.recurring"
    _inherit = [
        "fsm.recurring",
        "sercom.service.file.mixin",
        "sercom.conversion.mixin",
        "sercom.field.access.mixin",
        "sercom.only.site.mixin",
    ]
    _is_history_kept = True
    _field_access_scope = "all"
    _identity_fields = ("partner_id", "location_id")
    _told_links = frozenset(_identity_fields)
    _check_company_auto = True
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        domain=CLIENT_DOMAIN,
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user if self.env.user._is_internal() else False,
        index="btree_not_null",
        help="Told when a visit cannot be made, or has nobody to go.",
    )
    location_id = fields.Many2one(string="Site", tracking=True)
    team_id = fields.Many2one(check_company=True)
    person_id = fields.Many2one(string="Worker")
    person_ids = fields.Many2many(
        "fsm.person", string="Crew", help="People who go to each visit with the worker."
    )
    confirm_visits = fields.Boolean(
        help="Put each visit in its people's calendars as soon as it is made. Otherwise it holds "
        "their time until you confirm it.",
    )
    service_file_id = fields.Many2one(
        check_company=True, help="Folder that every visit of this recurring job is kept in."
    )
    sale_id = fields.Many2one(
        "sale.order",
        string="Sold On",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    skip_ids = fields.One2many("sercom.recurring.skip", "fsm_recurring_id", string="Skipped Dates")
    tz = fields.Char("Time Zone", compute="_compute_tz", help="The site's, or else the company's.")
    date_first = fields.Date(
        "First Visit",
        compute="_compute_date_first",
        inverse="_inverse_local_start",
        help="Visits are counted from this date, on the site.",
    )
    start_hour = fields.Float(
        "Start Time",
        compute="_compute_start_hour",
        inverse="_inverse_local_start",
        help="Time on the site, the same all year, whatever clocks do.",
    )
    date_last = fields.Date(
        "Last Day",
        compute="_compute_date_last",
        inverse="_inverse_date_last",
        help="No visit is made after this day. Leave it empty to go on.",
    )
    scheduled_duration = fields.Float("Duration", tracking=True)

    date_next = fields.Datetime("Next Visit", compute="_compute_date_next", compute_sudo=True)

    @api.depends("fsm_order_ids.state", "fsm_order_ids.scheduled_date_start")
    def _compute_date_next(self):
        starts = dict(
            self.env["fsm.order"]._read_group(
                [
                    ("fsm_recurring_id", "in", self.ids),
                    ("state", "in", OPEN_VISIT_STATES),
                    ("scheduled_date_start", ">=", fields.Datetime.now()),
                ],
                ["fsm_recurring_id"],
                ["scheduled_date_start:min"],
            )
        )
        for recurring in self:
            recurring.date_next = starts.get(recurring._origin, False)

    @api.depends("location_id")
    def _compute_partner_id(self):
        for recurring in self:
            site = recurring.location_id
            if not site:
                continue  # its client is chosen first
            known = (site.owner_id | site.contact_id).commercial_partner_id
            if recurring.partner_id.commercial_partner_id not in known or not recurring.partner_id:
                recurring.partner_id = site.owner_id

    @api.onchange("partner_id")
    def _onchange_only_site(self):
        self._fill_only_site("location_id")

    @api.depends("location_id.tz", "company_id")
    def _compute_tz(self):
        for recurring in self:
            company = recurring.company_id or self.env.company
            recurring.tz = (
                recurring.location_id.tz
                or company.partner_id.tz
                or company.resource_calendar_id.tz
                or "UTC"
            )

    # One method for each field: the inverse of one reads the other.

    @api.depends("start_date", "tz")
    def _compute_date_first(self):
        for recurring in self:
            start = recurring.start_date
            recurring.date_first = start and local_date(start, recurring.tz)

    @api.depends("start_date", "tz")
    def _compute_start_hour(self):
        for recurring in self:
            start = recurring.start_date and to_local(recurring.start_date, recurring.tz)
            recurring.start_hour = start.hour + start.minute / 60 if start else DEFAULT_START

    @api.depends("end_date", "tz")
    def _compute_date_last(self):
        for recurring in self:
            end = recurring.end_date
            recurring.date_last = end and local_date(end, recurring.tz)

    def _inverse_local_start(self):
        for recurring in self:
            if not 0 <= round(recurring.start_hour * 60) < 24 * 60:
                raise ValidationError(
                    self.env._("%s: the start time is between 0:00 and 23:59.", recurring.name)
                )
            first = recurring._get_local_first()
            recurring.start_date = first and to_utc(first, recurring.tz)

    def _inverse_date_last(self):
        for recurring in self:
            last = recurring.date_last
            recurring.end_date = last and to_utc(datetime.combine(last, LAST_MINUTE), recurring.tz)

    def _get_local_first(self):
        """Local date and time of the first visit of this one recurring job, as on the form."""
        if not self.date_first:
            return False
        minutes = round(self.start_hour * 60)
        return datetime.combine(self.date_first, time()) + timedelta(minutes=minutes)

    def _get_today(self):
        """Today's date on the site."""
        return local_date(fields.Datetime.now(), self.tz)

    @api.constrains("scheduled_duration", "max_orders")
    def _check_positive(self):
        for recurring in self:
            if recurring.scheduled_duration < 0 or recurring.max_orders < 0:
                raise ValidationError(
                    self.env._(
                        "%s: the duration and the number of visits cannot be negative.",
                        recurring.name,
                    )
                )

    def populate_from_template(self, template=False):
        # OVERRIDE fieldservice_recurring: a template of all companies, or without a duration,
        # takes neither away.
        vals = super().populate_from_template(template)
        for name in ("company_id", "scheduled_duration"):
            if not vals[name]:
                del vals[name]
        return vals

    # The one door: other files of the add-on extend its hooks.

    @api.model_create_multi
    def create(self, vals_list):
        recurring = super().create([self._prepare_new_vals(vals) for vals in vals_list])
        recurring._leave_files_of_others()
        return recurring

    def write(self, vals):
        self._check_change(vals)
        before = self._get_identities(vals)
        res = super().write(vals)
        self._update_file_identities(before)
        self._check_file_client(vals)
        self._after_change(vals)
        return res

    @api.model
    def _prepare_new_vals(self, vals):
        """Hook: values of a new recurring job, completed, or refused; not changed in place."""
        if vals.get("state", "draft") != "draft":
            self._check_is_dispatcher()
        if not vals.get("company_id") or vals.get("team_id"):
            return dict(vals)
        company = self.env["res.company"].browse(vals["company_id"])
        team = self.env["fsm.order"].with_company(company)._default_team_id()
        return {**vals, "team_id": team.id}

    def _check_change(self, vals):
        """Hook: refuse ``vals``; once for the set, before anything is stored."""
        if "state" in vals:
            self._check_is_dispatcher()

    def _after_change(self, vals):
        """Hook: pass a change on; once for the set."""

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_visits(self):
        for recurring in self:
            if recurring.fsm_order_ids:
                raise UserError(
                    self.env._("%s has visits. End it instead of deleting it.", recurring.name)
                )

    # Service file

    def _is_service_flow(self):
        return True

    def _get_source_records(self):
        return [self.sale_id]

    def _prepare_service_file_vals(self):
        return {
            **super()._prepare_service_file_vals(),
            "fsm_location_id": self.location_id.id,
            "subject": self.fsm_order_template_id.name or first_line(self.description),
            "user_id": self.user_id.id,
        }

    # Life

    def action_start(self):
        """Draft or Suspended → In progress; makes the visits of the coming days.

        :raises UserError: when there is nothing to tell the dates by
        """
        # OVERRIDE fieldservice_recurring: visits of the past, or of a suspension, are not made.
        self._check_is_dispatcher()
        self._check_can_start()
        for recurring in self:
            if not recurring.start_date:
                recurring.start_date = fields.Datetime.now().replace(second=0)
            today = recurring._get_today()
            recurring.state = "progress"
            # sudo: the first day to make is nobody's to write by hand
            recurring.sudo().generate_from = max(recurring.date_first, today)
        self._open_service_files()
        self._generate_orders()
        return True

    def _check_can_start(self):
        for recurring in self:
            if recurring.state == "close":
                raise UserError(
                    self.env._("%s has ended. Set it back to draft first.", recurring.name)
                )

    def _check_is_dispatcher(self):
        self.check_access("write")
        group = "fieldservice.group_fsm_dispatcher"
        if not (self.env.su or self.env.user.has_group(group)):
            raise AccessError(
                self.env._(
                    "Only a dispatcher starts, changes or stops the visits of %s.", self[:1].name
                )
            )

    def action_draft(self):
        """Suspended or Closed → Draft, to be changed and started again."""
        self._check_is_dispatcher()
        return self.filtered(lambda r: r.state != "progress").write({"state": "draft"})

    def action_suspend(self):
        """In progress → Suspended; coming visits are cancelled, and made again on resuming."""
        # OVERRIDE fieldservice_recurring, which also cancels what is late or has begun.
        self._check_is_dispatcher()
        for recurring in self:
            visits = recurring._get_open_visits(recurring._get_today())
            recurring._cancel_visits(visits, self.env._("%s is suspended.", recurring.name))
        self.sudo().change_pending = False  # sudo: the mark is nobody's to write by hand
        return self.write({"state": "suspend"})

    def _get_open_visits(self, after=date.min):
        """Visits of this one recurring job, planned for ``after`` or later, that have not begun."""
        return self.fsm_order_ids.filtered(
            lambda job: (
                job.state in OPEN_VISIT_STATES
                and job.recurrence_date
                and job.recurrence_date >= after
                and not job.is_recurrence_released
            )
        )

    def _cancel_visits(self, visits, reason):
        """Cancel visits of this one recurring job; their dates may be made again.

        :param str reason: told in the chatters
        """
        if not visits:
            return
        visits = visits.sudo()  # sudo: visits follow their recurring job, with what they sell
        visits.action_cancel()
        visits._note_cancelled(note=reason)
        visits.is_recurrence_released = True
        visits._message_log_batch(dict.fromkeys(visits.ids, reason))
        self.message_post(
            body=self.env._(
                "%(reason)s Visits cancelled: %(visits)s",
                reason=reason,
                visits=", ".join(visit._get_visit_label() for visit in visits),
            )
        )

    # Links

    def action_view_visits(self):
        """Open the visits of these recurring jobs: list, calendar and board by stage."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_recurring.sercom_recurring_visit_action"
        )
        action["domain"] = [("fsm_recurring_id", "in", self.ids)]
        return action

    def action_view_orders(self):
        """Open the sales orders that the visits are billed on."""
        orders = self.fsm_order_ids.sale_id | self.period_order_ids
        return window_action(orders, name=self.env._("Orders"))
