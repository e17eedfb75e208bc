"""What a run commits to say: a tour book with calls, and the cues that fall due in the run."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from checklists.crew import Person, Position, Role
from checklists.cues import Cue, CueKind
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.walls import Wall
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Room
from storage.store import Store
from tests.faults.books import Book as Kept
from tests.faults.town import Cast

NOON = Wall(time(12))
DAYS_AHEAD = timedelta(days=3)
POSITIONS = tuple(Position)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One post that must be in Slack once: its key, where, and when (epoch seconds)."""

    key: str
    channel: str
    thread_ts: str
    due: float


@dataclass(frozen=True, slots=True)
class Line:
    """A cue, and where what it says belongs."""

    cue: Cue
    channel: str
    thread_ts: str = ""

    @property
    def mark(self) -> tuple[CueKind, int | None, str]:
        """What tells the cue from every other of the run."""
        return self.cue.kind, self.cue.gig_id, self.cue.person


def key_in_slack(team: str, key: str) -> str:
    """The key of a delivery as its message carries it."""
    return hashlib.blake2s(f"{team}:{key}".encode(), digest_size=8).hexdigest()


def commit(
    kept: Kept,
    cast: Cast,
    due: datetime,
    now: datetime,
    spread: timedelta,
    strangers: bool,
    age: timedelta,
) -> list[Wanted]:
    """A gig for each card of the cast, everybody called in turn, and all cues from `due` on, spread over a span;
    those to one person should have rung by `age` before that.

    Every gig asks its called again in its thread, each person is asked by DM, and each tour posts its overview.
    Every second person's direct channel is known beforehand; the others' have to be opened (without `strangers` all
    are known).
    """
    store = Store.open(kept.url)
    try:
        store.connect(cast.team, "Faults", cast.bot_user, now)
        with store.begin(cast.team) as book:
            gigs = list(_open_gigs(book, cast, now))
            tours = sorted({gig.tour_id for gig in gigs})
            _meet(book, cast, now, strangers)
            for n, person in enumerate(cast.people):
                _call(book, gigs[n % len(gigs)], person, now)
            lines = [*_in_threads(gigs, cast), *_by_dm(gigs, cast)]
            planned = [_aged(line, age) for line in _spread(lines, due, spread)]
            for line in planned:
                book.cues.add(line.cue, now)
            for tour in tours:
                book.outbox.say(Letter.OVERVIEW, Room.CHANNEL, f"overview:{tour}", now, tour_id=tour, not_before=due)
            ids = {(cue.kind, cue.gig_id, cue.person): cue.id for gig in gigs for cue in book.cues.waiting(gig.id)}
    finally:
        store.close()
    _hang(kept, cast, gigs)
    cued = [_wanted(line, ids[line.mark], cast, age) for line in planned]
    return cued + [_overview(tour, place, due, cast) for tour, place in zip(tours, cast.channels, strict=True)]


def _open_gigs(book: Book, cast: Cast, now: datetime) -> Iterator[Gig]:
    for n, (channel, cards) in enumerate(zip(cast.channels, cast.cards, strict=True)):
        tour = book.tours.open(f"Tour {n}", channel, cast.lead, now)
        book.tours.give_role(tour.id, cast.lead, Role.TM, now)
        for _ in cards:
            yield book.gigs.open(tour.id, _night(now), now)


def _night(now: datetime) -> NewGig:
    day = (now + DAYS_AHEAD).date()
    return NewGig("The Lanterns", "Musicbox", "Lisbon", "PT", "Europe/Lisbon", 38.7, -9.1, day)


def _meet(book: Book, cast: Cast, now: datetime, strangers: bool) -> None:
    known = [(cast.lead, ""), *zip(cast.people, cast.directs, strict=True)]
    for n, (person, direct) in enumerate(known):
        channel = direct if n % 2 or not strangers else ""
        book.people.learn(Person(person, person.lower(), "Europe/Lisbon", True, False, False, channel), now)


def _call(book: Book, gig: Gig, person: str, now: datetime) -> None:
    position = POSITIONS[sum(person.encode()) % len(POSITIONS)]
    book.crew.ask(gig.id, person, position, NOON, gig.when(NOON), now)


def _in_threads(gigs: Sequence[Gig], cast: Cast) -> Iterator[Line]:
    cards = [(channel, card) for channel, cards in zip(cast.channels, cast.cards, strict=True) for card in cards]
    for gig, (channel, card) in zip(gigs, cards, strict=True):
        yield Line(Cue(CueKind.ASK_AGAIN, gig.made_at, gig.id, gig.tour_id, "", "T-3d", "rig"), channel, card)


def _by_dm(gigs: Sequence[Gig], cast: Cast) -> Iterator[Line]:
    for n, (person, direct) in enumerate(zip(cast.people, cast.directs, strict=True)):
        gig = gigs[n % len(gigs)]
        yield Line(Cue(CueKind.ASK_DM, gig.made_at, gig.id, gig.tour_id, person, "T-2d", "rig"), direct)


def _spread(lines: Sequence[Line], due: datetime, spread: timedelta) -> list[Line]:
    step = spread / max(1, len(lines))
    return [replace(line, cue=replace(line.cue, at=due + step * n)) for n, line in enumerate(lines)]


def _aged(line: Line, age: timedelta) -> Line:
    return replace(line, cue=replace(line.cue, at=line.cue.at - age)) if line.cue.person else line


def _hang(kept: Kept, cast: Cast, gigs: Sequence[Gig]) -> None:
    cards = [(channel, card) for channel, cards in zip(cast.channels, cast.cards, strict=True) for card in cards]
    kept.tell(
        *(
            f"UPDATE gigs SET card_channel = '{channel}', card_ts = '{card}' WHERE id = {gig.id}"
            for gig, (channel, card) in zip(gigs, cards, strict=True)
        )
    )


def _overview(tour: int, channel: str, due: datetime, cast: Cast) -> Wanted:
    return Wanted(key_in_slack(cast.team, f"overview:{tour}"), channel, "", due.timestamp())


def _wanted(line: Line, cue_id: int, cast: Cast, age: timedelta) -> Wanted:
    key = key_in_slack(cast.team, f"cue:{cue_id}")
    due = line.cue.at + age if line.cue.person else line.cue.at
    return Wanted(key, line.channel, line.thread_ts, due.timestamp())
