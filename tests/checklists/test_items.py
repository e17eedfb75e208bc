"""When an item falls due, also on a gig that was booked late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.gig import Anchor
from checklists.items import Due, due_on
from tests.checklists.gigs import MADE, lisbon

DUES = [
    ("T-14d", "2024-10-13 16:00"),  # 17:00 in Lisbon, still summer time
    ("T-1d@20:00", "2024-10-26 19:00"),
    ("T+1d", "2024-10-28 17:00"),
    ("doors-30m", "2024-10-27 18:30"),
    ("load_in+60m", "2024-10-27 13:00"),
    ("curfew+0m", "2024-10-27 23:00"),
]


@pytest.mark.parametrize(("due", "at"), DUES)
def test_a_due_is_counted_from_the_show_in_venue_time(due: str, at: str) -> None:
    assert due_on(lisbon(), due) == (datetime.fromisoformat(at).replace(tzinfo=UTC), False)


@pytest.mark.parametrize("text", ["", "T14d", "T-14", "doors", "doors-30", "T-1d@8", "doors-30m; drop"])
def test_what_is_no_due_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a due"):
        Due.parse(text)


@given(st.timedeltas(timedelta(minutes=10), timedelta(days=80)), st.sampled_from([due for due, _ in DUES]))
def test_a_late_booked_gig_is_not_born_late(before: timedelta, due: str) -> None:
    made = lisbon().at(Anchor.LOAD_IN) - before
    at, compressed = due_on(lisbon(made_at=made, counted_from=made), due)
    assert at > made
    if compressed:
        assert at - made <= timedelta(hours=48)
        assert at - made <= before * 0.2 + timedelta(seconds=1)


def test_a_gig_made_in_time_is_never_compressed() -> None:
    assert not any(due_on(lisbon(made_at=MADE, counted_from=MADE), due)[1] for due, _ in DUES)
