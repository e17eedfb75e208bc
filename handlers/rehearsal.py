"""Rehearse: what would be said by itself is played at speed in a book of which nothing remains, and told privately."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from checklists.cues import Cue, CueKind, CueState, is_too_late
from checklists.errors import Refusal
from checklists.gig import JUDGED, Anchor, Gig
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.cards import rehearsal as cards
from handlers.cards.blocks import Card
from handlers.cards.ids import number, unpack
from handlers.cards.prose import show_date
from handlers.cards.rehearsal import Line, Place, Script
from handlers.grammar import read_gig
from handlers.which import need_changer, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery, Room
from storage.tours import Tour

Ring = Callable[[Book, Cue, datetime], CueState]
Write = Callable[[Book, Delivery, datetime], Card | None]

SPAN = timedelta(hours=48)
BEFORE_DOORS = timedelta(hours=36)
MOST_WORK = 400
"""So much is played at once: others wait for the book meanwhile. A usual cue is 1."""
WORK: Mapping[CueKind, int] = {
    CueKind.DIGEST: 10,
    CueKind.HANDOVER: 10,
    CueKind.NO_SHOW: 5,
    CueKind.DAY_SHEET: 4,
    CueKind.SHOW_DAY: 3,
    CueKind.PLAYED: 3,
}
"""What takes longer, as measured."""
OF_TOUR = frozenset({Letter.HANDOVER})
"""What is said of no gig, and belongs to the story of one."""


@dataclass(slots=True)
class Stage:
    """Who plays: what each cue does, and who writes each letter. The list of routes sets it, for it imports this."""

    cues: Mapping[CueKind, Ring] = field(default_factory=dict)
    write: Write = field(default=lambda _, __, ___: None)


STAGE = Stage()


def rehearse(book: Book, asked: Asked) -> Reply:
    """`/gig rehearse [CITY]`: who would get what, when and why, as if nobody answered; nothing is sent or written."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    words = read_gig(asked.text)
    with book.pretending() as pretence:
        gig = the_gig(pretence, tour, words, asked) if words else None
        begins, ends = _span(gig, asked.now) if gig else (asked.now, asked.now + SPAN)
        return _played(Play(pretence, tour, gig, begins, ends, asked.now))


def read_on(book: Book, asked: Asked) -> Reply:
    """The next page of a rehearsal: played anew as things stand now, and told on from where it was read."""
    tour_id, gig_id, end, at, told = unpack(asked.value, 5)
    tour = book.tours.find(number(tour_id))
    if tour is None:
        raise Refusal(UNKNOWN)
    need_changer(book, tour, asked)
    ends, since = _instant(end), Place(_instant(at), number(told))
    with book.pretending() as pretence:
        gig = _gig_of(pretence, tour, number(gig_id)) if number(gig_id) else None
        begins = _span(gig, asked.now)[0] if gig else asked.now
        play = Play(pretence, tour, gig, begins, min(ends, begins + SPAN), asked.now, most=2 * MOST_WORK)
        return _played(play, since)


UNKNOWN = "That rehearsal is of something I don't know any more. `/gig rehearse` plays the next 48 h."


def _gig_of(book: Book, tour: Tour, gig_id: int) -> Gig:
    gig = book.gigs.get(gig_id)
    if gig is None or gig.tour_id != tour.id:
        raise Refusal(UNKNOWN)
    return gig


def _instant(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words).astimezone(UTC)
    except ValueError as wrong:
        raise Refusal(UNKNOWN) from wrong


def _played(play: "Play", since: Place | None = None) -> Reply:
    gigs = {each.id: each for each in play.book.gigs.of_tour(play.tour.id)}
    _refuse_idle(gigs.values(), play.now)
    play.run()
    told = cards.rehearsal(_script(play, gigs), since)
    return Reply(told.text, told.blocks)


def _span(gig: Gig, now: datetime) -> tuple[datetime, datetime]:
    """From now, or from 36 h before doors, until the gig has been played; at most 48 h."""
    called = f"#{gig.number} {gig.title}, {show_date(gig.date)}"
    if gig.is_over(now):
        raise Refusal(f"{called}, is over: there is nothing to rehearse. `/gig list` shows what is ahead.")
    if not gig.is_judged:
        raise Refusal(f"{called}, is {gig.state.words}: nothing is planned for it, so there is nothing to rehearse.")
    begins = max(now, gig.at(Anchor.DOORS) - BEFORE_DOORS)
    return begins, min(begins + SPAN, gig.show_day_ends())


