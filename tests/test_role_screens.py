from odoo.tests import Form, tagged

from .common import SercomCommon

OFFICE = ("estimator", "dispatcher", "manager")
SCREENS = {
    "crm.lead": OFFICE,
    "sale.order": (*OFFICE, "accountant"),
    "fsm.order": (*OFFICE, "accountant", "technician"),
    "account.move": ("accountant", "manager"),
    "calendar.event": (*OFFICE, "accountant", "technician"),
    "sercom.service.file": (*OFFICE, "accountant", "technician"),
    "product.product": (*OFFICE, "accountant", "technician"),
}


@tagged("post_install", "-at_install")
class TestRoleScreens(SercomCommon):
    """Every role opens the forms it works with: no field in them is beyond its rights."""

    def test_every_role_opens_its_forms(self):
        lead = self._create_request()
        lead.action_convert_to_job()
        job = lead.fsm_order_ids
        job.person_id = self.worker
        job.action_complete()
        job.action_convert_to_invoice()
        event = self.env["calendar.event"].create(
            {"name": "Visit", "service_file_id": lead.service_file_id.id, "start": self.early}
        )
        records = {
            "crm.lead": lead,
            "sale.order": job.sale_id,
            "fsm.order": job,
            "account.move": job.invoice_ids,
            "calendar.event": event,
            "sercom.service.file": lead.service_file_id,
            "product.product": self.product_part,
        }
        for model, roles in SCREENS.items():
            for role in roles:
                with self.subTest(model=model, role=role):
                    self.assertTrue(Form(records[model].with_user(self.users[role])).id)
