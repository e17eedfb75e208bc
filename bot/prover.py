"""The prover: looks in Slack for what is not known to be there, and writes down what follows.

Deletes what turns out to stand there twice: the copy that we know stays, or the first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.log import logger
from bot.lookback import LookBack
from bot.outcomes import Result
from bot.patience import Patience, seconds
from bot.proof import MOST_LOOKS, Finding, Sighting, Step, find
from bot.voice import Voice
from storage.book import Book
from storage.outbox import Delivery, WrongMove
from storage.store import Store

log = logger("prover")


@dataclass(frozen=True, slots=True)
class Asks:
    """What the prover asks of the handlers: a person must say whether it arrived; what was found; what is gone."""

    ask: Callable[[Book, Delivery, datetime], bool]
    settled: Callable[[Book, Delivery, datetime], None]
    gone: Callable[[Book, Delivery, datetime], None]


class Prover:
    """Settles the deliveries of one workspace, one at a time in each of the courier's hands."""

    def __init__(
        self, store: Store, team: str, look_back: LookBack, voice: Voice, clock: Clock, patience: Patience, asks: Asks
    ) -> None:
        self._store = store
        self._team = team
        self._look_back = look_back
        self._voice = voice
        self._clock = clock
        self._patience = patience
        self._asks = asks

    def prove(self, said: Delivery) -> None:
        """One look, and all that follows from it."""
        self.conclude(said, self._look_back.find(said))

    def conclude(self, said: Delivery, seen: Sighting, *, is_last: bool = False) -> None:
        """All that follows from what was seen; `is_last`: what was seen once need not be looked at again."""
        now = self._clock.now()
        finding = find(said, seen, now, self._patience)
        if is_last and seen.stamps and finding.step is Step.AGAIN:
            finding = replace(finding, step=Step.VERIFIED)
        if finding.extra and not self._heal(said, finding.extra) and finding.step is Step.VERIFIED:
            finding = replace(finding, step=Step.AGAIN, at=now + seconds(self._patience.audits[0]))
        try:
            with self._store.begin(self._team) as book:
                self._write(book, said, finding, now)
        except WrongMove:
            # Its own answer came in after all while we looked. Another copy may still be on its way, so every look
            # that follows one that was found is had.
            log.info("overtaken", delivery=said.id)
            with self._store.begin(self._team) as book:
                book.looks.again(said.id, now + seconds(self._patience.settle))
        log.info("looked", delivery=said.id, letter=said.letter, step=finding.step, copies=len(seen.stamps))

    def _heal(self, said: Delivery, extra: tuple[str, ...]) -> bool:
        """False when it is worth trying again."""
        log.error("said more than once", delivery=said.id, copies=len(extra) + 1)
        results = [self._voice.take_back(said.channel, ts).result for ts in extra]
        return said.looks >= MOST_LOOKS or not {Result.LATER, Result.UNCLEAR} & set(results)

    def _write(self, book: Book, said: Delivery, finding: Finding, now: datetime) -> None:
        match finding.step:
            case Step.FOUND:
                book.looks.found(said, finding.ts, finding.at, now)
                self._asks.settled(book, said, now)
            case Step.VERIFIED:
                book.looks.verified(said, now)
                self._asks.settled(book, said, now)
            case Step.GONE:
                log.error("not in Slack any more", delivery=said.id, letter=said.letter)
                book.looks.vanished(said, now)
                self._asks.gone(book, said, now)
            case Step.MISSING | Step.REPEAT:
                book.looks.missing(said, now, repeat=finding.step is Step.REPEAT)
            case Step.ASK:
                self._ask(book, said, finding, now)
            case Step.AGAIN:
                book.looks.put_off(said, finding.at)

    def _ask(self, book: Book, said: Delivery, finding: Finding, now: datetime) -> None:
        if finding.at is not None:
            book.looks.ask(said, finding.at, now)
        if not self._asks.ask(book, said, now):
            log.error("nobody to ask", delivery=said.id, letter=said.letter)
            book.outbox.fail(said.id, "nobody can say whether it arrived", now)
