"""What the crew ask, answered: from the day's times, the calls, the venue, or what the tour manager keeps."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from checklists.crew import Call, Position
from checklists.gig import Anchor
from checklists.questions import Fact, Kind, Topic, label
from checklists.walls import local
from handlers.cards.blocks import Card, card, fitting, shorten
from handlers.cards.gig import headline, times_line
from handlers.cards.lines import LINES_ROOM, kind_words, particulars, state_words
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, anchor_of, escape, listed, mention, moment, own_clock, say, short_date

ADDRESS = "address"
ASKED_SHOWN = 12
TEXT_SHOWN = 200
AGREED = "from the day's times"
OPEN = "from the day's times; `~` is not agreed yet"


def answer_line(seen: Picture, topic: Topic, facts: Mapping[str, Fact]) -> Spoken | None:
    """The answer with where it comes from; None when nobody knows, or when it is about the asker's own call."""
    match topic.kind:
        case Kind.TIME:
            return _time(seen, Anchor(topic.key))
        case Kind.DAY:
            is_open = any(seen.gig.is_approx(anchor) for anchor in Anchor)
            return Spoken(f"The day: {times_line(seen.gig)} ({OPEN if is_open else AGREED})")
        case Kind.PERSON:
            return _person(seen, Position(topic.key))
        case Kind.VENUE:
            return _kept(seen, facts[ADDRESS]) if ADDRESS in facts else _venue(seen)
        case Kind.FACT:
            return _kept(seen, facts[topic.key]) if topic.key in facts else None
        case _:
            return None


def _time(seen: Picture, anchor: Anchor) -> Spoken:
    source = OPEN if seen.gig.is_approx(anchor) else AGREED
    own = own_clock(seen.gig.at(anchor), seen.gig.zone)
    return Spoken(f"*{anchor.words.capitalize()}:* {anchor_of(seen.gig, anchor)}; on your own clock {own} ({source})")


def _person(seen: Picture, position: Position) -> Spoken | None:
    calls = [call for call in seen.standing if call.position is position]
    if not calls:
        return Spoken(f"*TM:* {seen.name(seen.lead)} (of the tour)") if _is_led(seen, position) else None
    zone = seen.gig.zone
    who = [f"{seen.name(each.person)}, call {moment(each.at, zone)}, {state_words(each, zone)}" for each in calls]
    return Spoken(f"*{position}:* {'; '.join(fitting(who, LINES_ROOM // 2))} (from the calls)")


def _is_led(seen: Picture, position: Position) -> bool:
    return position is Position.TM and bool(seen.lead)


def _venue(seen: Picture) -> Spoken | None:
    gig = seen.gig
    if not gig.venue:
        return None
    words = escape(", ".join(part for part in (gig.venue, gig.city, gig.country) if part))
    return Spoken(f"*Venue:* {words} (from the gig; no address is kept)")


def _kept(seen: Picture, fact: Fact) -> Spoken:
    day = short_date(local(fact.at, seen.gig.zone).date())
    return Spoken(f"*{escape(label(fact.key))}:* {escape(fact.text)} (kept by {seen.name(fact.by)}, {day})")


def answer(seen: Picture, lines: Sequence[Spoken], who: Sequence[str], now: datetime, *, late: bool) -> Card:
    """The answers to one question, or to all who asked before it was known (`late`)."""
    names = [seen.name(each) if not late or seen.is_quiet(each, now) else mention(each) for each in who]
    shown = listed(fitting(names, 600, "{} more"))
    return card(say("answer", headline=Spoken(headline(seen.gig)), lines=lines, who=shown, late=late))


def own_calls(seen: Picture, calls: Sequence[Call], now: datetime) -> str:
    """Somebody's own calls with all that is said about them: for his eyes alone."""
    lines = [line for call in sorted(calls, key=lambda each: each.at) for line in _own(seen, call, now)]
    return say("my_call", headline=Spoken(headline(seen.gig)), lines=lines)


def _own(seen: Picture, call: Call, now: datetime) -> list[Spoken]:
    zone = seen.gig.zone
    when = f"*{moment(call.at, zone)}*, on your own clock {own_clock(call.at, zone)}"
    first = Spoken(f"{call.position}, {kind_words(call)}{when}: {state_words(call, zone)}")
    more = particulars(seen, [call])
    boss = [] if call.report_to else [Spoken(f"Report to: {reports_to(seen, call)}")]
    return [first, *more, *boss]


def reports_to(seen: Picture, call: Call) -> Spoken:
    """Whom nobody has named: the stage manager who is called, else the tour manager."""
    found = next((each.person for each in seen.standing if each.position is Position.SM), seen.lead)
    if not found:
        return Spoken("nobody is named; ask the tour manager")
    return Spoken(f"{seen.name(found)} ({'tour manager' if found == seen.lead else 'stage manager'})")


def question(seen: Picture, who: str, asked: Sequence[tuple[str, datetime, bool]], key: str) -> Card:
    """For the tour manager: what one person asks, when, and whether it is answered since."""
    zone = seen.gig.zone
    lines = [
        Spoken(f"“{escape(shorten(text, TEXT_SHOWN))}” ({moment(at, zone)}){': answered since' if known else ''}")
        for text, at, known in asked
    ]
    is_open = any(not known for _, _, known in asked)
    shown = fitting(lines[-ASKED_SHOWN:], LINES_ROOM)
    return card(say("question", gig=seen.gig, who=mention(who), lines=shown, key=key, is_open=is_open))
