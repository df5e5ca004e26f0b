from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase

CALLERS = 4


@tagged("post_install", "-at_install")
class TestJobPurchaseConcurrency(ParallelCase):
    """Several people order, or record, the parts of one job at the same moment."""

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(env, "Client of parallel purchases")
        vendor = env["res.partner"].create({"name": "Parallel vendor", "supplier_rank": 1})
        part = env["product.product"].create(
            {
                "name": "Parallel part",
                "type": "consu",
                "is_storable": True,
                "taxes_id": [Command.clear()],
                "seller_ids": [Command.create({"partner_id": vendor.id, "price": 5.0})],
            }
        )
        jobs = env["fsm.order"].create([{"location_id": site.id}] * 2)
        for job in jobs:
            job._update_order_line_info(part.id, 2.0)
        return {
            "jobs": jobs.ids,
            "part": part.id,
            "vendor": vendor.id,
            "client": client.id,
            "site": site.id,
        }

    def _delete_base(self, env):
        part = env["product.product"].browse(self.base["part"])
        # What was received cannot be deleted but by the database itself.
        pickings = env["stock.move"].search([("product_id", "=", part.id)]).picking_id
        for table in ("stock_move_line", "stock_move", "stock_quant"):
            env.cr.execute(
                SQL("DELETE FROM %s WHERE product_id = %s", SQL.identifier(table), part.id)
            )
        env.cr.execute(SQL("DELETE FROM stock_picking WHERE id = ANY(%s)", pickings.ids))
        env.invalidate_all()
        orders = env["purchase.order"].search([("partner_id", "=", self.base["vendor"])])
        orders.button_cancel()
        orders.unlink()
        jobs = env["fsm.order"].browse(self.base["jobs"])
        sales, files = jobs.sale_id, jobs.service_file_id
        sales._action_cancel()
        jobs.sale_line_ids.fsm_order_id = False
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.unlink()
        sales.exists().unlink()
        files.unlink()
        part.product_tmpl_id.unlink()
        site = env["fsm.location"].browse(self.base["site"])
        partners = site.partner_id + env["res.partner"].browse(
            [self.base["client"], self.base["vendor"]]
        )
        site.unlink()
        partners.unlink()

    def _get_ordered(self):
        def read(env):
            lines = env["purchase.order.line"].search([("partner_id", "=", self.base["vendor"])])
            return len(lines.order_id), sum(lines.mapped("product_qty"))

        return self._run(read)

    def _raise_errors(self, answers):
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer

    @mute_logger("odoo.sql_db")
    def test_a_double_click_orders_once(self):
        job = self.base["jobs"][0]
        wizard = self._run(lambda env: env["fsm.order"].browse(job).action_buy_parts()["res_id"])

        def click(env):
            return env["sercom.job.purchase"].browse(wizard).action_order()["res_id"]

        answers = self._run_together([click] * CALLERS)
        self._raise_errors(answers)
        self.assertEqual(len(set(answers)), 1)
        self.assertEqual(self._get_ordered(), (1, 2))

    @mute_logger("odoo.sql_db")
    def test_several_buyers_order_once(self):
        job = self.base["jobs"][0]

        def order(env):
            action = env["fsm.order"].browse(job).action_buy_parts()
            wizard = env["sercom.job.purchase"].browse(action["res_id"])
            return wizard.action_order()["res_id"]

        answers = self._run_together([order] * CALLERS)
        for answer in answers:
            # Who comes last finds nothing missing any more.
            if isinstance(answer, Exception) and not isinstance(answer, UserError):
                raise answer
        self.assertEqual(self._get_ordered(), (1, 2))

    @mute_logger("odoo.sql_db")
    def test_a_slip_sent_several_times_is_recorded_once(self):
        job = self.base["jobs"][0]
        answers = self._run_together([self._pick_up(job)] * CALLERS)
        self._raise_errors(answers)
        self.assertEqual(len(set(answers)), 1)
        self.assertEqual(self._get_ordered(), (1, 2))

    @mute_logger("odoo.sql_db")
    def test_one_slip_on_two_jobs_is_refused_once(self):
        answers = self._run_together([self._pick_up(job) for job in self.base["jobs"]])
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual(len(lost), 1)
        self.assertIsInstance(lost[0], (UserError, ValidationError))
        self.assertIn("already recorded", str(lost[0]))
        self.assertEqual(self._get_ordered(), (1, 2))

    @mute_logger("odoo.sql_db")
    def test_two_slips_at_once_do_not_pass_the_limit_of_the_day(self):
        """Of two that fit alone and not together, one waits for approval."""
        limit = self._run(lambda env: env.company.pickup_limit)
        self.addCleanup(self._set_limit, limit)
        self._set_limit(15.0)
        technician = self._run(self._create_technician)
        self.addCleanup(self._run, lambda env: env["res.users"].browse(technician).unlink())
        callers = [self._pick_up(job, f"S-{job}") for job in self.base["jobs"]]
        answers = self._run_together(callers, uid=technician)
        self._raise_errors(answers)

        def read(env):
            return env["purchase.order"].browse(answers).mapped("state")

        self.assertEqual(sorted(self._run(read)), ["purchase", "to approve"])

    def _create_technician(self, env):
        user = new_test_user(
            env, login="parallel_technician", groups="fieldservice.group_fsm_user_own"
        )
        worker = env["fsm.person"].create({"partner_id": user.partner_id.id})
        env["fsm.order"].browse(self.base["jobs"]).person_id = worker
        return user.id

    def _set_limit(self, limit):
        self._run(lambda env: env.company.write({"pickup_limit": limit}))

    def _pick_up(self, job, slip="S-1"):
        def record(env):
            part = env["product.product"].browse(self.base["part"])
            vendor = env["res.partner"].browse(self.base["vendor"])
            return env["fsm.order"].browse(job)._record_pickup(vendor, slip, {part: 2.0}).id

        return record
