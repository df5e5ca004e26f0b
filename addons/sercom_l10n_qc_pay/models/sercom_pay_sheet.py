from odoo import api, models

from odoo.addons.sercom_l10n_qc.tools.labour.standards import (
    Attendance,
    get_call_in_amount,
    join_attendances,
)
from odoo.addons.sercom_pay.tools.sheet.ledger import NO_AMOUNT, Entitlement

CALL_IN = "call_in:"


class SercomPaySheet(models.Model):
    """Who came to work is paid three hours, beside the hours that they worked."""

    _inherit = "sercom.pay.sheet"

    @api.model
    def _price_hours(self, employee, rows, get_version):
        answer = super()._price_hours(employee, rows, get_version)
        if not employee.company_id.is_call_in_paid or employee.is_call_in_exempt:
            return answer
        return [*answer, *self._price_call_ins(employee, rows, answer, get_version)]

    @api.model
    def _price_call_ins(self, employee, rows, priced, get_version):
        """What is owed beside the hours: one entitlement for each time that somebody came.

        :param rows: approved hours, as ``_get_approved_hours`` answers them
        :param priced: the entitlements for them
        """
        currency = employee.company_id.currency_id
        for group in join_attendances(self._get_attendances(rows, priced)):
            first = group[0]
            entry, day = first.source
            rate = get_version(employee, day).pay_rate
            amount = currency.round(get_call_in_amount(group, rate))
            if amount > NO_AMOUNT:
                yield Entitlement(
                    source=f"{CALL_IN}{entry}",
                    date=day,
                    kind="other",
                    hours=amount / rate,
                    rate=rate,
                    amount=amount,
                    origin={"attendance_id": entry},
                )

    @api.model
    def _get_attendances(self, rows, priced):
        """Clock entries, each with its approved hours of all days and what they are paid."""
        starts, hours, paid = {}, {}, {}
        for day, check_in, entry, _kind, quantity in rows:
            starts.setdefault(entry, (day, check_in))
            hours[entry] = hours.get(entry, 0.0) + quantity
        for entitlement in priced:
            entry = entitlement.origin["attendance_id"]
            paid[entry] = paid.get(entry, 0.0) + entitlement.amount
        return [
            Attendance((entry, day), check_in, hours[entry], paid.get(entry, 0.0))
            for entry, (day, check_in) in starts.items()
        ]
