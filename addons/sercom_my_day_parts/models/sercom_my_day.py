from odoo import api, models


class SercomMyDay(models.AbstractModel):
    """Parts on the phone: those of the job, and those used out of the truck."""

    _inherit = "sercom.my.day"

    @api.model
    def _get_page_addons(self):
        return [*super()._get_page_addons(), "sercom_my_day_parts"]

    @api.model
    @api.readonly
    def find_parts(self, job_id, text=""):
        """Parts that the user may have used on a job; see ``find_part`` of the job.

        :raises AccessError: when the user may not read the job
        """
        self._check_user()
        return self.env["fsm.order"].browse(int(job_id)).find_part(text)

    def _get_job_lists(self, jobs):
        return {
            **super()._get_job_lists(jobs),
            "parts": self._get_parts(jobs),
            "parts_used": self._get_parts_used(jobs),
        }

    def _get_parts(self, jobs):
        """Parts of the jobs, without what they cost or sell for: ``{job id: [part]}``."""
        found = {}
        for line in jobs.part_line_ids:
            found.setdefault(line.fsm_order_id.id, []).append(
                {
                    "id": line.id,
                    "product_id": line.product_id.id,
                    "name": line.product_id.display_name,
                    "quantity": line.product_uom_qty,
                    "delivered": line.qty_delivered,
                    "unit": line.product_uom_id.name,
                }
            )
        return found

    def _get_parts_used(self, jobs):
        """What the jobs have used: ``{job id: [part]}``, each with its lots and serial numbers."""
        products = jobs.sale_line_ids.move_ids.product_id
        return {
            job.id: [
                {
                    "product_id": product.id,
                    "name": product.display_name,
                    "unit": product.uom_id.name,
                    "quantity": quantity,
                    "lots": self._get_lots_used(job, product),
                }
                for product, quantity in job._get_used_parts(products).items()
                if not product.uom_id.is_zero(quantity)
            ]
            for job in jobs
        }

    @staticmethod
    def _get_lots_used(job, product):
        lots = job._get_done_moves(product).move_line_ids.lot_id
        used = {lot: job._get_used_parts(product, lot).get(product, 0.0) for lot in lots}
        return [
            {"name": lot.name, "quantity": quantity}
            for lot, quantity in used.items()
            if product.uom_id.compare(quantity, 0.0) > 0
        ]

    def _get_handlers(self):
        return {
            **super()._get_handlers(),
            "part": self._apply_part,
            "part_add": self._apply_part_add,
        }

    @api.model
    def _get_proposed_kinds(self):
        return super()._get_proposed_kinds() | {"part", "part_add"}

    def _apply_part_add(self, action, job, moment):
        job.action_add_part(
            int(action.get("product_id") or 0),
            float(action.get("quantity") or 0.0),
            lot_name=action.get("lot_name") or None,
        )

    def _apply_part(self, action, job, moment):
        job.action_use_part(
            int(action.get("product_id") or 0),
            float(action.get("quantity") or 0.0),
            lot_name=action.get("lot_name") or None,
        )
