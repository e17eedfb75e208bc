"""Workers that begin warm: a process that has imported the program already forks each of them.

`python -m tests.faults.nursery` reads a JSON object a line (env, log, entry) and answers each with the pid of a new
process of a group of its own, which runs `serve` from the reading of its settings on. It lives until its stdin
closes. What is gained is the second that Python takes to import; `--cold` does without.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from bot import serving
from bot.config import read_environment
from tests.faults import blind
from tests.faults.town import ROOT
from tests.faults.workers import Worker, wait_until

ENTRIES: Mapping[str, Callable[[], int]] = {
    "bot": lambda: serving.serve(read_environment()),
    "tests.faults.blind": blind.main,
}

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG, of the kernel's prctl."""


class Forked:
    """A process of the nursery's, which looks after its remains."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """0 when it is gone, however it ended; None while it lives."""
        return None if Path(f"/proc/{self.pid}").exists() else 0

    def wait(self, timeout: float | None = None) -> int:
        """Waits until it is gone. Raises TimeoutExpired."""
        if not wait_until(lambda: self.poll() is not None, timeout or 60.0):
            raise subprocess.TimeoutExpired("forked", timeout or 60.0)
        return 0


class Nursery:
    """The process as seen from here; it ends with the `with` block."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.nursery"]
        self._run = subprocess.Popen(
            command, cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lock = threading.Lock()

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run.kill()
        self._run.wait()
        for pipe in (self._run.stdin, self._run.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def bear(self, env: Mapping[str, str], log: Path, module: str) -> Worker:
        """A worker that runs this module (`bot` or `tests.faults.blind`)."""
        log.touch()
        wish = json.dumps({"env": dict(env), "log": str(log), "entry": module})
        with self._lock:
            if self._run.stdin is None or self._run.stdout is None:
                raise RuntimeError("the nursery has no pipes")
            self._run.stdin.write(f"{wish}\n")
            self._run.stdin.flush()
            pid = int(self._run.stdout.readline())
        return Worker(Forked(pid), log)


def main() -> None:
    """Forks whatever is wished for, until nobody wishes any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(**json.loads(line))
        # Both sides say so: whoever kills the group at once must find it.
        os.setpgid(pid, pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _live(env: dict[str, str], log: str, entry: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # Whatever ends the nursery ends its children.
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    os.setpgid(0, 0)
    out, nothing = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644), os.open(os.devnull, os.O_RDONLY)
    for there, here in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(there, here)
    os.environ.clear()  # noqa: TID251 - a process of its own begins here
    os.environ.update(env)  # noqa: TID251
    code = 1
    try:
        code = ENTRIES[entry]()
    except Exception:  # noqa: BLE001 - its log tells
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
