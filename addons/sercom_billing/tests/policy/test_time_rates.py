from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestTimeRates(BillingCommon):
    """Hours of an evening, a weekend or an emergency are billed at their own rate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.line = cls.hourly.sale_line_ids
        cls.evening_service = cls._sell_by_the_hour(name="Plumber, evening", list_price=180.0)
        cls.evening = cls._create_band(
            name="Evening",
            days="weekdays",
            hour_from=17.0,
            hour_to=8.0,
            product_id=cls.evening_service.id,
        )
        cls.hourly.location_id.tz = "America/Toronto"
        # Tuesday, 15:00 in Montréal.
        cls.afternoon = cls.start + 6 * HOUR

    @classmethod
    def _create_band(cls, **vals):
        return cls.env["sercom.billing.band"].create({"date_from": "2026-01-01", **vals})

    def _get_rates(self, job=None):
        """``{price: hours to bill}`` of the lines of a job."""
        lines = (job or self.hourly).sale_line_ids
        return {line.price_unit: line.qty_to_invoice for line in lines}

    def test_the_hours_of_an_evening_are_on_a_line_of_their_own(self):
        entry = self._work(self.hourly, 4, self.afternoon)
        self.assertEqual(self._get_rates(), {120.0: 2.0, 180.0: 2.0})
        hours = entry.timesheet_ids
        self.assertEqual(hours.so_line, self.line | self.line.band_line_ids)
        self.assertEqual(hours.mapped("unit_amount"), [2.0, 2.0])
        self._work(self.hourly, 1, self.afternoon + DAY)
        self._work(self.hourly, 1, self.afternoon + DAY + 3 * HOUR)
        self.assertEqual(self._get_rates(), {120.0: 3.0, 180.0: 3.0}, "One line for all.")
        self._complete(self.hourly)
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.amount_untaxed, 3 * 120.0 + 3 * 180.0)
        self._assert_left(self.hourly, 0.0)

    def test_a_correction_is_of_the_rate_that_it_corrects(self):
        entry = self._work(self.hourly, 4, self.afternoon)
        self._complete(self.hourly)
        self._bill(self.hourly, post=True)
        entry.check_out = self.afternoon + 3 * HOUR
        entry.timesheet_ids.filtered("is_adjustment").action_approve()
        self.assertEqual(self._get_rates(), {120.0: 0.0, 180.0: -1.0})
        self._assert_left(self.hourly, -1.0)
        credit = self._bill(self.hourly, post=True)
        self.assertEqual(credit.amount_untaxed, 180.0)
        self._assert_left(self.hourly, 0.0)

    def test_what_is_not_billed_yet_moves_with_the_clock(self):
        entry = self._work(self.hourly, 2, self.afternoon)
        self.assertEqual(self._get_rates(), {120.0: 2.0})
        entry.write({"check_in": self.afternoon + 2 * HOUR, "check_out": self.afternoon + 4 * HOUR})
        entry.timesheet_ids.action_approve()
        self.assertEqual(self._get_rates(), {120.0: 0.0, 180.0: 2.0})
        self._assert_left(self.hourly, 2.0)

    def test_a_surcharge_over_the_job_s_own_rate(self):
        self._create_band(name="Weekend", days="weekend", surcharge=50.0)
        self.line.price_unit = 100.0
        self._work(self.hourly, 3, self.afternoon + 4 * DAY)
        self.assertEqual(self._get_rates(), {100.0: 0.0, 150.0: 3.0})
        self.assertTrue(self.line.band_line_ids.name.endswith("· Weekend"))

    def test_an_emergency(self):
        self._create_band(name="Emergency", is_urgent=True, surcharge=100.0, sequence=1)
        self._work(self.hourly, 1)
        self.assertEqual(self._get_rates(), {120.0: 1.0})
        self.hourly.priority = "3"
        self._work(self.hourly, 1, self.start - DAY)
        self.assertEqual(self._get_rates(), {120.0: 1.0, 240.0: 1.0})

    def test_each_position_has_its_own(self):
        plumber, apprentice = self.env["hr.job"].create(
            [{"name": "Plumber"}, {"name": "Apprentice"}]
        )
        self.employee.job_id, self.anne.job_id = plumber, apprentice
        self.evening_service.rate_position_ids = plumber
        helper = self._sell_by_the_hour(
            name="Helper, evening", list_price=90.0, rate_position_ids=apprentice.ids
        )
        self.evening.copy({"product_id": helper.id})
        evening = self.afternoon + 3 * HOUR
        self._work(self.hourly, 1, evening)
        self._work(self.hourly, 2, evening, self.anne)
        self.assertEqual(self._get_rates(), {120.0: 0.0, 180.0: 1.0, 90.0: 2.0})

    def test_the_minimum_of_a_visit_is_charged_once(self):
        self.company.write({"billing_minimum": 2.0, "billing_increment": 15})
        self._work(self.hourly, 1, self.afternoon + 1.5 * HOUR)
        self.assertEqual(sum(self._get_rates().values()), 2.0)
        self._assert_left(self.hourly, 2.0)

    def test_the_limit_is_shared(self):
        self.hourly.billing_policy = "capped"
        self._work(self.hourly, 4, self.afternoon)
        self.assertEqual(self.hourly.authorized_hours, 3.0)
        self.assertEqual(sum(self._get_rates().values()), 3.0)
        self.assertEqual(self.hourly.unauthorized_hours, 1.0)

    def test_a_fixed_price_has_no_rates(self):
        self.hourly.billing_policy = "sold"
        entry = self._work(self.hourly, 4, self.afternoon)
        self.assertEqual(entry.timesheet_ids.so_line, self.line)
        self.assertEqual(len(self.hourly.sale_line_ids), 1)

    def test_by_the_clocks_of_the_site(self):
        self.hourly.location_id.tz = "America/Vancouver"  # noon there
        self._work(self.hourly, 4, self.afternoon)
        self.assertEqual(self._get_rates(), {120.0: 4.0})

    def test_a_rate_that_has_hours_is_ended_and_not_changed(self):
        self._work(self.hourly, 4, self.afternoon)
        band = self.evening.with_user(self.user_biller)
        with self.assertRaisesRegex(UserError, "another one"), self.cr.savepoint():
            band.hour_from = 18.0
        band.date_to = self.start.date()
        self._work(self.hourly, 4, self.afternoon + DAY)
        self.assertEqual(self._get_rates(), {120.0: 6.0, 180.0: 2.0})

    def test_the_screen(self):
        with Form(self.env["sercom.billing.band"].with_user(self.user_biller)) as form:
            form.name = "Sunday"
            form.days = "sun"
            form.surcharge = 100.0
        self.assertEqual(form.record.company_id, self.company)
