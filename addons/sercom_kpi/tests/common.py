from odoo.addons.sercom_billing.tests.common import DAY, HOUR, BillingCommon  # noqa: F401

NOVEMBER = [("date", ">=", "2026-11-01"), ("date", "<", "2026-12-01")]


class KpiCommon(BillingCommon):
    """Two people of Montréal with fixed hours, whose jobs are billed by the hour at $120.

    Luc costs $40 an hour, Anne $30. November 2026 has 21 working days of eight hours each.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["sercom.kpi.report"]
        cls.calendar = cls._create_office_calendar()
        cls.people = cls.employee | cls.anne
        cls.people.resource_calendar_id = cls.calendar
        cls.people._get_fsm_persons()
        for person in cls.people:
            person.version_id.date_version = "2026-01-01"

    @classmethod
    def _add_up(cls, *measures, domain=NOVEMBER, user=None, **where):
        """Totals of measures, of November unless told otherwise.

        :param where: values that fields have
        """
        report = cls.Report.with_user(user) if user else cls.Report
        domain = [*domain, *((name, "=", value) for name, value in where.items())]
        specs = [name if ":" in name else f"{name}:sum" for name in measures]
        totals = report._read_group(domain, [], specs)[0]
        return totals[0] if len(measures) == 1 else totals

    @classmethod
    def _leave(cls, start, end, employee=None):
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "date_from": start,
                "date_to": end,
                "resource_id": employee.resource_id.id if employee else False,
                "calendar_id": False,
                "company_id": cls.company.id,
            }
        )
