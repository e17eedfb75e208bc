"""What makes a cue the same cue, its row, and what a new plan changes. Private to storage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from checklists.cues import PLANNED, Cue, CueKind, CueState


@dataclass
class Changes:
    """What a new plan changes in the stored cues."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    new: list[tuple[str, Cue]] = field(default_factory=list)

    def compare(self, known: Mapping[str, Any], planned: Mapping[str, Cue], now: datetime) -> None:
        """Adds what one gig's plan changes in the rows that are known by the identities of its cues."""
        for name, cue in planned.items():
            row = known.get(name)
            wanted = cue.at > now or cue.kind is CueKind.CARD
            if row is None:
                self.new += [(name, cue)] if wanted else []
            elif (row.state is CueState.WAITING and row.at != cue.at) or (row.state is CueState.CUT and wanted):
                self.moved.append({"the_id": row.id, "at": cue.at})
        for name, row in known.items():
            if row.state is CueState.WAITING and row.kind in PLANNED and name not in planned:
                self.cut.append(row.id)


def identity(cue: Cue) -> str:
    """What makes a cue the same cue: its gig, else its tour; kind, person, anchor and version."""
    return "|".join((_whose(cue), cue.kind.value, cue.person, cue.anchor, cue.version))


def identity_of_only(cue: Cue) -> str:
    """The same for a cue of which one waits, whatever it speaks about."""
    tour = "" if cue.tour_id is None else f"t{cue.tour_id}"
    return "|".join(("only", _whose(cue), tour, cue.kind.value, cue.person))


def _whose(cue: Cue) -> str:
    if cue.gig_id is not None:
        return f"g{cue.gig_id}"
    return "" if cue.tour_id is None else f"t{cue.tour_id}"


def by_gig(rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """Rows of cues by their gig, and in it by their identity."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row.gig_id, {})[row.identity] = row
    return found


def row_of(name: str, cue: Cue, now: datetime) -> dict[str, Any]:
    """A new cue as the store keeps it."""
    return {
        "identity": name,
        "kind": cue.kind,
        "at": cue.at,
        "gig_id": cue.gig_id,
        "tour_id": cue.tour_id,
        "person": cue.person,
        "anchor": cue.anchor,
        "version": cue.version,
        "changed_at": now,
    }
