"""A crew of forty on `serve`: a gig made and thirty asked, and forty answers that come within one second."""

import re
import time
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import Serving
from tests.bench.stage import CHANNEL, LEAD, PATIENCE, Stage, ack_ms, rest, set_up

GIGS = 30
ASKED = 30
CREW = tuple(f"crew{n:02d}" for n in range(1, 41))
MADE = 15
BURSTS = 3
SECOND = 1.0
ON_THE_WAY = 0.05
"""Seconds by which two edits sent a second apart may come in nearer to each other."""
AHEAD = timedelta(days=30)
HANDS = 8
MARKED_WITHIN = 4
"""So often the patience of one settling: Slack takes not many more marks than one a second."""
CONFIRMED = re.compile(r"Confirmed \((\d+)\)")
STANDS = "SELECT count(*) FROM calls JOIN gigs ON gigs.id = gig_id WHERE number = ? AND calls.state = 'confirmed'"
BASELINE = "Gig-o-Matic GO3, the open-source peer: 75 ms"


def measure(say: Say) -> list[Reading]:
    """Gigs that are made and asked for, then bursts of answers, each on a gig of its own; gives the readings."""
    say(f"opening {GIGS} gigs")
    with set_up(GIGS) as stage:
        _let_in(stage)
        with Serving(stage.env):
            load = Load(stage)
            say(f"{MADE} times a gig is made and {ASKED} are asked")
            for _ in range(MADE):
                load.make()
            for n in range(1, BURSTS + 1):
                say(f"{len(CREW)} answers in one second, {n} of {BURSTS}")
                load.burst()
            return load.told()


def _let_in(stage: Stage) -> None:
    for name in CREW:
        stage.sandbox.add_person(name)
        stage.sandbox.hands.invite(LEAD, CHANNEL, name)


class Load:
    """What is played on the stage, and what was read."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.readings: dict[str, list[float]] = defaultdict(list)
        self._gig = GIGS

    def make(self, asked: int = ASKED) -> None:
        """A gig and its calls: the time from the first byte of each command to its ack, both together."""
        self._gig += 1
        people = " ".join(f"@{name}" for name in CREW[:asked])
        day = self.stage.clock.now() + AHEAD + timedelta(days=self._gig)
        opened = self.stage.command(f"/gig new Forty, Hall {self._gig} Utrecht Netherlands, {day:%Y-%m-%d}")
        called = self.stage.command(f"/gig call #{self._gig} {people} HAND 14:00")
        if asked == ASKED:
            self.readings["ask-30"].append(ack_ms(opened) + ack_ms(called))
        self.stage.settle()

    def burst(self) -> None:
        """Forty answers within a second, from as many people at once as hands are free."""
        self.make(len(CREW))
        rest(SECOND)
        card = self.stage.ask("SELECT card_ts FROM gigs WHERE number = ?", self._gig)
        before, began = len(self.stage.sandbox.calls), time.monotonic()
        with ThreadPoolExecutor(HANDS) as hands:
            jobs = [hands.submit(self._answer, name, n, began, card) for n, name in enumerate(CREW)]
        said = sorted(self._said(job) for job in jobs)
        self.readings["burst-spread"].append(said[-1] - said[0])
        edits = self._edits(card, before)
        seen = [min(at for at, count in edits if count >= n) for n in range(1, len(CREW) + 1)]
        self.readings["burst-seen"] += [(at - when) * 1000 for at, when in zip(seen, said, strict=True)]
        self.readings["burst-edits"].append(_most_within([at for at, _ in edits]))
        self.readings["burst-lost"].append(len(CREW) - self.stage.ask(STANDS, self._gig))

    def _answer(self, name: str, n: int, began: float, card: str) -> tuple[float, float]:
        rest(max(began + n * SECOND / len(CREW) - time.monotonic(), 0))
        envelope = self.stage.reply(name, "confirmed", card)
        return envelope.acked or 0.0, ack_ms(envelope)

    def _said(self, job: Future[tuple[float, float]]) -> float:
        """When the answer was acked."""
        when, ack = job.result()
        self.readings["burst-ack"].append(ack)
        return when

    def _edits(self, card: str, before: int) -> list[tuple[float, int]]:
        """When Slack took each edit of the card, and how many it shows as confirmed, until it shows them all."""

        def edits() -> list[tuple[float, int]]:
            calls = [call for call in self.stage.sandbox.calls[before:] if call.method == "chat.update"]
            mine = [call for call in calls if call.args.get("ts") == card and not call.error]
            return [(call.accepted, _confirmed(str(call.args.get("text", "")))) for call in mine]

        if not self.stage.sandbox.wait_until(lambda: any(n == len(CREW) for _, n in edits()), PATIENCE):
            raise Unmeasured("the card does not show every answer")
        self._settle()
        return edits()

    def _settle(self) -> None:
        for _ in range(MARKED_WITHIN - 1):
            with suppress(Unmeasured):
                return self.stage.settle()
        return self.stage.settle()

    def told(self) -> list[Reading]:
        """Everything that was read."""
        notes = {"ask-30": BASELINE, "burst-seen": f"acked within {max(self.readings.pop('burst-spread')):.2f} s"}
        return [Reading(name, values, notes.get(name, "")) for name, values in self.readings.items()]


def _confirmed(text: str) -> int:
    found = CONFIRMED.search(text)
    return int(found[1]) if found else 0


def _most_within(instants: list[float]) -> int:
    """How many of these at most lie within one second of one of them; those sent a second apart do not."""
    return max(sum(at <= other < at + SECOND - ON_THE_WAY for other in instants) for at in instants)
