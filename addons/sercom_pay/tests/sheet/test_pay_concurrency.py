from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase

FIRST = "2019-03-04"
START = datetime(2019, 3, 5, 14)


@tagged("post_install", "-at_install")
class TestPayConcurrency(ParallelCase):
    """Two people who pay at the same moment never pay the same hours."""

    @staticmethod
    def _create_base(env):
        company = env.company
        before = company.read(["pay_period", "pay_first_day", "pay_since"])[0]
        company.write({"pay_period": "two_weeks", "pay_first_day": FIRST, "pay_since": FIRST})
        person = env["hr.employee"].create({"name": "Parallel payee", "tz": "America/Toronto"})
        person.version_id.write({"date_version": "2019-01-01", "pay_rate": 30.0})
        entry = env["hr.attendance"].create(
            {
                "employee_id": person.id,
                "check_in": START,
                "check_out": START.replace(hour=22),
                "work_type": "other",
            }
        )
        entry.action_approve_pay()
        periods = env["sercom.pay.period"].create(
            [{"date_start": day} for day in (FIRST, "2019-03-18")]
        )
        return {
            "settings": before,
            "person": person.id,
            "entry": entry.id,
            "periods": periods.ids,
        }

    def _delete_base(self, env):
        base = self.base
        env["sercom.pay.sheet"].search([("period_id", "in", base["periods"])]).unlink()
        env["sercom.pay.period"].browse(base["periods"]).unlink()
        env["hr.attendance"].browse(base["entry"]).unlink()
        person = env["hr.employee"].browse(base["person"])
        contact = person.work_contact_id
        env["fsm.person"].with_context(active_test=False).search(
            [("employee_id", "=", person.id)]
        ).unlink()
        person.unlink()
        contact.unlink()
        env["res.company"].browse(base["settings"].pop("id")).write(base["settings"])

    def _prepare(self, number):
        def call(env):
            env["sercom.pay.period"].browse(self.base["periods"][number]).action_prepare()

        return call

    def _lines(self, env):
        lines = env["sercom.pay.line"].search([("employee_id", "=", self.base["person"])])
        return [(line.hours, line.number) for line in lines]

    def test_two_periods_at_once(self):
        self._run_together([self._prepare(0), self._prepare(1)])
        self.assertEqual(self._run(self._lines), [(8.0, 1)])

    def test_the_same_period_at_once(self):
        self._run_together([self._prepare(0), self._prepare(0)])
        self.assertEqual(self._run(self._lines), [(8.0, 1)])

    def test_the_database_itself_refuses(self):
        """Past all of Python: two transactions add the first line of the same hours."""
        self._run(self._prepare(0))

        def make_sheet(env):
            return (
                env["sercom.pay.sheet"]
                .create({"period_id": self.base["periods"][1], "employee_id": self.base["person"]})
                .id
            )

        sheet = self._run(make_sheet)

        def insert(env):
            line = env["sercom.pay.line"].search([("employee_id", "=", self.base["person"])])
            line[:1].copy({"sheet_id": sheet, "source": line[:1].source, "number": 1})
            env.flush_all()

        with self.assertRaises((IntegrityError, ValidationError)):
            self._run(insert)
