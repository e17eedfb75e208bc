"""What became of a try, written down. What the store refuses now is kept in mind and written when it can be."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.log import logger, new_reference
from bot.outcomes import Outcome, Result
from bot.pace import Pace
from bot.patience import Patience, seconds
from bot.voice import method_of
from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Delivery, Op, Room, WrongMove
from storage.store import Store

TRIES_TO_REPEAT = 5
LONGEST_PAUSE = 60
LAPSED = "it could not be posted while it was of use"
log = logger("courier")


Undeliverable = Callable[[Book, Delivery, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Tells:
    """What the recorder asks of the handlers: our channel is closed to us; a message failed for good."""

    unreachable: Callable[[Book, Delivery, datetime], None]
    undeliverable: Undeliverable


class Recorder:
    """Writes outcomes for one workspace; safe to use from several hands."""

    def __init__(self, store: Store, team: str, clock: Clock, pace: Pace, patience: Patience, tells: Tells) -> None:
        self._store = store
        self._team = team
        self._clock = clock
        self._pace = pace
        self._patience = patience
        self._tells = tells
        self._lock = threading.Lock()
        self._unwritten: dict[int, tuple[Delivery, Outcome]] = {}

    def record(self, said: Delivery, outcome: Outcome) -> None:
        """Never raises: an outcome that cannot be written is kept for `catch_up`."""
        try:
            self._write(said, outcome)
        except WrongMove:
            self._note_late(said, outcome)
        except Exception:
            log.exception("outcome not written yet", delivery=said.id, ref=new_reference())
            with self._lock:
                self._unwritten[said.id] = (said, outcome)

    @property
    def is_behind(self) -> bool:
        """True while an outcome waits to be written."""
        return bool(self._unwritten)

    def catch_up(self) -> bool:
        """Write what could not be written; True when nothing is left."""
        with self._lock:
            waiting, self._unwritten = list(self._unwritten.values()), {}
        for said, outcome in waiting:
            self.record(said, outcome)
        return not self._unwritten

    def fail(self, said: Delivery, error: str) -> None:
        """It will never be in Slack, and that is told by another way."""
        now = self._clock.now()
        try:
            with self._store.begin(self._team) as book:
                self._fail(book, said, error, now)
                self._tells.undeliverable(book, said, error, now)
        except WrongMove:
            raise
        except Exception:
            # The failure itself must be kept, told or not.
            log.exception("failure not told", delivery=said.id, ref=new_reference())
            with self._store.begin(self._team) as book:
                self._fail(book, said, error, now)

    def let_lapse(self, book: Book, waiting: Delivery, now: datetime) -> None:
        """It is too late to be of use: it is not said any more, and that is told by another way."""
        book.outbox.expire(waiting.id, LAPSED, now)
        self._tells.undeliverable(book, waiting, LAPSED, now)

    def _fail(self, book: Book, said: Delivery, error: str, now: datetime) -> None:
        book.outbox.end_try(said.id, said.tries, Result.REFUSED, error, "", now)
        book.outbox.fail(said.id, error, now, said.tries)
        if said.letter is Letter.CARD and said.op is Op.POST and said.gig_id is not None:
            book.outbox.drop_thread(said.gig_id, "the gig's card could not be posted", now)

    def _write(self, said: Delivery, outcome: Outcome) -> None:
        match outcome.result:
            case Result.DONE:
                self._keep_sent(said, outcome)
            case Result.LATER:
                self._put_off(said, outcome)
            # An edit or a reaction that is done twice is done once, so these need not stay unknown.
            case Result.UNCLEAR if said.op is not Op.POST and said.tries <= TRIES_TO_REPEAT:
                self._put_off(said, outcome)
            case Result.OUT if said.room is not Room.DM and said.op is not Op.REACT:
                self._wait_outside(said, outcome)
            case Result.UNCLEAR:
                self._leave_unknown(said, outcome)
            case _:
                self.fail(said, outcome.error)

    def _keep_sent(self, said: Delivery, outcome: Outcome) -> None:
        now, ts = self._clock.now(), outcome.ts or said.ts
        with self._store.begin(self._team) as book:
            book.outbox.end_try(said.id, said.tries, outcome.result, "", ts, now)
            book.outbox.sent(said.id, ts, now, said.tries, said.op)
            if said.letter is Letter.SELFTEST and said.op is Op.POST:
                book.looks.again(said.id, now)
        log.info("sent", delivery=said.id, op=said.op, letter=said.letter, channel=said.channel)

    def _put_off(self, said: Delivery, outcome: Outcome) -> None:
        now = self._clock.now()
        until = now + timedelta(seconds=outcome.seconds or pause(said.tries))
        if outcome.seconds:
            self._pace.block(self._team, method_of(said), said.channel, until)
        with self._store.begin(self._team) as book:
            book.outbox.end_try(said.id, said.tries, outcome.result, outcome.error, "", now)
            book.outbox.wait(said.id, until, outcome.error, said.tries)

    def _wait_outside(self, said: Delivery, outcome: Outcome) -> None:
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            book.outbox.end_try(said.id, said.tries, outcome.result, outcome.error, "", now)
            self._tells.unreachable(book, said, now)
            tour = book.tours.find(said.tour_id or 0)
            # A tour that is marked holds its deliveries by itself; without one only time can.
            held = tour is not None and not tour.reachable
            until = now if held else now + timedelta(seconds=LONGEST_PAUSE)
            book.outbox.wait(said.id, until, outcome.error, said.tries)

    def _leave_unknown(self, said: Delivery, outcome: Outcome) -> None:
        now = self._clock.now()
        look_at = now + seconds(self._patience.first_look) if said.op is Op.POST else None
        with self._store.begin(self._team) as book:
            book.outbox.end_try(said.id, said.tries, outcome.result, outcome.error, "", now)
            book.outbox.unknown(said.id, outcome.error, now, look_at, said.tries)

    def _note_late(self, said: Delivery, outcome: Outcome) -> None:
        """It was claimed again meanwhile: if this try arrived too, the later copy is found and taken back."""
        log.warning("late outcome", delivery=said.id, fence=said.tries, result=outcome.result)
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            book.outbox.end_try(said.id, said.tries, outcome.result, outcome.error, outcome.ts, now)
            if outcome.result in (Result.DONE, Result.UNCLEAR) and said.op is Op.POST:
                book.looks.again(said.id, now + seconds(self._patience.audits[0]))


def pause(tries: int) -> int:
    """Seconds to wait after so many tries: 1, 2, 4 ... 60."""
    return int(min(2 ** min(tries - 1, 10), LONGEST_PAUSE))
