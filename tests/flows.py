from contextlib import contextmanager
from datetime import timedelta

from odoo import Command

from .common import PIXEL, SercomCommon


class TwoFlowsCommon(SercomCommon):
    """Two clients whom the firm serves from request to invoice, each by a technician of its own.

    ``cls.own`` says which records are whose: ``{role: {model: ids}}``. The technician of
    ``cls.users`` works on the second flow, whose client is that of the portal; the employee without
    a role has things of their own. All else is somebody else's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["public"] = cls.env.ref("base.public_user")
        cls.stored = [
            name for name, Model in cls.env.registry.items() if Model._auto and not Model._abstract
        ]
        cls.own = {role: {} for role in cls.users}
        cls.vendor = cls.env["res.partner"].create({"name": "Wholesaler"})
        cls.env["fsm.order.type"].create({"name": "Repair"})
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "date_from": cls.start + timedelta(days=100),
                "date_to": cls.start + timedelta(days=101),
            }
        )
        kind = cls.env["hr.skill.type"].create(
            {
                "name": "Trade",
                "skill_ids": [Command.create({"name": "Gas"})],
                "skill_level_ids": [
                    Command.create({"name": "Full", "level_progress": 100, "default_level": True})
                ],
            }
        )
        cls.skill = kind.skill_ids
        cls.other = cls.env["hr.employee"].create({"name": "Other technician"})
        cls.env["hr.employee"].create({"name": "Clerk", "user_id": cls.users["internal"].id})
        stranger = cls.env["res.partner"].create({"name": "Other client", "email": "o@example.com"})
        cls.other_job = cls._create_flow(cls.other, stranger)
        with cls._owned_by("technician", "portal"):
            cls.own_job = cls._create_flow(cls.employee, cls.client_partner)
        for role in ("technician", "internal"):
            with cls._owned_by(role):
                cls._create_things(cls.users[role])
        for role, user in cls.users.items():
            for record in (user, user.partner_id, user.employee_id):
                cls.own[role].setdefault(record._name, set()).update(record.ids)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    @contextmanager
    def _owned_by(cls, *roles):
        """Note what is made in the block as that of the roles."""
        before = cls._get_last_ids()
        yield
        for name, last in cls._get_last_ids().items():
            for role in roles:
                cls.own[role].setdefault(name, set()).update(range(before[name] + 1, last + 1))

    @classmethod
    def _get_last_ids(cls):
        cls.env.flush_all()
        return {
            name: max(cls.env[name].with_context(active_test=False).search([]).ids, default=0)
            for name in cls.stored
        }

    @classmethod
    def _create_things(cls, user):
        """What an employee has in plain Odoo."""
        partner, employee = user.partner_id, user.employee_id
        times = {"start": cls.start, "stop": cls.start + timedelta(hours=1)}
        env = cls.env(user=user)
        env["calendar.event"].create({"name": "Meeting", "partner_ids": partner.ids, **times})
        env["ir.attachment"].create({"name": "notes.txt", "raw": b"x"})
        partner.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)
        day = cls.start - timedelta(days=9)
        cls.env["hr.attendance"].create(
            [
                {
                    "employee_id": employee.id,
                    "check_in": day,
                    "check_out": day + timedelta(hours=2),
                },
                {"employee_id": employee.id, "check_in": day + timedelta(days=1)},
            ]
        )
        cls._create_hr_things(user, employee)
        project = cls.env["project.project"].create({"name": "Plain", "allow_timesheets": True})
        cls.env["project.task"].create(
            {"name": "Task", "project_id": project.id, "user_ids": user.ids}
        )
        cls.env["account.analytic.line"].create(
            {"employee_id": employee.id, "project_id": project.id, "unit_amount": 1.0}
        )

    @classmethod
    def _create_hr_things(cls, user, employee):
        """What an employee says of themselves, and when they are away."""
        kind = cls.env["hr.leave.type"].create(
            {"name": f"Time off of {user.name}", "requires_allocation": False}
        )
        day = cls.start.date() + timedelta(days=60)
        leave = {"employee_id": employee.id, "holiday_status_id": kind.id}
        cls.env["hr.leave"].create({**leave, "request_date_from": day, "request_date_to": day})
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": employee.resource_id.id,
                "calendar_id": employee.resource_calendar_id.id,
                "date_from": cls.start + timedelta(days=70),
                "date_to": cls.start + timedelta(days=71),
            }
        )
        cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": cls.skill.id,
                "skill_type_id": cls.skill.skill_type_id.id,
                "skill_level_id": cls.skill.skill_type_id.skill_level_ids.id,
            }
        )
        cls.env["hr.resume.line"].create(
            {"employee_id": employee.id, "name": "School", "date_start": day}
        )

    @classmethod
    def _create_flow(cls, person, client):
        """Serve a client from request to invoice; answer a second job, which is planned."""
        site = cls.env["fsm.location"].create({"name": "Site", "owner_id": client.id})
        heater = cls.env["fsm.equipment"].create(
            {"name": f"Heater of {client.name}", "location_id": site.id}
        )
        of_client = {"partner_id": client.id, "fsm_location_id": site.id}
        cls._create_request(**of_client)
        cls._create_quote(**of_client).action_quotation_sent()
        product = cls._create_product(
            name="Ball valve",
            type="consu",
            is_storable=True,
            seller_ids=[Command.create({"partner_id": cls.vendor.id, "price": 3.0})],
        )
        checklist = cls.env["sercom.checklist"].create(
            {"name": "Checklist", "line_ids": [Command.create({"name": "Gas shut off"})]}
        )
        cls.env["fsm.location.person"].create(
            {"location_id": site.id, "person_id": person._get_fsm_persons()[person].id}
        )
        jobs = cls.env["fsm.order"]
        for number in range(2):
            job = cls._create_billable_job(location_id=site.id, checklist_ids=checklist.ids)
            jobs |= job
            job.equipment_ids = heater
            cls._give_to(job, person, cls.start + timedelta(days=number))
            cls._add_part(job, product)
        jobs[0].check_ids.write({"is_required": False})
        jobs[0].action_complete()
        jobs[0].action_convert_to_invoice()
        jobs[0].invoice_ids.action_post()
        jobs[0].timesheet_ids.action_approve()
        return jobs[1]

    @classmethod
    def _give_to(cls, job, person, start):
        """Plan a person on a job, who was there already and left what they saw."""
        cls.env["sercom.assignment"].create(
            {
                "fsm_order_id": job.id,
                "employee_id": person.id,
                "date_start": start,
                "date_end": start + timedelta(hours=2),
                "state": "confirmed",
            }
        )
        before = start - timedelta(days=20)
        entry = cls.env["hr.attendance"].create(
            {
                "employee_id": person.id,
                "fsm_order_id": job.id,
                "check_in": before,
                "check_out": before + timedelta(hours=2),
            }
        )
        entry.action_propose_correction(
            {"check_out": before + timedelta(hours=3), "reason": "Stayed longer"}
        )
        evidence = {"name": "Seen", "fsm_order_id": job.id}
        cls.env["sercom.photo"].create({**evidence, "image_1920": PIXEL})
        cls.env["sercom.measurement"].create(evidence)
        cls.env["ir.attachment"].create(
            {"name": "plan.txt", "raw": b"x", "res_model": job._name, "res_id": job.id}
        )
        job.activity_schedule(
            "mail.mail_activity_data_todo", user_id=(person.user_id or cls.env.user).id
        )
        job.message_post(body="Note")

    @classmethod
    def _add_part(cls, job, product):
        """Sell a part with a job, and buy it."""
        cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 2.0,
            }
        )
        line = {"product_id": product.id, "product_qty": 5.0, "fsm_order_id": job.id}
        cls.env["purchase.order"].create(
            {"partner_id": cls.vendor.id, "order_line": [Command.create(line)]}
        ).button_confirm()

    def _get_samples(self, name, role, operation, limit, domain=()):
        """Records of a model that a role reaches: ``(theirs, somebody else's)``, the newest."""
        Model = self.env[name].with_user(self.users[role])
        found = Model.search(list(domain), order="id desc", limit=200)._filtered_access(operation)
        own = found.browse(self.own[role].get(name, set()) & set(found.ids))
        return own.sorted("id", reverse=True)[:limit], (found - own)[:limit]
