from odoo.exceptions import UserError
from odoo.tools import SQL

INTERNAL_ACCESS = "fieldservice_project.access_fieldservice_project_internal"
SHOWN = 5


def pre_init_hook(env):
    """Refuse attendances that overlap: the constraint that keeps the clock could not be made.

    :raises UserError: naming the first of them
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT employee.name, first.check_in, second.check_in
              FROM hr_attendance first
              JOIN hr_attendance second
                ON second.employee_id = first.employee_id
               AND (second.check_in, second.id) > (first.check_in, first.id)
               AND second.check_in < COALESCE(first.check_out, 'infinity')
               AND COALESCE(second.check_out, 'infinity') > first.check_in
               AND first.check_out IS DISTINCT FROM first.check_in
               AND second.check_out IS DISTINCT FROM second.check_in
              JOIN hr_employee employee ON employee.id = first.employee_id
          ORDER BY first.check_in DESC
             LIMIT %s
            """,
            SHOWN,
        )
    )
    if rows:
        raise UserError(
            env._(
                "These attendances overlap (UTC). Correct them in Attendances before installing "
                "Sercom Timesheets:\n%s",
                "\n".join(f"{name}: {first} – {second}" for name, first, second in rows),
            )
        )


def uninstall_hook(env):
    """Give every employee the access to jobs that OCA's fieldservice_project gave them."""
    if access := env.ref(INTERNAL_ACCESS, raise_if_not_found=False):
        access.active = True
