"""The whole bot behind its HTTP door, and ways to knock: signed as Slack does, or as no Slack ever would."""

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bot.app import Program, build
from bot.bodies import FORM, JSON
from bot.clock import HandClock
from bot.moving import Mover
from bot.sandbox.sandbox import Sandbox
from bot.signing import sign
from bot.story.cast import CAST, CHANNEL
from bot.web import EVENTS
from storage.store import Store
from tests.bot.conftest import settings_for
from tests.handlers.troupe import START, Troupe

SECRET = "0123456789abcdef0123456789abcdef"
PATIENCE = 5.0


@dataclass
class House:
    """A running bot with an HTTP door. `clock` is moved by hand, and signatures age by it."""

    slack: Sandbox
    program: Program
    clock: HandClock
    store: Store
    _line: http.client.HTTPConnection | None = field(default=None, repr=False)

    def headers(self, body: bytes, kind: str = JSON) -> dict[str, str]:
        """As Slack signs them."""
        stamp = str(int(self.clock.now().timestamp()))
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(SECRET, stamp, body),
        }

    def post(self, body: bytes, headers: Mapping[str, str], path: str = EVENTS) -> tuple[int, bytes]:
        """One request over the one connection that is kept; opened anew after the door closed it."""
        return self.ask("POST", path, body, headers)

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> tuple[int, bytes]:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=PATIENCE)
        self._line.request(method, path, body, dict(headers))
        answer = self._line.getresponse()
        told = answer.status, answer.read()
        if answer.will_close:
            self.hang_up()
        return told

    def hang_up(self) -> None:
        """Let the kept connection go."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def event(self, event: Mapping[str, Any], key: str = "Ev1") -> tuple[int, bytes]:
        """A signed event."""
        told = {"type": "event_callback", "event_id": key, "team_id": self.slack.names.team_id, "event": event}
        body = json.dumps(told).encode()
        return self.post(body, self.headers(body))

    def form(self, **fields: str) -> tuple[int, bytes]:
        """A signed form: a command, or with `payload` an interaction."""
        body = urlencode(fields).encode()
        return self.post(body, self.headers(body, FORM))

    def knock(self, raw: bytes, seconds: float = 0.3) -> int:
        """Raw bytes on a connection of their own; gives the status that came back, 0 when none did."""
        with socket.create_connection(("127.0.0.1", self.program.port), timeout=seconds) as wire:
            try:
                wire.sendall(raw)
                return status_of(wire.recv(65536))
            except (ConnectionError, TimeoutError):
                return 0


def status_of(answer: bytes) -> int:
    """The status of a raw answer; 0 when there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


@contextmanager
def at_home(url: str, start: datetime = START) -> Iterator[tuple[House, Troupe]]:
    """The cast in a Slack that speaks to the bot by signed HTTP, the bot's book at `url`."""
    clock = HandClock(start)
    with Sandbox(clock.now) as slack:
        channel = _cast(slack)
        store = Store.open(url)
        settings = replace(settings_for(slack, url), app_token="", signing_secret=SECRET, host="127.0.0.1", port=0)
        program = build(settings, clock, store)
        house = House(slack, program, clock, store)
        try:
            program.start()
            slack.deliver_to(f"http://127.0.0.1:{program.port}{EVENTS}", SECRET)
            yield house, Troupe(slack, Mover(program, clock, slack), channel, Path(url.removeprefix("sqlite:///")))
        finally:
            house.hang_up()
            assert program.stop()


def _cast(slack: Sandbox) -> str:
    for one in CAST:
        away = {"team_id": "T0ELSEWHERE"} if one.is_outsider else {}
        slack.add_person(one.name, tz=one.zone, is_restricted=one.is_guest, **away)
    return slack.add_channel(CHANNEL, [one.name for one in CAST])
