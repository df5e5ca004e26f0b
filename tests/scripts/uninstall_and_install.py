"""Take Sercom off a database with data and put it back; run in Odoo's shell.

Prints ``Sercom was uninstalled and installed again`` when all is well.
"""

from odoo import api
from odoo.tools import SQL

SUITE = (
    *("sercom", "sercom_accounting_export", "sercom_import", "sercom_kpi", "sercom_pay"),
    "sercom_l10n_qc",
    *("sercom_my_day_parts", "sercom_my_day"),
    *("sercom_timesheets", "sercom_recurring", "sercom_parts", "sercom_jobs", "sercom_requests"),
)
TABLES = ("crm_lead", "sale_order", "fsm_order", "account_move", "calendar_event")
env = env  # noqa: F821, PLW0127, Odoo's shell gives it


def access():
    """Access of OCA's modules, as it is in the database."""
    modules = ("base_territory", "fieldservice%")
    env.cr.execute(
        """
        SELECT d.module, d.name, a.active, a.perm_read, a.perm_write, a.perm_create, a.perm_unlink
          FROM ir_model_data d JOIN ir_model_access a ON a.id = d.res_id
         WHERE d.model = 'ir.model.access' AND (d.module LIKE %s OR d.module LIKE %s)
        """,
        modules,
    )
    rows = {(row[0], row[1]): row[2:] for row in env.cr.fetchall()}
    rule = env.ref("fieldservice.fsm_order_own_rule")
    return rows, rule.domain_force


def counts():
    found = {}
    for table in TABLES:
        rows = env.execute_query(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
        found[table] = rows[0][0]
    return found


def modules():
    return env["ir.module.module"].search([("name", "in", SUITE)])


def renewed():
    """A fresh environment, of the registry that an installation has just made."""
    env.cr.commit()
    return api.Environment(env.cr, env.uid, {"lang": "en_US"})


def make_data():
    """One flow from the request to the posted invoice, and an open request."""
    client = env["res.partner"].create({"name": "Client", "street": "1 Main Street"})
    site = env["fsm.location"].create({"name": "Site", "owner_id": client.id})
    product = env["product.product"].create(
        {
            "name": "Hour",
            "type": "service",
            "list_price": 100.0,
            "field_service_tracking": "sale",
            "service_policy": "delivered_manual",
        }
    )
    vals = {
        "type": "opportunity",
        "partner_id": client.id,
        "fsm_location_id": site.id,
        "need": "<p>Need</p>",
        "request_line_ids": [(0, 0, {"product_id": product.id, "product_uom_qty": 2})],
    }
    request, _open = env["crm.lead"].create([{**vals, "name": f"Request {n}"} for n in (1, 2)])
    request.action_convert_to_job()
    job = request.fsm_order_ids
    job.action_complete()
    job.action_convert_to_invoice()
    job.sale_line_ids.invoice_lines.move_id.action_post()


def open_records():
    """Open every record of the flow as its screen does."""
    for model in ("crm.lead", "sale.order", "fsm.order", "account.move"):
        view = env[model].get_view(view_type="form")
        names = view["models"][model]
        for record in env[model].search([]):
            record.web_read({name: {} for name in names})


make_data()
env.cr.commit()
before, access_with_sercom = counts(), access()
modules().button_immediate_uninstall()
env = renewed()
assert not modules().filtered(lambda m: m.state != "uninstalled"), modules().mapped("state")
assert counts() == before, (counts(), before)
assert "sercom.service.file" not in env
rows, own_rule = access()
assert "person_id" not in own_rule, own_rule
for xmlid in (
    ("fieldservice_account", "access_account_move_line_fsm_user"),
    ("fieldservice", "access_fsm_location_person_user"),
    ("fieldservice", "access_fsm_order_type_user"),
    ("fieldservice", "access_fsm_person_user"),
    ("fieldservice_crm", "access_fsm_order_change_internal"),
    ("fieldservice_project", "access_fieldservice_project_internal"),
    ("base_territory", "access_res_territory_user"),
):
    assert rows[xmlid] != access_with_sercom[0][xmlid], xmlid
    assert rows[xmlid][0], f"{xmlid} is not active"
open_records()
modules().button_immediate_install()
env = renewed()
assert not modules().filtered(lambda m: m.state != "installed"), modules().mapped("state")
assert access() == access_with_sercom
assert counts() == before, (counts(), before)
open_records()
waiting = env["crm.lead"].search([("name", "=", "Request 2")])
waiting.action_convert_to_quote()
assert waiting.order_ids.service_file_id, "A request made before has no service file"
print("Sercom was uninstalled and installed again")  # noqa: T201
