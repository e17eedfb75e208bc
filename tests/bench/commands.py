"""What takes a whole command: the story, the tests, a fresh clone."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import ROOT

CLEAN = re.compile(r"unexpected 0 · sent \d+, doubled 0 · .* lost 0$")
PLAIN: Mapping[str, str] = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}


def measure_story(say: Say) -> list[Reading]:
    """The story, once; its closing line must be clean."""
    say("playing the story")
    taken, said = _run([sys.executable, "-m", "bot", "try", "--story"], ROOT)
    return [Reading("story", [taken], _closing(said))]


def measure_whole(say: Say) -> list[Reading]:
    """A fresh clone of what is committed: set up, story, then its tests."""
    with TemporaryDirectory(prefix="bench") as folder:
        say("cloning what is committed")
        clone = Path(folder) / "clone"
        _run(["git", "clone", "--quiet", str(ROOT), str(clone)], ROOT)
        say("make setup")
        setup, _ = _run(["make", "-s", "setup", f"PYTHON={sys.executable}"], clone)
        say("make try STORY=1")
        story, said = _run(["make", "-s", "try", "STORY=1"], clone)
        say("make test")
        tests, _ = _run(["make", "-s", "test"], clone)
    parts = f"setup {setup:.0f} s, story {story:.0f} s: {_closing(said)}"
    return [Reading("clone", [setup + story], parts), Reading("tests", [tests])]


def _closing(said: str) -> str:
    last = said.strip().splitlines()[-1] if said.strip() else ""
    if not CLEAN.search(last):
        raise Unmeasured(f"the story was not clean: {last or 'it said nothing'}")
    return last


def _run(command: Sequence[str], folder: Path) -> tuple[float, str]:
    """Seconds and words of a command. Raises Unmeasured with its last words when it fails."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=PLAIN, capture_output=True, text=True, check=False)
    taken = time.monotonic() - began
    if done.returncode:
        raise Unmeasured(f"{' '.join(command)} failed: {(done.stderr or done.stdout)[-500:].strip()}")
    return taken, done.stdout
