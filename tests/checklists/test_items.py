"""When an item falls due, also on a gig that was booked late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.dues import Due, DueAt, due_when, waits_for
from checklists.gig import Anchor
from checklists.items import ItemState
from checklists.library import every_item, stock
from checklists.readiness import Facts, ItemFact, Verdict, readiness
from checklists.walls import local
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
    assert due_when(lisbon(), due) == DueAt(datetime.fromisoformat(at).replace(tzinfo=UTC))


NO_DUES = ["", "T14d", "T-14", "doors", "doors-30", "T-1d@8", "T-1d@24:00", "doors-30m; drop", "T-9999d"]


@pytest.mark.parametrize("text", [*NO_DUES, "doors-99999m", "T-\u0663d"])
def test_what_is_no_due_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a due"):
        Due.parse(text)


@given(st.timedeltas(timedelta(minutes=10), timedelta(days=80)), st.sampled_from([due for due, _ in DUES]))
def test_a_late_booked_gig_is_not_born_late(before: timedelta, due: str) -> None:
    made = lisbon().at(Anchor.LOAD_IN) - before
    found = due_when(lisbon(made_at=made, counted_from=made), due)
    assert found.at is not None
    assert found.at > made
    if found.compressed:
        assert found.at - made <= timedelta(hours=48)
        assert found.at - made <= before * 0.2 + timedelta(seconds=1)


def test_a_gig_made_in_time_is_never_compressed() -> None:
    assert not any(due_when(lisbon(made_at=MADE, counted_from=MADE), due).compressed for due, _ in DUES)


KNOWN = {
    "on_sale": datetime(2024, 6, 7, 9, tzinfo=UTC),
    "line_check": datetime(2024, 10, 27, 15, tzinfo=UTC),
    "depart": datetime(2024, 10, 28, 1, tzinfo=UTC),
}


@pytest.mark.parametrize(
    ("due", "waits"),
    [
        ("on_sale-7d", "waiting for on-sale date"),
        ("announce+0d@10:00", "waiting for announce date"),
        ("line_check-45m", "waiting for line check time"),
        ("depart-30m", "waiting for departure time"),
        ("flight_dep-60m", "waiting for flight time"),
        ("downbeat-15m", "waiting for downbeat"),
        ("session_end+0m", "waiting for end of the session"),
        ("T-14d", ""),
        ("doors-30m", ""),
    ],
)
def test_an_anchor_that_nobody_has_given_is_waited_for(due: str, waits: str) -> None:
    assert waits_for(due) == waits
    if waits:
        assert due_when(lisbon(), due) == DueAt(None, waits=waits)


@pytest.mark.parametrize(
    ("due", "at"),
    [
        ("on_sale-7d", "2024-05-31 16:00"),  # 17:00 in Lisbon
        ("on_sale+0d@10:00", "2024-06-07 09:00"),
        ("on_sale+30m", "2024-06-07 09:30"),
        ("line_check-45m", "2024-10-27 14:15"),
        ("depart-30m", "2024-10-28 00:30"),
    ],
)
def test_an_anchor_that_is_known_is_counted_from(due: str, at: str) -> None:
    gig = lisbon(made_at=MADE, counted_from=datetime(2024, 1, 1, tzinfo=UTC))
    assert due_when(gig, due, KNOWN) == DueAt(datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert waits_for(due, KNOWN) == ""


def test_a_due_written_again_is_the_same_due() -> None:
    for item in every_item(stock()):
        assert Due.parse(str(Due.parse(item.due))) == Due.parse(item.due)


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
@given(days=st.integers(-400, 400), hour=st.integers(4, 23), minute=st.integers(0, 59))
def test_days_keep_the_wall_clock_across_any_clock_change(zone: str, days: int, hour: int, minute: int) -> None:
    at = Due.parse(f"T{days:+d}d@{hour:02}:{minute:02}").instant(lisbon(zone=zone))
    assert at is not None
    there = local(at, zone)
    assert (there.hour, there.minute, (there.date() - lisbon().date).days) == (hour, minute, days)


@pytest.mark.parametrize(
    ("made", "due", "at"),
    [
        ("2024-10-17T12:00", "T-14d", "2024-10-19T12:00"),  # 20 % of ten days is just 48 h
        ("2024-10-22T12:00", "T-14d", "2024-10-23T12:00"),  # 20 % of five days
        ("2024-10-22T12:00", "T-5d", "2024-10-22T16:00"),  # still to come: left as it is
        ("2024-10-27T07:00", "T-14d", "2024-10-27T08:00"),  # five hours to load-in
        ("2024-10-27T14:00", "T-14d", "2024-10-27T15:00"),  # load-in has been: five hours to doors
        ("2024-10-27T22:00", "doors-30m", "2024-10-27T23:36"),  # all has been: eight hours to 06:00
    ],
)
def test_a_late_booked_gig_has_a_share_of_the_time_that_is_left(made: str, due: str, at: str) -> None:
    instant = datetime.fromisoformat(made).replace(tzinfo=UTC)
    found = due_when(lisbon(made_at=instant, counted_from=instant), due).at
    assert found == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize("hours", [1, 5, 12, 48, 240])
def test_a_late_booked_gig_is_not_born_red(hours: int) -> None:
    made = lisbon().at(Anchor.LOAD_IN) - timedelta(hours=hours)
    gig = lisbon(made_at=made, counted_from=made)
    items = tuple(
        ItemFact(
            i.key, i.text, i.area, i.severity, due_when(gig, i.due).at, ItemState.OPEN, i.due.endswith("m"), i.owner
        )
        for i in every_item(stock())
    )
    assert readiness(Facts(gig.state, items), made).verdict is Verdict.AMBER
