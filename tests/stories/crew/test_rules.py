"""The rules of noise bite: each made-up breach is told, and what is allowed is not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.sandbox.ledger import Entry, Kind
from checklists.crew import Call, CallState, Position
from checklists.walls import Wall
from tests.stories.crew.rules import Told, asked_though_answered, digests, nights, third_reminders
from tests.stories.crew.stage import Seen

NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)
ANA = Call(1, 1, "U0ANA", Position.FOH, Wall.decode("14:00+0/0"), NOON + timedelta(days=1))


def told(kind: str, at: datetime = NOON, seq: int = 1) -> Told:
    return Told(Entry(seq, at, 0, Kind.POSTED, text="#1 Lisbon"), kind, "ana", "Lisbon")


def seen(*states: CallState) -> list[Seen]:
    """The one call as it stood after each step; a step writes one line."""
    every = enumerate((CallState.CALLED, *states), 1)
    return [Seen(NOON, number, [Call(*_of(ANA), state=state)]) for number, state in every]


def _of(call: Call) -> tuple[int, int, str, Position, Wall, datetime]:
    return call.id, call.gig_id, call.person, call.position, call.wall, call.at


def test_two_digests_of_one_day_are_one_too_many() -> None:
    assert list(digests([told("digest"), told("digest", NOON + timedelta(days=1))])) == []
    assert len(list(digests([told("digest"), told("digest", NOON + timedelta(hours=1))]))) == 1


def test_nobody_is_woken_but_near_his_call_and_when_it_is_off() -> None:
    night = datetime(2026, 10, 23, 2, tzinfo=UTC)
    history: Sequence[Seen] = seen(CallState.CALLED)
    assert len(list(nights([told("day_sheet", night)], history))) == 1
    assert list(nights([told("called_off", night), told("day_sheet")], history)) == []
    near = [Seen(NOON, 2, [Call(*_of(ANA)[:5], night + timedelta(hours=2))])]
    assert list(nights([told("on_your_way", night)], near)) == []


def test_whoever_has_answered_is_not_asked_again() -> None:
    assert list(asked_though_answered([told("ask_dm")], seen(CallState.CALLED))) == []
    yes = [Seen(NOON, 1, [Call(*_of(ANA), state=CallState.CONFIRMED)]), *seen(CallState.CONFIRMED)[1:]]
    assert len(list(asked_though_answered([told("ask_dm")], yes))) == 1


def test_a_third_reminder_is_one_too_many() -> None:
    history = seen(CallState.CALLED)
    asked = [told("ask"), told("ask_again"), told("ask_dm")]
    assert list(third_reminders(asked, history)) == []
    assert len(list(third_reminders([*asked, told("on_your_way")], history))) == 1
