"""Real programs to kill: `python -m bot serve`, each in a process group of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tests.faults.town import ROOT

LOOK_EVERY = 0.02
READY_WITHIN = 60.0
STOP_WITHIN = 30.0
SERVE, BLIND = "bot", "tests.faults.blind"
WORDS = {SERVE: ("-m", SERVE, "serve"), BLIND: ("-m", BLIND)}
"""What Python is told, by the module that is run."""


def rest(seconds: float) -> None:
    """Let real time go by."""
    threading.Event().wait(max(0.0, seconds))


def wait_until(so: Callable[[], object], seconds: float, every: float = LOOK_EVERY) -> bool:
    """Wait until something is so; False when it did not come to be in time."""
    ends = time.monotonic() + seconds
    while not so():
        if time.monotonic() >= ends:
            return False
        rest(every)
    return True


class Run(Protocol):
    """A process, as subprocess has it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


class Worker:
    """One run of the program. Every one that is started must be killed; twice does no harm."""

    def __init__(self, run: Run, log: Path) -> None:
        self._run = run
        self.log = log

    @property
    def pid(self) -> int:
        return self._run.pid

    @property
    def is_alive(self) -> bool:
        return self._run.poll() is None

    def heard(self, words: str) -> bool:
        """Whether its log holds these words."""
        return words in self.log.read_text(encoding="utf-8", errors="replace")

    def wait_ready(self) -> bool:
        """Wait until it says that it is ready; False when it ended before."""
        ready = wait_until(lambda: self.heard(" ready ") or not self.is_alive, READY_WITHIN)
        return ready and self.is_alive

    def signal(self, number: int) -> None:
        """A signal to it and to whatever it started; one that is gone takes none."""
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def kill(self) -> None:
        """It ends at once, without a word."""
        self.signal(signal.SIGKILL)
        self._run.wait()

    def stop(self) -> float:
        """SIGTERM; gives the seconds until it was gone, or those after which it was killed."""
        asked = time.monotonic()
        self.signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._run.wait(STOP_WITHIN)
        took = time.monotonic() - asked
        self.kill()
        return took


def start_cold(env: Mapping[str, str], log: Path, module: str, under: Sequence[str] = ()) -> Worker:
    """A worker as its users start it, if wanted under another program."""
    command = [*under, sys.executable, *WORDS[module]]
    with log.open("ab") as out:
        run = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), start_new_session=True, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    return Worker(run, log)
