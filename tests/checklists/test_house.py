"""What a house holds: read with its unit, kept in one way, and compared. Unknown is not no."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.house import MEASURES, Check, Fit, HouseFact, HouseKey, checks, example, read_value

K = HouseKey
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        (K.WIDTH, "12 m", "12 m"), (K.WIDTH, "12m", "12 m"), (K.DEPTH, "12,5 metres", "12.5 m"),
        (K.TRIM, "40 ft", "12.19 m"), (K.DOOR, "2.5 x 3 m", "2.5x3 m"),
        (K.POWER, "3x63 A", "3x63 A"), (K.POWER, "63A 3-phase", "3x63 A"), (K.POWER, "32 amps single phase", "1x32 A"),
        (K.POWER, "1x32a + 3x125 A", "3x125 A + 1x32 A"), (K.POWER, "400 A three-phase", "3x400 A"),
        (K.RIGGING, "8x500 kg", "8x500 kg"), (K.RIGGING, "8 points of 500 kg each", "8x500 kg"),
        (K.LIMIT, "98 dB", "98 dB"), (K.LIMIT, "102dba LAeq 15 min", "102 dB(A) LAeq 15 min"),
        (K.MONITORS, "6 mixes", "6 mixes"), (K.MONITORS, "8 wedges", "8 wedges"), (K.MONITORS, "1 mix", "1 mixes"),
        (K.PARKING, "2 buses", "2 buses"), (K.PARKING, "2 spaces", "2 vehicles"), (K.PARKING, "20 m", "20 m"),
        (K.SHOWERS, "4", "4"), (K.SHOWERS, "4 showers", "4"), (K.ROOMS, "3", "3"), (K.CAPACITY, "1,200", "1200"),
        (K.CURFEW, "0:30", "00:30"), (K.CURFEW, "23.00", "23:00"), (K.PA, "d&b V series", "d&b V series"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_people_write_it(key: HouseKey, typed: str, kept: str) -> None:
    assert read_value(key, typed) == kept
    assert read_value(key, kept) == kept


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        (K.WIDTH, "12", "m or ft?"), (K.WIDTH, "-3 m", "not negative"), (K.WIDTH, "9000 m", "between 0 and 200 m"),
        (K.WIDTH, "0 m", "between 0 and 200 m"), (K.WIDTH, "wide", "a number and m or ft"),
        (K.WIDTH, "12x3 m", "1 number"),
        (K.DOOR, "3 m", "2 numbers"), (K.POWER, "63 A", "of one phase or of three?"),
        (K.POWER, "3x63", "Write the unit"),
        (K.POWER, "40 kW", "phases and A"), (K.POWER, "9x63 A", "1 to 3 phases"), (K.POWER, "3x0 A", "1 to 3 phases"),
        (K.RIGGING, "8x500", "is that kg?"), (K.RIGGING, "12", "how many points"), (K.RIGGING, "8x1 t", "is that kg?"),
        (K.LIMIT, "98", "a number and dB"), (K.LIMIT, "300 dB", "between 50 and 150"),
        (K.CAPACITY, "lots", "whole number"),
        (K.CAPACITY, "-5", "whole number"), (K.CAPACITY, "9999999", "at most"), (K.SHOWERS, "4 m", "takes no unit"),
        (K.SHOWERS, "10000", "at most 999"), (K.MONITORS, "6", "mixes, wedges"),
        (K.MONITORS, "6 sheep", "mixes, wedges"),
        (K.CURFEW, "25:00", "24 hours"), (K.CURFEW, "late", "24 hours"), (K.PA, "!!!", "I take words"),
        (K.PA, "x" * 201, "up to 200 letters"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_what_to_type(key: HouseKey, typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_value(key, typed)
    assert told in str(no.value)
    assert "Type it like this: `" in str(no.value)


@pytest.mark.parametrize("key", HouseKey)
def test_every_example_is_a_value(key: HouseKey) -> None:
    assert read_value(key, example(key).removeprefix(f"{key.value} "))


@pytest.mark.parametrize(
    ("key", "have", "need", "fit"),
    [
        (K.WIDTH, "12 m", "10 m", Fit.FITS), (K.WIDTH, "9.99 m", "10 m", Fit.DOES_NOT_FIT),
        (K.DOOR, "3x2 m", "2.5x3 m", Fit.DOES_NOT_FIT), (K.DOOR, "3x3 m", "2.5x3 m", Fit.FITS),
        (K.POWER, "3x63 A", "3x63 A", Fit.FITS), (K.POWER, "3x125 A", "3x63 A", Fit.FITS),
        (K.POWER, "1x125 A", "3x63 A", Fit.DOES_NOT_FIT), (K.POWER, "3x63 A", "1x32 A", Fit.FITS),
        (K.POWER, "3x63 A", "3x63 A + 1x32 A", Fit.DOES_NOT_FIT),
        (K.POWER, "3x125 A + 3x63 A", "3x63 A + 1x100 A", Fit.FITS),
        (K.RIGGING, "8x500 kg", "8x500 kg", Fit.FITS), (K.RIGGING, "8x250 kg", "4x500 kg", Fit.DOES_NOT_FIT),
        (K.LIMIT, "98 dB(A)", "102 dB(A)", Fit.DOES_NOT_FIT), (K.LIMIT, "102 dB over 15 min", "99.5 dB", Fit.FITS),
        (K.LIMIT, "98 dB(A)", "96 dB(C)", Fit.NOT_KNOWN),
        (K.MONITORS, "6 mixes", "6 wedges", Fit.NOT_KNOWN), (K.MONITORS, "5 mixes", "6 mixes", Fit.DOES_NOT_FIT),
        (K.CAPACITY, "800", "300", Fit.FITS), (K.CURFEW, "23:00", "23:30", Fit.DOES_NOT_FIT),
        (K.CURFEW, "00:30", "23:30", Fit.FITS), (K.CURFEW, "23:30", "00:30", Fit.DOES_NOT_FIT),
        (K.PA, "L-Acoustics K2 flown", "K2", Fit.FITS), (K.PA, "d&b V8", "K2", Fit.NOT_KNOWN),
        (K.PARKING, "20 m", "2 buses", Fit.NOT_KNOWN),
    ],
)  # fmt: skip
def test_what_is_enough_fits(key: HouseKey, have: str, need: str, fit: Fit) -> None:
    assert Check(key, need, HouseFact(key.value, have, "UTESS", NOW)).fit is fit


def test_unknown_is_not_no() -> None:
    assert Check(K.POWER, "3x63 A", None).fit is Fit.NOT_KNOWN
    found = {each.key: each for each in checks({"power": "3x63 A"}, {"trim": HouseFact("trim", "7 m", "UTESS", NOW)})}
    assert list(found) == list(HouseKey)
    assert (found[K.POWER].fit, found[K.TRIM].fit, found[K.TRIM].need) == (Fit.NOT_KNOWN, Fit.FITS, "")


@given(st.sampled_from(HouseKey), st.text(max_size=60))
def test_any_text_is_read_or_refused(key: HouseKey, text: str) -> None:
    try:
        kept = read_value(key, text)
    except Refusal:
        return
    assert MEASURES[key].covers(kept, kept) is True
