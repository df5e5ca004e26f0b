from odoo import api, models
from odoo.fields import Domain

FOUND_PARTS = 20  # products that a search on site answers with, at most


class FsmOrder(models.Model):
    """Parts that were used on site: found by what is scanned or typed, in the truck or not."""

    _inherit = "fsm.order"

    @api.readonly
    def find_part(self, text):
        """Parts that the worker may have used here, found by what is scanned or typed.

        :param str text: barcode, serial number in the truck, internal reference or name; empty
            for what is in the truck
        :return: at most 20 dicts ``id``, ``name``, ``code``, ``barcode``, ``unit``, ``tracking``
            (none, lot, serial), ``truck_quantity``, ``used_quantity`` (on this job), ``lots`` (in
            the truck: ``name``, ``quantity``) and ``lot_name`` when that is what was scanned
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: quantities in stock, for technicians who read no stock
        job = self.sudo().with_company(self.company_id)
        truck = job._get_truck_of_user(self.env.user)
        text = (text or "").strip()
        products, lot_name = job._search_parts(text, truck)
        quants = job._read_truck(products, truck)
        used = job._get_used_parts(products)
        found = []
        for product in products.with_context(lang=self.env.user.lang):
            lots = [
                {"name": lot.name, "quantity": quantity}
                for (item, lot, _place), quantity in quants.items()
                if item == product and lot and quantity > 0
            ]
            on_truck = sum(qty for (item, _lot, _place), qty in quants.items() if item == product)
            found.append(
                {
                    "id": product.id,
                    "name": product.with_context(display_default_code=False).display_name,
                    "code": product.default_code or "",
                    "barcode": product.barcode or "",
                    "unit": product.uom_id.name,
                    "tracking": product.tracking if product.is_storable else "none",
                    "truck_quantity": on_truck,
                    "used_quantity": used.get(product, 0.0),
                    "lots": lots,
                    "lot_name": lot_name,
                }
            )
        return found

    # Search

    def _search_parts(self, text, truck):
        """Parts that ``text`` names, the exact ones first.

        :return: ``(products, lot name)``; the lot name when it was one of a lot in the truck
        """
        Product = self.env["product.product"].with_context(lang=self.env.user.lang)
        domain = (
            self._get_sale_products_domain()
            & Domain("type", "=", "consu")
            & Domain("company_id", "in", (self.company_id.id, False))
        )
        if not text:
            in_truck = Domain("stock_quant_ids.location_id", "child_of", truck.ids)
            return Product.search(domain & in_truck, limit=FOUND_PARTS) if truck else Product, ""
        exact = (
            Domain("barcode", "=", text)
            | Domain("default_code", "=", text)
            | Domain("product_uom_ids.barcode", "=", text)
        )
        if found := Product.search(domain & exact, limit=FOUND_PARTS):
            return found, ""
        if truck:
            quant = self.env["stock.quant"].search(
                [
                    ("lot_id.name", "=", text),
                    ("location_id", "child_of", truck.ids),
                    ("quantity", ">", 0),
                ],
                limit=1,
            )
            if quant.product_id.sale_ok:
                return Product.browse(quant.product_id.id), text
        # Each word, in any order: "heater 60" finds the “60 gal. water heater”.
        words = Domain.AND(
            Domain("name", "ilike", word) | Domain("default_code", "ilike", word)
            for word in text.split()
        )
        loose = Domain("default_code", "=ilike", f"{text}%") | words
        return Product.search(domain & loose, limit=FOUND_PARTS), ""

    def _get_truck_of_user(self, user):
        """Truck that ``user`` takes parts from on this one job: theirs, or else its worker's."""
        own = self.env["fsm.person"].search([("partner_id", "=", user.partner_id.id)], limit=1)
        truck = own.truck_location_id
        return (
            truck.filtered(lambda place: place.company_id == self.company_id) or self._get_truck()
        )

    def _read_truck(self, products, truck):
        """What is on hand in ``truck``: ``{(product, lot, place): quantity}``."""
        if not (products and truck):
            return {}
        return self._read_stock(products, Domain("location_id", "child_of", truck.ids))

    def _read_stock(self, products, places, lot=None):
        domain = Domain("product_id", "in", products.ids) & places
        if lot:
            domain &= Domain("lot_id", "=", lot.id)
        rows = self.env["stock.quant"]._read_group(
            domain, ["product_id", "lot_id", "location_id"], ["quantity:sum"]
        )
        return {(product, own, place): quantity for product, own, place, quantity in rows}

    def _get_used_parts(self, products, lot=None):
        """What the client got of ``products`` on this one job: ``{product: quantity}``.

        :param lot: count this lot only
        """
        used = {}
        for move in self._get_done_moves(products):
            sign = 1 if move.location_dest_id._is_outgoing() else -1
            rows = move.move_line_ids
            if lot:
                rows = rows.filtered(lambda row: row.lot_id == lot)
            total = sum(rows.mapped("quantity_product_uom"))
            used[move.product_id] = used.get(move.product_id, 0.0) + sign * total
        return used

    def _get_done_moves(self, products):
        """Done transfers of this one job's lines, to the client and back."""
        moves = self.sale_line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.product_id in products
        )
        return moves.filtered(
            lambda move: move.location_dest_id._is_outgoing() != move.location_id._is_outgoing()
        )
