"""Addresses that a server may call because somebody wrote them."""

import ipaddress
import socket
from urllib.parse import urlsplit


def is_outside(url):
    """Whether ``url`` is a page of the Internet, and of no machine inside the firm's network.

    :param str url: as somebody wrote it
    """
    try:
        parts = urlsplit(str(url))
        found = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM)
        places = [ipaddress.ip_address(info[4][0].partition("%")[0]) for info in found]
    except (OSError, TypeError, UnicodeError, ValueError):
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(places)
        and all(place.is_global and not place.is_multicast for place in places)
    )
