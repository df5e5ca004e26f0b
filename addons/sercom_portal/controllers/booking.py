from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from .service_file import ServiceFilePortal


class BookingPortal(ServiceFilePortal):
    """A client chooses the time of a job of theirs."""

    def _find_job(self, reader, job_id):
        jobs = reader.file._get_portal_jobs(reader.partner)
        job = jobs.filtered(lambda job: job.id == job_id)
        if not job:
            raise request.not_found()
        return job

    @http.route(
        "/my/requests/<int:file_id>/job/<int:job_id>/times",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def job_times(self, file_id, job_id, access_token=None, **kwargs):
        reader = self._find_reader(file_id, access_token)
        return self._render_times(reader, self._find_job(reader, job_id))

    @http.route(
        "/my/requests/<int:file_id>/job/<int:job_id>/book",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def job_book(self, file_id, job_id, access_token=None, start="", **kwargs):
        return self._book(file_id, job_id, access_token, start)

    @http.route(
        "/my/requests/<int:file_id>/job/<int:job_id>/move",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def job_move(self, file_id, job_id, access_token=None, start="", **kwargs):
        return self._book(file_id, job_id, access_token, start, is_move=True)

    def _book(self, file_id, job_id, access_token, start, is_move=False):
        reader = self._find_reader(file_id, access_token)
        job = self._find_job(reader, job_id)
        try:
            with request.env.cr.savepoint():
                job._book_for_client(reader.partner, start, is_move)
        except ValidationError:
            # What it says names who is busy elsewhere: that is the office's to read.
            taken = request.env._("This time has just been taken. Choose another one.")
            return self._render_times(reader, job, error=taken)
        except UserError as error:
            return self._render_page(reader, error=str(error))
        return request.redirect(reader.get_url(posted="booked") + "#booked")

    @http.route(
        "/my/requests/<int:file_id>/job/<int:job_id>/cancel",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def job_cancel(self, file_id, job_id, access_token=None, **kwargs):
        reader = self._find_reader(file_id, access_token)
        job = self._find_job(reader, job_id)
        return self._answer(reader, lambda: job._cancel_for_client(reader.partner), "cancelled")

    @http.route(
        "/my/requests/<int:file_id>/visit/<int:event_id>/calendar",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def visit_calendar(self, file_id, event_id, access_token=None, **kwargs):
        reader = self._find_reader(file_id, access_token)
        visit = reader.file._find_portal_event(reader.partner, event_id)
        if not visit:
            raise request.not_found()
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", http.content_disposition("visit.ics")),
        ]
        return request.make_response(visit._get_client_calendar(reader.file), headers)

    def _render_times(self, reader, job, error=""):
        is_move = job._is_changed_by_client()
        try:
            slots = job._find_client_slots(is_move)
        except UserError as problem:
            return self._render_page(reader, error=str(problem))
        values = {
            **self._prepare_portal_layout_values(),
            "page": reader.file._get_portal_row(reader.partner),
            "page_name": "sercom_request",
            "days": reader.file._get_portal_times(slots),
            "job_name": job.subject or job.name,
            "phone": job.company_id.phone or "",
            "is_at_once": job.company_id.web_booking == "confirmed",
            "post_url": reader.get_url(f"/job/{job.id}/{'move' if is_move else 'book'}"),
            "back_url": reader.get_url(),
            "no_breadcrumbs": bool(reader.token),
            "error": error,
        }
        return request.render("sercom_portal.portal_times", values)
