"""What must hold of everything that was ever written, whatever the script says: the budget of noise."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.ledger import Entry, Kind
from checklists.crew import Call, CallState
from tests.stories.crew.ledger import GIGS, Book, kind_of
from tests.stories.crew.people import BY_ID, BY_NAME
from tests.stories.crew.stage import Seen, Stage

NEAR = timedelta(hours=3)
LONGEST_DAY = timedelta(hours=19)
SAFETY = frozenset({"cancelled", "called_off"})
"""Nobody may set out for a show that is not."""
ASKING = frozenset({"ask", "ask_again", "ask_dm", "on_your_way"})
REMINDERS = ASKING - {"ask"}
MOST_REMINDERS = 2
AT_ONCE = timedelta(seconds=1)
DEEDS = (Kind.COMMANDED, Kind.PRESSED)


@dataclass(frozen=True)
class Told:
    """One person is reached by a post: named in a thread, or written to."""

    line: Entry
    kind: str
    person: str
    gig: str


def broken(stage: Stage) -> list[str]:
    """Every rule that the whole ledger breaks, in words."""
    told = [each for line in stage.slack.posts() for each in _told(stage.book, line)]
    return [
        *digests(told),
        *nights(told, stage.history),
        *asked_though_answered(told, stage.history),
        *third_reminders(told, stage.history),
        *_hasty_cards(stage.book),
        *_slow_cards(stage.book),
    ]


def _told(book: Book, line: Entry) -> Iterator[Told]:
    place = book.place(line)
    if place.startswith("DM to "):
        gig = next((gig for gig, number in GIGS.items() if f"{number} " in line.text), "")
        yield Told(line, kind_of(line), place.removeprefix("DM to "), gig)
    else:
        for who in sorted(line.pinged):
            yield Told(line, kind_of(line), BY_ID[who].name, place.removeprefix("thread of "))


def digests(told: Sequence[Told]) -> Iterator[str]:
    """Nobody gets more than one digest a day."""
    counts = Counter((each.person, _local(each).date()) for each in told if each.kind == "digest")
    yield from (f"{who} got {count} digests on {day}" for (who, day), count in counts.items() if count > 1)


def nights(told: Sequence[Told], history: Sequence[Seen]) -> Iterator[str]:
    """Between 23:00 and 08:00 of his own zone nobody is reached, unless he is at work, a call is near, or it is off."""
    for each in told:
        if 8 <= _local(each).hour < 23 or each.kind in SAFETY:
            continue
        calls = [call for call in _after(history, each.line) if call.person == BY_NAME[each.person].id and call.stands]
        if not any(_is_on_duty(call, each.line.at) for call in calls):
            yield f"{each.person} is woken at {_local(each):%a %d %b %H:%M} by {each.kind}: {each.line.text[:80]}"


def _is_on_duty(call: Call, at: datetime) -> bool:
    return call.at - NEAR <= at <= (call.out_at or call.at + LONGEST_DAY)


def asked_though_answered(told: Sequence[Told], history: Sequence[Seen]) -> Iterator[str]:
    """Whoever has answered is not asked again, unless his call has changed."""
    for each in told:
        if each.kind in ASKING:
            before, after = _versions(_before(history, each.line), each), _versions(_after(history, each.line), each)
            if after and all(before.get(key) not in (None, CallState.CALLED, CallState.MAYBE) for key in after):
                yield f"{each.person} has answered, and is asked again by {each.kind} at {each.line.at}"


def third_reminders(told: Sequence[Told], history: Sequence[Seen]) -> Iterator[str]:
    """Whoever left two reminders unanswered gets no third about the same call: his boss hears of it."""
    asked: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for each in told:
        for call, version in _versions(_after(history, each.line), each) if each.kind in ASKING else ():
            asked[each.person, call, version].append(each.kind)
    for (who, call, _), kinds in asked.items():
        if sum(kind in REMINDERS for kind in kinds) > MOST_REMINDERS or kinds.count("ask") > 1:
            yield f"{who} was asked too often about call {call}: {', '.join(kinds)}"


def _versions(calls: Sequence[Call], each: Told) -> dict[tuple[int, int], CallState]:
    """By call and version, where this person's calls on that gig stand."""
    number = int(GIGS[each.gig].removeprefix("#")) if each.gig in GIGS else 0
    mine = [call for call in calls if call.person == BY_NAME[each.person].id and call.gig_id == number and call.stands]
    return {(call.id, call.version): call.state for call in mine}


def _hasty_cards(book: Book) -> Iterator[str]:
    """No card is edited twice within a second."""
    last: dict[tuple[str, str], datetime] = {}
    for line in book.ledger.entries(Kind.EDITED):
        spot = (line.channel, line.ts)
        if book.labels.get(spot, "").startswith("card of"):
            if spot in last and line.at - last[spot] < AT_ONCE:
                yield f"{book.labels[spot]} is edited twice within a second at {line.at}"
            last[spot] = line.at


def _slow_cards(book: Book) -> Iterator[str]:
    """What somebody does is seen on the card within a second."""
    done = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    for line in book.ledger.entries():
        if line.kind in DEEDS or line.via == "hands":
            done = line.at
        elif line.kind is Kind.EDITED and AT_ONCE < line.at - done < timedelta(seconds=60):
            yield f"{book.labels.get((line.channel, line.ts))} follows only after {line.at - done} at {line.at}"


def _before(history: Sequence[Seen], line: Entry) -> Sequence[Call]:
    """The calls as they stood after the last step before this line."""
    return next((seen.calls for seen in reversed(history) if seen.mark <= line.seq), ())


def _after(history: Sequence[Seen], line: Entry) -> Sequence[Call]:
    """The calls as they stood after the step in which this line was written."""
    return next((seen.calls for seen in history if seen.mark > line.seq), ())


def _local(each: Told) -> datetime:
    return each.line.at.astimezone(ZoneInfo(BY_NAME[each.person].zone))
