"""Calls as they are made: new ones, and the same ones asked again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import literal

from checklists.crew import PARTICULARS, CallKind, CallStage, CallState, Position
from checklists.walls import Wall
from storage.pen import Either
from storage.schema import CallRow
from storage.tables import table

CALLS = table(CallRow)
UNANSWERED: Mapping[str, Any] = {
    "late": 0,
    "late_unknown": False,
    "late_from": None,
    "answered_at": None,
    "answered_by": None,
    "answer_ref": "",
    "heard_at": None,
    "in_at": None,
    "out_at": None,
}


@dataclass(frozen=True, slots=True)
class NewCall:
    """Somebody who is to be asked; `at` is UTC, and `said` holds the call's particulars by their names."""

    person: str
    position: Position
    wall: Wall
    at: datetime
    kind: CallKind = CallKind.CREW
    stage: CallStage = CallStage.CONFIRM
    said: Mapping[str, str] = field(default_factory=dict)

    def row(self, gig_id: int, now: datetime) -> dict[str, Any]:
        """As the store keeps it, asked at that instant."""
        asked = {"gig_id": gig_id, "person": self.person, "position": self.position, "wall": self.wall, "at": self.at}
        told = {"kind": self.kind, "stage": self.stage, **dict.fromkeys(PARTICULARS, ""), **self.said}
        return {**asked, **told, "state": CallState.CALLED, "state_at": now, "asked_at": now}


def _ask(insert_into: Any) -> Any:
    new = insert_into(CALLS).values(version=literal(1), **UNANSWERED)
    anew = ("wall", "at", "state", "state_at", "asked_at", "stage", *PARTICULARS, *UNANSWERED)
    moved = {name: new.excluded[name] for name in anew}
    told = {"told_wall": CALLS.c.wall, "told_place": CALLS.c.place, "told_state": CALLS.c.state}
    again = {**moved, **told, "version": CALLS.c.version + 1, "changed_at": new.excluded.asked_at}
    same = ["workspace_id", "gig_id", "person", "position", "kind"]
    return new.on_conflict_do_update(index_elements=same, set_=again)


ASK = Either(_ask)
