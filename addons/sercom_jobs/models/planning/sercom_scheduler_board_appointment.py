from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.lock import lock_rows
from odoo.addons.sercom_requests.tools.whole_day import get_span

from ...tools.work_time.work_time import get_zone, to_epoch
from .sercom_scheduler_board import as_columns, text_to_epoch

MAX_WAITING = 80
# An appointment that was missed because nobody was found is not lost from sight at once.
MISSED = timedelta(days=7)


class SercomScheduler(models.AbstractModel):
    """Assessments and other appointments on the board: whatever people attend that is no block.

    Those that nobody of the firm attends wait in the tray, as jobs do.
    """

    _inherit = "sercom.scheduler"

    def _get_board_appointments(self, people, start, end):
        """Rows of the appointments of people that touch a span, each person's own.

        :param datetime start: UTC, like ``end``
        """
        visits = self._load_appointments(people, start, end)
        facts = self._get_appointment_facts({event_id for _who, _s, _e, event_id, *_ in visits})
        rows = []
        for employee_id, event_start, event_end, event_id, name, _place in visits:
            row = {
                "id": event_id,
                "employee_id": employee_id,
                "start": fields.Datetime.to_string(event_start),
                "end": fields.Datetime.to_string(event_end),
                "name": name,
                **facts[event_id],
            }
            hours = self._get_appointment_hours(people, row)
            row["planned_hours"] = round(sum(hours.values()), 2)
            rows.append(row)
        return rows

    def _get_appointment_hours(self, people, row):
        """Hours that an appointment takes of each day of its person's, by position of the day."""
        work = people[row["employee_id"]].work
        return work.get_booked(text_to_epoch(row["start"]), text_to_epoch(row["end"]), 0.0)

    def _get_appointment_facts(self, event_ids):
        """What the board says of appointments besides their name; of private ones, nothing.

        :return: ``{event id: values}``
        """
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT event.id, COALESCE(event.allday, FALSE) AS allday,
                       COALESCE(event.privacy, settings.calendar_default_privacy, '') = 'private'
                           AS is_private,
                       event.appointment_kind AS kind, client.name AS client, place.city,
                       lead.request_early::timestamp(0)::text,
                       lead.request_late::timestamp(0)::text
                  FROM calendar_event event
             LEFT JOIN res_users_settings settings ON settings.user_id = event.user_id
             LEFT JOIN sercom_service_file file ON file.id = event.service_file_id
             LEFT JOIN res_partner client ON client.id = file.partner_id
             LEFT JOIN crm_lead lead ON lead.id = event.opportunity_id
             LEFT JOIN fsm_location site ON site.id = event.fsm_location_id
             LEFT JOIN res_partner place ON place.id = site.partner_id
                 WHERE event.id = ANY(%s)
                """,
                list(event_ids),
            )
        )
        told = ("kind", "client", "city", "request_early", "request_late")
        for row in rows:
            if row["is_private"]:
                row.update(dict.fromkeys(told))
        return {row.pop("id"): row for row in rows}

    # The tray

    def _get_waiting_appointments(self, search=""):
        """Rows of the planned appointments of the caller's companies that nobody goes to yet."""
        events = self.env["calendar.event"]
        names = ("name", "service_file_id.partner_id.name", "fsm_location_id.city")
        query = events._search(
            Domain("service_file_id.company_id", "in", self.env.companies.ids)
            & Domain("appointment_state", "=", "planned")
            & Domain("show_as", "=", "busy")
            & Domain("stop", ">", fields.Datetime.now() - MISSED)
            & Domain("assignment_ids", "=", False)
            & Domain.custom(to_sql=self._get_unattended_sql)
            & Domain.AND(
                Domain.OR(Domain(name, "ilike", word) for name in names)
                for word in (search or "").split()
            ),
            order="start, id",
            limit=MAX_WAITING,
        )
        table = query.table
        columns = {
            "id": SQL.identifier(table, "id"),
            "name": SQL.identifier(table, "name"),
            "start": SQL.identifier(table, "start"),
            "stop": SQL.identifier(table, "stop"),
        }
        rows = self.env.execute_query_dict(query.select(*as_columns(columns)))
        facts = self._get_appointment_facts({row["id"] for row in rows})
        waiting = []
        for row in rows:
            fact = facts[row["id"]]
            start, end = get_span(row["start"], row["stop"], fact["allday"], self.env.tz.zone)
            waiting.append(
                {
                    "id": row["id"],
                    "name": self.env._("Busy") if fact["is_private"] else row["name"],
                    "start": fields.Datetime.to_string(start),
                    "end": fields.Datetime.to_string(end),
                    **fact,
                }
            )
        return waiting

    def _get_unattended_sql(self, model, alias, query):
        """Condition on events: nobody of the firm attends, or who was to has declined."""
        return SQL(
            """
            NOT EXISTS (
                SELECT
                  FROM calendar_event_res_partner_rel guest
                  JOIN res_partner partner ON partner.id = guest.res_partner_id
             LEFT JOIN calendar_attendee answer ON answer.event_id = guest.calendar_event_id
                                               AND answer.partner_id = guest.res_partner_id
                 WHERE guest.calendar_event_id = %s
                   AND COALESCE(answer.state, '') != 'declined'
                   AND (NOT partner.partner_share
                        OR EXISTS (SELECT FROM fsm_person worker
                                    WHERE worker.active AND worker.partner_id = partner.id)
                        OR EXISTS (SELECT FROM hr_employee employee
                                    WHERE employee.active
                                      AND employee.work_contact_id = partner.id)))
            """,
            SQL.identifier(alias, "id"),
        )

    # Placing

    @api.model
    def plan_appointment(self, event_id, employee_id, date_start, date_end, seen=None):
        """Have a person go to an appointment, at a time; whoever they replace no longer does.

        One that lasts all day keeps its days.

        :param int employee_id: who goes; ``False`` for nobody: it waits in the tray again
        :param date_start: UTC text, like ``date_end``
        :param dict seen: ``employee_id``, ``date_start`` and ``date_end`` as the caller last saw
            them, the person being ``False`` in the tray
        :return: what others have changed since, as of ``write_if_unchanged`` of
            ``sercom.assignment``; empty when it is done
        :raises AccessError: for those who may not plan
        """
        self.env["sercom.assignment"].check_access("write")
        event = self._get_plannable_event(event_id)
        event.check_access("write")
        people = self._load_people(
            {int(key) for key in (employee_id, (seen or {}).get("employee_id")) if key},
            self.env.companies,
        )
        person, left = people.get(employee_id), people.get((seen or {}).get("employee_id"))
        if employee_id and not person:
            raise UserError(self.env._("This person is gone. Reload the page."))
        changed = seen and self._get_appointment_changes(event, seen, left)
        if changed:
            return changed
        vals = {}
        if left != person:
            vals["partner_ids"] = self._get_attendee_commands(event, left, person)
        start, end = map(fields.Datetime.to_datetime, (date_start, date_end))
        if not event.allday and (start, end) != (event.start, event.stop):
            vals |= {"start": start, "stop": end}
        if vals:
            event.write(vals)
        return []

    def _get_plannable_event(self, event_id):
        """One planned appointment that no block stands for, by its id."""
        event = self.env["calendar.event"].browse(int(event_id)).exists()
        lock_rows(event, claim=True)  # guests are rows of another table
        if not event or not event.service_file_id or event.assignment_ids:
            raise UserError(self.env._("This appointment is gone. Reload the page."))
        event._check_appointment_state("planned")
        return event

    def _get_attendee_commands(self, event, left, person):
        gone = event.partner_ids.filtered(lambda partner: left and partner.id in left.partner_ids)
        commands = [Command.unlink(partner.id) for partner in gone]
        if person:
            partner = self.env["hr.employee"].browse(person.id)._get_attendee_partner()
            commands.append(Command.link(partner.id))
        return commands

    def _get_appointment_changes(self, event, seen, left):
        """What differs of an appointment from what somebody saw, in words."""
        texts = []
        attends = left and left.partner_ids & set(event.partner_ids.ids)
        if left and not attends:
            texts.append(self.env._("%s does not go there any more.", left.name))
        now = (event.start, event.stop)
        old = tuple(map(fields.Datetime.to_datetime, (seen["date_start"], seen["date_end"])))
        if not event.allday and now != old:
            zone = get_zone(self.env.tz.zone)
            texts.append(
                self.env._(
                    "Moved: %(old)s → %(new)s",
                    old=self._format_span(*map(to_epoch, old), zone),
                    new=self._format_span(*map(to_epoch, now), zone),
                )
            )
        if not left and (going := self._get_people_going(event)):
            texts.append(self.env._("%s goes there.", ", ".join(going)))
        if not texts:
            return []
        return [
            {
                **self.env["sercom.assignment"]._get_last_change(event),
                "id": event.id,
                "name": event.name,
                "changes": texts,
                "is_gone": False,
                "seen": {
                    "employee_id": left.id if attends else False,
                    "date_start": fields.Datetime.to_string(now[0]),
                    "date_end": fields.Datetime.to_string(now[1]),
                },
            }
        ]

    def _get_people_going(self, event):
        """Names of the people of the firm who attend one appointment."""
        attendees = set(event.partner_ids.ids)
        people = self._load_people(companies=self.env.companies).values()
        workers = [person for person in people if person.partner_ids & attendees]
        known = set().union(*(person.partner_ids for person in workers))
        others = event._get_visitors().filtered(lambda partner: partner.id not in known)
        return [*(person.name for person in workers), *others.mapped("name")]
