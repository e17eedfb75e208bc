"""Our side of the firing bench, in a process of its own: `python -m tests.bench.ours URL PENDING` prints JSON."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.bell import Bell, Hand
from bot.clock import HandClock, use_packaged_zones
from checklists.crew import Person, Position
from checklists.cues import Cue, CueKind
from checklists.gig import Gig
from checklists.walls import Wall
from handlers import ring
from storage.gigs import NewGig
from storage.store import Store
from tests.bench.figures import Unmeasured

TEAM, LEAD = "T1", "ULEAD"
GIGS, PEOPLE = 1_000, 10
FIRED = GIGS * PEOPLE
RUNS = 3
START = datetime(2026, 9, 1, 12, tzinfo=UTC)
SHOW = (START + timedelta(days=200)).date()
CALL = Wall.decode("14:00+0/0")
MANY_MORE = text(
    "INSERT INTO cues (workspace_id, identity, kind, at, gig_id, tour_id, person, anchor, version, state, why,"
    " changed_at) SELECT workspace_id, identity || :more, kind, :at, gig_id, tour_id, person, anchor,"
    " version || :more, state, why, changed_at FROM cues WHERE anchor = 'far' AND version = '0'"
)


class Ours:
    """A tour book with so many cues waiting, of which none is due yet."""

    def __init__(self, url: str, pending: int) -> None:
        use_packaged_zones()
        self.url = url
        self.clock = HandClock(START)
        self.store = Store.open(url)
        self.store.upgrade()
        self.store.connect(TEAM, "Bench", "UBOT", START)
        self.near = self._open_gigs()
        self.moves = 0
        self._wait_far(pending - FIRED)

    def fire(self) -> float:
        """Seconds in which ten thousand reminders that fell due were claimed, judged and written as deliveries."""
        due = self.clock.now() + timedelta(hours=1)
        self._plan(due)
        before = self._count("deliveries")
        self.clock.set(due + timedelta(seconds=1))
        taken = self._ring()
        if self._count("deliveries") - before != FIRED:
            raise Unmeasured(f"{self._count('deliveries') - before} of {FIRED} reminders were written")
        return taken

    def redate(self) -> float:
        """Seconds in which the ten thousand reminders of a thousand moved gigs were planned anew."""
        self._plan(self.clock.now() + timedelta(days=9))
        self.moves += 1
        began = time.perf_counter()
        self._plan(self.clock.now() + timedelta(days=10 + self.moves))
        return time.perf_counter() - began

    def lose(self) -> int:
        """How many of ten thousand that fell due over five seconds of downtime are never written."""
        due = self.clock.now() + timedelta(hours=1)
        self._plan(due, spread=timedelta(seconds=5))
        before = self._count("deliveries")
        self.clock.set(due + timedelta(seconds=5))
        self._ring()
        return FIRED - (self._count("deliveries") - before)

    def _ring(self) -> float:
        bell = Bell(self.store, TEAM, Hand(ring.ring, ring.set_aside), self.clock)
        began = time.perf_counter()
        bell.ring_all(self.clock.now())
        return time.perf_counter() - began

    def _open_gigs(self) -> list[Gig]:
        crew = [f"UHAND{n}" for n in range(PEOPLE)]
        with self.store.begin(TEAM) as book:
            tour = book.tours.open("Bench", "C1", LEAD, START)
            for who in (LEAD, *crew):
                book.people.learn(Person(who, who, "Europe/Amsterdam", is_known=True, is_outsider=False), START)
            gigs = book.gigs.open_many(tour.id, [_night(n) for n in range(2 * GIGS)], START)
            self.far = gigs[GIGS:]
            for gig in gigs[:GIGS]:
                for who in crew:
                    book.crew.ask(gig.id, who, Position.HAND, CALL, gig.when(CALL), START)
        return gigs[:GIGS]

    def _plan(self, at: datetime, spread: timedelta = timedelta(0)) -> None:
        """Each person of each gig is to be asked, in one plan; what waited of these gigs is planned anew."""
        step = spread / FIRED
        plans = [
            (gig.id, [_ask(gig, at + step * (n * PEOPLE + k), f"UHAND{k}", f"{at:%d%H}") for k in range(PEOPLE)])
            for n, gig in enumerate(self.near)
        ]
        with self.store.begin(TEAM) as book:
            book.cues.replan_many(plans, self.clock.now())

    def _wait_far(self, more: int) -> None:
        far = START + timedelta(days=100)
        with self.store.begin(TEAM) as book:
            book.cues.replan_many([(gig.id, list(_far(gig, far))) for gig in self.far if more > 0], START)
        engine = create_engine(self.url)
        with engine.begin() as connection:
            for n in range(1, more // FIRED):
                connection.execute(MANY_MORE, {"more": f".{n}", "at": _as_kept(self.url, far + timedelta(minutes=n))})
            if engine.dialect.name == "postgresql":
                connection.execute(text("ANALYZE"))
        engine.dispose()

    def _count(self, table: str) -> int:
        engine = create_engine(self.url)
        with engine.begin() as connection:
            found = connection.scalar(text(f"SELECT count(*) FROM {table}"))
        engine.dispose()
        return int(found or 0)


def _night(n: int) -> NewGig:
    return NewGig("Bench", f"Hall {n}", f"Town {n}", "NL", "Europe/Amsterdam", 52.37, 4.9, SHOW)


def _ask(gig: Gig, at: datetime, who: str, version: str) -> Cue:
    return Cue(CueKind.ASK_DM, at, gig.id, gig.tour_id, who, "near", version)


def _far(gig: Gig, at: datetime) -> Iterator[Cue]:
    return (Cue(CueKind.ASK_DM, at, gig.id, gig.tour_id, f"UHAND{k}", "far", "0") for k in range(PEOPLE))


def _as_kept(url: str, at: datetime) -> object:
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" if url.startswith("sqlite") else at


def forget_peak() -> None:
    """The highest memory so far is forgotten."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory_mb(line: str) -> float:
    """`VmRSS` or `VmHWM`, the highest since `forget_peak`."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(each for each in told.splitlines() if each.startswith(line)).split()[1]) / 1024


def read(url: str, pending: int, redates: int) -> dict[str, Sequence[float]]:
    """Everything, several times."""
    ours = Ours(url, pending)
    ours.fire()
    held = memory_mb("VmRSS")
    forget_peak()
    fired = [ours.fire() for _ in range(RUNS)]
    grown = memory_mb("VmHWM") - held
    again = [ours.redate() for _ in range(redates)]
    return {"fired": fired, "redated": again, "grown_mb": [grown], "lost": [ours.lose()]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
