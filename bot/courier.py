"""The courier: the one mouth. Takes deliveries from the outbox, one at a time, and says them in Slack.

A delivery is claimed and written in one transaction, which is committed before the first byte leaves; what
became of it is recorded in a second one. Nothing is ever sent again whose outcome is not known.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.log import logger, new_reference
from bot.outcomes import Outcome, Result
from bot.pace import Pace
from bot.voice import Voice, method_of
from bot.wire import Client
from handlers.cards.blocks import Card
from storage.book import Book
from storage.outbox import Delivery, Op, Room
from storage.store import Store

TRIES_TO_WRITE = 3
TRIES_TO_REPEAT = 5
LONGEST_PAUSE = 60
LOOK_EVERY = 15.0
log = logger("courier")

Write = Callable[[Book, Delivery, datetime], Card | None]
Unreachable = Callable[[Book, Delivery, datetime], None]
Undeliverable = Callable[[Book, Delivery, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Words:
    """What the courier asks of the handlers: the words of a delivery, and what to do when it cannot arrive."""

    write: Write
    unreachable: Unreachable
    undeliverable: Undeliverable


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is ours to send now, and its body as JSON."""

    delivery: Delivery
    body: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """A delivery to somebody whose direct channel is not known yet."""

    delivery: Delivery


class Again:
    """Nothing to send here, but there may be more."""


Taken = Claim | Stranger | Again | None


