"""Records of what the office does with a finished month: pay, figures, hand-over, billing runs."""

from datetime import timedelta

from odoo import fields

WEEK = "2026-10-26"  # the Monday before the clock of the tests


class OfficeWorld:
    """Makes one record at least of each of these models, such as every role sees its own of."""

    @classmethod
    def _create_office(cls):
        cls._create_pay()
        cls._create_figures()
        cls._create_hand_over()
        cls.env["sercom.billing.run"].with_user(cls.users["accountant"])._start(cls.job, True)
        # A rate of a far day: it bills nothing here.
        cls.env["sercom.billing.band"].create(
            {"name": "Evening", "date_from": "2099-01-01", "hour_from": 17.0, "surcharge": 50.0}
        )
        cls._create_client_messages()
        cls.env["sercom.web.request"].create(
            {
                "stamp": "a-page",
                "address_hash": "an-address",
                "opportunity_id": cls._create_request().id,
            }
        )

    @classmethod
    def _create_client_messages(cls):
        """The list of messages, one that was sent, and a time that a visitor holds."""
        messages = cls.env["sercom.client.message"]
        messages._ensure_list(cls.company)
        message = messages.search([("company_id", "=", cls.company.id)], limit=1)
        cls.env["sercom.client.notice"].create(
            {
                "message_id": message.id,
                "key": "a-visit",
                "service_file_id": cls.job.service_file_id.id,
                "partner_id": cls.client_partner.id,
            }
        )
        cls.env["sercom.booking.hold"].create(
            {
                "stamp": "a-held-page",
                "address_hash": "an-address",
                "company_id": cls.company.id,
                "product_tmpl_id": cls.product_travel.product_tmpl_id.id,
                "employee_id": cls.employee.id,
                "date_start": "2099-01-01 14:00:00",
                "date_end": "2099-01-01 16:00:00",
                "expires_on": "2099-01-01 00:00:00",
            }
        )

    @classmethod
    def _create_pay(cls):
        """A paid week of everybody who has an employee file, and an allowance of the next one."""
        cls.company.write({"pay_period": "week", "pay_first_day": WEEK, "pay_since": WEEK})
        planner = cls.env["hr.employee"].create(
            {"name": "Dispatcher", "user_id": cls.users["dispatcher"].id}
        )
        helper = cls.users["estimator"].employee_id
        start = fields.Datetime.to_datetime(f"{WEEK} 13:00:00")
        people = cls.employee | planner | helper
        for person in people:
            person.version_id.write({"date_version": "2026-01-01", "pay_rate": 30.0})
        entries = cls.env["hr.attendance"].create(
            [
                {
                    "employee_id": person.id,
                    "fsm_order_id": cls.job.id,
                    "check_in": start,
                    "check_out": start + timedelta(hours=2),
                }
                for person in people
            ]
        )
        entries.timesheet_ids.action_approve()
        period = cls.env["sercom.pay.period"].create({"date_start": WEEK})
        period.action_prepare()
        period.action_check()
        period.action_lock()
        layout = cls.env.ref("sercom_pay.sercom_pay_layout_standard")
        cls.env["sercom.pay.export"].create({"period_id": period.id, "layout_id": layout.id})
        kind = cls.env["sercom.pay.allowance.type"].create({"name": "On call", "code": "CALL"})
        cls.env["sercom.pay.allowance"].create(
            {"employee_id": cls.employee.id, "type_id": kind.id, "date": fields.Date.today()}
        )

    @classmethod
    def _create_figures(cls):
        cls.env["sercom.kpi.target"].create({"measure": "utilisation", "value": 75.0})
        cls.env["sercom.kpi.closing"].create({}).action_close()

    @classmethod
    def _create_hand_over(cls):
        """A batch of what is posted, and a layout and a code of the firm's own."""
        layout = cls.env.ref("sercom_accounting_export.layout_journal")
        prepare = cls.env["sercom.accounting.prepare"].with_user(cls.users["accountant"])
        prepare.create({"layout_id": layout.id}).action_prepare()
        layout.copy()
        account = cls.env["account.account"].search([("account_type", "=", "income")], limit=1)
        cls.env["sercom.accounting.code"].create({"code": "4000", "account_id": account.id})
