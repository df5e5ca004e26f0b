from odoo import models

from ..tools.headings import normalize


class SercomImport(models.TransientModel):
    """The price list: services and parts."""

    _inherit = "sercom.import"

    def _check_price(self, rows):
        """Tell new products, and those that are there already; see ``_check_client``.

        A reference is one product's: another name under it is wrong, the same name is there
        already.
        """
        products = (
            self.env["product.template"]
            .with_context(active_test=False)
            .search_fetch([("sale_ok", "=", True)], ["name", "default_code"], order="id desc")
        )
        by_reference = {
            normalize(product.default_code): product.name
            for product in products
            if product.default_code
        }
        by_name = {normalize(product.name): product.name for product in products}
        notes, new, references, names = [], [], {}, {}
        units = self._get_units()
        for number, values in rows:
            name, reference = values.get("name"), values.get("reference")
            if not name:
                notes.append((number, "name", "", "name"))
                continue
            if values.get("unit") and not self._find_unit(values["unit"], units):
                notes.append((number, "unit", values["unit"], "unit"))
                continue
            known = self._find_known(name, reference, by_reference, by_name)
            if known:
                word, level = known
                found = by_reference.get(normalize(reference)) or by_name.get(normalize(name))
                field = "reference" if level == "wrong" else "name"
                notes.append((number, field, values[field], word, level, {"name": found}))
                continue
            first = references.get(normalize(reference)) if reference else None
            if first and normalize(first[1]) != normalize(name):
                words = {"first": first[0]}
                notes.append((number, "reference", reference, "reference_twice", "wrong", words))
            elif normalize(name) in names:
                words = {"first": names[normalize(name)]}
                notes.append((number, "name", name, "twice", "known", words))
            else:
                names[normalize(name)] = number
                if reference:
                    references[normalize(reference)] = (number, name)
                new.append((number, values))
        return new, notes

    def _get_units(self):
        """Units by their names, in every language: ``{name: uom.uom}``."""
        units = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for unit in self.env["uom.uom"].with_context(lang=lang).search([("active", "=", True)]):
                units.setdefault(normalize(unit.name), unit)
        return units

    def _find_unit(self, word, units):
        """The unit that a cell means: of the three that everybody has, else by its name."""
        known = {"hour", "day", "unit"}
        if word in known:
            return self.env.ref(f"uom.product_uom_{word}")
        return units.get(normalize(word))

    def _find_known(self, name, reference, by_reference, by_name):
        """What is to be said of a product that is there: ``(word, level)``, or None."""
        other = by_reference.get(normalize(reference)) if reference else None
        if other:
            is_same = normalize(other) == normalize(name)
            return ("known", "known") if is_same else ("reference_known", "wrong")
        return ("known", "known") if normalize(name) in by_name and not reference else None

    def _make_price(self, rows):
        units = self._get_units()
        self.env["product.template"].create(
            [
                {
                    "name": values["name"],
                    "default_code": values.get("reference") or False,
                    "description_sale": values.get("description") or False,
                    "list_price": values.get("price") or 0.0,
                    "type": values.get("kind") or "service",
                    **({"uom_id": self._find_unit(word, units).id} if word else {}),
                    **({"standard_price": values["cost"]} if values.get("cost") else {}),
                }
                for _row, values in rows
                for word in [values.get("unit")]
            ]
        )
