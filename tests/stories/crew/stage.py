"""Plays the script on the running product: real Bolt, a Slack to try it in, the clock moved by hand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.app import Program
from bot.clock import HandClock
from bot.moving import Mover
from bot.sandbox.ledger import Entry, Kind
from bot.sandbox.sandbox import Sandbox
from bot.story.posted import texts
from bot.trying import Slack, running
from checklists.crew import Call
from tests.sandbox.patient import patient_slack
from tests.stories.crew.deeds import Deeds
from tests.stories.crew.ledger import Book, Match
from tests.stories.crew.people import PEOPLE, shown
from tests.stories.crew.script import Step

CHANNEL = "arena-run"


@dataclass(frozen=True)
class Seen:
    """How the calls stood after a step, and where the ledger stood then."""

    at: datetime
    mark: int
    calls: Sequence[Call]


class Stage:
    """A running product and everybody around it."""

    def __init__(self, slack: Sandbox, mover: Mover, program: Program, channel: str) -> None:
        self.slack = slack
        self.mover = mover
        self.program = program
        directs = {slack.hands.open_direct(person.id): person.name for person in PEOPLE}
        self.book = Book(slack.ledger, channel, directs)
        self.deeds = Deeds(slack, self.book, channel)
        self.history: list[Seen] = []
        self.by_clock: Counter[str] = Counter()
        """Edits that nobody caused: what a message says changes by time alone."""

    def play(self, steps: Sequence[Step]) -> list[str]:
        """Every step in order; gives what was missing, and what nobody expected."""
        problems = []
        for step in steps:
            problems += self._perform(step)
            self._remember(step.at)
        return problems

    def _perform(self, step: Step) -> list[str]:
        early, lines = self._wait_for(step)
        problems, actors = [f"{line.at:%a %d %b %H:%MZ} unexpected: {self.book.tell(line)}" for line in early], []
        if not step.is_clock:
            try:
                actors = self.deeds.do(step.deed)
            except (LookupError, ValueError) as error:
                problems.append(f"{step.line} {error}")
        self.mover.settle()
        lines += self.book.written()
        if step.is_clock:
            lines = [line for line in lines if not self._is_by_clock(line)]
        match = Match(self.book, step, lines, self._now_reads(step), actors)
        return [*problems, *match.judge()]

    def _wait_for(self, step: Step) -> tuple[list[Entry], list[Entry]]:
        """What is said by itself before a step, which nobody expected, and what the clock does at its instant."""
        if step.at > self.mover.clock.now():
            self.mover.move(step.at)
            self.mover.settle()
        lines = [line for line in self.book.written() if not self._is_by_clock(line)]
        early = [line for line in lines if line.at < step.at or not step.is_clock]
        return early, [line for line in lines if line not in early]

    def _is_by_clock(self, line: Entry) -> bool:
        if line.kind is Kind.EDITED:
            self.by_clock[self.book.labels.get((line.channel, line.ts), "?")] += 1
        return line.kind is Kind.EDITED

    def _now_reads(self, step: Step) -> dict[str, str]:
        labels = {one.words.removesuffix(" now") for one in step.expected if one.words.endswith(" now")}
        return {label: self._reads(*self.book.newest[label]) for label in labels if label in self.book.newest}

    def _reads(self, channel: str, ts: str) -> str:
        found = self.slack.message(channel, ts)
        return shown("\n".join([found.text, *texts(found.blocks)])) if found else ""

    def _remember(self, at: datetime) -> None:
        with self.program.store.read(self.program.team) as book:
            calls = [call for gig in (1, 2, 3, 4) for call in book.crew.of_gig(gig)]
        self.history.append(Seen(at, self.slack.ledger.next_seq, calls))


@contextmanager
def on_stage(url: str, start: datetime) -> Iterator[Stage]:
    """The product on the database at `url`, and the whole cast in one channel."""
    clock, opened = HandClock(start), list[Sandbox]()

    def open_slack(now: Any) -> Sandbox:
        opened.append(patient_slack(now))
        return opened[-1]

    with running(open_slack, clock, url, _let_in) as (_, program, channel):
        yield Stage(opened[0], Mover(program, clock, opened[0]), program, channel)


def _let_in(slack: Slack) -> str:
    for person in PEOPLE:
        slack.add_person(person.name, tz=person.zone)
    return slack.add_channel(CHANNEL, [person.name for person in PEOPLE])
