"""What the bot says: limits kept for a hostile gig, nobody pinged by a name, everything in the text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import mentions
from checklists.crew import AnsweredBy, Call, CallStage, CallState
from checklists.gig import Anchor
from checklists.questions import Fact, Kind, Topic
from handlers.cards import answer, asks, call, checklist, day, gates, gig, ready, weekly
from handlers.cards import seen as off
from handlers.cards.blocks import PRIVATE_MOST, Card
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken
from handlers.cards.whole_list import whole_list
from tests.handlers.pictures import MADE, NOW, closed, hostile, lisbon, usual


def _off(at: Picture) -> list[Call]:
    """All of them called off after a yes; every second one has seen it."""
    return [
        replace(each, state=CallState.CALLED_OFF, told_state=CallState.CONFIRMED, seen_at=NOW if n % 2 else None)
        for n, each in enumerate(at.calls)
    ]


def _told(at: Picture) -> list[Spoken]:
    facts = {key: Fact(key, at.gig.name, "U0TESS", NOW) for key in ("wifi", "address")}
    topics = [Topic(Kind.TIME, "doors"), Topic(Kind.DAY), Topic(Kind.VENUE), Topic(Kind.FACT, "wifi")]
    topics += [Topic(Kind.PERSON, each.value) for each in {call.position for call in at.calls}]
    return [line for each in topics if (line := answer.answer_line(at, each, facts)) is not None]


CARDS: dict[str, Callable[[Picture], Card]] = {
    "card": lambda seen: gig.gig_card(seen, NOW),
    "overview": lambda seen: gig.overview(seen.tour, "<@U0TESS>", [seen.gig] * 40),
    "drop": lambda seen: ready.drop(seen, NOW, "green", 82.5, []),
    "times": lambda seen: gig.changed(seen, [seen.gig.name] * 7, gig.named_once(seen, seen.standing, NOW)),
    "cancelled": lambda at: off.cancelled(at, _off(at), at.gig.name, gig.named_once(at, at.calls, NOW)),
    "seen_ask": lambda at: off.seen_ask(at, _off(at)[:1]),
    "unseen": lambda at: off.unseen(at, _off(at)),
    "answer": lambda at: answer.answer(at, _told(at), [each.person for each in at.calls], NOW, late=True),
    "own_calls": lambda at: Card(answer.own_calls(at, at.calls[:4], NOW), ()),
    "question": lambda at: answer.question(at, "U0TESS", [(at.gig.name, NOW, False)] * 30, "wifi"),
    "ask": lambda seen: asks.ask(seen, seen.calls, NOW, again=False, may_check_in=True),
    "ask_again": lambda seen: call.ask_again(seen, seen.calls, NOW),
    "ask_dm": lambda seen: call.personal("ask_dm", seen, seen.calls[:1], lead=seen.name("U0TESS")),
    "on_your_way": lambda seen: call.personal("on_your_way", seen, seen.calls[:1]),
    "held": lambda seen: call.personal("held", seen, seen.calls[:1], what="you were called to", unconfirmed=True),
    "silent_list": lambda seen: call.silent_list(seen, seen.calls),
    "no_show": lambda seen: call.no_show(seen, seen.calls),
    "declined": lambda seen: call.declined(seen, seen.calls[0], NOW),
    "not_here": lambda seen: call.not_here(seen, seen.calls, NOW - timedelta(minutes=10)),
    "moved": lambda seen: call.moved(seen, seen.calls, "Sat 26 Oct 2024", NOW),
    "called_off": lambda at: off.called_off(at, _off(at), Spoken("<@U0TESS>")),
    "day_sheet": lambda seen: day.day_sheet(seen, NOW),
    "doors": lambda seen: day.doors(seen, seen.open_gates(), 60),
    "curfew": lambda seen: day.curfew(seen),
    "load_out": lambda seen: day.load_out(seen, NOW),
    "checklist": lambda seen: whole_list(seen, seen.items, NOW),
    "digest": lambda at: checklist.digest(at.tour, checklist.Digest([(at.gig, item) for item in at.items]), NOW),
    "doors_open": lambda at: gates.doors_opened(closed(at), NOW, "U0TESS"),
    "doors_shut": lambda at: gates.doors_shut(at, NOW, "U0TESS", at.gig.name),
    "weekly": lambda at: weekly.weekly(at.tour, [weekly.Stands(at, at.judge(NOW))] * 40, {}, NOW),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_hostile_gig_keeps_slacks_limits(name: str) -> None:
    made = CARDS[name](hostile())
    blocks = [dict(block) for block in made.blocks]
    assert check_message(blocks) == []
    assert not is_too_long(blocks)
    assert 0 < len(made.text.encode()) <= (PRIVATE_MOST if name == "checklist" else 4_000)


@pytest.mark.parametrize("name", CARDS)
def test_a_hostile_name_pings_nobody(name: str) -> None:
    seen = hostile()
    ours = {each.person for each in seen.calls} | {"U0TESS"}
    made = CARDS[name](seen)
    assert mentions(made.text, [dict(block) for block in made.blocks]) <= ours


@pytest.mark.parametrize("name", CARDS)
def test_every_card_renders_for_a_usual_gig_and_names_it(name: str) -> None:
    made = CARDS[name](usual())
    assert "Lisbon" in made.text
    assert "None" not in made.text
    assert "{{" not in made.text


def test_the_card_says_who_has_not_confirmed_and_when_the_call_is() -> None:
    text = gig.gig_card(usual(), NOW).text
    assert "NOT confirmed (1)" in text
    assert "Kit, BL, call 12:00 WET" in text
    assert "Bo MON 12:00 20 min late" in text
    assert "Declined (1): Lou LD 12:00" in text


def test_a_list_too_long_for_the_card_still_counts_every_answer() -> None:
    seen = hostile()
    held = [replace(each, state=CallState.CONFIRMED, stage=CallStage.HOLD) for each in seen.calls[:30]]
    maybe = [replace(each, state=CallState.MAYBE) for each in seen.calls[30:32]]
    silent = [replace(each, state=CallState.CALLED) for each in seen.calls[32:34]]
    here = [replace(each, state=CallState.ARRIVED) for each in seen.calls[34:40]]
    shown = gig.gig_card(replace(seen, calls=(*held, *maybe, *silent, *here)), NOW).text
    heading, first = shown.partition("*NOT confirmed (34)*")[2].split("\n")[:2]
    assert heading == ": 2 no answer yet, 2 said maybe, 30 hold the date"
    assert first.endswith("said maybe")
    assert "On site: 6 of 40" in shown


def test_a_gig_with_nothing_open_says_so_in_words() -> None:
    seen = closed(usual())
    green = Picture(seen.gig, seen.tour, seen.lead, (), seen.items, seen.people)
    assert "*GREEN*" in gig.gig_card(green, MADE).text
    assert "Nothing is late, nothing is missing." in gig.gig_card(green, MADE).text


def test_times_name_their_zone_on_the_day_the_clocks_change() -> None:
    text = day.day_sheet(usual(), NOW).text
    assert "at 02:00 WEST on Sun 27 Oct it becomes 01:00 WET." in text
    assert "~12:00 WET load-in" in text
    assert "Lisbon time (WET)" in text


def test_the_day_sheet_says_who_comes_late() -> None:
    seen = usual()
    late = seen.calls[0].answered(CallState.CONFIRMED, AnsweredBy.WORDS, "1.1", NOW, 20)
    text = day.day_sheet(replace(seen, calls=(late, *seen.calls[1:])), NOW).text
    assert f"{late.position}, {late.wall} WET: confirmed, 20 min late" in text


def test_a_time_past_midnight_names_its_day() -> None:
    late = lisbon(given={Anchor.LOAD_OUT: type(lisbon().day[Anchor.LOAD_OUT]).decode("01:30+1")})
    assert "load-out 01:30 WET Mon 28 Oct" in gig.times_line(late)


def test_who_sleeps_is_named_but_not_pinged() -> None:
    night = NOW.replace(hour=6)
    seen = usual()
    lou = seen.calls[2]
    assert seen.named(lou, night) == "Lou"
    assert seen.named(lou, night, wake=True) == "<@U0LOU>"
    assert seen.named(lou, lou.at - timedelta(hours=8)) == "<@U0LOU>"
