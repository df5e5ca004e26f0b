from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

LATE = timedelta(minutes=15)
# A break or a missed start of longer ago is no matter of now.
RECENT = timedelta(hours=12)


class SercomPresence(models.Model):
    """Who is where on what, now: open clock entries, breaks, and people who are due.

    A query, not a table: a row for each open entry, for each person whose last
    entry ended with a break, and for each assignment that began more than a quarter of an hour
    ago and whose person has not clocked in on its job. Times are compared with the server's
    clock at the moment of reading.
    """

    _name = "sercom.presence"
    _description = "Who Is Where Now"
    _inherit = ["sercom.field.access.mixin"]
    _auto = False
    _order = "kind, since, id"
    _rec_name = "employee_id"
    _depends = {
        "hr.attendance": [
            "employee_id",
            "check_in",
            "check_out",
            "fsm_order_id",
            "work_type",
            "review_reason",
        ],
        "sercom.assignment": ["employee_id", "fsm_order_id", "date_start", "date_end", "state"],
    }

    kind = fields.Selection(
        [
            ("at_work", "At Work"),
            ("break", "On a Break"),
            ("forgotten", "Clock-out Forgotten"),
            ("late", "Not Clocked In"),
        ],
        readonly=True,
    )
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    attendance_id = fields.Many2one("hr.attendance", "Clock Entry", readonly=True)
    assignment_id = fields.Many2one("sercom.assignment", readonly=True)
    fsm_order_id = fields.Many2one("fsm.order", "Job", readonly=True)
    partner_id = fields.Many2one(related="fsm_order_id.partner_id", string="Client")
    location_id = fields.Many2one(related="fsm_order_id.location_id", string="Site")
    subject = fields.Char(related="fsm_order_id.subject")
    work_type = fields.Selection(selection="_get_work_types", string="Kind of Work", readonly=True)
    since = fields.Datetime(
        readonly=True, help="Clocked in or gone on a break since; or when the visit should begin."
    )
    distance_km = fields.Float("Distance (km)", readonly=True, aggregator=None)
    is_far = fields.Boolean("Far from Site", readonly=True)
    elapsed_hours = fields.Float("For", compute="_compute_elapsed_hours")

    @api.model
    def _get_work_types(self):
        return self.env["hr.attendance"]._fields["work_type"]._description_selection(self.env)

    @api.depends("since")
    def _compute_elapsed_hours(self):
        now = fields.Datetime.now()
        for row in self:
            row.elapsed_hours = (now - row.since).total_seconds() / 3600 if row.since else 0.0

    @property
    def _table_query(self):
        now = fields.Datetime.now()
        return SQL(
            """
            SELECT 3 * entry.id AS id,
                   CASE WHEN entry.review_reason = 'forgotten' THEN 'forgotten'
                        ELSE 'at_work' END AS kind,
                   entry.employee_id, employee.company_id,
                   entry.id AS attendance_id, NULL::integer AS assignment_id,
                   entry.fsm_order_id, entry.work_type, entry.check_in AS since,
                   entry.in_distance_km AS distance_km, entry.is_far
              FROM hr_attendance entry
              JOIN hr_employee employee ON employee.id = entry.employee_id
             WHERE entry.check_out IS NULL
         UNION ALL
            SELECT 3 * last.id + 1, 'break', last.employee_id, employee.company_id,
                   last.id, NULL, last.fsm_order_id, last.work_type, last.check_out,
                   NULL, FALSE
              FROM (
                    SELECT DISTINCT ON (employee_id) *
                      FROM hr_attendance
                     WHERE check_in > %(recent)s
                  ORDER BY employee_id, check_in DESC, check_out DESC, id DESC
                   ) last
              JOIN hr_employee employee ON employee.id = last.employee_id
             WHERE last.out_reason = 'break' AND last.check_out > %(recent)s
         UNION ALL
            SELECT 3 * block.id + 2, 'late', block.employee_id, block.company_id,
                   NULL, block.id, block.fsm_order_id, NULL, block.date_start, NULL, FALSE
              FROM sercom_assignment block
              JOIN fsm_order job ON job.id = block.fsm_order_id
             WHERE block.state IN ('draft', 'confirmed')
               AND job.state NOT IN ('done', 'cancelled')
               AND block.date_start < %(late)s
               AND block.date_start > %(recent)s
               AND block.date_end > %(now)s
               AND NOT EXISTS (
                    SELECT 1 FROM hr_attendance entry
                     WHERE entry.employee_id = block.employee_id
                       AND entry.fsm_order_id = block.fsm_order_id
                       AND entry.check_in > block.date_start - INTERVAL '12 hours'
                   )
            """,
            now=now,
            late=now - LATE,
            recent=now - RECENT,
        )

    def action_open(self):
        """Open the job, or the clock entry of who has none."""
        self.ensure_one()
        record = self.fsm_order_id or self.attendance_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
