"""The way between two gigs: an estimate, and none over the sea or where nobody knows a road."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklists.gig import Gig, GigState
from checklists.travel import is_by_land, leg

TOWNS = {
    "Lisbon": ("PT", 38.72, -9.14), "Porto": ("PT", 41.15, -8.61), "Funchal": ("PT", 32.65, -16.92),
    "Madrid": ("ES", 40.42, -3.70), "Barcelona": ("ES", 41.39, 2.17), "Palma": ("ES", 39.57, 2.65),
    "London": ("GB", 51.51, -0.13), "Glasgow": ("GB", 55.86, -4.25), "Belfast": ("GB", 54.60, -5.93),
    "Dublin": ("IE", 53.35, -6.26), "Paris": ("FR", 48.86, 2.35), "Bari": ("IT", 41.12, 16.87),
    "Milan": ("IT", 45.46, 9.19), "Palermo": ("IT", 38.12, 13.36), "Athens": ("GR", 37.98, 23.73),
    "Stockholm": ("SE", 59.33, 18.07), "Copenhagen": ("DK", 55.68, 12.57), "Hamburg": ("DE", 53.55, 9.99),
    "Helsinki": ("FI", 60.17, 24.94), "Tallinn": ("EE", 59.44, 24.75), "New York": ("US", 40.71, -74.01),
    "Toronto": ("CA", 43.65, -79.38), "Honolulu": ("US", 21.31, -157.86), "Los Angeles": ("US", 34.05, -118.24),
    "Tokyo": ("JP", 35.68, 139.69), "Osaka": ("JP", 34.69, 135.50), "Auckland": ("NZ", -36.85, 174.76),
    "Christchurch": ("NZ", -43.53, 172.64), "Melbourne": ("AU", -37.81, 144.96), "Hobart": ("AU", -42.88, 147.33),
    "Buenos Aires": ("AR", -34.61, -58.38), "Perth": ("AU", -31.95, 115.86),
}  # fmt: skip
ROAD = [
    ("Lisbon", "Porto"), ("Lisbon", "Madrid"), ("Madrid", "Paris"), ("London", "Glasgow"), ("Belfast", "Dublin"),
    ("Milan", "Paris"), ("Stockholm", "Copenhagen"), ("Copenhagen", "Hamburg"), ("New York", "Toronto"),
]  # fmt: skip
NO_ROAD = [
    ("Barcelona", "Palma"), ("Lisbon", "Funchal"), ("London", "Paris"), ("Glasgow", "Belfast"), ("London", "Dublin"),
    ("Bari", "Athens"), ("Bari", "Palermo"), ("Helsinki", "Tallinn"), ("Stockholm", "Tallinn"),
    ("Los Angeles", "Honolulu"), ("Tokyo", "Osaka"), ("Auckland", "Christchurch"), ("Melbourne", "Hobart"),
    ("New York", "London"), ("Buenos Aires", "New York"),
]  # fmt: skip
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def gig(town: str) -> Gig:
    country, lat, lon = TOWNS[town]
    day = date(2026, 10, 1)
    made = Gig(1, 1, 1, "The Lanterns", "Hall", town, country, "UTC", day, GigState.CONFIRMED, NOW, NOW)
    return replace(made, lat=lat, lon=lon)


@pytest.mark.parametrize(("here", "there"), ROAD)
def test_by_land_a_drive_is_estimated(here: str, there: str) -> None:
    for way in (leg(gig(here), gig(there)), leg(gig(there), gig(here))):
        assert way is not None
        assert way.road_km == pytest.approx(way.km * 1.3, abs=2)
        assert way.hours == pytest.approx((way.road_km or 0) / 75, abs=0.1)


@pytest.mark.parametrize(("here", "there"), NO_ROAD)
def test_over_the_sea_or_an_unknown_road_only_the_distance_is_told(here: str, there: str) -> None:
    for way in (leg(gig(here), gig(there)), leg(gig(there), gig(here))):
        assert way is not None
        assert way.km > 50
        assert (way.road_km, way.hours) == (None, None)


def test_the_leg_from_lisbon_to_porto() -> None:
    way = leg(gig("Lisbon"), gig("Porto"))
    assert way is not None
    assert (way.km, way.road_km, way.hours) == (274, 356, 4.7)


def test_next_door_needs_no_map_and_the_other_end_of_a_continent_is_no_drive() -> None:
    tokyo = gig("Tokyo")
    assert leg(tokyo, replace(tokyo, lat=35.5)) is not None
    assert (leg(tokyo, replace(tokyo, lat=35.5)) or leg(tokyo, tokyo)) == leg(replace(tokyo, lat=35.5), tokyo)
    near = leg(tokyo, replace(tokyo, lat=35.5))
    assert near is not None
    assert near.hours is not None
    assert is_by_land(gig("Perth"), gig("Melbourne"))
    far = leg(gig("Perth"), gig("Melbourne"))
    assert far is not None
    assert far.hours is None


def test_a_place_that_is_not_known_gives_no_way() -> None:
    assert leg(gig("Lisbon"), replace(gig("Porto"), lat=0.0, lon=0.0)) is None
