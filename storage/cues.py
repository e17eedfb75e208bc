"""Cues: what is due. Planned anew with every change, taken when their time comes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, select, update

from checklists.cues import PLANNED, Cue, CueKind, CueState
from storage.pen import Either, Pen, by_id, by_ids, here
from storage.schema import CueRow, GigRow
from storage.tables import columns_of, table

CUES, GIGS = table(CueRow), table(GigRow)
IS_WAITING: ColumnElement[bool] = literal_column("cues.state = 'waiting'")
ABREAST = 20
"""How many due cues are looked at when others may be at work on the first ones."""

FIND = select(*columns_of(CueRow, Cue))
OF_GIG = (
    FIND.add_columns(CUES.c.state)
    .where(here(CUES, CUES.c.gig_id == bindparam("of_gig")))
    .order_by(CUES.c.at, CUES.c.id)
)
KNOWN = select(CUES.c.identity, CUES.c.id, CUES.c.gig_id, CUES.c.kind, CUES.c.at, CUES.c.state)
WAITING_OF = KNOWN.where(here(CUES, CUES.c.gig_id == bindparam("of_gig"), CUES.c.state == CueState.WAITING))
KNOWN_AMONG = KNOWN.where(here(CUES, CUES.c.identity.in_(bindparam("names", expanding=True))))
KNOWN_AS = KNOWN.where(here(CUES, CUES.c.identity == bindparam("known_as")))
DUE = (
    FIND.where(here(CUES, IS_WAITING, CUES.c.at <= bindparam("now")))
    .order_by(CUES.c.at, CUES.c.id)
    .limit(bindparam("most"))
)
HOLD = select(CUES.c.id).where(by_id(CUES), IS_WAITING).with_for_update(skip_locked=True)
HOLD_GIG = select(GIGS.c.id).where(by_id(GIGS)).with_for_update(skip_locked=True, key_share=True)
ADD = Either(lambda insert_into: insert_into(CUES).on_conflict_do_nothing())
CHANGE = update(CUES).where(by_id(CUES))
SETTLE = update(CUES).where(by_id(CUES), CUES.c.state == CueState.WAITING)
CUT_THESE = update(CUES).where(by_ids(CUES), CUES.c.state == CueState.WAITING)
MISSED = FIND.where(
    here(
        CUES,
        CUES.c.tour_id == bindparam("of_tour"),
        CUES.c.state == CueState.MISSED,
        CUES.c.changed_at >= bindparam("since", type_=CUES.c.at.type),
        CUES.c.changed_at < bindparam("until", type_=CUES.c.at.type),
    )
).order_by(CUES.c.at, CUES.c.id)
WAITING = select(CUES.c.id).where(here(CUES, CUES.c.gig_id == bindparam("of_gig"), CUES.c.state == CueState.WAITING))
WAITING_KINDS = WAITING.where(CUES.c.kind.in_(bindparam("kinds", expanding=True)))


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


@dataclass
class Changes:
    """What a new plan changes in the stored cues."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    new: list[Cue] = field(default_factory=list)


