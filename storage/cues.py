"""Cues: what is due. Planned anew with every change, taken when their time comes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal_column, select, text, tuple_, update

from checklists.cues import Cue, CueKind, CueState
from storage.among import among
from storage.at_once import AtOnce, as_json
from storage.cue_plans import Changes, by_gig, identity, identity_of_only, row_of
from storage.news import News
from storage.pen import Pen, by_id, by_ids, here, in_parts
from storage.schema import CueRow, GigRow
from storage.tables import columns_of, table

CUES, GIGS = table(CueRow), table(GigRow)
IS_WAITING: ColumnElement[bool] = literal_column("cues.state = 'waiting'")
ABREAST = 20
"""How many due cues are looked at when others may be at work on the first ones."""
GIGS_AT_ONCE, NAMES_AT_ONCE = 200, 1_000

FIND = select(*columns_of(CueRow, Cue))
OF_GIG = (
    FIND.add_columns(CUES.c.state)
    .where(here(CUES, CUES.c.gig_id == bindparam("of_gig")))
    .order_by(CUES.c.at, CUES.c.id)
)
OF_GIGS = among(CUES.c.gig_id, "gig_ids")
KNOWN = select(CUES.c.identity, CUES.c.id, CUES.c.gig_id, CUES.c.kind, CUES.c.at, CUES.c.state)
WAITING_OF = KNOWN.where(here(CUES, CUES.c.gig_id == bindparam("of_gig"), CUES.c.state == CueState.WAITING))
KNOWN_OF_MANY = KNOWN.where(here(CUES, OF_GIGS))
KNOWN_AMONG = KNOWN.where(here(CUES, among(CUES.c.identity, "names")))
KNOWN_AS = KNOWN.where(here(CUES, CUES.c.identity == bindparam("known_as")))
IS_DUE = here(CUES, IS_WAITING, CUES.c.at <= bindparam("now", type_=CUES.c.at.type))
LINE = select(CUES.c.kind, CUES.c.at, CUES.c.gig_id, CUES.c.id)
DUE = {
    held: find.where(IS_DUE).order_by(CUES.c.at, CUES.c.id).limit(bindparam("most"))
    for held, find in ((False, FIND), (True, LINE))
}
"""By whether they must be held first, and are read in full then."""
DUE_AFTER = DUE[True].where(
    tuple_(CUES.c.at, CUES.c.id) > tuple_(bindparam("after", type_=CUES.c.at.type), bindparam("after_id"))
)
DUE_OF = FIND.where(IS_DUE, OF_GIGS).order_by(CUES.c.at, CUES.c.id)
HOLD = FIND.where(by_id(CUES), IS_DUE).with_for_update(skip_locked=True)
HOLD_THESE = FIND.where(by_ids(CUES), IS_DUE).order_by(CUES.c.at, CUES.c.id).with_for_update(skip_locked=True)
HOLD_GIG = select(GIGS.c.id).where(by_id(GIGS)).with_for_update(skip_locked=True, key_share=True)
HOLD_GIGS = select(GIGS.c.id).where(by_ids(GIGS)).with_for_update(skip_locked=True, key_share=True)
GIVEN = ("identity", "kind", "at", "gig_id", "tour_id", "person", "anchor", "version", "changed_at")
ADD = AtOnce(CUES, GIVEN, {"state": "'waiting'", "why": "''"})
CHANGE = update(CUES).where(by_id(CUES))
MOVE_ALL = text(
    "UPDATE cues SET at = told.at, state = 'waiting', changed_at = told.changed_at"
    " FROM json_to_recordset(CAST(:rows AS JSON))"
    " AS told(the_id BIGINT, at TIMESTAMP WITH TIME ZONE, changed_at TIMESTAMP WITH TIME ZONE)"
    " WHERE cues.workspace_id = CAST(:workspace AS BIGINT) AND cues.id = told.the_id"
)
"""As many times CHANGE, on PostgreSQL."""
SETTLE = update(CUES).where(by_id(CUES), CUES.c.state == CueState.WAITING)
CHANGE_THESE = update(CUES).where(by_ids(CUES), CUES.c.state == CueState.WAITING)
SETTLED = (
    FIND.add_columns(CUES.c.state, CUES.c.why, CUES.c.changed_at)
    .where(
        here(
            CUES,
            CUES.c.tour_id == bindparam("of_tour"),
            CUES.c.state.in_([CueState.GONE, CueState.MISSED]),
            CUES.c.changed_at >= bindparam("since", type_=CUES.c.at.type),
            CUES.c.changed_at < bindparam("until", type_=CUES.c.at.type),
        )
    )
    .order_by(CUES.c.at, CUES.c.id)
)
WAITING = select(CUES.c.id).where(here(CUES, CUES.c.gig_id == bindparam("of_gig"), CUES.c.state == CueState.WAITING))
WAITING_KINDS = WAITING.where(among(CUES.c.kind, "kinds"))


@dataclass(frozen=True, slots=True)
class Settled:
    """A cue of which something came, why, and when (UTC)."""

    cue: Cue
    state: CueState
    why: str
    at: datetime


class Cues:
    """The cues of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._renewed: set[int] = set()
        self._dropped: set[int] = set()

    def replan(self, gig_id: int, planned: Sequence[Cue], now: datetime) -> None:
        """Makes the gig's waiting cues those of a new plan; what has happened stays as it is.

        A waiting cue keeps its row and takes the new instant; one that is not planned any more is cut; a cut
        one that is planned again for the future waits again. New ones in the past are left out, but for the
        card, which is wanted however late.
        """
        self.replan_many([(gig_id, planned)], now)

    def replan_many(self, plans: Iterable[tuple[int, Sequence[Cue]]], now: datetime) -> None:
        """Replans many gigs at once."""
        for some in in_parts(plans, GIGS_AT_ONCE):
            planned = {gig_id: {identity(cue): cue for cue in cues} for gig_id, cues in some}
            known = self._known(planned)
            changes = Changes()
            for gig_id, cues in planned.items():
                changes.compare(known.get(gig_id, {}), cues, now)
            self._write(changes, now)

    def put(self, cue: Cue, now: datetime) -> None:
        """One cue: it moves when it waits already, waits again when it was cut, and stays when it happened."""
        known = self._pen.row(KNOWN_AS, known_as=identity(cue))
        if known is None:
            self.add(cue, now)
        elif known.state is CueState.CUT or (known.state is CueState.WAITING and known.at != cue.at):
            self._move(known.id, cue, now)

    def add(self, cue: Cue, now: datetime) -> None:
        """One new cue; one of that identity that is there already stays as it is."""
        self._write(Changes(new=[(identity(cue), cue)]), now)

    def put_only(self, cue: Cue, now: datetime) -> None:
        """The one waiting cue of this kind, gig, tour and person: it moves to the new instant."""
        name = identity_of_only(cue)
        known = self._pen.row(KNOWN_AS, known_as=name)
        if known is None:
            self._write(Changes(new=[(name, cue)]), now)
        elif (known.state, known.at) != (CueState.WAITING, cue.at):
            self._move(known.id, cue, now)

    def take_due(self, now: datetime) -> Cue | None:
        """The earliest cue that is due, held until the transaction ends; its gig is held with it.

        It waits on until `settle` says what came of it.
        """
        if not self._pen.shares:
            first = self._pen.row(DUE[False], now=now, most=1)
            return None if first is None else Cue(*first)
        held = (self._hold(row, now) for row in self._pen.rows(DUE[True], now=now, most=ABREAST))
        return next((cue for cue in held if cue is not None), None)

    def take_many(self, now: datetime, most: int, together: Collection[CueKind]) -> list[Cue]:
        """The earliest due cues, held like that of `take_due`: at most so many.

        Those before the first that is not of the kinds that may go `together`; when it is the very first, that
        one alone.
        """
        if most > 1:
            for due in self._due(now, most):
                first = list(takewhile(lambda row: row.kind in together, due)) or due[:1]
                if held := self._hold_these(first, now):
                    return held
            return []
        alone = self.take_due(now)
        return [] if alone is None else [alone]

    def still_waits(self, cue: Cue) -> bool:
        """False when this very transaction has moved or cut a cue that it took."""
        return cue.id not in self._renewed and cue.id not in self._dropped

    def due_of(self, gig_ids: Collection[int], now: datetime) -> list[Cue]:
        """Every cue of these gigs that is due and waits, earliest first."""
        return [Cue(*row) for row in self._pen.rows(DUE_OF, gig_ids=list(gig_ids), now=now)] if gig_ids else []

    def settle(self, cue_id: int, state: CueState, now: datetime, why: str = "") -> None:
        """What came of a waiting cue. One that was planned anew in this very transaction goes on waiting."""
        if state is CueState.WAITING:
            raise ValueError("a cue is settled as gone, cut or missed")
        self._pen.later(self._settle_all, (cue_id, state, why, now))

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

    def settled(self, tour_id: int, since: datetime, until: datetime) -> list[Settled]:
        """The tour's cues that went or were missed between two instants, by the time they fell due."""
        rows = self._pen.rows(SETTLED, of_tour=tour_id, since=since, until=until)
        return [Settled(Cue(*row[:-3]), *row[-3:]) for row in rows]

    def _known(self, planned: dict[int, dict[str, Cue]]) -> dict[int, dict[str, Any]]:
        """The waiting cues of these gigs, and whatever else has one of the planned identities."""
        gigs = list(planned)
        if len(gigs) > 1:
            return by_gig(self._pen.rows(KNOWN_OF_MANY, gig_ids=gigs))
        known = {row.identity: row for gig in gigs for row in self._pen.rows(WAITING_OF, of_gig=gig)}
        # Only what does not wait may have happened before, or was cut and is wanted again.
        others = (name for cues in planned.values() for name in cues if name not in known)
        for names in in_parts(others, NAMES_AT_ONCE):
            known |= {row.identity: row for row in self._pen.rows(KNOWN_AMONG, names=names)}
        return dict.fromkeys(gigs, known)

    def _due(self, now: datetime, most: int) -> Iterator[Sequence[Any]]:
        """What is due, a page at a time: others may hold all of the first."""
        rows = self._pen.rows(DUE[self._pen.shares], now=now, most=most)
        while rows:
            yield rows
            after = {"after": rows[-1].at, "after_id": rows[-1].id}
            is_more = self._pen.shares and len(rows) == most
            rows = self._pen.rows(DUE_AFTER, now=now, most=most, **after) if is_more else []

    def _hold(self, due: Any, now: datetime) -> Cue | None:
        # The gig before the cue, as every other writer does: so nobody waits for one who waits for him.
        if due.gig_id is not None and self._pen.row(HOLD_GIG, the_id=due.gig_id) is None:
            return None
        held = self._pen.row(HOLD, the_id=due.id, now=now)
        return None if held is None else Cue(*held)

    def _hold_these(self, due: Sequence[Any], now: datetime) -> list[Cue]:
        if not self._pen.shares:
            return [Cue(*row) for row in due]
        wanted = sorted({row.gig_id for row in due if row.gig_id is not None})
        gigs = {row.id for row in self._pen.rows(HOLD_GIGS, ids=wanted)}
        free = [row.id for row in due if row.gig_id is None or row.gig_id in gigs]
        return [Cue(*row) for row in self._pen.rows(HOLD_THESE, ids=free, now=now)] if free else []

    def _settle_all(self, pen: Pen, settled: Sequence[tuple[int, CueState, str, datetime]]) -> None:
        alike: dict[tuple[CueState, str, datetime], list[int]] = {}
        for cue_id, state, why, now in settled:
            if cue_id not in self._renewed:
                alike.setdefault((state, why, now), []).append(cue_id)
        for (state, why, now), ids in alike.items():
            if len(ids) == 1:
                pen.change(SETTLE, the_id=ids[0], state=state, why=why, changed_at=now)
            else:
                pen.change(CHANGE_THESE, ids=ids, state=state, why=why, changed_at=now)

    def _write(self, changes: Changes, now: datetime) -> None:
        moved = [{**row, "state": CueState.WAITING, "changed_at": now} for row in changes.moved]
        if self._pen.shares and len(moved) > 1:
            self._pen.change(MOVE_ALL, rows=as_json(moved))
        else:
            self._pen.change_each(CHANGE, moved)
        self._renewed.update(row["the_id"] for row in changes.moved)
        self._cut(changes.cut, now)
        ADD.write(self._pen, [row_of(name, cue, now) for name, cue in changes.new])
        self._pen.tell(News.CUES, moved or changes.new)

    def _move(self, cue_id: int, cue: Cue, now: datetime) -> None:
        says = {"anchor": cue.anchor, "version": cue.version, "tour_id": cue.tour_id}
        self._write(Changes(moved=[{"the_id": cue_id, "at": cue.at, **says}]), now)

    def _cut(self, ids: Sequence[int], now: datetime) -> None:
        self._dropped.update(ids)
        for some in in_parts(ids, NAMES_AT_ONCE):
            self._pen.change(CHANGE_THESE, ids=list(some), state=CueState.CUT, changed_at=now)
