"""What follows from a look: the rules, as a table and as properties. Nothing goes out again without proof."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.patience import USUAL, Patience, seconds
from bot.proof import CRITICAL, Sighting, Step, find
from checklists.letters import Letter
from storage.outbox import Delivery, DeliveryState, Op, Room

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
S = DeliveryState
NOTHING, BLIND = Sighting(is_whole=True), Sighting()
ONCE, TWICE = Sighting(("1.1",), is_whole=True), Sighting(("1.1", "1.2"), is_whole=True)


def a_delivery(state: DeliveryState, tried_before: float, letter: Letter = Letter.ASK, looks: int = 9) -> Delivery:
    tried = NOW - timedelta(seconds=tried_before)
    blank = {"key": "k", "not_before": tried, "expires": None, "channel": "C1", "thread_ts": "", "of_id": None}
    said = {"ts": "1.1", "body": "{}", "body_hash": "", "tries": 1, "error": "", "made_at": tried, "sent_at": None}
    looked = {"first_tried_at": tried, "tried_at": tried, "look_at": NOW, "looks": looks, "repeat": False}
    about = {"tour_id": 1, "gig_id": 1, "person": "", "subject": {}, "look_since": None}
    return Delivery(1, letter, Op.POST, Room.CHANNEL, state=state, **blank, **said, **looked, **about)  # type: ignore[arg-type]


TABLE = [
    ("found once", S.UNKNOWN, 2, ONCE, Step.FOUND),
    ("found twice: the later copy goes", S.UNKNOWN, 2, TWICE, Step.FOUND),
    ("not there, but it may still come", S.UNKNOWN, 14.9, NOTHING, Step.AGAIN),
    ("certainly not there", S.UNKNOWN, 15, NOTHING, Step.MISSING),
    ("not seen whole, so nothing is certain", S.UNKNOWN, 40, BLIND, Step.AGAIN),
    ("not seen whole for a minute", S.UNKNOWN, 60, BLIND, Step.REPEAT),
    ("Slack lets one look a minute through", S.UNKNOWN, 60, Sighting(wait=60), Step.AGAIN),
    ("for three minutes", S.UNKNOWN, 180, Sighting(wait=60), Step.REPEAT),
    ("found while a person is asked", S.ASKED, 900, ONCE, Step.FOUND),
    ("still not known", S.ASKED, 900, BLIND, Step.AGAIN),
    ("still not there: the person decides", S.ASKED, 900, NOTHING, Step.AGAIN),
    ("being sent this very moment", S.SENDING, 1, ONCE, Step.AGAIN),
    ("seen again", S.SENT, 400, ONCE, Step.VERIFIED),
    ("it has come twice after all", S.SENT, 400, TWICE, Step.VERIFIED),
    ("somebody took it away", S.SENT, 400, NOTHING, Step.GONE),
    ("waiting, but its first try arrived", S.PENDING, 400, ONCE, Step.FOUND),
]


@pytest.mark.parametrize(("why", "state", "ago", "seen", "step"), TABLE, ids=[row[0] for row in TABLE])
def test_what_follows_from_a_look(why: str, state: DeliveryState, ago: float, seen: Sighting, step: Step) -> None:
    finding = find(a_delivery(state, ago), seen, NOW, USUAL)
    assert finding.step is step, why
    if len(seen.stamps) > 1 and state is not S.SENDING:
        assert finding.extra == ("1.2",)


def test_the_copy_that_we_know_stays_though_a_late_one_stands_before_it() -> None:
    said = replace(a_delivery(S.SENT, 400), ts="1.2")
    finding = find(said, TWICE, NOW, USUAL)
    assert (finding.step, finding.ts, finding.extra) == (Step.VERIFIED, "1.2", ("1.1",))


def test_what_matters_less_than_a_call_is_asked_and_never_repeated() -> None:
    for letter in set(Letter) - CRITICAL:
        assert find(a_delivery(S.UNKNOWN, 60, letter), BLIND, NOW, USUAL).step is Step.ASK


def test_what_a_lost_book_may_have_said_is_never_repeated() -> None:
    restored = replace(a_delivery(S.UNKNOWN, 60), look_since=NOW - timedelta(days=7), tried_at=None)
    assert find(restored, BLIND, NOW, USUAL).step is Step.ASK


def test_a_found_message_is_looked_at_again_after_one_minute_and_after_five() -> None:
    first = find(a_delivery(S.UNKNOWN, 2, looks=0), ONCE, NOW, USUAL)
    second = find(a_delivery(S.SENT, 62, looks=0), ONCE, NOW, USUAL)
    third = find(a_delivery(S.SENT, 362, looks=1), ONCE, NOW, USUAL)
    assert [each.at for each in (first, second, third)] == [NOW + seconds(60), NOW + seconds(300), None]
    assert third.step is Step.VERIFIED


@given(
    st.floats(0, 600),
    st.integers(0, 25),
    st.booleans(),
    st.integers(0, 90),
    st.sampled_from(sorted(Letter)),
)
def test_nothing_goes_out_again_before_a_whole_look_that_was_late_enough(
    ago: float, looks: int, is_whole: bool, wait: int, letter: Letter
) -> None:
    said = a_delivery(S.UNKNOWN, ago, letter, looks)
    finding = find(said, Sighting((), is_whole, wait), NOW, USUAL)
    if finding.step is Step.MISSING:
        assert is_whole
        assert ago >= USUAL.settle
    if finding.step is Step.REPEAT:
        assert ago >= USUAL.unknown
        assert letter in CRITICAL
    if finding.step is Step.AGAIN:
        assert finding.at is not None
        assert finding.at > NOW or is_whole


@given(st.floats(0.005, 1))
def test_the_waits_hang_together_in_every_measure(factor: float) -> None:
    waits: Patience = USUAL.scaled(factor)
    assert waits.deadline < waits.settle < waits.unknown
    assert waits.lease > waits.deadline + 5 * factor
    assert waits.early == USUAL.early
