"""Take the parts off a database that has used them; run in Odoo's shell.

Prints ``Sercom goes on without parts`` when what does not build on them works as before.
"""

from odoo import api

env = env  # noqa: F821, PLW0127, Odoo's shell gives it


def renewed():
    """A fresh environment, of the registry that the removal has just made."""
    env.cr.commit()
    return api.Environment(env.cr, env.uid, {"lang": "en_US"})


def make_job():
    """A job that sells an hour and a part, with a vendor's slip and the buyer asked for more."""
    client = env["res.partner"].create({"name": "Client", "street": "1 Main Street"})
    vendor = env["res.partner"].create({"name": "Vendor", "supplier_rank": 1})
    site = env["fsm.location"].create({"name": "Site", "owner_id": client.id})
    worker = env["fsm.person"].create({"name": "Worker"})
    worker.action_create_truck()
    hour, part = env["product.product"].create(
        [
            {
                "name": "Hour",
                "type": "service",
                "list_price": 100.0,
                "field_service_tracking": "sale",
            },
            {"name": "Valve", "type": "consu", "is_storable": True, "list_price": 40.0},
        ]
    )
    job = env["fsm.order"].create({"location_id": site.id, "person_id": worker.id})
    job._update_order_line_info(hour.id, 2)
    job._record_pickup(vendor, "A-1", {part: 2})
    job._ask_for_parts([(part, 1, part.uom_id)])
    job.action_use_part(part.id, 1)
    return job.id


job_id = make_job()
env.cr.commit()
parts = env["ir.module.module"].search([("name", "=", "sercom_parts")])
gone = parts | parts.downstream_dependencies()
parts.button_immediate_uninstall()
env = renewed()
left = env["ir.module.module"].search([("name", "=like", "sercom%"), ("state", "=", "installed")])
assert "sercom_jobs" in left.mapped("name"), left.mapped("name")
assert not left & gone.with_env(env), left.mapped("name")
job = env["fsm.order"].browse(job_id)
assert "purchase_cost" not in job._fields
assert not env.ref("sercom_jobs.fsm_order_form_parts", raise_if_not_found=False)
assert not env["mail.activity.type"].search([("name", "=", "Order parts")])
for model in ("fsm.order", "sale.order", "sercom.service.file", "fsm.person", "purchase.order"):
    view = env[model].get_view(view_type="form")
    record = env[model].search([], limit=1, order="id desc")
    record.web_read({name: {} for name in view["models"][model]})
assert job.margin == 280.0, job.margin
job.action_complete()
job.action_convert_to_invoice()
assert job.sale_line_ids.invoice_lines, "The job is not invoiced"
print("Sercom goes on without parts")  # noqa: T201
