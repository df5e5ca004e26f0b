from odoo import fields, models

from .sercom_assignment import LIVE_STATES


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    fsm_person_ids = fields.One2many(
        "fsm.person",
        "employee_id",
        string="Field Service Worker",
        context={"active_test": False},
        groups="hr.group_hr_user",
    )

    def write(self, vals):
        res = super().write(vals)
        if vals.get("active") is False:
            # Their coming visits go back to planning, and say so in each job's chatter.
            self.env["sercom.assignment"].sudo().search(  # sudo: who manages employees plans nobody
                [
                    ("employee_id", "in", self.ids),
                    ("state", "in", LIVE_STATES),
                    ("date_end", ">", fields.Datetime.now()),
                ]
            ).action_cancel()
        return res

    def _get_planning_tz(self):
        """Name of the time zone of this person's days: their own, else their calendar's."""
        self.ensure_one()
        person = self.sudo()  # sudo: the zone of a colleague, not their file
        return person.tz or person._get_tz()

    def _get_attendee_partner(self):
        """Partner whom an appointment of this one person invites: the user's, else the contact's.

        A person who has neither gets a contact.
        """
        self.ensure_one()
        person = self.sudo()  # sudo: whom to invite, not the file of a colleague
        partner = person.user_id.partner_id or person.work_contact_id
        return partner or person._get_fsm_persons()[person].partner_id

    def _get_fsm_persons(self):
        """Field service worker of each employee, made on first use.

        :return: ``{employee: fsm.person}``
        """
        # sudo: a worker is made on first use, whoever plans
        Person = self.env["fsm.person"].sudo().with_context(active_test=False)
        persons = {
            person.employee_id: person
            for person in Person.search([("employee_id", "in", self.ids)])
        }
        # sudo: employee files are not the office's to read
        missing = self.filtered(lambda employee: employee not in persons).sudo()
        missing.filtered(lambda employee: not employee.work_contact_id)._create_work_contacts()
        made = Person.create(
            [
                {"partner_id": employee.work_contact_id.id, "employee_id": employee.id}
                for employee in missing
            ]
        )
        persons.update(zip(missing, made, strict=True))
        return persons

    def _get_departure_date(self):
        # sudo: officers of Employees archive people, and may not read the end of a contract
        return super(HrEmployee, self.sudo())._get_departure_date()
