"""How a site is called on a screen."""


def tell_place(name, *address):
    """Name and street of a site in one line; what one of them has already is not said twice.

    :param str name: its name, with those of the sites that it is part of
    :param address: street and what follows it, each text or nothing
    """
    name = name or ""
    where = ", ".join(filter(None, address))
    if where in name:
        return name
    return where if not name or where.startswith(f"{name}, ") else f"{name}, {where}"
