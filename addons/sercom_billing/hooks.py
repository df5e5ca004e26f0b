"""What is billed when the add-on comes is entered into the ledger."""

from odoo.tools import SQL

BATCH = 2000
COLUMNS = {
    "account_analytic_line": {
        "billed_hours": "double precision",
        "waived_hours": "double precision",
        "unauthorized_hours": "double precision",
    },
    "sale_order_line": {
        "waived_hours": "double precision",
        "billed_without_hours": "double precision",
        "effective_billing_policy": "varchar",
        "agreed_hours": "double precision",
    },
    "product_template": {"billing_policy": "varchar"},
}


def pre_init_hook(env):
    """Make the columns empty: computed by Odoo they would be asked of every analytic line."""
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            env.cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    SQL(kind),
                )
            )


def post_init_hook(env):
    """Enter the invoices and credit notes that exist, in batches of order lines."""
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT line.id
              FROM sale_order_line line
              JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
             WHERE line.fsm_order_id IS NOT NULL
          ORDER BY line.id
            """
        )
    )
    for lines in _in_batches(env, rows):
        lines._enter_existing()
    agree_to_existing(env)


def agree_to_existing(env):
    """Take what confirmed orders sell on jobs as what their clients agreed to."""
    rows = env.execute_query(
        SQL(
            """
            SELECT line.id
              FROM sale_order_line line
             WHERE line.fsm_order_id IS NOT NULL
               AND line.state = 'sale'
               AND line.display_type IS NULL
          ORDER BY line.id
            """
        )
    )
    for lines in _in_batches(env, rows):
        lines._agree()


def _in_batches(env, rows):
    """Order lines of so many ids at a time; what was done with them is stored."""
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), BATCH):
        yield env["sale.order.line"].browse(ids[start : start + BATCH])
        env.flush_all()
        env.invalidate_all()
