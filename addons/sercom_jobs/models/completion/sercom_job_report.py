import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

REPORT = "sercom_jobs.action_report_completion"
# How long after the work its report is still sent without anybody of the office.
SENT_BY_ITSELF = timedelta(days=3)
TEMPLATE = "sercom_jobs.mail_template_completion"

_logger = logging.getLogger(__name__)


class SercomJobReport(models.Model):
    """A completion report that the client got, or gets: one PDF of a job as it was completed.

    How it works: completing a job makes a record in state *waiting*; a scheduled action prints and
    e-mails it right after, so that nobody waits for it on site. A job has one report that counts;
    reopening the job replaces it, and its file is kept.
    """

    _name = "sercom.job.report"
    _description = "Completion report"
    _inherit = "sercom.field.access.mixin"  # nobody writes one by hand
    _order = "fsm_order_id, version desc, id desc"

    name = fields.Char(required=True, readonly=True)
    fsm_order_id = fields.Many2one(
        "fsm.order", string="Job", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="fsm_order_id.company_id", store=True, index=True, precompute=True
    )
    service_file_id = fields.Many2one(
        related="fsm_order_id.service_file_id", store=True, index="btree_not_null"
    )
    version = fields.Integer(required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Being Made"), ("current", "Made"), ("replaced", "Replaced")],
        default="waiting",
        required=True,
        readonly=True,
    )
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    report_pdf = fields.Binary("Report", related="attachment_id.datas")
    user_id = fields.Many2one(
        "res.users", string="Completed By", readonly=True, index="btree_not_null"
    )
    date_completed = fields.Datetime("Completed On", readonly=True, copy=False)
    date_made = fields.Datetime("Made On", readonly=True, copy=False)
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    is_to_send = fields.Boolean("Sent Once Made", readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False, help="Why it could not be made or sent.")

    _current_uniq = models.UniqueIndex(
        "(fsm_order_id) WHERE state != 'replaced'", "This job already has a completion report."
    )

    @api.model
    def _open_for(self, jobs, is_sent=True):
        """Have a report made of each of ``jobs`` that has none that counts.

        :param bool is_sent: whether to e-mail it where the company says so
        :return: the reports, of superuser
        """
        Report = self.sudo()  # sudo: reports are written by the server alone
        versions, known = {}, set()
        for job, state, version in Report._read_group(
            [("fsm_order_id", "in", jobs.ids)], ["fsm_order_id", "state"], ["version:max"]
        ):
            versions[job.id] = max(version, versions.get(job.id, 0))
            if state != "replaced":
                known.add(job.id)
        now = fields.Datetime.now()
        vals_list = []
        for job in jobs.sudo():  # sudo: what a report tells is the job's, whoever completes it
            if job.id in known:
                continue
            version = versions.get(job.id, 0) + 1
            vals_list.append(
                {
                    "name": job._get_completion_report_name(version),
                    "fsm_order_id": job.id,
                    "version": version,
                    "user_id": self.env.uid,
                    "date_completed": job.date_end or now,
                    "is_to_send": is_sent and job.company_id.job_report_send == "auto",
                }
            )
        reports = Report.create(vals_list)
        if reports:
            # sudo: technicians start no scheduled actions
            self.env.ref("sercom_jobs.ir_cron_job_reports").sudo()._trigger()
        return reports

    def _replace(self):
        """Reports of jobs that are open again no longer count; their files stay."""
        for report in self:
            if report.attachment_id:
                report.attachment_id.description = self.env._("Replaced: the job was reopened.")
        self.write({"state": "replaced", "is_to_send": False})

    # Made

    @api.model
    def _cron_make(self):
        """Print the reports that wait, and e-mail those that are to be.

        One that failed is tried again for two days.
        """
        recent = fields.Datetime.now() - timedelta(days=2)
        domain = Domain("state", "=", "waiting")
        domain &= Domain("error", "=", False) | Domain("create_date", ">", recent)
        ids = self.search(domain, order="id").ids
        self.env["ir.cron"]._commit_progress(remaining=len(ids))
        for report in self.browse(ids):
            try:
                with self.env.cr.savepoint():
                    report._make()
            except OperationalError:
                _logger.info("Completion report %s is being made elsewhere", report.id)
            except Exception as error:
                # One that fails holds up no other; the office sees it on the job.
                _logger.exception("Completion report %s", report.id)
                report.error = str(error) or type(error).__name__
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _make(self):
        """Print this one report, unless somebody has or does, and e-mail it when it is to be."""
        self.ensure_one()
        # sudo: reports are written by the server alone
        report = self.sudo().try_lock_for_update().filtered(lambda rec: rec.state == "waiting")
        if not report:
            return
        job = report.fsm_order_id
        company = job.company_id
        printer = (
            report.env["ir.actions.report"]
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, force_report_rendering=True)
        )
        content, _kind = printer._render_qweb_pdf(REPORT, job.ids)
        attachment = report.env["ir.attachment"].create(
            {
                "name": f"{report.name}.pdf",
                "raw": content,
                "res_model": job._name,
                "res_id": job.id,
                "mimetype": "application/pdf",
            }
        )
        report.write(
            {
                "state": "current",
                "attachment_id": attachment.id,
                "date_made": fields.Datetime.now(),
                "error": False,
            }
        )
        if not report.is_to_send:
            return
        if report.date_completed < fields.Datetime.now() - SENT_BY_ITSELF:
            # The client is surprised by it: the office sends it, or not.
            report.is_to_send = False
        elif job.partner_id.email:
            report._send()

    def _send(self):
        """E-mail this one report to the job's client."""
        self.ensure_one()
        # sudo: technicians read neither the template nor all it tells
        self.env.ref(TEMPLATE).sudo().with_context(force_report_rendering=True).send_mail(
            self.fsm_order_id.id, email_layout_xmlid="mail.mail_notification_light"
        )
        self._note_sent()

    def _note_sent(self):
        # sudo: reports are written by the server alone
        self.sudo().write({"date_sent": fields.Datetime.now(), "is_to_send": False})

    def action_view_job(self):
        """Open the report's job."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "fsm.order",
            "res_id": self.fsm_order_id.id,
            "views": [(False, "form")],
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_only_with_job(self):
        if self.filtered("date_sent"):
            raise UserError(
                self.env._(
                    "%s was sent to the client and is kept.", self.filtered("date_sent")[0].name
                )
            )
