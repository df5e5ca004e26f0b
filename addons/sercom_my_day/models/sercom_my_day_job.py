from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

NOTES = 200  # of all jobs asked for together


class SercomMyDay(models.AbstractModel):
    """What the screen of one job shows."""

    _inherit = "sercom.my.day"

    @api.model
    @api.readonly
    def get_job(self, job_id):
        """What the screen of one job shows; see ``get_jobs``."""
        return self.get_jobs([job_id])[0]

    @api.model
    @api.readonly
    def get_jobs(self, job_ids):
        """What the screens of several jobs show, so that the phone has them without network.

        :param list job_ids: jobs the user may read
        :return: list of dictionaries, in that order; never a price or a cost
        :raises AccessError: when the user may not read one of them
        """
        self._check_user()
        jobs = self.env["fsm.order"].browse(map(int, job_ids)).exists()
        jobs.check_access("read")
        jobs = jobs.sudo()  # sudo: what is behind a job that the user may read: client, site, crew
        lists = self._get_job_lists(jobs)
        me = self._get_employees()
        return [
            {
                "id": job.id,
                **self._get_job_head(job),
                **self._get_job_body(job),
                **{name: by_job.get(job.id, []) for name, by_job in lists.items()},
                "is_leader": any(
                    person["is_leader"] and person["id"] in me.ids
                    for person in lists["crew"].get(job.id, [])
                ),
            }
            for job in jobs
        ]

    def _get_job_lists(self, jobs):
        """Hook: what a job has several of, read for all jobs at once.

        :param jobs: jobs that the user may read, as superuser
        :return: ``{name: {job id: list of dictionaries}}``; a job that is left out has none
        """
        return {
            "checks": self._get_checks(jobs),
            "photos": self._get_photos(jobs),
            "notes": self._get_notes(jobs),
            "crew": self._get_crews(jobs),
            "asked_visits": self._get_asked_visits(jobs),
        }

    def _get_job_body(self, job):
        """What only the screen of the job shows, read as superuser."""
        return {
            "description": self._to_text(job.description),
            "todo": self._to_text(job.todo),
            "planned_start": job.scheduled_date_start
            and fields.Datetime.to_string(job.scheduled_date_start),
            "sold_hours": job.sold_hours,
            "worked_hours": job.worked_hours,
            "over_hours_reason": job.over_hours_reason or "",
            "is_signed": bool(job.signature and not job.signature_changes),
            "signature_changes": job.signature_changes or "",
            "signed_by": job.signed_by or "",
            "needs_signature": job.is_signature_required or job.is_signature_missing,
            "found_note": job.found_note or "",
            "work_note": job.work_note or "",
            "advice_note": job.advice_note or "",
        }

    def _get_checks(self, jobs):
        """Checklist items of the jobs: ``{job id: [item]}``."""
        found = {}
        checks = self.env["sercom.job.check"].search([("fsm_order_id", "in", jobs.ids)])
        for check in checks:
            found.setdefault(check.fsm_order_id.id, []).append(
                {
                    "id": check.id,
                    "name": check.name,
                    "is_section": bool(check.display_type),
                    "kind": check.kind,
                    "is_required": check.is_required,
                    "instructions": check.instructions or "",
                    "unit": check.unit or "",
                    "limit_text": check.limit_text or "",
                    "limits": check._get_limits(),
                    "photo_min": check.photo_min,
                    "state": check.state,
                    "value": self._get_check_value(check),
                    "is_out_of_limits": check.is_out_of_limits,
                }
            )
        return found

    @staticmethod
    def _get_check_value(check):
        """The answer of an item as the phone sends one; ``None`` for no answer."""
        if check.display_type or check.kind == "photo" or not check.answered_on:
            return None
        return {
            "check": check.value_check,
            "yes_no": check.value_choice,
            "number": check.value_input,
            "text": check.value_text,
        }[check.kind]

    def _get_photos(self, jobs):
        """Photos of the jobs, and those that came with the request: ``{job id: [photo]}``."""
        found = {}
        files = jobs.service_file_id
        photos = self.env["sercom.photo"].search(
            Domain("fsm_order_id", "in", jobs.ids)
            | Domain("fsm_order_id", "=", False) & Domain("service_file_id", "in", files.ids)
        )
        for photo in photos:
            owners = photo.fsm_order_id or jobs.filtered(
                lambda job, photo=photo: job.service_file_id == photo.service_file_id
            )
            for job in owners:
                found.setdefault(job.id, []).append(
                    {
                        "id": photo.id,
                        "uuid": photo.phone_uuid or False,
                        "name": photo.name or "",
                        "caption": photo._get_caption(),
                        "moment": fields.Datetime.to_string(photo.date_taken),
                        "when": photo.moment,
                        "check_id": photo.check_id.id,
                        "url": f"/web/image/sercom.photo/{photo.id}/image_256",
                        "full_url": f"/web/image/sercom.photo/{photo.id}/image_1920",
                    }
                )
        return found

    def _get_notes(self, jobs):
        """What people wrote on the jobs, latest first: ``{job id: [note]}``."""
        found = {}
        messages = (
            self.env["mail.message"]
            .sudo()  # sudo: notes on jobs that the user may read
            .search(
                [
                    ("model", "=", "fsm.order"),
                    ("res_id", "in", jobs.ids),
                    ("message_type", "=", "comment"),
                ],
                order="id desc",
                limit=NOTES,
            )
        )
        for message in messages:
            text = html2plaintext(message.body or "", include_references=False).strip()
            if text:
                found.setdefault(message.res_id, []).append(
                    {
                        "id": message.id,
                        "author": message.author_id.name or "",
                        "moment": fields.Datetime.to_string(message.date),
                        "text": text,
                    }
                )
        return found

    def _get_asked_visits(self, jobs):
        """Next visits asked for on the jobs, and what became of them: ``{job id: [visit]}``."""
        found = {}
        visits = (
            self.env["fsm.order"]
            .sudo()  # sudo: what was asked for on a job that the user may read, whoever goes there
            .search([("origin_job_id", "in", jobs.ids)], order="id")
        )
        for visit in visits:
            blocks = visit.assignment_ids.filtered(lambda block: block.state != "cancelled")
            found.setdefault(visit.origin_job_id.id, []).append(
                {
                    "id": visit.id,
                    "name": visit.name,
                    "state": visit.state,
                    "todo": self._to_text(visit.todo),
                    "wished": fields.Date.to_string(visit.origin_job_id.next_visit_date),
                    "start": fields.Datetime.to_string(visit.scheduled_date_start),
                    "people": ", ".join(dict.fromkeys(blocks.employee_id.mapped("name"))),
                }
            )
        return found

    def _get_crews(self, jobs):
        """Who is planned on the jobs, and who of them is clocked in: ``{job id: [person]}``."""
        blocks = (
            self.env["sercom.assignment"]
            .sudo()  # sudo: who else comes to a job that the user may read
            .search([("fsm_order_id", "in", jobs.ids), ("state", "!=", "cancelled")])
        )
        entries = (
            self.env["hr.attendance"]
            .sudo()  # sudo: whether they are clocked in, and nothing else of it
            .search([("employee_id", "in", blocks.employee_id.ids), ("check_out", "=", False)])
        )
        open_entries = {entry.employee_id: entry for entry in entries}
        found = {}
        for block in blocks:
            crew = found.setdefault(block.fsm_order_id.id, {})
            employee = block.employee_id
            person = crew.setdefault(
                employee.id,
                {
                    "id": employee.id,
                    "name": employee.name,
                    "is_leader": False,
                    "is_me": employee.user_id == self.env.user,
                    "clocked_job_id": False,
                    "clocked_work_type": False,
                    "is_clocked": employee in open_entries,
                },
            )
            person["is_leader"] |= block.is_leader
            if entry := open_entries.get(employee):
                person["clocked_job_id"] = entry.fsm_order_id.id
                person["clocked_work_type"] = entry.work_type
        return {
            job_id: sorted(crew.values(), key=lambda person: not person["is_leader"])
            for job_id, crew in found.items()
        }