def _refuse_idle(gigs: Iterable[Gig], now: datetime) -> None:
    if not any(gig.state in JUDGED and not gig.is_over(now) for gig in gigs):
        raise Refusal(
            "No gig is ahead on this tour, so there is nothing to rehearse. "
            "`/gig new NAME, VENUE CITY, 12 Dec doors 19:00` makes one."
        )


@dataclass(slots=True)
class Play:
    """The time that runs, and what is said in it. With a gig: its own story alone. `most`: so much work, if said."""

    book: Book
    tour: Tour
    gig: Gig | None
    begins: datetime
    ends: datetime
    now: datetime
    most: int = 0
    lines: list[Line] = field(default_factory=list)
    is_cut: bool = False
    _waiting: list[Delivery] = field(default_factory=list)
    _last: int = 0

    def run(self) -> None:
        """Plays every cue until the end, or until it is enough."""
        work = 0
        self._gather()
        while work < (self.most or MOST_WORK):
            cue = self.book.previews.next_cue(self.tour.id, self.gig.id if self.gig else None)
            if cue is None or cue.at > self.ends:
                self._speak(self.ends)
                return
            self._speak(cue.at)
            self.now = max(self.now, cue.at)
            self._ring(cue)
            self._gather()
            work += WORK.get(cue.kind, 1)
        self._speak(self.now)
        self.is_cut = True

    def _ring(self, cue: Cue) -> None:
        """One cue, in a book that has read nothing yet, as each has it in earnest."""
        book = self.book.reopened()
        is_late = is_too_late(cue, self.now)
        state = CueState.MISSED if is_late else STAGE.cues[cue.kind](book, cue, self.now)
        book.cues.settle(cue.id, state, self.now)

    def _gather(self) -> None:
        """What has just been written, and is to be said."""
        found = self.book.previews.unsaid(self.tour.id, self._last)
        self._last = found[-1].id if found else self._last
        self._waiting += [each for each in found if self.gig is None or self._is_mine(each, self.gig)]

    def _is_mine(self, said: Delivery, gig: Gig) -> bool:
        return said.gig_id == gig.id or (said.gig_id is None and said.letter in OF_TOUR)

    def _speak(self, until: datetime) -> None:
        """Says what can go out by then, in the order in which it goes out."""
        due = sorted(
            (each for each in self._waiting if each.not_before <= until), key=lambda it: (it.not_before, it.id)
        )
        spoken = {each.id for each in due}
        self._waiting = [each for each in self._waiting if each.id not in spoken]
        for each in due:
            self._say(each, max(each.not_before, each.made_at, self.now))

    def _say(self, said: Delivery, at: datetime) -> None:
        if at < self.begins or (said.expires is not None and at >= said.expires):
            return
        line = Line(said.letter, _place(said), said.gig_id, at, "", said.subject, said.made_at)
        if at == said.made_at and self.lines and line.is_beside(self.lines[-1]):
            self.lines.append(line)  # told in one line with the one before, in its words
            return
        card = STAGE.write(self.book.reopened(), said, at)
        if card is not None:
            self.lines.append(replace(line, text=card.text))


def _place(said: Delivery) -> str:
    """The person of a DM; "thread" or "channel"."""
    return said.person if said.room is Room.DM else said.room.value


def _script(play: Play, gigs: Mapping[int, Gig]) -> Script:
    """The play as it is told."""
    book = play.book
    called = {call.id: call for calls in book.crew.of_gigs([*gigs]).values() for call in calls}
    people = book.people.many({*(line.to for line in play.lines), *(call.person for call in called.values())})
    next_cue = book.previews.next_cue(play.tour.id, play.gig.id if play.gig else None)
    return Script(
        tour=play.tour.name,
        gig=play.gig,
        begins=play.begins,
        ends=play.now if play.is_cut else play.ends,
        is_cut=play.is_cut,
        lines=tuple(play.lines),
        gigs=gigs,
        calls=called,
        names={who: known.name for who, known in people.items()},
        next_at=next_cue.at if next_cue else None,
        until=play.ends,
        may_go_on=not play.most,
        tour_id=play.tour.id,
    )
