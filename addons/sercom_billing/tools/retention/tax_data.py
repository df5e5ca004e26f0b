"""What Odoo keeps of the taxes of a part that is billed ahead (``extra_tax_data``)."""

AMOUNTS = ("price_unit", "manual_total_excluded_currency", "manual_total_excluded")


def subtract(part, whole):
    """Answer the tax data of ``part`` less ``whole``, both of one unit; amounts come out below
    zero where the part is the smaller.

    Each invoice's taxes are then those of its own total: of 3,000 less 300 the TVQ is that of
    2,700, not the difference of two that are rounded.
    """
    result = {**part}
    for key in AMOUNTS:
        if key in part:
            result[key] = round(part[key] - whole.get(key, 0.0), 6)
    others = whole.get("manual_tax_amounts") or {}
    result["manual_tax_amounts"] = {
        tax: {
            key: round(amount - others.get(tax, {}).get(key, 0.0), 6)
            for key, amount in amounts.items()
        }
        for tax, amounts in (part.get("manual_tax_amounts") or {}).items()
    }
    return result
