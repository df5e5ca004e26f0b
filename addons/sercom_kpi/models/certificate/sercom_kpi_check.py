from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER

from ...tools.certificate.compare import compare

BY_RECORD, BY_JOB = "res_id", "fsm_order_id"


class Recount(NamedTuple):
    """How a measure is reckoned another way.

    ``model`` is that of its records; ``method`` takes a company and the dates of the first day and
    of the one after the last, and answers ``{record id: value}``. ``group`` says whether records or
    jobs (0 for none) are compared; ``told`` names a method for the other side, where it is not the
    report's.
    """

    model: str
    method: str
    group: str = BY_RECORD
    told: str = ""


class SercomKpiCheck(models.TransientModel):
    """The certificate: the totals of a month beside the same reckoned another way.

    How it works: for each measure that ``_get_recounts`` names, a method reckons the month again
    from the records themselves (timesheets, the billing ledger, journal items, planning's own
    working hours) with code that the report does not use, record by record. The report's facts
    are compared with it; what differs is named and opens.
    """

    _name = "sercom.kpi.check"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Certificate of the figures"

    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Month", required=True, help="Any day of the month.")
    line_ids = fields.One2many("sercom.kpi.check.line", "check_id", readonly=True)
    is_certified = fields.Boolean(
        "All Agrees", compute="_compute_is_certified", help="No total differs by a cent."
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            month = check.date and format_date(self.env, check.date, date_format="MMMM yyyy")
            name = self.env._("Certificate")
            check.display_name = f"{name} · {month}" if month else name

    @api.depends("line_ids.difference", "line_ids.record_ids")
    def _compute_is_certified(self):
        for check in self:
            lines = check.line_ids
            check.is_certified = bool(lines) and not any(line._is_different() for line in lines)

    @api.model
    def _get_writable_fields(self):
        return {BILLING: {"date"}, MANAGER: {"date"}}

    @api.model
    def action_open(self):
        """Check the last month and show it.

        :return: window action of the certificate
        """
        self.check_access("create")
        last = fields.Date.context_today(self).replace(day=1) - timedelta(days=1)
        # sudo: the company and the lines are nobody's to write
        check = self.sudo().create({"company_id": self.env.company.id, "date": last})
        check.sudo(self.env.su).action_check()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Certificate"),
            "res_model": self._name,
            "res_id": check.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    def action_check(self):
        """Reckon the month of this certificate anew; the screen stays where it is."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_read_figures()
        # sudo: both sides are read whole, past the rules of whoever asks
        check = self.sudo()
        check.line_ids.unlink()
        check.env["sercom.kpi.check.line"].create(
            [
                {"check_id": check.id, **vals}
                for vals in check._compare(check.company_id, check.date)
            ]
        )

    @api.model
    def _check_may_read_figures(self):
        """Refuse who may not read one of the totals in the report: it is told here as well.

        :raises AccessError: naming the figure
        """
        Report = self.env["sercom.kpi.report"]
        for measure in self._get_recounts():
            if measure in Report._fields:
                Report._check_field_access(Report._fields[measure], "read")

    @api.model
    def _compare(self, company, day):
        """Values of the lines of a certificate: one for each measure.

        :param company: ``res.company``
        :param date day: any day of the month
        """
        first = day.replace(day=1)
        after = first + relativedelta(months=1)
        reports = self._get_reported(company, first, after)
        lines = []
        for measure, recount in self._get_recounts().items():
            month = (company, first, after)
            told = getattr(self, recount.told)(*month) if recount.told else reports[measure]
            result = compare(told, getattr(self, recount.method)(*month))
            lines.append(
                {
                    "measure": measure,
                    "reported": result.reported,
                    "recounted": result.recounted,
                    "difference": result.difference,
                    "record_model": recount.model,
                    "record_ids": result.ids,
                }
            )
        return lines

    @api.model
    def _get_reported(self, company, first, after):
        """What the report says of a month: ``{measure: {record id: value}}``.

        In one query for each way in which measures are compared: by record, or by job.
        """
        domain = Domain("company_id", "=", company.id)
        domain &= Domain("date", ">=", first) & Domain("date", "<", after)
        by_group = {}
        for measure, recount in self._get_recounts().items():
            if not recount.told:
                by_group.setdefault(recount.group, []).append(measure)
        found = {}
        for group, measures in by_group.items():
            found |= self._group_reported(domain, group, measures)
        return found

    @api.model
    def _group_reported(self, domain, group, measures):
        found = {measure: {} for measure in measures}
        groups = self.env["sercom.kpi.report"]._read_group(
            domain, [group], [f"{name}:sum" for name in measures]
        )
        for record, *values in groups:
            key = record.id or 0 if group == BY_JOB else record
            for measure, value in zip(measures, values, strict=True):
                if value:
                    found[measure][key] = value
        return found

    @api.model
    def _get_recounts(self):
        """Hook: what is reckoned another way.

        :return: ``{measure: Recount}``, or another key where the report is not what is compared
        """
        return {}

    @api.model
    def _get_figure_names(self):
        """Words for what is compared: ``{measure: name}``."""
        fields_get = self.env["sercom.kpi.report"].sudo().fields_get  # sudo: words
        return {
            **{name: field["string"] for name, field in fields_get(attributes=["string"]).items()},
            "invoiced_hours": self.env._("Hours on Invoices, as the Billing Ledger Has Them"),
        }

    @api.model
    def _cron_check(self):
        """Tell the accountants of each company what differs in this month and the last one."""
        today = fields.Date.context_today(self)
        for company in self.env["res.company"].search([("active", "=", True)]):
            for day in (today.replace(day=1) - timedelta(days=1), today):
                different = [
                    vals
                    for vals in self._compare(company, day)
                    if vals["difference"] or vals["record_ids"]
                ]
                if different:
                    self._warn(company, day, different)

    @api.model
    def _warn(self, company, day, lines):
        group = self.env.ref("account.group_account_manager")
        users = group.all_user_ids.filtered(
            lambda user: company in user.company_ids and not user.share
        )
        names = self._get_figure_names()
        body = "; ".join(
            self.env._(
                "%(figure)s: %(reported).2f in the report, %(recounted).2f recounted",
                figure=names[vals["measure"]],
                reported=vals["reported"],
                recounted=vals["recounted"],
            )
            for vals in lines
        )
        self.env["mail.thread"].message_notify(
            partner_ids=users.partner_id.ids,
            subject=self.env._(
                "%(company)s: figures of %(month)s differ from the records",
                company=company.name,
                month=day.strftime("%Y-%m"),
            ),
            body=body,
        )