class Cues:
    """The cues of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._renewed: set[int] = set()

    def replan(self, gig_id: int, planned: Sequence[Cue], now: datetime) -> None:
        """Makes the gig's waiting cues those of a new plan; what has happened stays as it is.

        A waiting cue keeps its row and takes the new instant; one that is not planned any more is cut; a cut
        one that is planned again for the future waits again. New ones in the past are left out, but for the
        card, which is wanted however late.
        """
        self.replan_many([(gig_id, planned)], now)

    def replan_many(self, plans: Iterable[tuple[int, Sequence[Cue]]], now: datetime) -> None:
        """Replans many gigs at once."""
        changes = Changes()
        for gig_id, cues in plans:
            planned = {identity(cue): cue for cue in cues}
            known = {row.identity: row for row in self._pen.rows(WAITING_OF, of_gig=gig_id)}
            # Only what does not wait may have happened before, or was cut and is wanted again.
            if others := [name for name in planned if name not in known]:
                known |= {row.identity: row for row in self._pen.rows(KNOWN_AMONG, names=others)}
            _compare(changes, known, planned, now)
        self._write(changes, now)

    def put(self, cue: Cue, now: datetime) -> None:
        """One cue: it moves when it waits already, waits again when it was cut, and stays when it happened."""
        known = self._pen.row(KNOWN_AS, known_as=identity(cue))
        if known is None:
            self._add([(identity(cue), cue)], now)
        elif known.state is CueState.CUT or (known.state is CueState.WAITING and known.at != cue.at):
            self._move(known.id, cue, now)

    def add(self, cue: Cue, now: datetime) -> None:
        """One new cue; one of that identity that is there already stays as it is."""
        self._add([(identity(cue), cue)], now)

    def put_only(self, cue: Cue, now: datetime) -> None:
        """The one waiting cue of this kind, gig, tour and person: it moves to the new instant."""
        name = identity_of_only(cue)
        known = self._pen.row(KNOWN_AS, known_as=name)
        if known is None:
            self._add([(name, cue)], now)
        elif (known.state, known.at) != (CueState.WAITING, cue.at):
            self._move(known.id, cue, now)

    def take_due(self, now: datetime) -> Cue | None:
        """The earliest cue that is due, held until the transaction ends; its gig is held with it.

        It waits on until `settle` says what came of it.
        """
        due = self._pen.rows(DUE, now=now, most=ABREAST if self._pen.shares else 1)
        cues = (Cue(*row) for row in due)
        return next((cue for cue in cues if self._hold(cue)), None)

    def settle(self, cue_id: int, state: CueState, now: datetime, why: str = "") -> None:
        """What came of a waiting cue. One that was planned anew in this very transaction goes on waiting."""
        if state is CueState.WAITING:
            raise ValueError("a cue is settled as gone, cut or missed")
        if cue_id not in self._renewed:
            self._pen.change(SETTLE, the_id=cue_id, state=state, why=why, changed_at=now)

    def cut(self, gig_id: int, kinds: Collection[CueKind] | None, now: datetime) -> None:
        """Cuts the gig's waiting cues: those of these kinds, or all."""
        if kinds is None:
            rows = self._pen.rows(WAITING, of_gig=gig_id)
        else:
            rows = self._pen.rows(WAITING_KINDS, of_gig=gig_id, kinds=list(kinds))
        self._cut([row.id for row in rows], now)

    def waiting(self, gig_id: int) -> list[Cue]:
        """The gig's waiting cues, earliest first."""
        return [cue for cue, state in self.of_gig(gig_id) if state is CueState.WAITING]

    def of_gig(self, gig_id: int) -> list[tuple[Cue, CueState]]:
        """Every cue the gig has had, with its state, earliest first."""
        return [(Cue(*row[:-1]), row.state) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def missed(self, tour_id: int, since: datetime, until: datetime) -> list[Cue]:
        """The tour's cues that were set aside as missed between two instants, by the time they fell due."""
        return [Cue(*row) for row in self._pen.rows(MISSED, of_tour=tour_id, since=since, until=until)]

    def _hold(self, cue: Cue) -> bool:
        # The gig before the cue, as every other writer does: so nobody waits for one who waits for him.
        if not self._pen.shares:
            return True
        if cue.gig_id is not None and self._pen.row(HOLD_GIG, the_id=cue.gig_id) is None:
            return False
        return self._pen.row(HOLD, the_id=cue.id) is not None

    def _write(self, changes: Changes, now: datetime) -> None:
        moved = [{**row, "state": CueState.WAITING, "changed_at": now} for row in changes.moved]
        self._pen.change_each(CHANGE, moved)
        self._renewed.update(row["the_id"] for row in changes.moved)
        self._pen.news |= bool(moved)
        self._cut(changes.cut, now)
        self._add([(identity(cue), cue) for cue in changes.new], now)

    def _move(self, cue_id: int, cue: Cue, now: datetime) -> None:
        says = {"anchor": cue.anchor, "version": cue.version, "tour_id": cue.tour_id}
        self._write(Changes(moved=[{"the_id": cue_id, "at": cue.at, **says}]), now)

    def _add(self, cues: Sequence[tuple[str, Cue]], now: datetime) -> None:
        self._pen.add_each(ADD, [_row(name, cue, now) for name, cue in cues])
        self._pen.news |= bool(cues)

    def _cut(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._pen.change(CUT_THESE, ids=list(ids), state=CueState.CUT, changed_at=now)


def _compare(changes: Changes, known: dict[str, Any], planned: dict[str, Cue], now: datetime) -> None:
    for name, cue in planned.items():
        row = known.get(name)
        wanted = cue.at > now or cue.kind is CueKind.CARD
        if row is None:
            changes.new += [cue] if wanted else []
        elif (row.state is CueState.WAITING and row.at != cue.at) or (row.state is CueState.CUT and wanted):
            changes.moved.append({"the_id": row.id, "at": cue.at})
    for name, row in known.items():
        if row.state is CueState.WAITING and row.kind in PLANNED and name not in planned:
            changes.cut.append(row.id)


def _row(name: str, cue: Cue, now: datetime) -> dict[str, Any]:
    return {
        "identity": name,
        "kind": cue.kind,
        "at": cue.at,
        "gig_id": cue.gig_id,
        "tour_id": cue.tour_id,
        "person": cue.person,
        "anchor": cue.anchor,
        "version": cue.version,
        "state": CueState.WAITING,
        "why": "",
        "changed_at": now,
    }
