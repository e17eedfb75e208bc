from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from checklists.gig import Anchor
from checklists.walls import Wall
from storage.book import Book
from storage.columns import GivenTimes, UtcTime, WallText
from tests.storage.built import NOW, a_gig

UTC_TIME, ENGINES = UtcTime(), (sqlite.dialect(), postgresql.dialect())  # type: ignore[no-untyped-call]
INSTANTS = st.datetimes(timezones=st.just(UTC))
WALLS = st.builds(
    Wall,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.integers(-1, 3),
    st.sampled_from([None, 0, 1]),
)


@given(INSTANTS)
def test_an_instant_comes_back_as_it_went_in(at: datetime) -> None:
    for engine in ENGINES:
        kept = UTC_TIME.process_bind_param(at, engine)
        assert UTC_TIME.result_processor(engine, None)(kept) == at


@given(INSTANTS, INSTANTS)
def test_sqlite_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    kept = [UTC_TIME.process_bind_param(at, ENGINES[0]) for at in (one, other)]
    assert (kept[0] < kept[1]) == (one < other)


def test_another_zone_goes_in_and_utc_comes_out(book: Book) -> None:
    elsewhere = datetime(2026, 3, 1, 14, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    gig = a_gig(book)
    book.gigs.sheet_out(gig.id, elsewhere)
    kept = book.gigs.get(gig.id)
    assert kept is not None
    assert kept.sheet_out_at == elsewhere
    assert kept.sheet_out_at.tzinfo is UTC


def test_a_naive_time_is_refused(book: Book) -> None:
    gig = a_gig(book)
    with pytest.raises(StatementError, match="without a zone"):
        book.gigs.sheet_out(gig.id, NOW.replace(tzinfo=None))


def test_none_stays_none() -> None:
    for engine in ENGINES:
        assert UTC_TIME.process_bind_param(None, engine) is None
        assert UTC_TIME.result_processor(engine, None)(None) is None


@given(st.dictionaries(st.sampled_from(list(Anchor)), WALLS))
def test_given_times_come_back_as_they_went_in(given_times: dict[Anchor, Wall]) -> None:
    kept = GivenTimes().process_bind_param(given_times, ENGINES[0])
    assert GivenTimes().process_result_value(kept, ENGINES[0]) == given_times


def test_a_wall_time_keeps_its_day_and_fold() -> None:
    wall = Wall(time(1, 30), 1, 1)
    assert WallText().process_result_value(WallText().process_bind_param(wall, ENGINES[0]), ENGINES[0]) == wall
