from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class FsmPerson(models.Model):
    _name = "fsm.person"
    _inherit = ["fsm.person", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    employee_id = fields.Many2one(
        "hr.employee",
        string="Employee File",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        help="Employee behind the worker: their hours, skills and time off.",
    )

    team_id = fields.Many2one(index="btree_not_null")

    _employee_uniq = models.UniqueIndex(
        "(employee_id) WHERE employee_id IS NOT NULL",
        "This employee already has a field service worker.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"employee_id"}})

    @api.depends("partner_id")
    def _compute_employee_id(self):
        employees = {
            employee.work_contact_id: employee
            for employee in self.env["hr.employee"].search(
                [("work_contact_id", "in", self.partner_id.ids)]
            )
        }
        for person in self:
            person.employee_id = person.employee_id or employees.get(person.partner_id)
