"""A tour of 27 rows from its file to the committed book: in one transaction, and by the command line."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import RealClock, use_packaged_zones
from bot.story.cast import CURTAIN
from handlers.asked import Asked, Dropped
from handlers.tours import import_dropped
from storage.store import Store
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import ROOT

FILE = ROOT / "bot" / "story" / "wild_god_eu_2024.csv"
ROWS = 27
TIMES = 7
A_YEAR = timedelta(weeks=52)


def measure(say: Say) -> list[Reading]:
    """Imports it several times, each on a fresh file; the first one reads the gazetteer too."""
    use_packaged_zones()
    with TemporaryDirectory(prefix="bench") as folder:
        say(f"{TIMES} imports in one transaction")
        taken = [_import_once(Path(folder) / f"{n}.db") for n in range(TIMES)]
        say(f"{TIMES} imports by the command line")
        ahead = _in_the_future(Path(folder))
        commanded = [_run_command(Path(folder) / f"command{n}.db", ahead) for n in range(TIMES)]
    first = f"the first, with the gazetteer read, {taken[0]:.2f} s"
    return [Reading("import", taken, first), Reading("import-command", commanded, "no cues: no manager yet")]


def _import_once(path: Path) -> float:
    store = Store.open(f"sqlite:///{path}")
    try:
        store.upgrade()
        store.connect("T1", "Bench", "UBOT", CURTAIN)
        content = FILE.read_bytes()
        asked = Asked(CURTAIN, "bench", "UTESS", "C1", "bench", dropped=Dropped("F1", FILE.name, content))
        began = time.monotonic()
        with store.begin("T1") as book:
            import_dropped(book, asked)
        taken = time.monotonic() - began
        _need_all(store)
        return taken
    finally:
        store.close()


def _need_all(store: Store) -> None:
    """Raises Unmeasured unless every gig is there, each with items and cues."""
    with store.read("T1") as book:
        gigs = book.gigs.of_tour(book.tours.all()[0].id)
        bare = [gig for gig in gigs if not (book.items.of_gig(gig.id) and book.cues.waiting(gig.id))]
    if len(gigs) != ROWS or bare:
        raise Unmeasured(f"{len(gigs)} of {ROWS} gigs were imported, {len(bare)} of them without items or cues")


def _in_the_future(folder: Path) -> Path:
    """The same file a year from now: gigs in the past get no items."""
    year = (RealClock().now() + A_YEAR).year
    path = folder / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace("\n2024-", f"\n{year}-"), encoding="utf-8")
    return path


def _run_command(path: Path, file: Path) -> float:
    command = [sys.executable, "-m", "bot", "import", str(file)]
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={"DATABASE_URL": f"sqlite:///{path}"}, capture_output=True, text=True, check=False
    )
    taken = time.monotonic() - began
    if done.returncode or f"{ROWS} placed" not in done.stdout:
        raise Unmeasured(f"import: {(done.stderr or done.stdout)[-300:]}")
    return taken