class Courier:
    """Carries the deliveries of one workspace; only while it is that workspace's one sender."""

    def __init__(
        self,
        store: Store,
        team: str,
        client: Client,
        clock: Clock,
        words: Words,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._team = team
        self._voice = Voice(client, team)
        self._clock = clock
        self._words = words
        self._is_stopping = is_stopping
        self._pace = Pace()
        self._failures: dict[int, int] = {}
        self._look_at = 0.0
        self.is_standby = False

    def carry_all(self, _: datetime) -> None:
        """Send everything that is sendable now."""
        with self._store.sender(self._team) as mine:
            self._note_standby(not mine)
            if mine:
                self._carry_while_mine(secrets.token_hex(8))

    def _carry_while_mine(self, turn: str) -> None:
        if time.monotonic() >= self._look_at:
            self._find_orphans(turn)
        self._look_at = 0.0
        while not self._is_stopping() and self._carry_one(turn):
            pass
        # Only a pass that came to its end may leave the next one without a look.
        self._look_at = time.monotonic() + LOOK_EVERY

    def _note_standby(self, standby: bool) -> None:
        if standby and not self.is_standby:
            log.warning("standby", why="another process sends for this workspace")
        self.is_standby = standby
        if standby:
            self._look_at = 0.0

    def _find_orphans(self, turn: str) -> None:
        # We are the only sender, so whatever is still being sent belongs to somebody who died.
        with self._store.begin(self._team) as book:
            lost = book.outbox.orphans(turn, self._clock.now())
        if lost:
            log.warning("unknown outcomes found", deliveries=lost)

    def _carry_one(self, turn: str) -> bool:
        taken = self._take(turn)
        if isinstance(taken, Claim):
            self._record(taken.delivery, self._voice.say(taken.delivery, taken.body))
        elif isinstance(taken, Stranger):
            self._open_door(taken.delivery, turn)
        return taken is not None

    def _take(self, turn: str) -> Taken:
        delivery = None
        try:
            with self._store.begin(self._team) as book:
                delivery = book.outbox.next(self._clock.now())
                return self._prepare(book, delivery, turn) if delivery else None
        except Exception as error:
            if delivery is None:
                raise
            self._set_aside(delivery, turn, error)
            return Again()

    def _prepare(self, book: Book, delivery: Delivery, turn: str) -> Taken:
        now = self._clock.now()
        if delivery.expires is not None and now >= delivery.expires:
            book.outbox.expire(delivery.id, "too late to be of use", now)
            return Again()
        if delivery.room is Room.DM and not delivery.channel:
            return Stranger(delivery)
        at = self._pace.earliest(self._team, method_of(delivery), delivery.channel, now)
        if at > now:
            book.outbox.wait(delivery.id, at, "held to Slack's pace")
            return Again()
        return self._claim(book, delivery, turn, now)

    def _claim(self, book: Book, delivery: Delivery, turn: str, now: datetime) -> Taken:
        body = self._body(book, delivery, now)
        if body is None:
            book.outbox.expire(delivery.id, "no longer worth saying", now)
            return Again()
        mark = hashlib.sha256(body.encode()).hexdigest()
        if delivery.op is Op.UPDATE and mark == book.outbox.last_hash(delivery.of_id or 0):
            book.outbox.expire(delivery.id, "unchanged", now)
            return Again()
        book.outbox.start(delivery.id, turn, delivery.channel, body, mark, now)
        self._pace.spend(self._team, method_of(delivery), delivery.channel, now)
        return Claim(delivery, body)

    def _body(self, book: Book, delivery: Delivery, now: datetime) -> str | None:
        if delivery.op is Op.REACT:
            return json.dumps(delivery.subject, sort_keys=True)
        card = self._words.write(book, delivery, now)
        return None if card is None else json.dumps({"text": card.text, "blocks": card.blocks}, sort_keys=True)

    def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        match outcome.result:
            case Result.DONE:
                self._record_sent(delivery, outcome.ts)
            case Result.LATER:
                self._put_off(delivery, outcome)
            # An edit or a reaction that is done twice is done once, so these need not stay unknown.
            case Result.UNCLEAR if delivery.op is not Op.POST and delivery.tries < TRIES_TO_REPEAT:
                self._put_off(delivery, outcome)
            case Result.OUT if delivery.room is not Room.DM and delivery.op is not Op.REACT:
                self._wait_outside(delivery, outcome.error)
            case Result.UNCLEAR:
                self._leave_unknown(delivery, outcome.error)
            case _:
                self._give_up(delivery, outcome.error)

    def _record_sent(self, delivery: Delivery, ts: str) -> None:
        with self._store.begin(self._team) as book:
            book.outbox.sent(delivery.id, ts or delivery.ts, self._clock.now())
        log.info("sent", delivery=delivery.id, op=delivery.op, letter=delivery.letter, channel=delivery.channel)

    def _put_off(self, delivery: Delivery, outcome: Outcome) -> None:
        until = self._clock.now() + timedelta(seconds=outcome.seconds or pause(delivery.tries))
        if outcome.seconds:
            self._pace.block(self._team, method_of(delivery), delivery.channel, until)
        with self._store.begin(self._team) as book:
            book.outbox.wait(delivery.id, until, outcome.error)

    def _wait_outside(self, delivery: Delivery, error: str) -> None:
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            self._words.unreachable(book, delivery, now)
            tour = book.tours.find(delivery.tour_id or 0)
            # A tour that is marked holds its deliveries by itself; without one only time can.
            held = tour is not None and not tour.reachable
            book.outbox.wait(delivery.id, now if held else now + timedelta(seconds=LONGEST_PAUSE), error)

    def _leave_unknown(self, delivery: Delivery, error: str) -> None:
        with self._store.begin(self._team) as book:
            book.outbox.unknown(delivery.id, error, self._clock.now())

    def _give_up(self, delivery: Delivery, error: str) -> None:
        now = self._clock.now()
        try:
            with self._store.begin(self._team) as book:
                book.outbox.fail(delivery.id, error, now)
                self._words.undeliverable(book, delivery, error, now)
        except Exception:
            # The failure itself must be kept, told or not.
            log.exception("failure not told", delivery=delivery.id, ref=new_reference())
            with self._store.begin(self._team) as book:
                book.outbox.fail(delivery.id, error, now)

    def _set_aside(self, delivery: Delivery, turn: str, error: Exception) -> None:
        failures = self._failures[delivery.id] = self._failures.get(delivery.id, 0) + 1
        reference = new_reference()
        log.error("not written", delivery=delivery.id, letter=delivery.letter, ref=reference, exc_info=error)
        if failures >= TRIES_TO_WRITE:
            del self._failures[delivery.id]
            self._take_unwritten(delivery, turn)
            self._give_up(delivery, f"could not be written (ref {reference})")

    def _take_unwritten(self, delivery: Delivery, turn: str) -> None:
        with self._store.begin(self._team) as book:
            book.outbox.start(delivery.id, turn, delivery.channel, "", "", self._clock.now())

    def _open_door(self, delivery: Delivery, turn: str) -> None:
        outcome = self._voice.open_direct(delivery.person)
        if outcome.result is Result.DONE and outcome.channel:
            with self._store.begin(self._team) as book:
                book.people.meet([delivery.person], self._clock.now())
                book.people.set_dm(delivery.person, outcome.channel)
            return
        self._take_unwritten(delivery, turn)
        # Opening a conversation twice does no harm, so what is not a clear no is tried again.
        if outcome.result in (Result.LATER, Result.UNCLEAR, Result.DONE):
            self._put_off(delivery, Outcome(Result.LATER, outcome.error, outcome.seconds))
        else:
            self._give_up(delivery, outcome.error)


def pause(tries: int) -> int:
    """Seconds to wait after so many tries: 1, 2, 4 ... 60."""
    return int(min(2 ** min(tries, 10), LONGEST_PAUSE))
