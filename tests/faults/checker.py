"""The checker: plan, ledger and database against each other. Pure; it believes the ledger alone.

Every wanted post must stand in Slack exactly once, in its place, not before its time and not too late; nothing
else may stand there that the database did not commit to; and what the database claims must be so.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.faults.kept import Posted
from tests.faults.plan import Wanted

EARLY = 5.0
CLAIMS = frozenset({"sent", "verified"})
DENIES = frozenset({"pending", "failed", "expired", "lapsed"})
TOLD = frozenset({"failed", "asked", "lapsed"})
"""Lapsed: it came too late to be of use, and that was told; what just expired nobody hears of."""
REPEAT = "possible repeat"


@dataclass(frozen=True, slots=True)
class Row:
    """A post in the outbox: the key as Slack shows it, and what the database says of it."""

    id: int
    key: str
    state: str
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A delivery went from one state to another (or looked again, in the same), in epoch seconds."""

    delivery: int
    came: str
    went: str
    at: float


@dataclass
class Verdict:
    """What was wrong, in sentences, and the figures of a run. `told`: lost, but a person was told."""

    calls: int = 0
    lost: int = 0
    doubled: int = 0
    told: int = 0
    repeats: int = 0
    healed: int = 0
    worst_lateness: float = 0.0
    longest_unknown: float = 0.0
    edges: Counter[str] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.wrongs


def judge(
    plan: Sequence[Wanted],
    posted: Sequence[Posted],
    rows: Sequence[Row],
    moves: Sequence[Move],
    bound: float,
    back: float = 0.0,
) -> Verdict:
    """The verdict over a run that is over; `bound` is how late (seconds) a post may be, after its time and after
    `back` (epoch seconds), when the last part was there again."""
    found = Verdict(calls=len(plan), edges=edges(moves), longest_unknown=longest_unknown(moves))
    standing: dict[str, list[Posted]] = defaultdict(list)
    for post in posted:
        if post.deleted:
            found.healed += 1
        else:
            standing[post.key].append(post)
    states = {row.key: row.state for row in rows}
    for wanted in plan:
        _match(
            found,
            wanted,
            standing[wanted.key],
            states.get(wanted.key, "nothing"),
            max(bound, back + bound - wanted.due),
        )
    _find_unwanted(found, plan, standing, states)
    _find_untrue(found, rows, standing)
    return found


def _match(found: Verdict, wanted: Wanted, copies: Sequence[Posted], state: str, bound: float) -> None:
    if not copies and state in TOLD:
        found.told += 1
    elif not copies:
        found.lost += 1
        found.wrongs.append(f"{wanted.key} is lost; the database says {state}")
    _count_copies(found, wanted.key, copies)
    for copy in copies:
        _place(found, wanted, copy, bound)


def _count_copies(found: Verdict, key: str, copies: Sequence[Posted]) -> None:
    repeats = [copy for copy in copies if REPEAT in copy.text.lower()]
    found.repeats += len(repeats)
    if len(copies) - len(repeats) > 1:
        found.doubled += 1
        found.wrongs.append(f"{key} stands {len(copies)} times: {', '.join(copy.ts for copy in copies)}")


def _place(found: Verdict, wanted: Wanted, copy: Posted, bound: float) -> None:
    if (copy.channel, copy.thread_ts) != (wanted.channel, wanted.thread_ts):
        found.wrongs.append(f"{wanted.key} is in {copy.channel} {copy.thread_ts}, not where it belongs")
    late = copy.at - wanted.due
    found.worst_lateness = max(found.worst_lateness, late)
    if late < -EARLY:
        found.wrongs.append(f"{wanted.key} came {-late:.1f} s early")
    if late > bound:
        found.wrongs.append(f"{wanted.key} came {late:.1f} s late")


def _find_unwanted(
    found: Verdict, plan: Sequence[Wanted], standing: Mapping[str, Sequence[Posted]], states: Mapping[str, str]
) -> None:
    for key in sorted(set(standing) - {wanted.key for wanted in plan}):
        if key not in states:
            found.wrongs.append(f"nobody wanted {standing[key][0].kind} {key or 'without a key'}")
        _count_copies(found, key, standing[key])


def _find_untrue(found: Verdict, rows: Sequence[Row], standing: Mapping[str, Sequence[Posted]]) -> None:
    for row in rows:
        there = {(copy.channel, copy.ts) for copy in standing.get(row.key, ())}
        if row.state in CLAIMS and (row.channel, row.ts) not in there:
            found.wrongs.append(f"{row.key} is {row.state} at {row.ts or 'no ts'}, and is not there")
        if row.state in DENIES and there:
            found.wrongs.append(f"{row.key} is {row.state}, and stands in Slack")


def edges(moves: Sequence[Move]) -> Counter[str]:
    """How often each edge of the state machine was gone."""
    return Counter(f"{move.came}>{move.went}" for move in moves)


def longest_unknown(moves: Sequence[Move]) -> float:
    """The longest time (seconds) that a delivery spent as unknown."""
    by_delivery: dict[int, list[Move]] = defaultdict(list)
    for move in moves:
        by_delivery[move.delivery].append(move)
    spans = [span for its in by_delivery.values() for span in _unknown_spans(its)]
    return max(spans, default=0.0)


def _unknown_spans(moves: Sequence[Move]) -> list[float]:
    changes = [move for move in moves if move.came != move.went]
    return [left.at - came.at for came, left in pairwise(changes) if came.went == "unknown"]
