"""What was said about a call comes to the same, in whatever order and however often it is heard."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from checklists.crew import AnsweredBy, Call, CallState, Position
from checklists.replies import Meaning
from checklists.sayings import COUNTS, Saying, after, first_of, fold, is_for, is_next, open_again, settled
from checklists.walls import Wall

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
CALL = Call(1, 1, "UANA", Position.FOH, Wall(time(14)), NOON + timedelta(days=30), asked_at=NOON)
SEQUENCES = 2_000
WORDS, REACTION, BUTTON = AnsweredBy.WORDS, AnsweredBy.REACTION, AnsweredBy.BUTTON
SIGNS = {"+1": Meaning.CONFIRM, "-1": Meaning.DECLINE}


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def words(minutes: float, meaning: Meaning, ref: str = "", *, edits: bool = False, late: int = 0) -> Saying:
    ref = ref or f"m{minutes}"
    gone = meaning not in COUNTS
    unknown = meaning is Meaning.LATE and not late
    return Saying(at(minutes), f"{ref}:{minutes}", meaning, WORDS, ref, late, unknown, edits, gone)


def reaction(minutes: float, name: str, *, gone: bool = False) -> Saying:
    return Saying(at(minutes), f"{name}:{minutes}", SIGNS[name], REACTION, "ask", gone=gone, name=name)


def press(minutes: float, meaning: Meaning) -> Saying:
    return Saying(at(minutes), f"press:{minutes}", meaning, BUTTON, "ask")


def heard(sayings: Sequence[Saying], call: Call = CALL) -> Call:
    """The call after these came in, in the order in which they came."""
    log: dict[str, Saying] = {}
    for each in sayings:
        if each.key in log:
            continue
        log[each.key] = each
        told = after(call, each) if is_next(call, each) else fold(call, log.values())
        call = replace(told, heard_at=max(each.at, call.heard_at or each.at))
    return call


def somebody(dice: random.Random) -> list[Saying]:
    """One to ten things that one person says, edits, deletes, puts, takes away and presses, in order."""
    told: list[Saying] = []
    for minutes in range(dice.randint(1, 10)):
        mine = [each.ref for each in told if each.by is WORDS]
        meaning = dice.choice(sorted(COUNTS))
        late = dice.choice((0, 10, 25)) if meaning is Meaning.LATE else 0
        deeds = [
            words(minutes, meaning, late=late),
            reaction(minutes, dice.choice(("+1", "-1")), gone=dice.random() < 0.5),
            press(minutes, dice.choice((Meaning.CONFIRM, Meaning.DECLINE))),
        ]
        if mine:
            ref = dice.choice(mine)
            deeds += [words(minutes, meaning, ref, edits=True, late=late), words(minutes, Meaning.UNRELATED, ref)]
        told.append(dice.choice(deeds))
    return told


def test_each_of_two_thousand_sequences_heard_one_to_four_times_and_shuffled_ends_as_the_one_in_order() -> None:
    for seed in range(SEQUENCES):
        dice = random.Random(seed)  # noqa: S311 - a toy
        told = somebody(dice)
        came = [each for each in told for _ in range(dice.randint(1, 4))]
        dice.shuffle(came)
        assert heard(came) == heard(told) == replace(fold(CALL, told), heard_at=told[-1].at), seed


@pytest.mark.parametrize(
    ("told", "state", "late"),
    [
        ([words(1, Meaning.CONFIRM), words(2, Meaning.DECLINE)], CallState.DECLINED, 0),
        ([words(1, Meaning.DECLINE), press(2, Meaning.CONFIRM)], CallState.CONFIRMED, 0),
        ([words(1, Meaning.LATE, late=20), words(2, Meaning.CONFIRM)], CallState.CONFIRMED, 20),
        ([words(1, Meaning.LATE, "m", late=20), words(2, Meaning.CONFIRM, "m", edits=True)], CallState.CONFIRMED, 0),
        ([words(1, Meaning.ARRIVED), reaction(2, "+1")], CallState.ARRIVED, 0),
        ([words(1, Meaning.CONFIRM, "m"), words(2, Meaning.UNRELATED, "m")], CallState.CALLED, 0),
        ([words(1, Meaning.CONFIRM, "m"), press(2, Meaning.DECLINE), words(3, Meaning.UNRELATED, "m")],
         CallState.DECLINED, 0),
        ([reaction(1, "+1"), reaction(2, "+1", gone=True)], CallState.CALLED, 0),
        ([reaction(1, "-1"), reaction(2, "+1"), reaction(3, "-1", gone=True)], CallState.CONFIRMED, 0),
        ([], CallState.CALLED, 0),
    ],
)  # fmt: skip
def test_what_it_comes_to(told: list[Saying], state: CallState, late: int) -> None:
    assert (fold(CALL, told).state, fold(CALL, told).late) == (state, late)


def test_minutes_are_not_known_until_somebody_says_them() -> None:
    late = fold(CALL, [words(1, Meaning.LATE)])
    assert (late.late_unknown, late.late_from) == (True, at(1))
    assert not fold(CALL, [words(1, Meaning.LATE), words(2, Meaning.LATE, late=20)]).late_unknown


def test_what_was_said_before_a_new_ask_answers_the_old_one() -> None:
    asked = replace(CALL, version=2, asked_at=at(10))
    assert not is_for(asked, at(9))
    assert is_for(asked, at(10))
    assert is_for(asked, at(10) - timedelta(seconds=5)), "two clocks are never the same"
    assert is_for(CALL, at(-60)), "a first ask has nothing before it, whatever the clocks say"


def test_a_no_show_stays_one_unless_he_came_or_cannot_come_or_is_awaited_later() -> None:
    gone = replace(CALL, state=CallState.NO_SHOW, at=at(5))
    for told, state in (
        (words(1, Meaning.CONFIRM), CallState.NO_SHOW),
        (words(1, Meaning.LATE, late=5), CallState.NO_SHOW),
        (words(1, Meaning.LATE, late=90), CallState.CONFIRMED),
        (words(1, Meaning.ARRIVED), CallState.ARRIVED),
        (words(1, Meaning.DECLINE), CallState.DECLINED),
    ):
        assert settled(gone, fold(gone, [told]), at(30)).state is state


def test_an_answer_from_before_sayings_were_kept_is_one_of_them() -> None:
    answered = CALL.answered(CallState.CONFIRMED, WORDS, "m1", at(3), 20)
    kept = first_of(answered)
    assert kept is not None
    assert (kept.at, kept.meaning, kept.late, kept.ref) == (at(3), Meaning.LATE, 20, "m1")
    assert fold(answered, [kept, words(1, Meaning.DECLINE)]) == answered
    assert first_of(CALL) is None
    assert first_of(replace(answered, heard_at=at(3))) is None
    assert open_again(answered) == CALL
