"""How far it is to the next gig: the great circle, and where land leads there an estimate of the drive.

Planning without a road map: road km = great circle x 1.3, 75 km/h for bus and van, stops included. A drive is never
estimated over the open sea, and not where nobody can tell whether a road leads there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.gig import Gig
from checklists.venue import apart_km

ROAD_FACTOR, KM_AN_HOUR = 1.3, 75
NEXT_DOOR_KM = 30
"""So near that the road does not matter."""
LONGEST_DRIVE_KM = 2_500
"""Nobody drives farther between two gigs."""

Box = tuple[float, float, float, float]
ISLANDS: Mapping[str, Mapping[str, Box]] = {
    "ES": {"Balearics": (38.5, 40.2, 1.0, 4.5), "Canaries": (27.0, 29.6, -18.5, -13.0)},
    "PT": {"Madeira": (32.0, 33.3, -17.5, -16.0), "Azores": (36.5, 40.0, -31.6, -24.5)},
    "FR": {"Corsica": (41.2, 43.1, 8.4, 9.7)},
    "IT": {"Sardinia": (38.7, 41.4, 8.0, 9.9), "Sicily": (36.5, 38.4, 12.2, 15.66)},
    "GR": {"Crete": (34.7, 35.8, 23.3, 26.5), "Aegean": (35.8, 39.6, 24.6, 28.5)},
    "SE": {"Gotland": (56.8, 58.1, 17.9, 19.5)},
    "GB": {"Ireland": (54.0, 55.4, -8.3, -5.4)},
    "US": {"Hawaii": (18.5, 22.5, -161.0, -154.0), "Alaska": (51.0, 72.0, -180.0, -130.0)},
    "CA": {"Newfoundland": (46.5, 51.8, -59.6, -52.5), "Vancouver Island": (48.3, 51.0, -128.6, -123.28)},
    "AU": {"Tasmania": (-44.0, -39.5, 143.5, 149.0)},
    "NZ": {"North Island": (-41.7, -34.0, 172.6, 179.0)},
}
"""By country, the parts that the sea lies before: south, north, west, east."""
SCATTERED = frozenset({"ID", "JP", "MY", "PH", "FJ", "BS", "MV", "SC", "SB", "VU"})
"""Countries of many islands: whether a road leads from one town to another is not known."""
BY_LAND = (
    "PT ES AD FR MC BE NL LU DE CH LI AT CZ PL SK HU SI DK",
    "IT SM VA FR MC CH LI AT SI DE CZ",
    "HR SI HU BA RS ME XK AL MK GR BG RO MD AT SK CZ",
    "PL CZ SK HU RO MD UA DE BG LT LV EE",
    "SE NO DK",
    "IE Ireland",
    "US CA MX",
)
"""Between any two of one group the straight line runs over land, or a bridge."""


@dataclass(frozen=True, slots=True)
class Leg:
    """From one gig to another: kilometres as the crow flies, and the drive where one can be estimated."""

    km: int
    road_km: int | None = None
    hours: float | None = None


def leg(here: Gig, there: Gig) -> Leg | None:
    """The way between two gigs; None while the place of one is not known."""
    if not (_is_placed(here) and _is_placed(there)):
        return None
    km = apart_km((here.lat, here.lon), (there.lat, there.lon))
    road = km * ROAD_FACTOR
    if (km > NEXT_DOOR_KM and not is_by_land(here, there)) or road > LONGEST_DRIVE_KM:
        return Leg(round(km))
    return Leg(round(km), round(road), round(road / KM_AN_HOUR, 1))


def is_by_land(here: Gig, there: Gig) -> bool:
    """True where the straight line certainly does not cross the open sea."""
    one, other = _land(here), _land(there)
    if one == other:
        return one not in SCATTERED
    return any({one, other} <= set(group.split()) for group in BY_LAND)


def _land(gig: Gig) -> str:
    """The island that a gig is on, else its country."""
    for name, (south, north, west, east) in ISLANDS.get(gig.country, {}).items():
        if south <= gig.lat <= north and west <= gig.lon <= east:
            return name
    return gig.country


def _is_placed(gig: Gig) -> bool:
    return (gig.lat, gig.lon) != (0.0, 0.0)
