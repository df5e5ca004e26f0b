"""Time to go from one site to another, from their coordinates."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088


def distance_km(one, two):
    """Length of the great circle between two ``(latitude, longitude)`` in degrees, in km."""
    (lat1, lon1), (lat2, lon2) = one, two
    lat1, lat2 = radians(lat1), radians(lat2)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


class Travel:
    """How long people of a company travel.

    :param float speed: km/h on the road
    :param float detour: road kilometres for one as the crow flies
    :param float margin: minutes lost for parking and packing, at every change of site
    """

    def __init__(self, speed=50.0, detour=1.3, margin=10.0):
        self.speed, self.detour, self.margin = speed, detour, margin
        self._known = {}

    def get_km(self, one, two):
        """Kilometres by road between two places, ``None`` when one of them is not known.

        :param one: ``(latitude, longitude)`` in degrees, or ``None``
        """
        if one is None or two is None:
            return None
        key = (one, two) if one < two else (two, one)
        if key not in self._known:
            self._known[key] = self.detour * distance_km(one, two)
        return self._known[key]

    def get_seconds(self, one, two):
        """Time from one place to another, 0 at the same one or when one is not known."""
        km = self.get_km(one, two)
        if not km or km < 0.05:
            return 0
        return round(3600 * km / self.speed + 60 * self.margin) if self.speed > 0 else 0


def to_place(latitude, longitude):
    """Coordinates of a site, ``None`` when it has none: Odoo stores zeros then."""
    return (latitude, longitude) if latitude or longitude else None
