from odoo import api, fields, models


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
                    "tracking": self._get_part_tracking(line.product_id),
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
                    "tracking": self._get_part_tracking(product),
                    "lots": self._get_lots_used(job, product),
                }
                for product, quantity in job._get_used_parts(products).items()
                if not product.uom_id.is_zero(quantity)
            ]
            for job in jobs
        }

    @staticmethod
    def _get_part_tracking(product):
        """Which number a part is used with (none, lot, serial), as ``find_part`` says it."""
        return product.tracking if product.is_storable else "none"

    @staticmethod
    def _get_lots_used(job, product):
        lots = job._get_done_moves(product).move_line_ids.lot_id
        used = {lot: job._get_used_parts(product, lot).get(product, 0.0) for lot in lots}
        return [
            {"name": lot.name, "quantity": quantity}
            for lot, quantity in used.items()
            if product.uom_id.compare(quantity, 0.0) > 0
        ]

    def _get_equipment(self, jobs):
        """Also the serial numbers that Sercom's own jobs left at the sites."""
        found = super()._get_equipment(jobs)
        installed = self._get_installed_lots(jobs.location_id, jobs.company_id)
        for job in jobs:
            known = {piece["serial"] for piece in found[job.id]}
            found[job.id] += [
                piece
                for piece in installed.get(job.location_id, ())
                if piece["serial"] not in known
            ]
        return found

    def _get_installed_lots(self, sites, companies):
        """Serial numbers that these companies left at these sites: ``{site: [piece]}``."""
        rows = (
            self.env["stock.move.line"]
            .sudo()  # sudo: what is installed at a site that the user goes to
            .search(
                [
                    ("state", "=", "done"),
                    ("company_id", "in", companies.ids),
                    ("lot_id", "!=", False),
                    ("product_id.tracking", "=", "serial"),
                    ("move_id.sale_line_id.fsm_order_id.location_id", "in", sites.ids),
                ],
                order="date, id",
            )
        )
        installed = {}
        for row in rows:
            site = row.move_id.sale_line_id.fsm_order_id.location_id
            own = installed.setdefault(site, {})
            own.pop(row.lot_id, None)  # what went back is not there any more
            if row.location_dest_id._is_outgoing():
                own[row.lot_id] = {
                    "id": f"lot_{row.lot_id.id}",
                    "name": row.product_id.with_context(
                        display_default_code=False, lang=self.env.user.lang
                    ).display_name,
                    "serial": row.lot_id.name,
                    "installed_on": fields.Date.to_string(row.date),
                    "warranty_until": False,
                    "note": "",
                }
        return {site: list(pieces.values()) for site, pieces in installed.items()}

    def _get_handlers(self):
        return {
            **super()._get_handlers(),
            "part": self._apply_part,
            "part_add": self._apply_part_add,
        }

    @api.model
    def _get_proposed_kinds(self):
        return super()._get_proposed_kinds() | {"part", "part_add"}

    @staticmethod
    def _read_quantity(action):
        """How many parts a phone tells; what is no number stays as it is, for the job to refuse."""
        quantity = action.get("quantity")
        try:
            return float(quantity)
        except (TypeError, ValueError):
            return "" if quantity is None else quantity

    def _apply_part_add(self, action, job, moment):
        job.action_add_part(
            int(action.get("product_id") or 0),
            self._read_quantity(action),
            lot_name=action.get("lot_name") or None,
        )

    def _apply_part(self, action, job, moment):
        job.action_use_part(
            int(action.get("product_id") or 0),
            self._read_quantity(action),
            lot_name=action.get("lot_name") or None,
        )
