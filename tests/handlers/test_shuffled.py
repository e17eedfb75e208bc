"""Slack brings what people said late, twice and out of order: the book comes to what they said, in their order."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.sandbox.ledger import Kind
from tests.handlers.troupe import Actor, Troupe

CREW = {
    "ana": "FOH",
    "bo": "MON",
    "kit": "BL",
    "lou": "LD",
    "max": "MERCH",
    "dee": "DRIVER",
    "sam": "SM",
    "pia": "PM",
    "jo": "VID",
}
ROUNDS = 3
SAYS = ("confirmed", "can't make it", "running 20 late", "running late", "yes but only from 3pm", "in", "lovely truck")


def a_day(dice: random.Random) -> list[tuple[str, str]]:
    """What one person does: words, edits and deletions of the last words, reactions put and taken away."""
    deeds, mine, put = [], 0, set[str]()
    for _ in range(dice.randint(2, 5)):
        what = dice.choice(("says", "says", "edits", "puts", "takes"))
        sign = dice.choice(("+1", "-1"))
        if what == "edits" and mine:
            deeds.append(("edits", dice.choice((*SAYS, ""))))
            mine -= not deeds[-1][1]
        elif what == "puts" and sign not in put:
            put.add(sign)
            deeds.append((what, sign))
        elif what == "takes" and sign in put:
            put.remove(sign)
            deeds.append((what, sign))
        else:
            mine += 1
            deeds.append(("says", dice.choice(SAYS)))
    return deeds


def does(troupe: Troupe, name: str, deeds: list[tuple[str, str]], card: Any, ask: Any) -> None:
    """All of it, each when the one before was taken."""
    hands, who, mine = troupe.slack.hands, troupe.person(name).id, list[str]()
    for what, words in deeds:
        assert troupe.slack.wait_until(lambda: troupe.slack.unacked() == 0)
        match what:
            case "says":
                mine.append(hands.say(who, card.channel, words, card.ts))
            case "edits" if words:
                hands.edit(who, card.channel, mine[-1], words)
            case "edits":
                hands.remove(who, card.channel, mine.pop())
            case "puts":
                hands.react(who, ask.channel, ask.ts, words)
            case "takes":
                hands.unreact(who, ask.channel, ask.ts, words)


@contextmanager
def nothing_comes_in(troupe: Troupe) -> Iterator[list[dict[str, Any]]]:
    """What happens meanwhile is not sent; gives the events that were not."""
    kept: list[dict[str, Any]] = []
    since, troupe.slack.faults.events_lost = troupe.mark(), True
    yield kept
    troupe.slack.faults.events_lost = False
    kept += [line.detail for line in troupe.slack.ledger.entries(Kind.EVENT_LOST, since=since)]


def comes_in(troupe: Troupe, bodies: list[dict[str, Any]]) -> None:
    sent = [troupe.slack.slack.line.send_event(body) for body in bodies]
    assert troupe.slack.wait_until(lambda: all(envelope.acked for envelope in sent), 60)
    troupe.mover.settle()


def opened(troupe: Troupe, tess: Actor, number: int) -> tuple[Any, Any]:
    """A gig with everybody called; its card and its ask."""
    tess.types(f"/gig new The Lanterns, Musicbox Lisbon, {number} Oct 2026")
    tess.types(f"/gig call #{number} " + ", ".join(f"@{name} {position} 14:00" for name, position in CREW.items()))
    return troupe.post("card"), troupe.post("ask")


def answers(troupe: Troupe, number: int) -> list[Any]:
    return troupe.rows(
        "SELECT person, calls.state, late, late_unknown, answered_by FROM calls JOIN gigs ON gigs.id = calls.gig_id "
        f"WHERE number = {number} ORDER BY person"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """So many runs, each of its own seed, that `--sequences` people have had their day."""
    runs = -(-metafunc.config.getoption("--sequences") // (ROUNDS * len(CREW)))
    metafunc.parametrize("seed", range(4, 4 + runs))


def test_each_event_one_to_four_times_shuffled_and_late_ends_as_the_one_run_in_order(
    troupe: Troupe, tess: Actor, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - a toy
    for number in range(1, 2 * ROUNDS, 2):
        days = {name: a_day(dice) for name in CREW}
        here = opened(troupe, tess, number)
        for name, deeds in days.items():
            does(troupe, name, deeds, *here)
        there = opened(troupe, tess, number + 1)
        with nothing_comes_in(troupe) as lost:
            for name, deeds in days.items():
                does(troupe, name, deeds, *there)
        came = [body for body in lost for _ in range(dice.randint(1, 4))]
        dice.shuffle(came)
        comes_in(troupe, came[: len(came) // 2])
        troupe.wait(minutes=4)
        comes_in(troupe, came[len(came) // 2 :])
        assert answers(troupe, number + 1) == answers(troupe, number), days
