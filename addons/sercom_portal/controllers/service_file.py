from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

POSTED = ("message", "changes", "again", "booked", "cancelled")
OPEN_STATES = ("to_plan", "planned", "in_progress")


class Reader:
    """Who reads a service file's page, and by what: their login, or a link of an e-mail."""

    def __init__(self, file, partner, token=None, is_look=False):
        self.file = file
        self.is_look = is_look  # of the office, who does nothing by it
        self.partner = partner
        self.token = token

    def get_url(self, suffix="", **params):
        """Address of the page, or of something on it, that opens for this reader."""
        params = {**params, **({"access_token": self.token} if self.token else {})}
        url = f"/my/requests/{self.file.id}{suffix}"
        return f"{url}?{urlencode(params)}" if params else url


class ServiceFilePortal(CustomerPortal):
    """The client's pages of their requests and jobs; Odoo has those of quotes and invoices."""

    # Lists

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sercom_request_count" in counters:
            files = self._get_files()
            values["sercom_request_count"] = files.search_count(self._get_files_domain())
        if "sercom_job_count" in counters:
            jobs = self._get_jobs()
            values["sercom_job_count"] = jobs.search_count(self._get_jobs_domain())
        return values

    def _get_files(self):
        # sudo: clients have no rights on files; the domain of each search says whose they are
        return request.env["sercom.service.file"].sudo()

    def _get_jobs(self):
        return request.env["fsm.order"].sudo()  # sudo: as files

    def _get_own_partner(self):
        """The client who has signed in; nobody for visitors, and for who works for the firm: what
        they read is said by their role, not by whose relative or tenant they are."""
        user = request.env.user
        is_client = user.share and not user._is_public()
        return user.partner_id if is_client else request.env["res.partner"]

    def _get_own_companies(self):
        return Domain("company_id", "in", request.env.user.company_ids.ids)

    def _get_files_domain(self):
        partner = self._get_own_partner()
        return self._get_files()._get_portal_domain(partner) & self._get_own_companies()

    def _get_jobs_domain(self):
        partner = self._get_own_partner()
        return self._get_files()._get_portal_jobs_domain(partner) & self._get_own_companies()

    def _get_list(self, records, domain, url, page, **url_args):
        """A page of a list, and its pager."""
        pager = portal_pager(
            url=url,
            total=records.search_count(domain),
            page=page,
            step=self._items_per_page,
            url_args=url_args,
        )
        found = records.search(
            domain, order="id desc", limit=self._items_per_page, offset=pager["offset"]
        )
        return found, pager

    @http.route(
        ["/my/requests", "/my/requests/page/<int:page>"], type="http", auth="user", website=True
    )
    def my_requests(self, page=1, **kwargs):
        partner = self._get_own_partner()
        files, pager = self._get_list(
            self._get_files(), self._get_files_domain(), "/my/requests", page
        )
        values = {
            **self._prepare_portal_layout_values(),
            "rows": [file._get_portal_row(partner) for file in files],
            "pager": pager,
            "page_name": "sercom_requests",
            "default_url": "/my/requests",
        }
        return request.render("sercom_portal.portal_my_requests", values)

    @http.route(["/my/jobs", "/my/jobs/page/<int:page>"], type="http", auth="user", website=True)
    def my_jobs(self, page=1, filterby="all", **kwargs):
        filters = {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {
                "label": request.env._("To Come"),
                "domain": Domain("state", "in", OPEN_STATES),
            },
            "done": {"label": request.env._("Done"), "domain": Domain("state", "=", "done")},
        }
        filterby = filterby if filterby in filters else "all"
        domain = self._get_jobs_domain() & filters[filterby]["domain"]
        jobs, pager = self._get_list(self._get_jobs(), domain, "/my/jobs", page, filterby=filterby)
        values = {
            **self._prepare_portal_layout_values(),
            "rows": [job.service_file_id._get_portal_job_row(job) for job in jobs],
            "pager": pager,
            "page_name": "sercom_jobs",
            "default_url": "/my/jobs",
            "searchbar_filters": filters,
            "filterby": filterby,
        }
        return request.render("sercom_portal.portal_my_jobs", values)

    # One need

    def _find_reader(self, file_id, access_token=None):
        """Who reads the page, and of which file.

        :raises NotFound: when there is no such file for them; nobody learns whether there is one
        """
        files = self._get_files()
        if access_token:
            partner, is_valid = files._read_portal_token(file_id, access_token)
            is_look = files._is_portal_look(access_token)
            if is_look and request.httprequest.method == "POST":
                raise request.not_found()
            if partner and is_valid:
                file = files._find_for_portal(file_id, partner)
                if file:
                    return self._make_reader(file, partner, access_token, is_look)
        if partner := self._get_own_partner():
            file = files._find_for_portal(file_id, partner)
            if file and file.company_id in request.env.user.company_ids:
                return self._make_reader(file, partner)
        raise request.not_found()

    def _make_reader(self, file, partner, token=None, is_look=False):
        """The reader; who comes by a link reads in the language that the firm writes to them in."""
        if token and partner.lang and request.env.user._is_public():
            request.update_context(lang=partner.lang)
        lang = request.env.lang
        return Reader(file.with_context(lang=lang), partner.with_context(lang=lang), token, is_look)

    @http.route("/my/requests/<int:file_id>", type="http", auth="public", website=True)
    def my_request(self, file_id, access_token=None, **kwargs):
        if self._is_expired(file_id, access_token):
            return self._render_expired(file_id, access_token)
        try:
            reader = self._find_reader(file_id, access_token)
        except NotFound:
            if not access_token:
                raise
            return self._render_broken()
        return self._render_page(reader, **kwargs)

    def _render_broken(self):
        """What who comes by a link reads that opens nothing, whatever there is behind it."""
        # sudo: of the firm
        values = {"no_breadcrumbs": True, "phone": request.env.company.sudo().phone or ""}
        answer = request.render("sercom_portal.portal_link_broken", values)
        answer.status_code = 404
        return answer

    def _is_expired(self, file_id, access_token):
        """Whether a genuine link is too old, for a reader who is not signed in."""
        if not access_token or not request.env.user._is_public():
            return False
        partner, is_valid = self._get_files()._read_portal_token(file_id, access_token)
        return bool(partner) and not is_valid

    def _render_expired(self, file_id, access_token, is_sent=False):
        values = {
            "is_sent": is_sent,
            "post_url": f"/my/requests/{file_id}/link",
            "access_token": access_token,
            "no_breadcrumbs": True,
        }
        return request.render("sercom_portal.portal_link_expired", values)

    def _render_page(self, reader, error="", posted="", message="", **kwargs):
        page = reader.file._get_portal_page(reader.partner)
        values = {
            **self._prepare_portal_layout_values(),
            "page": page,
            "page_name": "sercom_request",
            "reader": reader,
            "is_signed_in": not reader.token,
            "access_token": reader.token or "",
            "no_breadcrumbs": bool(reader.token),
            "error": error,
            "posted": posted if posted in POSTED else "",
            "message": message,
            "res_company": reader.file.company_id,
        }
        return request.render("sercom_portal.portal_my_request", values)

    def _answer(self, reader, act, posted, text=""):
        """Do what a form of the page asks; the page again, with what became of it."""
        try:
            with request.env.cr.savepoint():
                act()
        except UserError as error:
            return self._render_page(reader, error=str(error), message=text)
        return request.redirect(reader.get_url(posted=posted) + f"#{posted}")

    @http.route(
        "/my/requests/<int:file_id>/message",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def post_message(self, file_id, access_token=None, message="", **kwargs):
        reader = self._find_reader(file_id, access_token)
        return self._answer(
            reader,
            lambda: reader.file._post_from_portal(reader.partner, message),
            "message",
            message,
        )

    @http.route(
        "/my/requests/<int:file_id>/quote/<int:order_id>/changes",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def post_changes(self, file_id, order_id, access_token=None, message="", **kwargs):
        reader = self._find_reader(file_id, access_token)
        return self._answer(
            reader,
            lambda: reader.file._post_from_portal(reader.partner, message, order_id),
            "changes",
            message,
        )

    @http.route(
        "/my/requests/<int:file_id>/job/<int:job_id>/again",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def post_again(self, file_id, job_id, access_token=None, message="", **kwargs):
        reader = self._find_reader(file_id, access_token)
        return self._answer(
            reader, lambda: reader.file._ask_again(reader.partner, job_id, message), "again"
        )

    @http.route(
        "/my/requests/<int:file_id>/link",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def post_link(self, file_id, access_token="", **kwargs):
        # The answer is the same whether anything was sent.
        files = self._get_files()
        partner, _is_valid = files._read_portal_token(file_id, access_token)
        is_look = files._is_portal_look(access_token)
        if partner and not is_look and (file := files._find_for_portal(file_id, partner)):
            file._send_portal_link(partner)
        return self._render_expired(file_id, access_token, is_sent=True)

    # Files of the page

    @http.route(
        "/my/requests/<int:file_id>/photo/<int:photo_id>",
        type="http",
        auth="public",
        website=True,
    )
    def photo(self, file_id, photo_id, access_token=None, size="512", **kwargs):
        reader = self._find_reader(file_id, access_token)
        photos = reader.file._get_portal_photos(reader.partner)
        return self._send_image(
            photos.filtered(lambda photo: photo.id == photo_id),
            "image_1920" if size == "1920" else "image_512",
        )

    @http.route(
        "/my/requests/<int:file_id>/person/<int:employee_id>",
        type="http",
        auth="public",
        website=True,
    )
    def person(self, file_id, employee_id, access_token=None, **kwargs):
        reader = self._find_reader(file_id, access_token)
        people = reader.file._get_portal_employees(reader.partner)
        return self._send_image(
            people.filtered(lambda person: person.id == employee_id), "image_128"
        )

    @http.route(
        "/my/requests/<int:file_id>/report/<int:report_id>",
        type="http",
        auth="public",
        website=True,
    )
    def report(self, file_id, report_id, access_token=None, **kwargs):
        reader = self._find_reader(file_id, access_token)
        reports = reader.file._get_portal_reports(reader.partner)
        report = reports.filtered(lambda report: report.id == report_id)
        if not report:
            raise request.not_found()
        # sudo: it was found among those that the reader sees
        stream = request.env["ir.binary"].sudo()._get_stream_from(report.attachment_id)
        return stream.get_response(as_attachment=True)

    def _send_image(self, record, field):
        if not record or not record[field]:
            raise request.not_found()
        # sudo: it was found among those that the reader sees
        stream = request.env["ir.binary"].sudo()._get_image_stream_from(record, field)
        return stream.get_response()
