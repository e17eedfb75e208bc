"""Deliveries, senders and a Slack that forgets to answer, in virtual time: one seed is one run.

What is simulated are the wires, the deaths and the clock. What is decided is decided by the product: the table of
moves (storage.deliveries), and what follows from a look (bot.proof).
"""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.patience import USUAL, Patience, seconds
from bot.proof import Finding, Sighting, Step, find
from checklists.letters import Letter
from storage.deliveries import COMES_FROM
from storage.outbox import Delivery, DeliveryState, Op, Room

S = DeliveryState
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAST_FAULT = 120.0
"""Seconds: after that nothing breaks any more, and everything must come to rest."""
REST = 1500.0


@dataclass(frozen=True)
class Odds:
    """How often what goes wrong, of 1. `others`: senders on other machines, which nobody can kill."""

    unanswered: float = 0.3
    refused: float = 0.05
    blind: float = 0.1
    deaths: int = 3
    stops: int = 1
    others: bool = False


@dataclass
class Post:
    """A message in Slack, from `at` on."""

    key: int
    ts: str
    at: float
    gone: bool = False


@dataclass
class Run:
    """One run of the program: it may be dead, or stopped for a while."""

    boot: str
    alive: bool = True
    wakes_at: float = 0.0


@dataclass
class World:
    """Everything there is. `can_look` False is a program that does not look back."""

    seed: int
    patience: Patience = USUAL
    odds: Odds = field(default_factory=Odds)
    can_look: bool = True
    now: float = 0.0
    rows: dict[int, Delivery] = field(default_factory=dict)
    boots: dict[int, str] = field(default_factory=dict)
    slack: list[Post] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - a seed must replay
        self._count = itertools.count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self.sender = Run("run-0")

    # ---- time

    def at(self, when: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, next(self._count), act))

    def run(self, until: float) -> None:
        while self._events and self._events[0][0] <= until:
            self.now, _, act = heapq.heappop(self._events)
            act()
        self.now = until

    @property
    def instant(self) -> datetime:
        return START + timedelta(seconds=self.now)

    # ---- what the product writes down

    def want(self, letter: Letter = Letter.ASK) -> int:
        """A message that must be said from now on; gives its key."""
        key = len(self.rows) + 1
        self.rows[key] = _a_row(key, letter, self.instant)
        self.tick_at(self.now)
        return key

    def move(self, key: int, to: DeliveryState, fence: int | None = None, **values: object) -> bool:
        """As storage.moves does it: False where it raises WrongMove."""
        row = self.rows[key]
        if row.state not in COMES_FROM[to] or fence not in (None, row.tries):
            return False
        self.rows[key] = replace(row, state=to, **values)  # type: ignore[arg-type]
        self.story.append(f"{self.now:8.2f} {key} {row.state}>{to}")
        return True

    # ---- the sender

    def tick_at(self, when: float) -> None:
        self.at(when, self.tick)

    def tick(self) -> None:
        run = self.sender
        if not run.alive or run.wakes_at > self.now:
            return
        for key, row in list(self.rows.items()):
            if row.state is S.PENDING and row.not_before <= self.instant:
                self.claim(run, key)
            elif row.look_at is not None and row.look_at <= self.instant:
                self.look(key)
        self._wake_when_due()

    def _wake_when_due(self) -> None:
        """The clock wakes the sender for what is due next."""
        rows = self.rows.values()
        dues = [row.not_before for row in rows if row.state is S.PENDING]
        dues += [row.look_at for row in rows if row.look_at is not None]
        if dues:
            self.tick_at(max((min(dues) - START).total_seconds(), self.now + 0.5))

    def claim(self, run: Run, key: int) -> None:
        fence = self.rows[key].tries + 1
        first = self.rows[key].first_tried_at or self.instant
        if self.move(key, S.SENDING, tries=fence, tried_at=self.instant, first_tried_at=first):
            self.boots[key] = run.boot
            self.at(self.now + self.chance.uniform(0, 0.01), lambda: self.speak(run, key, fence))

    def speak(self, run: Run, key: int, fence: int) -> None:
        """The first byte leaves, unless the run has died; a stopped one speaks when it wakes."""
        if not run.alive:
            return
        if run.wakes_at > self.now:
            self.at(run.wakes_at, lambda: self.speak(run, key, fence))
            return
        breaks = self.now < LAST_FAULT
        dice = self.chance.random()
        took = self.chance.uniform(0.01, self.patience.deadline * 0.9)
        if breaks and dice < self.odds.refused:
            self.at(self.now + 0.1, lambda: self.hear(run, key, fence, "refused"))
        elif breaks and dice < self.odds.refused + self.odds.unanswered:
            if self.chance.random() < 0.6:
                self._accept(key, self.now + took)
            self.at(self.now + self.patience.deadline, lambda: self.hear(run, key, fence, "unclear"))
        else:
            ts = self._accept(key, self.now + 0.05)
            self.at(self.now + 0.1, lambda: self.hear(run, key, fence, ts))

    def _accept(self, key: int, when: float) -> str:
        ts = f"{1_000_000 + when:.6f}"
        self.slack.append(Post(key, ts, when))
        return ts

    def hear(self, run: Run, key: int, fence: int, answer: str) -> None:
        """What Slack answered is written down, if anybody lives to do it."""
        if not run.alive:
            return
        if run.wakes_at > self.now:
            self.at(run.wakes_at, lambda: self.hear(run, key, fence, answer))
            return
        look = self.instant + seconds(self.patience.first_look)
        done = {
            "refused": lambda: self.move(key, S.PENDING, fence, not_before=self.instant + timedelta(seconds=2)),
            "unclear": lambda: self.move(key, S.UNKNOWN, fence, look_at=look, looks=0),
        }.get(answer, lambda: self.move(key, S.SENT, fence, ts=answer, look_at=None))()
        if not done and answer != "refused":
            again = self.instant + seconds(self.patience.audits[0])
            self.rows[key] = replace(self.rows[key], look_at=again, looks=0)
        self._wake_when_due()

    def look(self, key: int) -> None:
        row = self.rows[key]
        breaks = self.now < LAST_FAULT
        if breaks and self.chance.random() < self.odds.blind:
            seen = Sighting()
        else:
            there = [post.ts for post in self.slack if post.key == key and post.at <= self.now and not post.gone]
            seen = Sighting(tuple(sorted(there)) if self.can_look else (), is_whole=True)
        self._apply(key, find(row, seen, self.instant, self.patience))

    def _apply(self, key: int, finding: Finding) -> None:
        for post in self.slack:
            post.gone |= post.key == key and post.ts in finding.extra
        row, clear = self.rows[key], {"look_at": None}
        done = {
            Step.FOUND: lambda: self.move(key, S.SENT, row.tries, ts=finding.ts, look_at=finding.at, looks=0),
            Step.VERIFIED: lambda: self.move(key, S.VERIFIED, row.tries, **clear),
            Step.MISSING: lambda: self.move(key, S.PENDING, row.tries, not_before=self.instant, **clear),
            Step.REPEAT: lambda: self.move(key, S.PENDING, row.tries, not_before=self.instant, repeat=True, **clear),
            Step.ASK: lambda: self.move(key, S.ASKED, row.tries, look_at=finding.at),
        }
        if finding.step in done:
            done[finding.step]()
        else:
            self.rows[key] = replace(row, look_at=finding.at, looks=row.looks + 1)

    # ---- deaths

    def die(self, back_after: float) -> None:
        self.sender.alive = False
        self.at(self.now + back_after, self.take_seat)

    def stop(self, length: float) -> None:
        """The process is stopped; another sits on its seat after a lease, and ends it where it can."""
        self.sender.wakes_at = self.now + length
        if length <= self.patience.lease:
            self.tick_at(self.now + length)
            return
        stuck = self.sender
        self.at(self.now + self.patience.lease, lambda: self._take_over(stuck))

    def _take_over(self, stuck: Run) -> None:
        if self.sender is not stuck:
            return
        if self.odds.others:
            self.at(self.now + self.patience.deadline + self.patience.settle, self.take_seat)
        else:
            stuck.alive = False
            self.take_seat()

    def take_seat(self) -> None:
        self.sender = Run(f"run-{next(self._count)}")
        for key, row in self.rows.items():
            if row.state is S.SENDING and self.boots[key] != self.sender.boot:
                self.move(key, S.UNKNOWN, look_at=self.instant + seconds(self.patience.settle), looks=0)
        self.tick_at(self.now)

    # ---- what must hold

    def copies(self, key: int) -> int:
        return sum(1 for post in self.slack if post.key == key and not post.gone)

    def wrong(self) -> list[str]:
        """What must not be, in words; empty when every promise was kept."""
        said = []
        for key, row in self.rows.items():
            copies = self.copies(key)
            if row.state not in (S.SENT, S.VERIFIED):
                said.append(f"{key} came to rest as {row.state}")
            elif copies == 0:
                said.append(f"{key} lost")
            elif copies > 1 and not row.repeat:
                said.append(f"{key} stands there {copies} times")
        return said


