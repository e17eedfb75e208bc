"""Case counts as people write them, and how they differ from what should be there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.counts import CaseCount, Way, mismatch, read_count


@pytest.mark.parametrize(
    ("text", "way", "count"),
    [
        ("14 cases in", Way.IN, 14), ("cases out 13", Way.OUT, 13), ("Cases in: 14", Way.IN, 14),
        ("All 14 cases in!", Way.IN, 14), ("we have fourteen cases in", Way.IN, 14), ("14/15 cases in", Way.IN, 14),
        ("13 of 14 cases out", Way.OUT, 13), ("in: 14 cases", Way.IN, 14), ("1 case in", Way.IN, 1),
        ("count 14 flight cases in 👍", Way.IN, 14), ("14 cases out, thanks", Way.OUT, 14), ("no cases in", Way.IN, 0),
        ("14 cases in the truck", Way.IN, 14),
    ],
)  # fmt: skip
def test_a_count_is_read(text: str, way: Way, count: int) -> None:
    assert read_count(text) == CaseCount(way, count)


@pytest.mark.parametrize(
    "text",
    [
        "in", "14 in", "cases in?", "how many cases in", "14 cases not in", "-3 cases in", "cases in", "14 cases",
        "in 14 minutes", "14000 cases in, and a lot more of a story that nobody wants to read", "", "14 cases maybe in",
        "12345 cases in", "in case 14 is late",
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert read_count(text) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_count(text)
    assert found is None or 0 <= found.count <= 9999


@pytest.mark.parametrize(
    ("way", "count", "carried", "came_in", "told"),
    [
        (Way.IN, 14, 14, None, ""), (Way.IN, 13, 14, None, "1 short of 14 that the tour carries"),
        (Way.IN, 16, 14, None, "2 over 14 that the tour carries"), (Way.IN, 13, 0, None, ""),
        (Way.OUT, 13, 14, 13, ""), (Way.OUT, 13, 14, 14, "1 short of 14 counted in"),
        (Way.OUT, 13, 14, None, "1 short of 14 that the tour carries"),
        (Way.IN, 13, 14, 14, "1 short of 14 that the tour carries"),
    ],
)  # fmt: skip
def test_a_count_is_held_against_what_came_in_or_what_is_carried(
    way: Way, count: int, carried: int, came_in: int | None, told: str
) -> None:
    assert mismatch(CaseCount(way, count), carried, came_in) == told
