from odoo.tests import tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestRates(BillingCommon):
    """One rate for each position; labour goes on the service, not on a flat fee."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plumber, cls.apprentice = cls.env["hr.job"].create(
            [{"name": "Plumber"}, {"name": "Apprentice"}]
        )
        cls.employee.job_id = cls.plumber
        cls.anne.job_id = cls.apprentice

    def _sell(self, job, product, quantity=1.0):
        return self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": quantity,
            }
        )

    def test_the_hours_of_each_are_on_the_line_of_their_rate(self):
        job = self._create_job()
        first = self._sell_by_the_hour(name="Plumber", rate_position_ids=self.plumber.ids)
        second = self._sell_by_the_hour(
            name="Apprentice", list_price=70.0, rate_position_ids=self.apprentice.ids
        )
        plumber, apprentice = self._sell(job, first), self._sell(job, second)
        self._work(job, 3)
        self._work(job, 2, employee=self.anne)
        self.assertEqual(plumber.qty_to_invoice, 3.0)
        self.assertEqual(apprentice.qty_to_invoice, 2.0)
        move = self._bill(job)
        self.assertEqual(move.amount_untaxed, 3 * 120.0 + 2 * 70.0)
        self._assert_left(job, 0.0)

    def test_who_has_no_rate_of_their_own_has_everybody_s(self):
        job = self._create_job()
        rate = self._sell(
            job, self._sell_by_the_hour(name="Plumber", rate_position_ids=self.plumber.ids)
        )
        general = self._sell(job, self._sell_by_the_hour(name="Labour"))
        self._work(job, 3)
        self._work(job, 2, employee=self.anne)
        self.assertEqual(rate.qty_to_invoice, 3.0)
        self.assertEqual(general.qty_to_invoice, 2.0)
        general.product_id.rate_position_ids = self.apprentice
        self.anne.job_id = False
        entry = self._work(job, 1, self.start - DAY, employee=self.anne)
        self.assertEqual(entry.timesheet_ids.so_line, rate, "Nobody's hours are dropped.")

    def test_labour_of_a_fixed_price_is_on_the_service(self):
        job = self._create_job()
        travel = self._sell(
            job,
            self._create_product(
                name="Travel, flat", type="service", service_policy="ordered_prepaid"
            ),
        )
        fixed = self._sell(
            job,
            self._create_product(
                name="Installation",
                type="service",
                field_service_tracking="line",
                service_policy="ordered_prepaid",
                list_price=500.0,
            ),
        )
        entry = self._work(job, 3)
        self.assertEqual(entry.timesheet_ids.so_line, fixed)
        self.assertFalse(travel.timesheet_ids)
