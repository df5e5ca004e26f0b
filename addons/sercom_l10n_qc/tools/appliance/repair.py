"""Repairs of household appliances, as the Consumer Protection Act of Québec has them.

CQLR c. P-40.1, ss. 182 to 187, with ss. 168 (written estimate, and its waiver), 171 (its price
binds) and 172 (extra work with the consumer's leave); Regulation c. P-40.1, r. 3, s. 79 (work of
$50 or less is no repair). The Office de la protection du consommateur counts air conditioners,
dehumidifiers and heat pumps among these appliances; water heaters and pipes are not.
"""

THRESHOLD = 50.0  # dollars before taxes: parts, labour and transport (r. 3, s. 79)


def is_repair(total):
    """Whether work of this total, in dollars before taxes, is a repair by the Act."""
    return round(total, 2) > THRESHOLD


def get_missing(*, description, valid_until, client_address, firm_address, lines):
    """What an estimate still has to say, as keys in the order of the Act (ss. 170 and 184)."""
    told = {
        "client": client_address,
        "firm": firm_address,
        "appliance": description,
        "work": lines,
        "validity": valid_until,
    }
    return [key for key, value in told.items() if not value]


def get_excess(agreed, billed):
    """What is billed above the price that the consumer agreed to, in dollars; 0 for nothing."""
    return max(round(billed - agreed, 2), 0.0)
