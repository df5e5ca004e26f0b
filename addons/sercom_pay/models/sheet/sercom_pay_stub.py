from odoo import models

# What a stub says in all, in this order; amounts that are part of another one are not among them.
STUB_HOURS = ("regular_hours", "overtime_hours", "travel_hours", "other_hours", "total_hours")
STUB_AMOUNTS = ("hours_amount", "allowance_amount", "expense_amount", "amount_total")


class SercomPaySheet(models.Model):
    """The pay sheet on paper: a worker's own hours, with amounts for who reads them."""

    _inherit = "sercom.pay.sheet"

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Prepared from approved hours")  # Odoo's words take a sheet for a man

    def _has_amounts(self):
        """Whether the user reads the amounts of pay."""
        return self._has_field_access(self._fields["amount_total"], "read")

    def _get_stub_hours(self):
        """Totals of hours: ``[(name, hours)]``, without those that are none."""
        return self._get_stub_rows(STUB_HOURS)

    def _get_stub_amounts(self):
        """Totals of money: ``[(name, amount)]``, with what was paid before in the year."""
        return [
            *self._get_stub_rows(STUB_AMOUNTS),
            *self._get_stub_rows(("amount_before",)),
        ]

    def _get_stub_rows(self, names):
        self.ensure_one()
        words = self.fields_get(names, ["string"])
        return [(words[name]["string"], self[name]) for name in names if self[name]]
