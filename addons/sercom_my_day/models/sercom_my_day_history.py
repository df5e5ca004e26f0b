from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.local_time import local_date

LAST_VISITS = 5  # of each site
PHOTOS = 6  # of each visit


class SercomMyDay(models.AbstractModel):
    """What is known of a job's site: the last visits, and what is installed there.

    How it works: it comes with the job, so that the phone has it without network. Only who may
    read the job sees its site's history; neither clients nor prices of other jobs are in it.
    """

    _inherit = "sercom.my.day"

    def _get_job_lists(self, jobs):
        return {
            **super()._get_job_lists(jobs),
            "history": self._get_history(jobs),
            "equipment": self._get_equipment(jobs),
        }

    # Last visits

    def _get_history(self, jobs):
        """Jobs that were done before at the sites of these jobs: ``{job id: [visit]}``."""
        visits = self._find_last_visits(jobs)
        photos = self._get_history_photos(visits)
        zone = self._get_zone(self._get_employees())
        found = {
            visit: self._get_past_visit(visit, zone, photos.get(visit, ())) for visit in visits
        }
        by_site = visits.grouped("location_id")
        return {
            job.id: [
                found[visit]
                for visit in by_site.get(job.location_id, ())
                if visit != job and visit.company_id == job.company_id
            ][:LAST_VISITS]
            for job in jobs
        }

    def _find_last_visits(self, jobs):
        """Latest done jobs of each of these jobs' sites, as superuser; the latest first."""
        Job = self.env["fsm.order"].sudo()  # sudo: the history of a site that the user goes to
        sites = jobs.location_id
        if not sites:
            return Job
        Job.flush_model(["company_id", "date_end", "location_id", "state"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (SELECT id, row_number() OVER ("
                " PARTITION BY location_id, company_id ORDER BY date_end DESC NULLS LAST, id DESC"
                ") AS place FROM fsm_order WHERE location_id IN %(sites)s AND state = 'done'"
                ") last WHERE place <= %(count)s",
                sites=tuple(sites.ids),
                # One more: the job that is asked for may be among them.
                count=LAST_VISITS + 1,
            )
        )
        visits = Job.browse(row[0] for row in rows)
        return visits.sorted(
            lambda visit: (visit.date_end or visit.create_date, visit.id), reverse=True
        )

    def _get_past_visit(self, visit, zone, photos):
        moment = visit.date_end or visit.scheduled_date_start or visit.create_date
        people = visit.assignment_ids.filtered(lambda block: block.state != "cancelled")
        return {
            "id": visit.id,
            "name": visit.name,
            "date": local_date(moment, zone).isoformat(),
            "subject": visit.subject or "",
            "people": ", ".join(dict.fromkeys(people.employee_id.mapped("name"))),
            "found_note": visit.found_note or "",
            "work_note": visit.work_note or "",
            "advice_note": visit.advice_note or "",
            "photo_count": len(photos),
            "photos": [self._get_past_photo(photo) for photo in photos[:PHOTOS]],
        }

    def _get_history_photos(self, visits):
        photos = (
            self.env["sercom.photo"]
            .sudo()  # sudo: of a site that the user goes to
            .search([("fsm_order_id", "in", visits.ids)])
        )
        return photos.grouped("fsm_order_id")

    @staticmethod
    def _get_past_photo(photo):
        return {
            "id": photo.id,
            "caption": photo._get_caption(),
            "when": photo.moment,
            "moment": fields.Datetime.to_string(photo.date_taken),
            "url": f"/my-day/photo/{photo.id}/image_128",
            "full_url": f"/my-day/photo/{photo.id}/image_1920",
        }

    def _find_site_photo(self, photo_id):
        """A photo of the history of a site that the user goes to, as superuser; empty for another.

        The user sees the history of the sites of the jobs they may read.
        """
        photo = self.env["sercom.photo"].sudo().browse(photo_id).exists()  # sudo: asked below
        site = photo.fsm_order_id.location_id
        is_done = photo.fsm_order_id.state == "done"
        if site and is_done and self.env["fsm.order"].has_access("read"):
            own = Domain("location_id", "=", site.id)
            own &= Domain("company_id", "=", photo.fsm_order_id.company_id.id)
            if self.env["fsm.order"].search_count(own, limit=1):
                return photo
        return photo.browse()

    # Equipment

    def _get_equipment(self, jobs):
        """What is installed at the sites of these jobs: ``{job id: [piece]}``."""
        here = Domain("current_location_id", "in", jobs.location_id.ids)
        of_here = Domain("location_id", "in", jobs.location_id.ids)
        pieces = (
            self.env["fsm.equipment"]
            .sudo()  # sudo: of a site that the user goes to
            .search(
                Domain("id", "in", jobs.equipment_ids.ids)
                | (here | of_here & Domain("current_location_id", "=", False))
                # Firms may share a site: each sees what is its own.
                & Domain("company_id", "in", [False, *jobs.company_id.ids]),
                order="name",
            )
        )
        shown = {piece: self._get_piece(piece) for piece in pieces}
        return {
            job.id: [
                shown[piece]
                for piece in pieces
                if piece in job.equipment_ids
                or (piece.current_location_id or piece.location_id) == job.location_id
            ]
            for job in jobs
        }

    def _get_piece(self, piece):
        return {
            "id": piece.id,
            "name": piece.name,
            "serial": piece.serial_number or "",
            "installed_on": fields.Date.to_string(piece.date_installed),
            "warranty_until": fields.Date.to_string(piece.date_warranty_end),
            "note": self._to_text(piece.notes),
        }