def play(seed: int, patience: Patience = USUAL, odds: Odds | None = None, *, can_look: bool = True) -> World:
    """One run: some messages, some deaths and stops, and then quiet until everything rests."""
    world = World(seed, patience, odds or Odds(), can_look)
    world.tick_at(0)
    for _ in range(world.chance.randint(1, 6)):
        world.at(world.chance.uniform(0, 60), partial(_wish, world))
    for _ in range(world.chance.randint(0, world.odds.deaths)):
        back = world.chance.uniform(0.1, 5)
        world.at(world.chance.uniform(0, 90), partial(world.die, back))
    for _ in range(world.chance.randint(0, world.odds.stops)):
        length = world.chance.uniform(1, 3 * patience.lease)
        world.at(world.chance.uniform(0, 90), partial(world.stop, length))
    world.run(REST)
    return world


def _wish(world: World) -> None:
    world.want()


def _a_row(key: int, letter: Letter, now: datetime) -> Delivery:
    blank = {"tour_id": 1, "gig_id": 1, "person": "", "subject": {}, "expires": None, "channel": "C", "thread_ts": ""}
    said = {"ts": "", "of_id": None, "body": "", "body_hash": "", "tries": 0, "error": "", "sent_at": None}
    looked = {"look_since": None, "first_tried_at": None, "tried_at": None, "look_at": None, "looks": 0}
    when = {"not_before": now, "made_at": now, "repeat": False}
    fields = {"key": str(key), "state": S.PENDING, **blank, **said, **looked, **when}
    return Delivery(key, letter, Op.POST, Room.CHANNEL, **fields)  # type: ignore[arg-type]
