from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import hmac, html2plaintext

from odoo.addons.sercom_jobs.models.planning.sercom_assignment import MAX_DAYS as LONGEST_BLOCK
from odoo.addons.sercom_requests.tools.local_time import local_date, local_days

MAX_DAYS = 14
FURTHEST = timedelta(days=36525)  # a century


class SercomMyDay(models.AbstractModel):
    """What a technician's phone shows and sends.

    How it works: the page ``/my-day`` reads days and jobs (``get_day``, ``get_jobs``), keeps them
    on the phone, and sends what is done there (``sync``). Everything is about the caller: whose
    visits they are follows from the session. Texts are plain, instants UTC; no cost leaves the
    server, and prices only where the client of a job is quoted or pays (``quote/``). The number of
    queries is the same for any number of visits.
    """

    _name = "sercom.my.day"
    _description = "A technician's day on the phone"

    @api.model
    @api.readonly
    def get_day(self, date=None, days=1):
        """Visits of the user, day by day of their own time zone.

        :param str date: first day, ``YYYY-MM-DD``; today for none
        :param int days: how many, at most 14
        :return: ``{"user", "date", "today", "now", "tz", "days": [{"date", "visits"}], "clock",
            "jobless"}``
        :raises UserError: when the day cannot be read
        :raises AccessError: when the user is no employee of the firm
        """
        self._check_user()
        user = self._get_user_info()
        employees = self._get_employees()
        zone = self._get_zone(employees)
        now = fields.Datetime.now()
        today = local_date(now, zone)
        first, count = self._read_days(date, days, today)
        bounds = local_days(first, count, zone)
        visits = self._get_visits(employees, bounds[0], bounds[-1])
        return {
            "user": user,
            "date": first.isoformat(),
            "today": today.isoformat(),
            "now": fields.Datetime.to_string(now),
            "tz": zone,
            "days": [
                {
                    "date": (first + timedelta(days=index)).isoformat(),
                    "visits": [
                        visit
                        for visit in visits
                        if visit["start"] < fields.Datetime.to_string(end)
                        and visit["end"] > fields.Datetime.to_string(start)
                    ],
                }
                for index, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False))
            ],
            "clock": self._get_clock() if employees else False,
            "jobless": self._get_jobless(employees),
        }

    @api.model
    def _read_days(self, date, days, today):
        try:
            first = fields.Date.to_date(date) if date else today
            count = min(max(int(days), 1), MAX_DAYS)
            if abs(first - today) > FURTHEST:
                raise ValueError  # the weeks around the first or last day there is are no dates
        except (OverflowError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%s” is no day. Write it like 2026-11-03.", date)
            ) from error
        return first, count

    @api.model
    def _get_page_addons(self):
        """Hook: add-ons whose files are in the page's bundle; it carries their translations."""
        return ["sercom_my_day"]

    def _get_user_info(self):
        """What the page needs to know of who holds the phone."""
        user = self.env.user
        employees = self._get_employees()
        return {
            "id": user.id,
            "name": user.name,
            "employee_id": employees[:1].id,
            "has_position": any(employees.company_id.mapped("attendance_device_tracking")),
        }

    def _check_user(self):
        """The page is for the firm's own people.

        :raises AccessError: for a client, or nobody
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("My Day is for employees. Sign in as one."))

    def _get_phone_secret(self):
        """Key of what the user keeps on a phone: only their own page has it.

        :return: 64 hexadecimal digits, always the same for one user
        """
        return hmac(self.env(su=True), "sercom_my_day", self.env.uid)

    def _get_employees(self):
        """The user as an employee: of their main company first, then of the others."""
        employees = (
            self.env["hr.employee"]
            .sudo()  # sudo: the user's own file
            .search(
                [("user_id", "=", self.env.uid), ("company_id", "in", self.env.companies.ids)],
                order="id",
            )
        )
        return employees.sorted(lambda employee: employee.company_id != self.env.company)

    def _get_zone(self, employees):
        return (employees[0]._get_planning_tz() if employees else self.env.user.tz) or "UTC"

    def _get_clock(self):
        """The user's clock, as the page draws it."""
        return self.env["hr.attendance"].get_clock_state()

    # Visits

    def _search_visits(self, employees, start, end):
        """Live blocks of these people that touch a span, in order; in sudo.

        :param datetime start: UTC
        :param datetime end: UTC
        """
        return (
            self.env["sercom.assignment"]
            .sudo()  # sudo: the user's own blocks, by their employee file
            .search(
                Domain("employee_id", "in", employees.ids)
                # A block is never longer: the index of person and start finds them.
                & Domain("date_start", ">=", start - timedelta(days=LONGEST_BLOCK))
                & Domain("date_start", "<", end)
                & Domain("date_end", ">", start)
                & Domain("state", "!=", "cancelled"),
                order="date_start, id",
            )
        )

    def _get_visits(self, employees, start, end):
        """What the list shows of the visits of these people that touch a span, in order.

        :return: list of dictionaries
        """
        blocks = self._search_visits(employees, start, end)
        if not blocks:
            return []
        checks = self._count_checks(blocks.fsm_order_id)
        return [self._get_visit(block, checks[block.fsm_order_id.id]) for block in blocks]

    def _count_checks(self, jobs):
        """How many items each job's checklist has, and how many of them wait.

        :return: ``{job id: (all, waiting)}``
        """
        counts = dict.fromkeys(jobs.ids, (0, 0))
        groups = (
            self.env["sercom.job.check"]
            .sudo()  # sudo: of the user's own visits
            ._read_group(
                [("fsm_order_id", "in", jobs.ids), ("display_type", "=", False)],
                ["fsm_order_id", "state"],
                ["__count"],
            )
        )
        for job, state, count in groups:
            total, waiting = counts[job.id]
            counts[job.id] = (total + count, waiting + (count if state == "waiting" else 0))
        return counts

    def _get_visit(self, block, checks):
        """One block as the list of the day shows it."""
        job = block.fsm_order_id
        total, waiting = checks
        return {
            "id": block.id,
            "job_id": job.id,
            "employee_id": block.employee_id.id,
            "start": fields.Datetime.to_string(block.date_start),
            "end": fields.Datetime.to_string(block.date_end),
            "hours": block.planned_hours,
            "state": block.state,
            "is_leader": block.is_leader,
            "note": block.note or "",
            "on_my_way_on": fields.Datetime.to_string(block.on_my_way_on),
            "check_count": total,
            "check_waiting": waiting,
            **self._get_job_head(job),
        }

    def _get_job_head(self, job):
        """What both the list and the job's own screen show of a job, read as superuser."""
        contact = job._get_notified_partner()
        company = job.company_id
        site = job.location_id.partner_id
        return {
            "name": job.name,
            "job_state": job.state,
            "subject": job.subject or "",
            "client": job.partner_id.display_name or "",
            "contact": contact.name or "",
            "phone": job.contact_id.phone or job.partner_id.phone or job.location_id.phone or "",
            "recipients": [
                {
                    "id": partner.id,
                    "name": partner.name or partner.display_name or "",
                    "channel": job._get_on_my_way_channel(partner),
                }
                for partner in job._get_notified_partners()
            ],
            "road": {
                "speed": company.sercom_travel_speed,
                "detour": company.sercom_travel_detour,
                "extra": company.sercom_travel_margin,
            },
            "site": job.location_id.name or "",
            "address": self._get_address(site),
            "latitude": site.partner_latitude or False,
            "longitude": site.partner_longitude or False,
            "asked": self._to_text(job.todo) or self._to_text(job.description),
            "access": self._get_access_notes(job),
        }

    @staticmethod
    def _get_address(partner):
        town = " ".join(filter(None, (partner.city, partner.zip)))
        return ", ".join(filter(None, (partner.street, partner.street2, town)))

    def _get_access_notes(self, job):
        """How to get in: the job's directions, and what is noted at its site."""
        parts = (self._to_text(job.location_directions), self._to_text(job.location_id.notes))
        return "\n".join(filter(None, parts))

    @staticmethod
    def _to_text(html):
        return html2plaintext(html or "", include_references=False).strip()
