"""`python -m bot serve` as its users run it: a program of its own, heard through its log."""

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.bench.figures import Unmeasured

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 30.0
STOP_WITHIN = 15.0
LAST_LINES = 5


class Serving:
    """One run of it, from spawn to SIGTERM, as a `with` block."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self._heard: deque[str] = deque(maxlen=LAST_LINES)
        self._ready = threading.Event()
        self.ready_seconds = 0.0

    def __enter__(self) -> "Serving":
        """Spawns it and waits for its "ready". Raises Unmeasured with its last words when that does not come."""
        self._spawned = time.monotonic()
        command = [sys.executable, "-m", "bot", "serve"]
        self._run = subprocess.Popen(command, cwd=ROOT, env=self._env, stderr=subprocess.PIPE, text=True)
        self._hearing = threading.Thread(target=self._hear, name="hearing", daemon=True)
        self._hearing.start()
        self._ready.wait(READY_WITHIN)
        if not self.ready_seconds:
            self._end()
            raise Unmeasured(f"serve did not get ready: {' / '.join(self._heard) or 'it said nothing'}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def resident_mb(self) -> float:
        """The memory it holds now. Raises Unmeasured where there is no /proc."""
        try:
            told = Path(f"/proc/{self._run.pid}/status").read_text(encoding="utf-8")
        except OSError as error:
            raise Unmeasured(f"its memory is not told here: {error}") from error
        line = next(line for line in told.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def _hear(self) -> None:
        for line in self._run.stderr or ():
            if " ready " in line and not self.ready_seconds:
                self.ready_seconds = time.monotonic() - self._spawned
                self._ready.set()
            self._heard.append(line.strip())
        self._ready.set()

    def _end(self) -> None:
        self._run.terminate()
        try:
            self._run.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._run.kill()
            self._run.wait()
        self._hearing.join()
        if self._run.stderr is not None:
            self._run.stderr.close()
