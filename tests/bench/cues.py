"""How late a cue is: written ahead, one by one, in a `serve` that does nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from checklists.cues import Cue, CueKind
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.seed import city_of
from tests.bench.serving import Serving
from tests.bench.stage import CROWD, Stage, rest, set_up

CUES_EACH = 4
"""Five messages at once is what Slack lets through to one person."""
FIRST_IN = timedelta(seconds=5)
APART = timedelta(milliseconds=300)
LATEST = timedelta(seconds=10)
GIG = 2
FOUND = "SELECT key, made_at FROM deliveries WHERE key IN ({}) ORDER BY id"
SAID = "SELECT key, ts FROM deliveries WHERE ts <> '' AND key IN ({})"


@dataclass
class Watch:
    """The cues to come, by the key of the delivery that each makes, and what the second connection saw."""

    due: dict[str, datetime]
    seen: dict[str, datetime] = field(default_factory=dict)
    made: dict[str, datetime] = field(default_factory=dict)
    said: dict[str, datetime] = field(default_factory=dict)

    def late_ms(self, came: dict[str, datetime]) -> list[float]:
        return [(came[key] - at).total_seconds() * 1000 for key, at in self.due.items()]


def measure(say: Say) -> list[Reading]:
    """A hundred reminders to silent crew, by DM; gives how late each was committed, made and said."""
    say("opening 1,000 gigs, calling a crowd")
    with set_up() as stage:
        _call_crowd(stage)
        watch = Watch(_write_cues(stage))
        say(f"{len(watch.due)} cues, one every {APART / timedelta(milliseconds=1):.0f} ms")
        with Serving(stage.env):
            _watch(stage, watch)
            stage.settle()
        watch.said = {key: _of_stamp(ts) for key, ts in _rows(stage, SAID, watch.due)}
        if len(watch.said) < len(watch.due):
            raise Unmeasured(f"{len(watch.due) - len(watch.said)} reminders were not said")
    return [
        Reading("cue", watch.late_ms(watch.seen)),
        Reading("cue-made", watch.late_ms(watch.made)),
        Reading("cue-said", watch.late_ms(watch.said)),
    ]


def _call_crowd(stage: Stage) -> None:
    with Serving(stage.env):
        stage.settle()
        stage.command(f"/gig call {city_of(GIG)} {', '.join(f'@{name} HAND 14:00' for name in CROWD)}")
        stage.settle()


def _write_cues(stage: Stage) -> dict[str, datetime]:
    """Writes the cues while nothing runs; gives their instants by the key of the delivery each makes."""
    now = stage.clock.now()
    with stage.store() as store, store.begin(stage.sandbox.names.team_id) as book:
        gig = book.gigs.by_number(GIG)
        if gig is None:
            raise Unmeasured("the gig is not there")
        for n in range(len(CROWD) * CUES_EACH):
            person = stage.sandbox.workspace.person(CROWD[n % len(CROWD)]).id
            at = now + FIRST_IN + n * APART
            book.cues.put(Cue(CueKind.ASK_DM, at, gig.id, gig.tour_id, person, "bench", str(n)), now)
        return {f"cue:{cue.id}": cue.at for cue in book.cues.waiting(gig.id) if cue.anchor == "bench"}


def _watch(stage: Stage, watch: Watch) -> None:
    """Looks every millisecond whether something was committed. Raises Unmeasured when a cue does not come."""
    last, version = max(watch.due.values()) + LATEST, 0
    while len(watch.seen) < len(watch.due):
        rest(0.001)
        committed = stage.ask("PRAGMA data_version")
        if committed != version:
            version = committed
            _note(stage, watch, stage.clock.now())
        if stage.clock.now() > last:
            raise Unmeasured(f"{len(watch.due) - len(watch.seen)} of {len(watch.due)} cues did not come")


def _note(stage: Stage, watch: Watch, now: datetime) -> None:
    awaited = [key for key in watch.due if key not in watch.seen]
    for key, made in _rows(stage, FOUND, awaited):
        watch.seen[key] = now
        watch.made[key] = datetime.fromisoformat(made)


def _rows(stage: Stage, question: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    wanted = list(keys)
    return stage.second.execute(question.format(", ".join("?" * len(wanted))), wanted).fetchall()


def _of_stamp(ts: str) -> datetime:
    """Slack's ts is the instant at which it took the message."""
    return datetime.fromtimestamp(float(ts), UTC)
