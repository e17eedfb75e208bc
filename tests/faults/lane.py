"""A lane: a test's runs, side by side, and what they came to."""

import itertools
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.books import Books
from tests.faults.checker import Verdict
from tests.faults.nursery import Nursery
from tests.faults.stage import BOUND, PEOPLE, Scene, Stage, keep_evidence, stage
from tests.faults.town import Town
from tests.faults.workers import SERVE

EXIT_WITHIN = 10.0
UNKNOWN_WITHIN = 60.0
NOT_REACHED = "not reached"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Test:
    """A kind of run: its scene, how many of it, on which engines (names of books), and how late a post may be."""

    name: str
    scene: Scene
    runs: int
    engines: Sequence[str] = ("sqlite", "postgresql")
    abreast: int = 2
    bound: float = BOUND
    people: int = PEOPLE
    entry: str = SERVE
    must_bite: bool = False


@dataclass
class Outcome:
    """What one run came to. `seconds` are real."""

    seed: str
    verdict: Verdict
    exits: list[float] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Row:
    """What a test came to on one engine."""

    test: Test
    engine: str
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def played(self) -> list[Outcome]:
        """The runs in which something could happen."""
        return [each for each in self.outcomes if NOT_REACHED not in each.figures]

    @property
    def wrong(self) -> list[Outcome]:
        return [each for each in self.played if not each.verdict.is_clean]

    @property
    def is_as_wanted(self) -> bool:
        """No run is wrong; with a build that must be bitten, one is at least."""
        return bool(self.wrong) if self.test.must_bite else not self.wrong

    def total(self, figure: str) -> int:
        return sum(int(getattr(each.verdict, figure)) for each in self.played)

    def worst(self, figure: str) -> float:
        return max((float(getattr(each.verdict, figure)) for each in self.played), default=0.0)

    def slowest_exit(self) -> float:
        return max((seconds for each in self.played for seconds in each.exits), default=0.0)

    def runs_by_edge(self) -> Counter[str]:
        """In how many runs each edge was gone."""
        return Counter(edge for each in self.played for edge in each.verdict.edges)


class Lane:
    """Plays tests in one town, and keeps what wrong runs left in `evidence`. Without a nursery workers begin cold."""

    def __init__(
        self, town: Town, nursery: Nursery | None, folder: Path, evidence: Path, say: Say = lambda _: None
    ) -> None:
        self._town = town
        self._nursery = nursery
        self._folder = folder
        self._evidence = evidence
        self._say = say
        self._opened = itertools.count(1)

    def play(self, test: Test, books: Books, seed: str, runs: int = 0, only: int = -1) -> Row:
        """All runs of a test on one engine (or `only` one, by its number), as far as they are asked for."""
        row = Row(test, books.name)
        self.fill(row, books, seed, runs, only)
        return row

    def fill(self, row: Row, books: Books, seed: str, runs: int = 0, only: int = -1) -> None:
        """The same into a row that shows each run as it ends, for who is told to end before the last."""
        test = row.test
        numbers = [only] if only >= 0 else list(range(runs or test.runs))
        hands = ThreadPoolExecutor(test.abreast)
        try:
            for done in as_completed([hands.submit(self._run, test, books, seed, number) for number in numbers]):
                row.outcomes.append(done.result())
                self._tell(test, books.name, done.result())
        finally:
            hands.shutdown(cancel_futures=True)

    def _run(self, test: Test, books: Books, seed: str, number: int) -> Outcome:
        began, its_seed = time.monotonic(), f"{seed}/{number}"
        name = f"r{next(self._opened)}n{number}"
        try:
            outcome = self._play(test, books, its_seed, number, name)
        except Exception:  # noqa: BLE001 - the table tells of it
            outcome = Outcome(its_seed, Verdict(wrongs=[f"the run broke: {traceback.format_exc(limit=-4)}"]))
        outcome.seconds = time.monotonic() - began
        return outcome

    def _play(self, test: Test, books: Books, seed: str, number: int, name: str) -> Outcome:
        with stage(self._town, books, self._folder, name, f"{seed} {test.name} {books.name}", test.people) as made:
            made.entry, made.number, made.nursery = test.entry, number, self._nursery
            test.scene(made)
            verdict = self._end(made, test)
            if not verdict.is_clean:
                there = keep_evidence(made, verdict, self._evidence / f"{test.name} {books.name}".replace(" ", "-"))
                verdict.wrongs.append(f"left in {there}")
            return Outcome(seed, verdict, made.exits, made.figures)

    def _end(self, made: Stage, test: Test) -> Verdict:
        rested = made.settle() if made.plan else True
        made.exits += [worker.stop() for worker in made.workers if worker.is_alive]
        verdict = made.judge(test.bound)
        verdict.wrongs += made.notes
        if not rested:
            verdict.wrongs.append("it did not come to rest")
        if max(made.exits, default=0.0) > EXIT_WITHIN:
            verdict.wrongs.append(f"SIGTERM took {max(made.exits):.1f} s")
        if verdict.longest_unknown > UNKNOWN_WITHIN:
            verdict.wrongs.append(f"unknown for {verdict.longest_unknown:.0f} s")
        return verdict

    def _tell(self, test: Test, engine: str, outcome: Outcome) -> None:
        if not outcome.verdict.is_clean and not test.must_bite:
            self._say(f"WRONG {test.name} on {engine}, seed {outcome.seed}: {'; '.join(outcome.verdict.wrongs)}")
