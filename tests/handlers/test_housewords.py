"""What is said of a house is read as it is typed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.house import HouseKey
from handlers.housewords import SAID, HouseAsked, read_house

K = HouseKey


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", HouseAsked()),
        ("lisbon", HouseAsked("lisbon")),
        ("lisbon power 3x63 A", HouseAsked("lisbon", ((K.POWER, "3x63 A"),))),
        ("new york stage width 12,5 m, trim 7 m", HouseAsked("new york", ((K.WIDTH, "12.5 m"), (K.TRIM, "7 m")))),
        (
            "#3 pa: d&amp;b V8, subs in the middle; showers 2",
            HouseAsked("#3", ((K.PA, "d&b V8, subs in the middle"), (K.SHOWERS, "2"))),
        ),
        ("power 3x63 A", HouseAsked("", ((K.POWER, "3x63 A"),))),
        ("lisbon power off", HouseAsked("lisbon", ((K.POWER, ""),))),
        ("need power 3x63 A", HouseAsked("", ((K.POWER, "3x63 A"),), is_need=True)),
        ("need", HouseAsked(is_need=True)),
        ('"Power Station" dressing rooms 3', HouseAsked("Power Station", ((K.ROOMS, "3"),))),
    ],
)
def test_a_line_is_read(typed: str, read: HouseAsked) -> None:
    assert read_house(typed) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lisbon power", "What of power?"), ("lisbon depht 9 m", "Did you mean stage depth?"),
        ("lisbon stage 12 m", "I do not know"), ("lisbon power 3x63 A, power 3x32 A", "is there twice"),
        ("need pwoer 3x63 A", "Did you mean power?"), ("need unicorns 3", "I do not know"),
        ("lisbon power 63", "Write the unit"), ("lisbon power 3x63 A, 9 m", "phases and A"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_what_to_type(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_house(typed)
    assert told in str(no.value)
    assert "Type it like this: `" in str(no.value)


def test_every_key_has_its_words() -> None:
    assert set(SAID) == set(HouseKey)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for typed in (text, f"need {text}", f"lisbon power {text}", f"lisbon pa {text}"):
        with suppress(Refusal):
            assert read_house(typed) is not None
