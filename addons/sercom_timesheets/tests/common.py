from datetime import datetime, timedelta

from odoo import fields

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon


class ClockCommon(SercomJobsCommon):
    """A technician of Montréal with a job today, a colleague, and the time told by tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.write({"tz": "America/Toronto", "hourly_cost": 40.0})
        cls.anne = cls.env["hr.employee"].create(
            {"name": "Anne Roy", "tz": "America/Toronto", "hourly_cost": 30.0}
        )
        # A Tuesday, 9:00 in Montréal.
        cls.start = datetime(2026, 11, 3, 14)
        cls.job = cls._create_billable_job()
        cls.job.service_file_id.subject = "Water heater leaks"
        cls._assign(cls.job)

    @classmethod
    def _assign(cls, job=None, employee=None, start=None, hours=3.0, **vals):
        start = start or cls.start
        return cls.env["sercom.assignment"].create(
            {
                "fsm_order_id": (job or cls.job).id,
                "employee_id": (employee or cls.employee).id,
                "date_start": start,
                "date_end": start + timedelta(hours=hours),
                "state": "confirmed",
                "conflict_override": bool(vals.get("override_reason")),
                **vals,
            }
        )

    @classmethod
    def _clock(cls, start, end, employee=None, job=None, **vals):
        """Make a clock entry as the office would; ``start`` and ``end`` in UTC."""
        return cls.env["hr.attendance"].create(
            {
                "employee_id": (employee or cls.employee).id,
                "check_in": start,
                "check_out": end,
                "fsm_order_id": (cls.job if job is None else job).id,
                **vals,
            }
        )

    @classmethod
    def _at(cls, moment, **vals):
        """What a phone sends about a punch at a UTC moment."""
        return {"moment": fields.Datetime.to_string(moment), **vals}

    @classmethod
    def _sell_by_the_hour(cls, **vals):
        """A service billed on the hours worked."""
        return cls._create_product(
            **{
                "name": "Plumber, by the hour",
                "type": "service",
                "service_policy": "delivered_timesheet",
                "invoice_policy": "delivery",
                "service_type": "timesheet",
                "uom_id": cls.env.ref("uom.product_uom_hour").id,
                "list_price": 120.0,
                **vals,
            }
        )

    @classmethod
    def _create_hourly_job(cls, hours=3.0, **vals):
        job = cls._create_job(**vals)
        product = cls._sell_by_the_hour()
        cls.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": hours,
            }
        )
        return job

    @classmethod
    def _lead(cls, *employees, job=None):
        """Plan a crew on a job; the first one leads it."""
        job = job or cls.job
        job.assignment_ids.filtered(lambda block: block.employee_id in employees).unlink()
        for position, employee in enumerate(employees):
            cls._assign(job, employee, is_leader=not position)

    @classmethod
    def _get_lines(cls, entries):
        return entries.timesheet_ids.sorted(lambda line: (line.date, line.id))
