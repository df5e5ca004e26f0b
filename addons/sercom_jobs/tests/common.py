from datetime import datetime

from odoo import Command

from odoo.addons.sercom_requests.tests.common import SercomRequestsCommon


class SercomJobsCommon(SercomRequestsCommon):
    """Requests' records, with a technician who is a worker and an employee."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Luc Gagnon", "user_id": cls.user_technician.id}
        )
        cls.worker = cls.employee._get_fsm_persons()[cls.employee]
        cls.start = datetime(2026, 11, 3, 14)

    @classmethod
    def _create_office_calendar(cls):
        """Make a schedule: from 8 to 12 and from 13 to 17 in Montréal, five days a week."""
        return cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "America/Toronto",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Shift",
                            "dayofweek": str(day),
                            "hour_from": hour,
                            "hour_to": hour + 4,
                            "day_period": "morning" if hour < 12 else "afternoon",
                        }
                    )
                    for day in range(5)
                    for hour in (8, 13)
                ],
            }
        )

    @classmethod
    def _create_job(cls, **vals):
        """Make a job at the site, as the office does after a phone call."""
        return cls.env["fsm.order"].create({"location_id": cls.site.id, **vals})

    @classmethod
    def _create_billable_job(cls, **vals):
        """Make a job with three hours, travel and two parts."""
        job = cls._create_job(**vals)
        cls.env["sale.order.line"].create(
            [
                {
                    "order_id": job.sale_id.id,
                    "fsm_order_id": job.id,
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                }
                for product, quantity in zip(cls.products, (3.0, 1.0, 2.0), strict=True)
            ]
        )
        return job

    @classmethod
    def _create_line_product(cls, **vals):
        return cls._create_product(
            **{
                "name": "Installation",
                "type": "service",
                "field_service_tracking": "line",
                "list_price": 500.0,
                **vals,
            }
        )

    @classmethod
    def _line(cls, product, quantity=1.0, **vals):
        return Command.create({"product_id": product.id, "product_uom_qty": quantity, **vals})
