"""The checker: an extra, a missing, a late and a doubled message each fail the story."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.story.check import check
from bot.story.posted import Posted
from bot.story.table import Due, Row, Where, dues, instants, read_expected
from tests.stories.ledgers import answer_to, answers_to, row

TABLE = read_expected()
DUES = dues(TABLE)
SHEET = row("day_sheet", "12:00", "Lisbon")
LIST = row("silent_list", "@kit", "Lisbon", at="2024-10-26T11:00Z", where=Where.DM, person="tess")


def alone(one: Row) -> Posted:
    return answer_to(Due(one, one.instants[0]))


def test_a_ledger_that_says_just_what_the_table_asks_is_clean() -> None:
    outcome = check(TABLE, answers_to(TABLE))
    assert outcome.is_clean
    assert outcome.sent == outcome.messages == len(DUES)
    assert outcome.gigs == 28


def test_the_closing_line_says_it_all() -> None:
    card = Row("#18", Where.CHANNEL, "", "card", instants("2024-10-07T14:00Z"), ("Lisbon",))
    rows = [SHEET, LIST, card]
    line = "3 messages, unexpected 0 · sent 3, doubled 0 · 1 gigs, 2 reminders due, lost 0"
    assert str(check(rows, answers_to(rows))) == line


@given(st.sampled_from(DUES))
def test_any_message_that_is_missing_fails(gone: Due) -> None:
    outcome = check(TABLE, [answer_to(due) for due in DUES if due is not gone])
    assert (outcome.missing, outcome.unexpected, outcome.doubled, outcome.late) == (1, 0, 0, 0)
    assert not outcome.is_clean


@given(st.sampled_from(DUES))
def test_any_message_that_comes_twice_is_doubled(twice: Due) -> None:
    outcome = check(TABLE, [*answers_to(TABLE), answer_to(twice, timedelta(seconds=5))])
    assert (outcome.doubled, outcome.unexpected, outcome.missing) == (1, 0, 0)
    assert outcome.sent == outcome.messages + 1
    assert not outcome.is_clean


@given(st.sampled_from(DUES), st.integers(min_value=61, max_value=3_600))
def test_any_message_that_comes_after_a_minute_is_late(slow: Due, seconds: int) -> None:
    delayed = answer_to(slow, timedelta(seconds=seconds))
    outcome = check(TABLE, [*(answer_to(due) for due in DUES if due is not slow), delayed])
    assert outcome.late == 1
    assert outcome.missing == outcome.unexpected == 0
    assert not outcome.is_clean


@given(st.sampled_from(DUES), st.integers(min_value=0, max_value=60))
def test_within_a_minute_is_in_time(due: Due, seconds: int) -> None:
    delayed = answer_to(due, timedelta(seconds=seconds))
    assert check(TABLE, [*(answer_to(one) for one in DUES if one is not due), delayed]).is_clean


@pytest.mark.parametrize("kind", sorted({due.row.kind for due in DUES}))
def test_any_message_at_an_hour_nobody_named_is_unexpected(kind: str) -> None:
    extra = replace(alone(SHEET), kind=kind, at=DUES[0].at - timedelta(days=1))
    outcome = check(TABLE, [*answers_to(TABLE), extra])
    assert outcome.unexpected == 1
    assert not outcome.is_clean


def test_a_message_that_comes_too_early_is_unexpected_and_its_row_missing() -> None:
    outcome = check([SHEET], [replace(alone(SHEET), at=SHEET.instants[0] - timedelta(seconds=1))])
    assert (outcome.unexpected, outcome.missing, outcome.lost) == (1, 1, 1)


def test_a_message_without_one_of_its_facts_is_not_the_one() -> None:
    outcome = check([SHEET], [replace(alone(SHEET), text="Lisbon, load-in 13:00")])
    assert (outcome.unexpected, outcome.missing) == (1, 1)
    assert "lacks 12:00" in outcome.problems[0]


def test_the_same_words_in_another_place_are_unexpected() -> None:
    spoken = alone(LIST)
    for elsewhere in (
        replace(spoken, person="pia"),
        replace(spoken, where="channel", person=""),
        replace(spoken, where="elsewhere"),
        replace(spoken, kind="digest"),
    ):
        assert check([LIST], [elsewhere]).unexpected == 1


def test_a_message_in_the_thread_of_another_gig_is_unexpected() -> None:
    assert check([SHEET], [replace(alone(SHEET), gig="#17")]).unexpected == 1


def test_a_message_of_no_kind_is_unexpected() -> None:
    assert check([], [replace(alone(SHEET), kind="")]).unexpected == 1


def test_one_delivery_posted_twice_is_doubled_whenever_the_second_copy_comes() -> None:
    first = replace(alone(SHEET), key="k1")
    outcome = check([SHEET], [first, replace(first, at=first.at + timedelta(days=2))])
    assert (outcome.doubled, outcome.unexpected, outcome.missing) == (1, 0, 0)


def test_two_rows_that_look_alike_need_two_messages() -> None:
    alike = replace(SHEET, line=9)
    assert check([SHEET, alike], [alone(SHEET)]).missing == 1
    assert check([SHEET, alike], [alone(SHEET), alone(alike)]).is_clean


def test_a_series_wants_one_message_a_day() -> None:
    days = instants("2024-10-25..2024-10-28 daily 09:00 Europe/London")
    series = Row("-", Where.DM, "tess", "digest", days, ("late",))
    assert check([series], answers_to([series])).is_clean
    assert check([series], answers_to([series])[:-1]).missing == 1
    day_after = replace(answers_to([series])[-1], at=days[-1] + timedelta(days=1))
    assert check([series], [*answers_to([series]), day_after]).unexpected == 1


def test_a_lost_reminder_is_told_apart_from_a_lost_answer() -> None:
    ask = row("ask", "@bo")
    outcome = check([SHEET, ask], [])
    assert (outcome.missing, outcome.reminders, outcome.lost) == (2, 1, 1)


def test_problems_found_elsewhere_spoil_the_outcome() -> None:
    outcome = check([SHEET], [alone(SHEET)], ["final: the card of #18 lacks played"])
    assert not outcome.is_clean
    assert outcome.unexpected == outcome.missing == 0
