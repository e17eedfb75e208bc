"""Junk at the HTTP door while reminders fall due: they go out on time, people are answered, memory stays small."""

import json
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from bot.web import EVENTS
from checklists.cues import Cue, CueKind
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.seed import city_of
from tests.bench.serving import ROOT, Serving
from tests.bench.stage import CROWD, Stage, ack_ms, rest, set_up

SECRET = "0123456789abcdef0123456789abcdef"
RATE = 500
SECONDS = 60.0
EACH = 4
"""Reminders to one person: five at once is what Slack lets through."""
MOST_A_SECOND = 5
FIRST_IN = timedelta(seconds=4)
LATEST = 20.0
LOOK_EVERY = 0.5
GIG = 2
SAID = "SELECT key, ts FROM deliveries WHERE ts <> '' AND key LIKE 'cue:%'"


@dataclass
class Flood:
    """What was read while the junk came in; `due` by the key of the delivery."""

    due: dict[str, datetime]
    late: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    junk: dict[str, Any] = field(default_factory=dict)

    @property
    def strange(self) -> int:
        """Requests that were answered by anything but a 4xx."""
        return sum(count for status, count in self.junk["answers"].items() if not status.startswith("4"))


def measure(say: Say) -> list[Reading]:
    """A minute of it, with a thousand gigs in the book."""
    say("opening 1,000 gigs, calling a crowd")
    with set_up() as stage:
        say(f"{RATE} junk requests a second for {SECONDS:.0f} s")
        read = pour(stage, SECONDS)
    return [
        Reading("flood-said", read.late),
        Reading("flood-ack", read.acks),
        Reading("flood-refused", read.junk["took"], f"{RATE} a second"),
        Reading("flood-strange", [read.strange], f"of {len(read.junk['took'])}"),
        Reading("flood-memory", [max(read.memory)]),
    ]


def pour(stage: Stage, seconds: float, rate: int = RATE) -> Flood:
    """Junk for so many seconds, with reminders falling due all along. Raises Unmeasured."""
    with Serving(stage.env):
        stage.settle()
        stage.command(f"/gig call {city_of(GIG)} {', '.join(f'@{name} HAND 14:00' for name in CROWD)}")
        stage.settle()
    port = free_port()
    env = {name: value for name, value in stage.env.items() if name != "SLACK_APP_TOKEN"}
    env |= {"PORT": str(port), "HOST": "127.0.0.1", "SLACK_SIGNING_SECRET": SECRET}
    read = Flood(_write_cues(stage, seconds))
    with Serving(env) as serving:
        stage.sandbox.deliver_to(f"http://127.0.0.1:{port}{EVENTS}", SECRET)
        command = [sys.executable, "-m", "tests.bench.junk", str(port), str(rate), str(seconds)]
        with TemporaryFile("w+") as told:
            with subprocess.Popen(command, cwd=ROOT, stdout=told, text=True) as thrower:
                _work_meanwhile(stage, serving, read, thrower)
            told.seek(0)
            read.junk = json.load(told)
        _wait_for_last(stage, read)
    said = dict(stage.second.execute(SAID).fetchall())
    read.late = [(_of_stamp(said[key]) - at).total_seconds() * 1000 for key, at in read.due.items()]
    return read


def _write_cues(stage: Stage, seconds: float) -> dict[str, datetime]:
    first, count = stage.clock.now() + FIRST_IN, min(len(CROWD) * EACH, int(seconds * MOST_A_SECOND))
    apart = timedelta(seconds=seconds) / count
    with stage.store() as store, store.begin(stage.sandbox.names.team_id) as book:
        gig = book.gigs.by_number(GIG)
        if gig is None:
            raise Unmeasured("the gig is not there")
        for n in range(count):
            person = stage.sandbox.workspace.person(CROWD[n % len(CROWD)]).id
            cue = Cue(CueKind.ASK_DM, first + n * apart, gig.id, gig.tour_id, person, "flood", str(n))
            book.cues.put(cue, stage.clock.now())
        return {f"cue:{cue.id}": cue.at for cue in book.cues.waiting(gig.id) if cue.anchor == "flood"}


def _work_meanwhile(stage: Stage, serving: Serving, read: Flood, thrower: subprocess.Popen[str]) -> None:
    while thrower.poll() is None:
        read.acks.append(ack_ms(stage.command(f"/gig show {city_of(1)}")))
        read.memory.append(serving.resident_mb())
        rest(LOOK_EVERY)


def _wait_for_last(stage: Stage, read: Flood) -> None:
    def all_said() -> bool:
        said = {key for key, _ in stage.second.execute(SAID).fetchall()}
        return said >= set(read.due)

    if not stage.sandbox.wait_until(all_said, LATEST):
        raise Unmeasured("some reminders were not said")


def free_port() -> int:
    """One that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _of_stamp(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)
