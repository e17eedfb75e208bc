"""kill -9 at every system call that writes or speaks: strace ends the program at the nth of each kind."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence

from tests.faults.stage import Stage
from tests.faults.workers import wait_until

ON_SQLITE = ("pwrite64", "fdatasync", "sendto", "connect", "recvfrom", "ftruncate")
ON_POSTGRES = ("sendto", "recvfrom", "connect")
ENDED_WITHIN = 25.0


class Sweep:
    """Runs are numbered over all calls and counts; a call that a program has survived is not tried any further."""

    def __init__(self, calls: Sequence[str], step: int = 1) -> None:
        self._calls = calls
        self._step = step
        self._survived: dict[str, int] = {}
        self._lock = threading.Lock()

    def __call__(self, stage: Stage) -> None:
        """Kill at this call and count, and let another worker go on."""
        call, nth = self._calls[stage.number % len(self._calls)], 1 + stage.number // len(self._calls) * self._step
        with self._lock:
            if nth > self._survived.get(call, nth):
                stage.figures.append("not reached")
                return
        stage.commit()
        worker = stage.start(under=under_strace(call, nth))
        wait_until(lambda: not worker.is_alive or stage.settle(0), ENDED_WITHIN)
        if worker.is_alive:
            with self._lock:
                self._survived[call] = min(nth, self._survived.get(call, nth))
            stage.figures.append(f"{call} is not called {nth} times")
        else:
            stage.start_ready()


def under_strace(call: str, nth: int) -> list[str]:
    """The words that put a program under strace, to be killed at the nth such call of a thread."""
    inject = f"inject={call}:signal=KILL:when={nth}"
    return [shutil.which("strace") or "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]


def why_no_strace() -> str:
    """Why nothing can be traced here; "" when it can."""
    if shutil.which("strace") is None:
        return "there is no strace here"
    tried = [*under_strace("getppid", 1), sys.executable, "-c", "import os; os.getppid()"]
    done = subprocess.run(tried, check=False, capture_output=True, timeout=30)
    return "" if done.returncode else "ptrace is not allowed here"
