"""The courier: the one mouth. Takes deliveries from the outbox and says them in Slack, one channel at a time.

A delivery is claimed and written in one transaction, which is committed before the first byte leaves; what
became of it is recorded in a second one. What nobody can tell is looked for in Slack, and never just sent again.
Channels do not wait for each other: several hands carry, and a channel is in one hand only.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.log import logger, new_reference
from bot.outcomes import Outcome, Result
from bot.pace import Pace
from bot.patience import Patience, seconds
from bot.prover import Prover
from bot.recorder import Recorder
from bot.seat import Holding
from bot.voice import Voice, method_of
from handlers.cards.blocks import Card
from storage.book import Book
from storage.outbox import Delivery, Op, Room
from storage.store import TROUBLE, Store

TRIES_TO_WRITE = 3
HANDS = 6
LOOKED_OVER = 32
"""So many deliveries are looked over at a time."""
log = logger("courier")

Write = Callable[[Book, Delivery, datetime], Card | None]


class Unseated(Exception):  # noqa: N818 - it is what happened
    """Another run of the program has taken the seat."""


class Courier:
    """Carries the deliveries of one workspace; only while it holds that workspace's seat."""

    def __init__(
        self,
        store: Store,
        team: str,
        clock: Clock,
        seat: Holding,
        voice: Voice,
        recorder: Recorder,
        prover: Prover,
        pace: Pace,
        write: Write,
        patience: Patience,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._team = team
        self._clock = clock
        self._seat = seat
        self._voice = voice
        self._recorder = recorder
        self._prover = prover
        self._pace = pace
        self._write = write
        self._patience = patience
        self._is_stopping = is_stopping
        self._failures: dict[int, int] = {}
        self._hands = ThreadPoolExecutor(HANDS, "hand")
        self._changed = threading.Condition()
        self._busy: set[str] = set()
        self._news = False
        self._held_until: datetime | None = None
        self._found_orphans = False
        self.is_standby = False

    def carry_all(self, _: datetime) -> None:
        """Send everything that is sendable now, and look for what must be looked for."""
        if not self._sits():
            return
        try:
            while not self._is_stopping() and self._carry_once():
                pass
        except Unseated:
            self._seat.lose()
        self._wait_for_hands()

    def _carry_once(self) -> bool:
        """One round of looking and sending, and the wait for what it set going; False when all is done."""
        with self._changed:
            self._news = False
        if self._recorder.catch_up():
            self._send(self._look())
        return self._wait_for_change()

    def notice(self) -> None:
        """There may be more to carry."""
        with self._changed:
            self._news = True
            self._changed.notify_all()

    def next_at(self) -> datetime | None:
        """The next instant (UTC) at which there is something to carry, or None."""
        if not self._seat.is_mine():
            return None
        now = self._clock.now()
        with self._store.read(self._team) as book:
            due = book.outbox.next_at(now)
        behind = now + seconds(self._patience.beat) if self._recorder.is_behind else None
        return min((at for at in (due, self._held_until, behind) if at is not None), default=None)

    def close(self) -> None:
        """Let the hands go."""
        self._hands.shutdown(wait=False, cancel_futures=True)

    def _sits(self) -> bool:
        mine = self._seat.is_mine()
        if not mine and not self.is_standby:
            log.warning("standby", why="another process sends for this workspace")
        if not mine:
            self._found_orphans = False
        elif not self._found_orphans:
            self._find_orphans()
        self.is_standby = not mine
        return mine

    def _find_orphans(self) -> None:
        # We are the only sender, so whatever another run was sending belongs to somebody who died.
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            lost = book.looks.orphans(self._seat.me.boot, now, now + seconds(self._patience.settle))
        self._found_orphans = True
        if lost:
            log.warning("unknown outcomes found", deliveries=lost)

    def _look(self) -> list[Delivery]:
        """Hand out the looks that are due; gives what could go out at that instant."""
        # Before the read: what is looked for while we read may be known by the time we hand it out.
        now, busy = self._clock.now(), self._places()
        with self._store.read(self._team) as book:
            due = book.looks.due(now, HANDS)
            found = book.outbox.sendable(now, LOOKED_OVER, busy)
        for said in due:
            place = f"look {said.id}"
            if place not in busy and len(self._places()) < HANDS:
                self._hand_out(place, partial(self._prover.prove, said))
        return found

    def _send(self, found: Sequence[Delivery]) -> None:
        """Hand out what can go, until every hand is full or nothing is left."""
        full: set[str] = set()
        slow: set[Op] = set()
        self._held_until = None
        while found and not self._is_stopping():
            for delivery in found:
                busy = self._places()
                if len(busy) < HANDS and delivery.place not in busy | full and delivery.op not in slow:
                    self._consider(delivery, full, slow)
            if len(found) < LOOKED_OVER or len(busy := self._places()) >= HANDS:
                return
            with self._store.read(self._team) as book:
                found = book.outbox.sendable(self._clock.now(), LOOKED_OVER, busy | full, slow)

    def _consider(self, delivery: Delivery, full: set[str], slow: set[Op]) -> None:
        now, method = self._clock.now(), method_of(delivery)
        at = self._pace.earliest(self._team, method, delivery.channel, now)
        if at <= now:
            self._carry(delivery)
            return
        self._held_until = min(at, self._held_until or at)
        if self._pace.earliest(self._team, method, "", now) > now:
            slow.add(delivery.op)
        else:
            full.add(delivery.place)

    def _carry(self, delivery: Delivery) -> None:
        if delivery.room is Room.DM and not delivery.channel:
            self._hand_out(delivery.place, partial(self._open_door, delivery))
            return
        try:
            claimed = self._claim(delivery)
        except (Unseated, *TROUBLE):
            raise
        except Exception as error:  # noqa: BLE001 - whatever its words break on, the next one goes out
            self._set_aside(delivery, error)
            self.notice()
            return
        if claimed is not None:
            self._hand_out(delivery.place, partial(self._say, *claimed))

    def _say(self, said: Delivery, body: str) -> None:
        self._recorder.record(said, self._voice.say(said, body))

    def _claim(self, known: Delivery) -> tuple[Delivery, str] | None:
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            delivery = book.outbox.take(known.id, now)
            if delivery is None:
                return None
            if not book.outbox.may_send(self._seat.me.boot):
                raise Unseated
            if delivery.expires is not None and now >= delivery.expires:
                self._recorder.let_lapse(book, delivery, now)
                return None
            if delivery.op is Op.UPDATE and (free := self._pace.next_edit(self._team, delivery.of_id or 0, now)) > now:
                book.outbox.hold_back(delivery.id, free)
                return None
            if delivery.look_since is not None and delivery.op is Op.POST:
                book.looks.first(delivery, now)
                self.notice()
                return None
            return self._prepare(book, delivery, now)

    def _prepare(self, book: Book, delivery: Delivery, now: datetime) -> tuple[Delivery, str] | None:
        body = self._body(book, delivery, now)
        if body is None:
            book.outbox.expire(delivery.id, "no longer worth saying", now)
            return None
        mark = hashlib.sha256(body.encode()).hexdigest()
        if delivery.op is Op.UPDATE and mark == book.outbox.last_hash(delivery.of_id or 0):
            book.outbox.expire(delivery.id, "unchanged", now)
            return None
        fence = book.outbox.start(delivery.id, self._seat.me.boot, delivery.channel, body, mark, now)
        self._pace.spend(self._team, method_of(delivery), delivery.channel, now, edits=delivery.of_id or 0)
        return replace(delivery, tries=fence), body

    def _body(self, book: Book, delivery: Delivery, now: datetime) -> str | None:
        if delivery.op is Op.REACT:
            return json.dumps(delivery.subject, sort_keys=True)
        card = self._write(book, delivery, now)
        return None if card is None else json.dumps({"text": card.text, "blocks": card.blocks}, sort_keys=True)

    def _set_aside(self, delivery: Delivery, error: Exception) -> None:
        failures = self._failures[delivery.id] = self._failures.get(delivery.id, 0) + 1
        reference = new_reference()
        log.error("not written", delivery=delivery.id, letter=delivery.letter, ref=reference, exc_info=error)
        if failures >= TRIES_TO_WRITE:
            del self._failures[delivery.id]
            self._recorder.fail(self._take_unwritten(delivery), f"could not be written (ref {reference})")

    def _take_unwritten(self, delivery: Delivery) -> Delivery:
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            fence = book.outbox.start(delivery.id, self._seat.me.boot, delivery.channel, "", "", now)
        return replace(delivery, tries=fence)

    def _open_door(self, delivery: Delivery) -> None:
        outcome = self._voice.open_direct(delivery.person)
        if outcome.result is Result.DONE and outcome.channel:
            with self._store.begin(self._team) as book:
                book.people.meet([delivery.person], self._clock.now())
                book.people.set_dm(delivery.person, outcome.channel)
            return
        tried = self._take_unwritten(delivery)
        # Opening a conversation twice does no harm, so what is not a clear no is tried again.
        if outcome.result in (Result.LATER, Result.UNCLEAR, Result.DONE):
            self._recorder.record(tried, Outcome(Result.LATER, outcome.error, outcome.seconds))
        else:
            self._recorder.fail(tried, outcome.error)

    def _places(self) -> set[str]:
        """Where the hands are now."""
        with self._changed:
            return set(self._busy)

    def _hand_out(self, place: str, work: Callable[[], None]) -> None:
        with self._changed:
            self._busy.add(place)
        self._hands.submit(self._do, place, work)

    def _do(self, place: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("failed", ref=new_reference())
        finally:
            with self._changed:
                self._busy.discard(place)
                self._news = True
                self._changed.notify_all()

    def _wait_for_change(self) -> bool:
        """Wait while hands are busy; False when all is done."""
        if self._held_until is not None:
            self._clock.wake_at("held deliveries", self._held_until, self.notice)
        with self._changed:
            while self._busy and not self._news and not self._is_stopping():
                self._changed.wait(self._patience.beat)
            return self._news or bool(self._busy)

    def _wait_for_hands(self) -> None:
        """At the end, let what is under way finish; what does not is looked for by the next run."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy, self._patience.deadline * 0.7)
