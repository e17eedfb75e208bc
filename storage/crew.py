"""Calls: asked, answered, moved, called off."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, case, select, update

from checklists.clash import ON_THE_WAY
from checklists.crew import STANDING, YES, Call, CallKind, CallStage, CallState, Position
from checklists.gig import JUDGED, Gig, GigState
from checklists.walls import Wall
from storage.among import among
from storage.new_calls import ASK, UNANSWERED, NewCall
from storage.pen import Pen, by_id, by_ids, here, one_of
from storage.schema import CallRow, GigRow
from storage.tables import columns_of, table

LOOK_BACK = timedelta(hours=72)
ROSTER_MOST = 1_000
"""Calls that are looked over for who works on a tour: the last dozen of its gigs."""
AHEAD = JUDGED | {GigState.AVAIL, GigState.HOLD, GigState.OFFER}
NOTHING_SAID: Mapping[str, str] = {}
CALLS, GIGS = table(CallRow), table(GigRow)
FIND = select(*columns_of(CallRow, Call))
GET = FIND.where(by_id(CALLS))
OF_GIG = FIND.where(here(CALLS, CALLS.c.gig_id == bindparam("of_gig"))).order_by(CALLS.c.id)
OF_GIGS = FIND.where(here(CALLS, among(CALLS.c.gig_id, "gig_ids"))).order_by(CALLS.c.id)
STANDS = one_of(CALLS.c.state, sorted(STANDING))
ON_GIG = (GIGS.c.workspace_id == CALLS.c.workspace_id) & (GIGS.c.id == CALLS.c.gig_id)
OF_PEOPLE = here(CALLS, among(CALLS.c.person, "people"), STANDS)
OF_PERSON = here(CALLS, CALLS.c.person == bindparam("who"), STANDS)
EARLIER = (
    select(*columns_of(CallRow, Call), *columns_of(GigRow, Gig))
    .join(GIGS, ON_GIG)
    .where(
        OF_PERSON,
        CALLS.c.at < bindparam("before"),
        CALLS.c.at >= bindparam("since"),
        one_of(GIGS.c.state, sorted(JUDGED | {GigState.PLAYED})),
        GIGS.c.id != bindparam("other_than"),
    )
    .order_by(CALLS.c.at, CALLS.c.id)
)
THESE_GIGS = select(*columns_of(GigRow, Gig)).where(by_ids(GIGS))
WORKED = (
    select(CALLS.c.person, CALLS.c.at, CALLS.c.out_at, CALLS.c.gig_id)
    .join(GIGS, ON_GIG)
    .where(
        OF_PEOPLE,
        CALLS.c.state != CallState.NO_SHOW,
        one_of(CALLS.c.kind, sorted(set(CallKind) - ON_THE_WAY)),
        CALLS.c.at < bindparam("before"),
        CALLS.c.at >= bindparam("since"),
        one_of(GIGS.c.state, sorted(JUDGED | {GigState.PLAYED})),
        GIGS.c.id != bindparam("other_than"),
    )
)
AROUND = (
    select(*columns_of(CallRow, Call))
    .join(GIGS, ON_GIG)
    .where(
        OF_PEOPLE,
        CALLS.c.at >= bindparam("since"),
        CALLS.c.at < bindparam("before"),
        one_of(GIGS.c.state, sorted(JUDGED | {GigState.PLAYED})),
    )
    .order_by(CALLS.c.at, CALLS.c.id)
)
GIGS_OF = select(GIGS.c.id).join(CALLS, ON_GIG).where(OF_PERSON, one_of(GIGS.c.state, sorted(AHEAD))).distinct()
GIGS_OF_BY_DATE = GIGS_OF.add_columns(GIGS.c.date).order_by(GIGS.c.date, GIGS.c.id)
GIGS_NEXT = (
    select(GIGS.c.id)
    .join(CALLS, ON_GIG)
    .where(OF_PEOPLE, one_of(GIGS.c.state, sorted(AHEAD)))
    .where(GIGS.c.date >= bindparam("first"), GIGS.c.date <= bindparam("last"))
    .distinct()
    .order_by(GIGS.c.id)
)
HOLD = FIND.where(by_ids(CALLS)).order_by(CALLS.c.id).with_for_update()
CHANGE = update(CALLS).where(by_id(CALLS))
CHANGE_MANY = update(CALLS).where(by_ids(CALLS))
NEVER_ANSWERED = (CALLS.c.state == CallState.CALLED) & CALLS.c.told_state.is_not(None)
CALL_OFF = CHANGE_MANY.values(
    state=CallState.CALLED_OFF,
    told_state=case((NEVER_ANSWERED, CALLS.c.told_state), else_=CALLS.c.state),
    seen_at=None,
)
UNSEEN = FIND.where(
    here(
        CALLS,
        CALLS.c.person == bindparam("who"),
        CALLS.c.state == CallState.CALLED_OFF,
        CALLS.c.seen_at.is_(None),
        one_of(CALLS.c.told_state, sorted(YES)),
    )
).order_by(CALLS.c.at, CALLS.c.id)
ASK_AGAIN = CHANGE.values(
    version=CALLS.c.version + 1, told_wall=CALLS.c.wall, told_place=CALLS.c.place, told_state=CALLS.c.state
)
ROSTER = (
    select(*columns_of(CallRow, Call))
    .join(GIGS, ON_GIG)
    .where(
        here(CALLS, GIGS.c.tour_id == bindparam("of_tour"), GIGS.c.id != bindparam("other_than")),
        CALLS.c.state != CallState.CALLED_OFF,
        CALLS.c.kind == CallKind.CREW,
    )
    .order_by(GIGS.c.date.desc(), CALLS.c.id)
    .limit(ROSTER_MOST)
)


class Crew:
    """The calls of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._ahead: dict[int, list[Call]] = {}

    def load(self, gig_ids: Collection[int]) -> dict[int, list[Call]]:
        """Reads the calls of these gigs at once, for `of_gig`, until one of them changes."""
        self._ahead = self.of_gigs(gig_ids)
        return self._ahead

    def of_gig(self, gig_id: int) -> list[Call]:
        """Every call of a gig, in the order in which they were first asked."""
        if gig_id in self._ahead:
            return self._ahead[gig_id]
        return [Call(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def of_gigs(self, gig_ids: Collection[int]) -> dict[int, list[Call]]:
        """By gig, its calls in the order asked; a gig without calls has an empty list."""
        found: dict[int, list[Call]] = {gig_id: [] for gig_id in gig_ids}
        for row in self._pen.rows(OF_GIGS, gig_ids=list(gig_ids)):
            found[row.gig_id].append(Call(*row))
        return found

    def get(self, call_id: int) -> Call | None:
        """The call, or None."""
        found = self._pen.row(GET, the_id=call_id)
        return None if found is None else Call(*found)

    def ask(
        self,
        gig_id: int,
        person: str,
        position: Position,
        wall: Wall,
        at: datetime,
        now: datetime,
        *,
        kind: CallKind = CallKind.CREW,
        stage: CallStage = CallStage.CONFIRM,
        said: Mapping[str, str] = NOTHING_SAID,
    ) -> Call:
        """A new call; the same person, position and kind is asked again: one version on, without answer.

        `said` holds the call's particulars by their names.
        """
        return self.ask_many(gig_id, [NewCall(person, position, wall, at, kind, stage, said)], now)[0]

    def ask_many(self, gig_id: int, wanted: Sequence[NewCall], now: datetime) -> list[Call]:
        """As `ask`, for as many as are wanted at once; gives their calls in that order."""
        self._ahead = {}
        self._pen.add_each(ASK, [new.row(gig_id, now) for new in wanted])
        calls = {(call.person, call.position, call.kind): call for call in self.of_gig(gig_id)}
        return [calls[new.person, new.position, new.kind] for new in wanted]

    def tell(self, ids: Collection[int], said: Mapping[str, str]) -> None:
        """Particulars of these calls that nobody need be asked about again."""
        self._ahead = {}
        if ids and said:
            self._pen.change(CHANGE_MANY, ids=list(ids), **said)

    def roster(self, tour_id: int, other_than: int = 0) -> list[Call]:
        """Who works on the tour: the calls of its other gigs, the latest gig first."""
        return [Call(*row) for row in self._pen.rows(ROSTER, of_tour=tour_id, other_than=other_than)]

    def ask_all_again(self, gig_id: int, at_of: Mapping[int, datetime], now: datetime) -> None:
        """After a move: these standing calls of the gig get a new instant and are open again, one version on."""
        again = {"state": CallState.CALLED, "state_at": now, "asked_at": now, "changed_at": now, **UNANSWERED}
        asked = [call.id for call in self.of_gig(gig_id) if call.stands and call.id in at_of]
        self._ahead = {}
        self._pen.change_each(ASK_AGAIN, [{"the_id": call, "at": at_of[call], **again} for call in asked])

    def set_at(self, call_id: int, at: datetime) -> None:
        """The instant of a call whose wall time stays as it is."""
        self._ahead = {}
        self._pen.change(CHANGE, the_id=call_id, at=at)

    def call_off(self, ids: Collection[int], now: datetime) -> None:
        """These calls are called off; each keeps what was answered last, be it before a change."""
        self._ahead = {}
        if ids:
            self._pen.change(CALL_OFF, ids=list(ids), state_at=now)

    def unseen(self, person: str) -> list[Call]:
        """Calls that this person had taken and that were called off, which he has not seen yet; the next first."""
        return [Call(*row) for row in self._pen.rows(UNSEEN, who=person)]

    def set_seen(self, ids: Collection[int], now: datetime) -> None:
        """Whoever was called off knows it."""
        self._ahead = {}
        if ids:
            self._pen.change(CHANGE_MANY, ids=list(ids), seen_at=now)

    def set_state(self, ids: Collection[int], state: CallState, now: datetime) -> None:
        """The state of these calls; back to `called` takes the answer away too."""
        cleared = UNANSWERED if state is CallState.CALLED else {}
        self._ahead = {}
        if ids:
            self._pen.change(CHANGE_MANY, ids=list(ids), state=state, state_at=now, **cleared)

    def hold(self, calls: Collection[Call]) -> list[Call]:
        """These calls as they are now, kept from other writers until the transaction ends."""
        if not self._pen.shares:
            return list(calls)
        return [Call(*row) for row in self._pen.rows(HOLD, ids=[call.id for call in calls])]

    def set_answer(self, call: Call, now: datetime) -> None:
        """The answer of a call as it stands, with when it was said last that anything was."""
        told = {name: getattr(call, name) for name in ("state", *UNANSWERED)}
        self._ahead = {}
        self._pen.change(CHANGE, the_id=call.id, state_at=now, **told)

    def earlier_calls(self, person: str, before: datetime, other_than: int = 0) -> list[tuple[Call, Gig]]:
        """This person's standing calls in the 72 h before an instant, on judged or played gigs, oldest first.

        `other_than` is a gig to leave out: somebody with two positions on it has not worked before it.
        """
        since = before - LOOK_BACK
        rows = self._pen.rows(EARLIER, who=person, before=before, since=since, other_than=other_than)
        split = len(Call.__slots__)
        return [(Call(*row[:split]), Gig(*row[split:])) for row in rows]

    def around(self, people: Collection[str], since: datetime, before: datetime) -> list[tuple[Call, Gig]]:
        """The standing calls of these people between two instants, on judged or played gigs, the earliest first."""
        rows = self._pen.rows(AROUND, people=sorted(people), since=since, before=before) if people else []
        gigs = self._gigs({row.gig_id for row in rows})
        return [(Call(*row), gigs[row.gig_id]) for row in rows]

    def _gigs(self, ids: Collection[int]) -> dict[int, Gig]:
        """These gigs, each read once however many calls it has."""
        return {row.id: Gig(*row) for row in self._pen.rows(THESE_GIGS, ids=list(ids))} if ids else {}

    def release(self, ids: Collection[int], out_at: datetime, now: datetime) -> None:
        """These people are out, since an instant."""
        self._ahead = {}
        if ids:
            self._pen.change(CHANGE_MANY, ids=list(ids), state=CallState.RELEASED, state_at=now, out_at=out_at)

    def worked_before(self, calls: Sequence[Call]) -> dict[int, list[tuple[Gig, datetime | None]]]:
        """By call (all of one gig), that person's work in the 72 h before it: the gig, and when he was out of it.

        None while nobody has said when. On judged or played gigs only.
        """
        if not calls:
            return {}
        whose = {"people": sorted({call.person for call in calls}), "other_than": calls[0].gig_id}
        first, last = min(call.at for call in calls), max(call.at for call in calls)
        rows = self._pen.rows(WORKED, before=last, since=first - LOOK_BACK, **whose)
        gigs = self._gigs({row.gig_id for row in rows})
        worked = [(person, at, (gigs[gig_id], out)) for person, at, out, gig_id in rows]
        return {
            call.id: [work for who, at, work in worked if who == call.person and call.at - LOOK_BACK <= at < call.at]
            for call in calls
        }

    def gigs_of(self, person: str) -> list[int]:
        """The gigs still ahead on which this person has a standing call, by date."""
        return [row.id for row in self._pen.rows(GIGS_OF_BY_DATE, who=person)]

    def gigs_from(self, people: Collection[str], first: date, last: date) -> list[int]:
        """The gigs still ahead, of these show dates, on which one of these people has a standing call."""
        whose = {"people": sorted(people), "first": first, "last": last}
        return [row.id for row in self._pen.rows(GIGS_NEXT, **whose)] if people else []
