"""The fake Slack's process as seen from here, and one workspace of it."""

import contextlib
import http.client
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANSWER_WITHIN = 60.0


@dataclass(frozen=True)
class Cast:
    """A workspace's people and places, as the fake Slack made them. `cards`: by channel, messages for threads."""

    url: str
    team: str
    bot_user: str
    bot_token: str
    app_token: str
    lead: str
    people: list[str]
    channels: list[str]
    ledger: str
    directs: list[str]
    cards: list[list[str]]


class Town:
    """The process; it ends with the `with` block, and with whoever opened it."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.fakeslack", str(folder)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._errors = (folder / "fakeslack.log").open("ab")
        self._run = subprocess.Popen(command, cwd=ROOT, stderr=self._errors, text=True, **pipes)  # type: ignore[call-overload]
        self._port = int(self._run.stdout.readline() or 0)
        self._lock = threading.Lock()
        self._opened = 0
        if not self._port:
            self.close()
            raise RuntimeError("the fake Slack did not start")

    def __enter__(self) -> "Town":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, people: int, channels: int = 2, cards: int = 2) -> "House":
        """A new workspace."""
        with self._lock:
            self._opened += 1
            name = f"house{self._opened}"
        told = self.ask(name, "open", people=people, channels=channels, cards=cards)
        return House(self, name, Cast(**told))

    def ask(self, name: str, word: str, **told: Any) -> dict[str, Any]:
        """Have one thing done. Raises RuntimeError with what the fake Slack says when it cannot."""
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_WITHIN)
        try:
            line.request("POST", f"/{name}/{word}", json.dumps(told))
            answer = line.getresponse()
            body: dict[str, Any] = json.loads(answer.read())
        finally:
            line.close()
        if answer.status != 200:
            raise RuntimeError(f"{word}: {body.get('error')}")
        return body

    def close(self) -> None:
        """Ends the process."""
        self._run.kill()
        self._run.wait()
        for pipe in (self._run.stdin, self._run.stdout, self._errors):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


@dataclass(frozen=True)
class House:
    """One workspace: `do` a word of the fake Slack's."""

    town: Town
    name: str
    cast: Cast

    def do(self, word: str, **told: Any) -> dict[str, Any]:
        """Have one thing done there."""
        return self.town.ask(self.name, word, **told)
