"""What a client signed for, held against what stands on the job now."""


def compare_signed(signed, current):
    """List what changed since the client signed.

    :param dict signed: ``{line key: {"name": str, "quantity": float, "unit": str, "price": float
        or None}}`` as it was when it was signed; a price is there when the client saw it
    :param dict current: the same, of the moment
    :return: list of ``(name, before, after)``, ``before`` and ``after`` being rows or None for a
        line that was added or taken away; in the order of the lines
    """
    changes = []
    for key in [*signed, *(key for key in current if key not in signed)]:
        before, after = signed.get(key), current.get(key)
        if not before or not after:
            row = before or after
            if row["quantity"]:
                changes.append((row["name"], before, after))
        elif _is_other(before, after):
            changes.append((after["name"], before, after))
    return changes


def _is_other(before, after):
    if any(before[name] != after[name] for name in ("name", "unit")):
        return True
    if round(before["quantity"] - after["quantity"], 6):
        return True
    return before["price"] is not None and bool(round(before["price"] - after["price"], 6))
