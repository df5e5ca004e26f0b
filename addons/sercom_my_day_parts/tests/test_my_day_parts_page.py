from odoo.tests import tagged

from odoo.addons.sercom_my_day.tests.phone import PhoneCase


@tagged("post_install", "-at_install")
class TestMyDayPartsPage(PhoneCase):
    """Parts on the phone, in a browser."""

    def test_part_used(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-action=parts]")
            phone.type("[data-parts] input[type=search]", "Valve")
            phone.tap("[data-parts] .choice")
            self.assertEqual(phone.get_small_targets(), [])
            phone.tap("[data-parts] .step:last-of-type")
            phone.tap("[data-action=use_part]")
            phone.miss("[data-action=use_part]")
            phone.run("new Promise((done) => setTimeout(done, 500))")
            phone.wait_until_sent()
            phone.miss("[data-strip=outbox]")
        self.env.invalidate_all()
        self.assertEqual(
            self.env["sercom.phone.action"].search([("kind", "=", "part_add")]).mapped("state"),
            ["done"],
        )
        lines = self.job.sale_line_ids.filtered(lambda line: line.product_id == self.product_part)
        self.assertEqual(sum(lines.mapped("product_uom_qty")), 2.0)

    def test_quantity_in_one_line(self):
        """However long the name is, the quantity beside it is not broken."""
        self.product_part.name = "Sump pump with a vertical float switch, one third of a horse"
        self.job.action_use_part(self.product_part.id, 1.0)
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see("[data-part] strong", "Units")
            self.assertTrue(
                phone.run(
                    "(() => { const el = document.querySelector('[data-part] strong');"
                    " return el.offsetHeight < 2 * parseFloat(getComputedStyle(el).fontSize); })()"
                )
            )
