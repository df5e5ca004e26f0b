from odoo import api, models
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    def _next_numbers_by_code(self, code, count):
        """As many numbers as wanted, as ``next_by_code`` gives them one by one.

        :return: list of texts; of ``False`` when no sequence has the code
        """
        sequence = self.search(
            [("code", "=", code), ("company_id", "in", [self.env.company.id, False])],
            order="company_id",
            limit=1,
        )
        return sequence._next_numbers(count) if sequence else [False] * count

    @api.model
    def _number_orders(self, vals_list):
        """Values of new sale orders with their numbers, which Odoo draws one by one.

        :param list vals_list: values without a name; those without a company are of the user's
        """
        numbers = {}
        for vals in vals_list:
            company_id = vals.get("company_id") or self.env.company.id
            numbers[company_id] = numbers.get(company_id, 0) + 1
        for company_id, count in numbers.items():
            Sequence = self.with_company(company_id)
            numbers[company_id] = iter(Sequence._next_numbers_by_code("sale.order", count))
        numbered = []
        for vals in vals_list:
            number = next(numbers[vals.get("company_id") or self.env.company.id])
            numbered.append({**vals, "name": number} if number else vals)
        return numbered

    def _next_numbers(self, count):
        """As many numbers as wanted, as ``next_by_id`` gives them; one query for all."""
        self.ensure_one()
        if self.implementation != "standard" or self.use_date_range:
            return [self.next_by_id() for _number in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)", f"ir_sequence_{self.id:03}", count
            )
        )
        return [self.get_next_char(number) for (number,) in rows]
