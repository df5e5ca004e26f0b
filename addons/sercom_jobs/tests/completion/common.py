from odoo import Command

from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import SercomJobsCommon


class ChecklistCommon(SercomJobsCommon):
    """A checklist with one item of each kind, for a service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._create_product(
            name="Gas heater service",
            type="service",
            field_service_tracking="sale",
            list_price=200.0,
        )
        cls.checklist = cls._create_checklist(product_tmpl_ids=cls.service.product_tmpl_id.ids)

    @classmethod
    def _create_checklist(cls, **vals):
        items = [
            {"name": "On site", "display_type": "line_section"},
            {"name": "Gas shut off"},
            {"name": "Leak found", "kind": "yes_no"},
            {
                "name": "Gas pressure",
                "kind": "number",
                "limit_kind": "between",
                "number_min": 1.5,
                "number_max": 2.5,
                "unit": "kPa",
            },
            {"name": "Remarks", "kind": "text", "is_required": False},
            {"name": "Plate", "kind": "photo", "photo_min": 2},
        ]
        return cls.env["sercom.checklist"].create(
            {
                "name": "Gas heater",
                "line_ids": [
                    Command.create({"sequence": number, **item})
                    for number, item in enumerate(items)
                ],
                **vals,
            }
        )

    @classmethod
    def _create_checked_job(cls, **vals):
        """Make a job that has the service, and so the checklist."""
        job = cls._create_job(**vals)
        job._update_order_line_info(cls.service.id, 1.0)
        return job

    def _item(self, job, name):
        return job.check_ids.filtered(lambda check: check.name == name)

    def _answer_all(self, job):
        self._item(job, "Gas shut off").action_answer(True)
        self._item(job, "Leak found").action_answer("no")
        self._item(job, "Gas pressure").action_answer(2)
        plate = self._item(job, "Plate")
        self._take_photos(plate, 2)

    def _take_photos(self, check, count=1):
        return check.env["sercom.photo"].create(
            [
                {"name": "Plate", "image_1920": PIXEL, "check_id": check.id}
                for _number in range(count)
            ]
        )
