from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestPartsUsedConcurrency(ParallelCase):
    """Several people use one serial number at the same moment."""

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(
            env, "Client of parallel completions", email="parallel@example.com"
        )
        warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        truck = env["stock.location"].create(
            {
                "name": "Parallel truck",
                "location_id": warehouse.lot_stock_id.id,
                "company_id": env.company.id,
            }
        )
        worker = env["fsm.person"].create(
            {"name": "Parallel worker", "truck_location_id": truck.id}
        )
        heater = env["product.product"].create(
            {
                "name": "Parallel heater",
                "type": "consu",
                "is_storable": True,
                "tracking": "serial",
                "taxes_id": False,
            }
        )
        lot = env["stock.lot"].create({"name": "PAR-1", "product_id": heater.id})
        env["stock.quant"]._update_available_quantity(heater, truck, 1, lot_id=lot)
        jobs = env["fsm.order"].create(
            [{"location_id": site.id, "person_id": worker.id} for _n in range(4)]
        )
        return {
            "jobs": jobs.ids,
            "site": site.id,
            "client": client.id,
            "worker": worker.id,
            "heater": heater.id,
            "truck": truck.id,
        }

    def _delete_base(self, env):
        base = self.base
        jobs = env["fsm.order"].browse(base["jobs"])
        site = env["fsm.location"].browse(base["site"])
        heater = env["product.product"].browse(base["heater"])
        pickings = jobs.sale_id.picking_ids
        # What was delivered cannot be deleted by its own means.
        for table in ("stock_move_line", "stock_quant", "stock_move"):
            env.cr.execute(
                SQL("DELETE FROM %s WHERE product_id = %s", SQL.identifier(table), heater.id)
            )
        env.invalidate_all()
        pickings.unlink()
        self._delete_jobs(env, jobs)
        worker = env["fsm.person"].browse(base["worker"])
        partners = site.partner_id | worker.partner_id | env["res.partner"].browse(base["client"])
        worker.unlink()
        site.unlink()
        partners.exists().unlink()
        env["stock.lot"].search([("product_id", "=", heater.id)]).unlink()
        heater.product_tmpl_id.unlink()
        env["stock.location"].browse(base["truck"]).unlink()

    def test_one_serial_number_used_on_four_jobs(self):
        def use_on(job_id):
            def use(env):
                job = env["fsm.order"].browse(job_id)
                return job.action_use_part(self.base["heater"], 1, "PAR-1")["quantity"]

            return use

        answers = self._run_together([use_on(job_id) for job_id in self.base["jobs"]])
        refused = [answer for answer in answers if isinstance(answer, UserError)]
        self.assertEqual([answer for answer in answers if answer == 1.0], [1.0], answers)
        self.assertEqual(len(refused), 3, answers)
        self.assertIn("already used", str(refused[0]))

    def test_one_part_sent_four_times(self):
        job_id = self.base["jobs"][0]

        def use(env):
            job = env["fsm.order"].browse(job_id)
            return job.action_use_part(self.base["heater"], 1, "PAR-1")["quantity"]

        self.assertEqual(self._run_together([use] * 4), [1.0] * 4)
