"""A Slack, a tour book with a thousand gigs on a SQLite file, and a second connection that looks at it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url, text

from bot.clock import RealClock, use_packaged_zones
from bot.sandbox.events import Envelope, EnvelopeType, Line
from bot.sandbox.sandbox import Sandbox
from storage.engines import sqlite_writer
from storage.store import Store
from tests.bench.figures import Unmeasured
from tests.bench.seed import GIGS, seed

CHANNEL = "thousand-nights"
LEAD = "tess"
CREW = ("ana", "bo", "lou", "kit", "max", "dee")
CROWD = tuple(f"hand{n:02d}" for n in range(1, 26))
FULL = 2
PATIENCE = 20.0
STILL = (
    "SELECT (SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending') AND not_before <= ?)"
    " + (SELECT count(*) FROM people WHERE NOT is_known AND tries = 0)"
)


@dataclass
class WatchedLine(Line):
    """The sandbox's line, which tells of each ack right where it came in."""

    on_ack: Callable[[Envelope], None] = field(default=lambda _: None)

    def acknowledge(self, frame: dict[str, Any]) -> None:
        super().acknowledge(frame)
        acked = next((e for e in reversed(self.envelopes) if e.envelope_id == frame.get("envelope_id")), None)
        if acked is not None:
            self.on_ack(acked)


class Stage:
    """What a part of the bench plays on. `path` is the tour book, `env` what serve is told."""

    def __init__(self, sandbox: Sandbox, channel: str, path: Path, second: sqlite3.Connection) -> None:
        self.sandbox = sandbox
        self.channel = channel
        self.path = path
        self.clock = RealClock()
        self.second = second
        self.seen: dict[str, bool] = {}
        self.env = {
            "SLACK_BOT_TOKEN": sandbox.names.bot_token,
            "SLACK_APP_TOKEN": sandbox.names.app_token,
            "SLACK_API_URL": sandbox.base_url,
            "DATABASE_URL": self.url,
        }

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, opened here beside serve."""
        opened = Store.open(self.url)
        try:
            yield opened
        finally:
            opened.close()

    def look(self, envelope: Envelope) -> None:
        """Keeps whether the second connection sees the envelope's row now: called with each ack."""
        key = key_of(envelope)
        if key and key not in self.seen:
            self.seen[key] = bool(self.ask("SELECT count(*) FROM inbox WHERE key = ?", key))

    def ask(self, question: str, *values: Any) -> Any:
        """The first column of the first row that the second connection sees."""
        return self.second.execute(question, values).fetchone()[0]

    def settle(self) -> None:
        """Waits until nothing is sendable and everybody is known. Raises Unmeasured when that takes too long."""
        if not self.sandbox.wait_until(self._is_still, PATIENCE):
            raise Unmeasured(f"serve did not come to rest within {PATIENCE:.0f} s")

    def _is_still(self) -> bool:
        now = self.clock.now().replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        return self.sandbox.unacked() == 0 and self.ask(STILL, now) == 0

    def command(self, words: str) -> Envelope:
        """The tour manager types a command; gives its envelope. Raises Unmeasured when it was not answered."""
        answer = self.sandbox.hands.command(LEAD, CHANNEL, words)
        if answer.timeout or answer.error or not answer.text:
            raise Unmeasured(f"{words} was not answered: {answer.error or 'no words'}")
        return answer.envelope

    def reply(self, who: str, words: str, thread: str) -> Envelope:
        """Somebody writes in a thread; gives the envelope, acked. Raises Unmeasured when it was not."""
        line = self.sandbox.slack.line
        before = len(line.envelopes)
        ts = self.sandbox.hands.say(who, CHANNEL, words, thread)
        sent = next(e for e in line.envelopes[before:] if e.payload.get("event", {}).get("ts") == ts)
        if not line.wait_for(sent):
            raise Unmeasured(f"“{words}” was not acked")
        return sent


@contextmanager
def set_up(gigs: int = GIGS) -> Iterator[Stage]:
    """The stage with its people and its thousand gigs, or so many; nothing runs on it yet. Raises Unmeasured."""
    use_packaged_zones()
    sandbox = Sandbox(RealClock().now)
    line = sandbox.slack.line
    watched = WatchedLine(line.pulse, line.now, line.note, twice=line.twice)
    sandbox.slack.line = watched
    with TemporaryDirectory(prefix="bench") as folder, sandbox:
        channel, lead = _people(sandbox)
        path = Path(folder) / "book.db"
        url = f"sqlite:///{path}"
        seed(url, sandbox.names.team_id, sandbox.names.bot_user, channel, lead, RealClock().now(), gigs)
        _need_full(url)
        # It looks from the sandbox's own thread.
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as second:
            stage = Stage(sandbox, channel, path, second)
            watched.on_ack = stage.look
            yield stage


def _people(sandbox: Sandbox) -> tuple[str, str]:
    people = [sandbox.add_person(name) for name in (LEAD, *CREW, *CROWD)]
    return sandbox.add_channel(CHANNEL, people), people[0]


def _need_full(url: str) -> None:
    engine = sqlite_writer(make_url(url))
    with engine.begin() as connection:
        found = connection.scalar(text("PRAGMA synchronous"))
    engine.dispose()
    if found != FULL:
        raise Unmeasured(f"the store writes with synchronous={found}, and FULL is {FULL}")


def key_of(envelope: Envelope) -> str:
    """The key under which the inbox keeps it; "" for what it does not keep."""
    if envelope.type is EnvelopeType.COMMAND:
        return f"command:{envelope.payload['trigger_id']}"
    if envelope.type is EnvelopeType.EVENT:
        event = envelope.payload["event"]
        return f"said:{event['channel']}:{event['ts']}:" if event["type"] == "message" else ""
    return ""


def ack_ms(envelope: Envelope) -> float:
    """Milliseconds from the first byte sent to the ack received."""
    if envelope.sent is None or envelope.acked is None:
        raise Unmeasured("an envelope without its times")
    return (envelope.acked - envelope.sent) * 1000


def rest(seconds: float) -> None:
    """A gap between two readings."""
    threading.Event().wait(seconds)
