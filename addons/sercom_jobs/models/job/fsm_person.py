from odoo import api, fields, models


class FsmPerson(models.Model):
    _inherit = "fsm.person"

    employee_id = fields.Many2one(
        "hr.employee",
        string="Employee File",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Employee behind the worker: their hours, skills and time off.",
    )

    team_id = fields.Many2one(index="btree_not_null")

    _employee_uniq = models.UniqueIndex(
        "(employee_id) WHERE employee_id IS NOT NULL",
        "This employee already has a field service worker.",
    )

    @api.depends("partner_id")
    def _compute_employee_id(self):
        employees = {
            employee.work_contact_id: employee
            for employee in self.env["hr.employee"]
            .sudo()
            .search([("work_contact_id", "in", self.partner_id.ids)])
        }
        for person in self:
            person.employee_id = person.employee_id or employees.get(person.partner_id)
