"""One run: a workspace in the fake Slack, a tour book, a committed plan, and workers to be killed."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.clock import RealClock
from bot.recorder import LAPSED
from tests.faults.books import Book, Books
from tests.faults.checker import Move, Row, Verdict, judge
from tests.faults.kept import read_ledger
from tests.faults.nursery import Nursery
from tests.faults.plan import Wanted, commit, key_in_slack
from tests.faults.town import House, Town
from tests.faults.workers import SERVE, Worker, rest, start_cold, wait_until

FACTOR = 0.1
"""Everything the bot waits for is a tenth: a call has 1 s, an unknown outcome is looked for after 1.5 s."""
NO_TIME = timedelta(0)
LEAD = timedelta(seconds=1.6)
SPREAD = timedelta(seconds=0.4)
BOUND = 30.0
SETTLE_WITHIN = 90.0
STARTS = 3
PEOPLE = 6
"""With four threads and two overviews: twelve posts."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SAID = "SELECT id, key, state, error, channel, ts FROM deliveries WHERE op = 'post'"
NOBODY_KNOWS = "nobody can say"
CUES_LEFT = "SELECT count(*) AS n FROM cues WHERE state = 'waiting' AND version = 'rig'"
POSTS_LEFT = """SELECT count(*) AS n FROM deliveries
WHERE op = 'post' AND letter <> 'missed' AND state IN ('pending', 'sending', 'unknown')"""


@dataclass
class Stage:
    """What a scene plays on. `due` is when the first cue falls due, `back` when the last worker was."""

    town: Town
    house: House
    book: Book
    books: Books
    dice: Random
    folder: Path
    name: str
    env: dict[str, str]
    entry: str = SERVE
    nursery: Nursery | None = None
    number: int = 0
    due: datetime = LONG_AGO
    back: datetime = LONG_AGO
    plan: list[Wanted] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    exits: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def commit(
        self, lead: timedelta = LEAD, spread: timedelta = SPREAD, strangers: bool = True, age: timedelta = NO_TIME
    ) -> None:
        """Write the plan, due soon; what goes to one person should have rung by `age` before that."""
        now = RealClock().now()
        self.due = now + lead
        self.plan = commit(self.book, self.house.cast, self.due, now, spread, strangers, age)

    def gamble(self, share: float, only: Sequence[str] = ()) -> None:
        """Let this share of the posts fail, in every way there is or in these."""
        self.house.do("gamble", seed=f"{self.dice.random()}", share=share, factor=FACTOR, only=list(only))

    def start(self, under: Sequence[str] = ()) -> Worker:
        """A worker, not waited for; `under` another program it begins cold."""
        log = self.folder / f"{self.name}-{len(self.workers)}.log"
        self.back = RealClock().now()
        worker = (
            self.nursery.bear(self.env, log, self.entry)
            if self.nursery is not None and not under
            else start_cold(self.env, log, self.entry, under)
        )
        self.workers.append(worker)
        return worker

    def start_ready(self, under: Sequence[str] = ()) -> Worker:
        """A worker that says it is ready; one that ends before is started again, as whoever runs it would.

        Raises RuntimeError with its last words when none gets ready.
        """
        for _ in range(STARTS):
            worker = self.start(under)
            if worker.wait_ready():
                self.back = RealClock().now()
                return worker
        raise RuntimeError(f"a worker did not get ready: {worker.log.read_text()[-600:]}")

    def until(self, seconds: float) -> None:
        """Let the time run to so many seconds after the plan falls due, or after now if that is later."""
        left = (self.due - RealClock().now()).total_seconds()
        rest(max(0.0, left) + seconds)

    def settle(self, within: float = SETTLE_WITHIN) -> bool:
        """Wait until the database has nothing left to do; False when it does not get there."""
        return wait_until(self._is_done, within, every=0.1)

    def _is_done(self) -> bool:
        try:
            return not any(self.book.ask(left)[0]["n"] for left in (CUES_LEFT, POSTS_LEFT))
        except DBAPIError:
            return False

    def lapsed(self) -> int:
        """How many posts are not said any more, because it is too late."""
        return sum(told["state"] == "expired" and told["error"] == LAPSED for told in self.book.ask(SAID))

    @property
    def ledger(self) -> Path:
        """Where Slack writes down what it took."""
        return Path(self.house.cast.ledger)

    def judge(self, bound: float = BOUND) -> Verdict:
        """The verdict, once every worker has ended."""
        rows = [self._row(**told) for told in self.book.ask(SAID)]
        posts = {row.id for row in rows}
        moved = [Move(**told) for told in self.book.ask("SELECT delivery, came, went, at FROM rig_moves ORDER BY id")]
        moves = [move for move in moved if move.delivery in posts]
        return judge(self.plan, read_ledger(self.ledger), rows, moves, bound, self.back.timestamp())

    def _row(self, key: str, state: str, error: str, **told: Any) -> Row:
        # Whoever could not even be asked is told that nobody knows: that is no claim that it is not there.
        if state == "failed" and error.startswith(NOBODY_KNOWS):
            state = "asked"
        elif state == "expired" and error == LAPSED:
            state = "lapsed"
        return Row(key=key_in_slack(self.house.cast.team, key), state=state, **told)


Scene = Callable[[Stage], None]
"""What happens in a run. It commits the plan, and leaves one worker alive."""


@contextmanager
def stage(town: Town, books: Books, folder: Path, name: str, seed: str, people: int = PEOPLE) -> Iterator[Stage]:
    """A stage whose workers, workspace and database are gone afterwards, whatever happens."""
    house = town.open(people)
    book = books.book(name)
    dice = Random(seed)  # noqa: S311 - a run that can be played again
    made = Stage(town, house, book, books, dice, folder, name, _env(house, book.url))
    try:
        yield made
    finally:
        for worker in made.workers:
            worker.kill()
        house.do("close")
        books.drop(book)


def _env(house: House, url: str) -> dict[str, str]:
    cast = house.cast
    told = {"SLACK_BOT_TOKEN": cast.bot_token, "SLACK_APP_TOKEN": cast.app_token, "SLACK_API_URL": cast.url}
    return {**told, "DATABASE_URL": url, "BUSCALL_PATIENCE": str(FACTOR)}


def keep_evidence(made: Stage, verdict: Verdict, folder: Path) -> Path:
    """What a wrong run left: its logs, its ledger, its moves and its verdict, to be read later."""
    there = folder / made.name
    there.mkdir(parents=True, exist_ok=True)
    for path in [*(worker.log for worker in made.workers), made.ledger]:
        (there / path.name).write_bytes(path.read_bytes())
    said = {"wrongs": verdict.wrongs, "notes": made.notes}
    for table in ("deliveries", "attempts", "rig_moves"):
        said[table] = [str(row) for row in made.book.ask(f"SELECT * FROM {table}")]
    (there / "said.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    return there
