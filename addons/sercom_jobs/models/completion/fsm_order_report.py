from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.context import Sentinel

from .sercom_job_report import REPORT, TEMPLATE

IMPORTED = Sentinel("imported")


class FsmOrder(models.Model):
    """The completion report: what the client reads of the job, made when it is completed."""

    _inherit = "fsm.order"

    job_report_ids = fields.One2many(
        "sercom.job.report", "fsm_order_id", string="Completion Reports"
    )
    job_report_id = fields.Many2one(
        "sercom.job.report", string="Completion Report", compute="_compute_job_report"
    )
    is_report_to_send = fields.Boolean(
        compute="_compute_is_report_to_send",
        compute_sudo=True,
        help="The client does not have the report yet.",
    )

    @api.depends("job_report_ids.state")
    def _compute_job_report(self):
        for job in self:
            job.job_report_id = job._get_valid_report()

    def _get_valid_report(self):
        """Report of this one job that no later one has replaced."""
        return self.job_report_ids.filtered(lambda report: report.state != "replaced")[:1]

    @api.depends("job_report_ids.state", "job_report_ids.date_sent", "job_report_ids.is_to_send")
    def _compute_is_report_to_send(self):
        for job in self:
            report = job._get_valid_report()
            waits = report.is_to_send and job.partner_id.email and not report.error
            job.is_report_to_send = bool(
                report
                and not report.date_sent
                and not waits
                and job.company_id.job_report_send != "off"
            )

    # Life

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if state == "done":
            # Old jobs that the office imports tell nobody.
            self.env["sercom.job.report"]._open_for(self, is_sent=not IMPORTED.get(self))
        return res

    def _load_records_write(self, values):
        # What Odoo's import calls; a technician's completes a job as their button does.
        jobs = IMPORTED(self) if self.is_office else self
        return super(FsmOrder, jobs)._load_records_write(values)

    def _after_reopen(self):
        res = super()._after_reopen()
        reports = self.sudo().job_report_ids  # sudo: reports are written by the server alone
        reports.filtered(lambda report: report.state != "replaced")._replace()
        return res

    # Actions

    def action_view_report(self):
        """Show this one job's completion report; the PDF of the moment while it is open."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref(REPORT).report_action(self)

    def action_send_report(self):
        """Open the e-mail of this one job's completion report.

        :raises UserError: when the job is not done
        """
        self.ensure_one()
        self.check_access("write")
        self._get_made_report()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the report of %s", self.name),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self.env.ref(TEMPLATE).id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
            },
        }

    def action_make_report_again(self):
        """Make a new version of this one job's report, after the office changed something.

        The one before is kept, as replaced. It is not e-mailed by itself.
        """
        self.ensure_one()
        self._check_is_office()
        if self.state != "done":
            raise UserError(self.env._("%s is not done. Complete it first.", self.name))
        # sudo: reports are written by the server alone
        reports = self.sudo().job_report_ids.filtered(lambda report: report.state != "replaced")
        reports._replace()
        self.env["sercom.job.report"]._open_for(self, is_sent=False)
        self._get_made_report()
        return True

    def _get_made_report(self):
        """Report of this one job, made now if it was still to be; of superuser."""
        if self.state != "done":
            raise UserError(
                self.env._("%s is not done: its report is made when it is completed.", self.name)
            )
        Report = self.env["sercom.job.report"]
        # sudo: reports are written by the server alone
        report = self.sudo().job_report_id or Report._open_for(self, is_sent=False)
        if report.state == "waiting":
            report.is_to_send = False  # who sends it by hand does not want it twice
            report._make()
        return report

    def message_post(self, **kwargs):
        message = super().message_post(**kwargs)
        if message.attachment_ids:
            # sudo: reports are written by the server alone
            self.sudo()._note_report_sent(message.sudo())
        return message

    def _note_report_sent(self, message):
        """The client has the report of this one job once ``message`` brought it out of the firm."""
        report = self.job_report_id
        told = message.partner_ids.filtered("partner_share")
        if told and report.attachment_id.checksum in message.attachment_ids.mapped("checksum"):
            report._note_sent()

    # What the report tells

    def _get_completion_report_name(self, version):
        """Name of this one job's report, in the client's language."""
        env = self.with_context(lang=self.partner_id.lang or self.env.lang).env
        if version > 1:
            return env._("Report %(job)s (%(version)s)", job=self.name, version=version)
        return env._("Report %s", self.name)

    def _get_completion_report_filename(self):
        """File that this one job's report is kept in; none until Sercom has made it."""
        report = self.sudo().job_report_id  # sudo: salespeople and billing print it too
        return f"{report.name}.pdf" if report.attachment_id and self.state == "done" else False

    def _get_report_zone(self):
        """Time zone of the times on this one job's report: the site's."""
        company = self.company_id
        return self.location_id.tz or company.partner_id.tz or self.env.user.tz or "UTC"

    def _is_done_on_one_day(self, zone):
        """Whether this one job ended on the day it began, in ``zone``."""
        local = self.with_context(tz=zone)
        start, end = (
            fields.Datetime.context_timestamp(local, moment)
            for moment in (self.date_start, self.date_end or self.date_start)
        )
        return start.date() == end.date()

    def _get_report_people(self):
        """Names of who worked on this one job."""
        return ", ".join((self.person_id | self.person_ids).mapped("name"))

    def _get_report_lines(self):
        """Lines of this one job that the client pays, when the company shows prices.

        :return: list of dicts ``line``, ``quantity`` (in its unit) and ``amount`` (before taxes)
        """
        if not self.company_id.is_job_report_priced:
            return []
        rows = []
        # sudo: technicians read no order; the company says who sees prices
        for line in self.sudo().sale_line_ids.filtered(lambda line: not line.display_type):
            if quantity := line._get_report_quantity():
                amount = line._get_report_amount(quantity)
                rows.append({"line": line, "quantity": quantity, "amount": amount})
        return rows

    def _get_report_photos(self):
        """Photos of this one job by moment, those of its checklist apart.

        :return: list of ``(moment in words, photos)``
        """
        photos = self.photo_ids.filtered(lambda photo: not photo.check_id)
        labels = self.env["sercom.photo"]._fields["moment"]._description_selection(self.env)
        groups = photos.grouped("moment")
        return [(label, groups[moment]) for moment, label in labels if groups.get(moment)]
