"""The outbox: what must be said. Written with the facts, emptied by the courier.

Every move of a delivery's state is an UPDATE guarded by the states it may come from; any other raises
WrongMove and so undoes the transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, literal, literal_column, select, update

from checklists.letters import Letter
from storage.deliveries import (
    COMES_FROM,
    IN_SLACK,
    MAY_BE_IN_SLACK,
    Delivery,
    DeliveryState,
    Op,
    Room,
    WrongMove,
)
from storage.pen import Either, Pen, by_id, here, one_of
from storage.schema import GigRow
from storage.schema_said import DeliveryRow
from storage.sendable import FIND, IS_PENDING, NEXT, TAKE_NEXT
from storage.tables import table

__all__ = ["Delivery", "DeliveryState", "Op", "Outbox", "Room", "WrongMove"]

OUT, GIGS = table(DeliveryRow), table(GigRow)
BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("person", "key", "channel", "thread_ts", "ts", "body", "body_hash", "error", "boot"), ""),
    **dict.fromkeys(("tour_id", "gig_id", "of_id", "expires", "sent_at"), None),
    "tries": 0,
    "state": DeliveryState.PENDING,
}
GET = FIND.where(by_id(OUT))
IN_ORDER = FIND.order_by(OUT.c.id)
BY_TS = FIND.where(
    here(OUT, OUT.c.channel == bindparam("in_channel"), OUT.c.ts == bindparam("at_ts"), OUT.c.op == Op.POST)
)
OF_GIG = IN_ORDER.where(here(OUT, OUT.c.gig_id == bindparam("of_gig")))
IS_POST = OUT.c.op == literal_column("'post'")
"""As a literal, so that the index over the posts alone serves."""
GIG_AT = select(OUT.c.gig_id).where(
    here(OUT, OUT.c.channel == bindparam("in_channel"), OUT.c.ts == bindparam("with_ts"), IS_POST)
)
POSTED = OF_GIG.where(OUT.c.letter == bindparam("kind"), OUT.c.op == Op.POST, one_of(OUT.c.state, sorted(IN_SLACK)))
LAST = (
    select(OUT.c.state, OUT.c.body_hash)
    .where(here(OUT, (OUT.c.id == bindparam("of")) | (OUT.c.of_id == bindparam("of"))))
    .where(OUT.c.op != Op.REACT, one_of(OUT.c.state, sorted(MAY_BE_IN_SLACK)))
    .order_by(OUT.c.id.desc())
    .limit(1)
)
HELD_UP = select(func.count()).select_from(OUT).where(here(OUT, IS_PENDING, OUT.c.tour_id == bindparam("of_tour")))
SAY = Either(lambda insert_into: insert_into(OUT).on_conflict_do_nothing().returning(OUT.c.id))
MOVES = {to: update(OUT).where(by_id(OUT), one_of(OUT.c.state, sorted(sources))) for to, sources in COMES_FROM.items()}
ORPHANS = update(OUT).where(here(OUT, OUT.c.state == DeliveryState.SENDING, OUT.c.boot != bindparam("mine")))
NEWER = select(OUT.c.id).where(here(OUT, IS_PENDING, OUT.c.op == Op.UPDATE, OUT.c.of_id == bindparam("of")))
HOLD_BACK = update(OUT).where(by_id(OUT), OUT.c.not_before < bindparam("until"))
KEEP_CARD = update(GIGS).where(by_id(GIGS))


def _refresh(insert_into: Any, *which: Any) -> Any:
    """A waiting refresh for each post that may be in Slack and has none waiting."""
    taken = ("workspace_id", "letter", "room", "tour_id", "gig_id", "person", "subject")
    given = {
        "made_at": bindparam("now", type_=OUT.c.made_at.type),
        "changed_at": bindparam("now", type_=OUT.c.made_at.type),
    }
    given["not_before"] = bindparam("at", type_=OUT.c.made_at.type)
    blank = {name: value for name, value in BLANK.items() if name not in (*taken, "of_id")}
    fixed = {**{name: literal(value, OUT.c[name].type) for name, value in blank.items()}, **given}
    posts = select(
        *(OUT.c[name] for name in taken), OUT.c.id, literal(Op.UPDATE, OUT.c.op.type), *fixed.values()
    ).where(here(OUT, IS_POST, one_of(OUT.c.state, sorted(MAY_BE_IN_SLACK)), *which))
    return insert_into(OUT).from_select([*taken, "of_id", "op", *fixed], posts).on_conflict_do_nothing()


REFRESH = Either(lambda insert_into: _refresh(insert_into, OUT.c.id == bindparam("of")))


@cache
def _refresh_letters(letters: tuple[Letter, ...]) -> Either:
    of_these = one_of(OUT.c.letter, letters)
    return Either(lambda insert_into: _refresh(insert_into, OUT.c.gig_id == bindparam("of_gig"), of_these))


class Outbox:
    """The deliveries of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def say(
        self,
        letter: Letter,
        room: Room,
        key: str,
        now: datetime,
        *,
        tour_id: int | None = None,
        gig_id: int | None = None,
        person: str = "",
        subject: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
        expires: datetime | None = None,
    ) -> int | None:
        """A message to be posted; gives its id, or None when one with this key was said before."""
        told = {"tour_id": tour_id, "gig_id": gig_id, "person": person, "subject": dict(subject or {})}
        when = {"not_before": not_before or now, "expires": expires}
        return self._add(now, letter=letter, op=Op.POST, room=room, key=key, **told, **when)

    def react(self, channel: str, ts: str, name: str, key: str, now: datetime, remove: bool = False) -> int | None:
        """A reaction on a message, or its removal; None when it was written before."""
        where = {"channel": channel, "ts": ts, "subject": {"name": name, "remove": remove}}
        what = {"letter": Letter.REACTION, "op": Op.REACT, "room": Room.CHANNEL}
        return self._add(now, **what, key=key, **where, not_before=now)

    def refresh(self, of_id: int, now: datetime, not_before: datetime | None = None) -> None:
        """Edits a posted message to the facts of the moment; one refresh waits per message.

        A message that is still pending needs none: its words are written when it goes out.
        """
        self._note(self._pen.copy(REFRESH, of=of_id, now=now, at=not_before or now))

    def refresh_card(self, gig_id: int, now: datetime) -> None:
        """Edits the gig's card, if it is posted."""
        self.refresh_letters(gig_id, [Letter.CARD], now)

    def refresh_letters(self, gig_id: int, letters: Sequence[Letter], now: datetime) -> None:
        """Edits every message of these kinds that the gig has."""
        self._note(self._pen.copy(_refresh_letters(tuple(letters)), of_gig=gig_id, now=now, at=now))

    def next(self, now: datetime) -> Delivery | None:
        """The first delivery that can go out, held until the transaction ends; it knows where it goes.

        The channel of a DM is "" until the conversation was opened once.
        """
        return _delivery(self._pen.row(TAKE_NEXT if self._pen.shares else NEXT, now=now))

    def start(self, delivery_id: int, boot: str, channel: str, body: str, body_hash: str, now: datetime) -> None:
        """It is being sent by this run of the program, with this body. Commit before the first byte."""
        going = self._need(delivery_id)
        place = {"channel": channel, "thread_ts": going.thread_ts, "ts": going.ts, "error": ""}
        said = {"body": body, "body_hash": body_hash, "boot": boot, "tries": going.tries + 1}
        self._move(delivery_id, DeliveryState.SENDING, changed_at=now, **place, **said)

    def sent(self, delivery_id: int, ts: str, now: datetime) -> None:
        """It is in Slack. The gig keeps where its card is."""
        self._move(delivery_id, DeliveryState.SENT, changed_at=now, ts=ts, sent_at=now, error="")
        said = self._need(delivery_id)
        if said.letter is Letter.CARD and said.op is Op.POST and said.gig_id is not None:
            self._pen.change(KEEP_CARD, the_id=said.gig_id, card_channel=said.channel, card_ts=ts)
        self._pen.news = True

    def verify(self, delivery_id: int, now: datetime) -> None:
        """It was seen in Slack."""
        self._move(delivery_id, DeliveryState.VERIFIED, changed_at=now)

    def wait(self, delivery_id: int, until: datetime, error: str) -> None:
        """It goes out later. An update that a newer one waits for makes room for it instead."""
        going = self._need(delivery_id)
        newer = self._pen.value(NEWER, of=going.of_id) if going.op is Op.UPDATE else None
        if newer in (None, delivery_id):
            self._move(delivery_id, DeliveryState.PENDING, not_before=until, error=error)
        else:
            replaced = {"state": DeliveryState.EXPIRED, "error": "a newer edit waits"}
            self._pen.change(MOVES[DeliveryState.PENDING], the_id=delivery_id, **replaced)
            self._pen.change(HOLD_BACK, the_id=newer, until=until, not_before=until)
        self._pen.news = True

    def unknown(self, delivery_id: int, error: str, now: datetime) -> None:
        """Nobody can say whether it is in Slack."""
        self._move(delivery_id, DeliveryState.UNKNOWN, changed_at=now, error=error)

    def ask(self, delivery_id: int, now: datetime) -> None:
        """A person must tell whether it arrived."""
        self._move(delivery_id, DeliveryState.ASKED, changed_at=now)

    def fail(self, delivery_id: int, error: str, now: datetime) -> None:
        """It will never be in Slack."""
        self._move(delivery_id, DeliveryState.FAILED, changed_at=now, error=error)

    def expire(self, delivery_id: int, why: str, now: datetime) -> None:
        """It is no longer worth saying."""
        self._move(delivery_id, DeliveryState.EXPIRED, changed_at=now, error=why)

    def orphans(self, boot: str, now: datetime) -> int:
        """What another run of the program was sending when it died is unknown; gives how many there were."""
        lost = {"state": DeliveryState.UNKNOWN, "error": "the program stopped while sending", "changed_at": now}
        return self._pen.change(ORPHANS, mine=boot, **lost)

    def last_hash(self, of_id: int) -> str:
        """The hash of the words that a message shows now; "" while that is not certain."""
        found = self._pen.row(LAST, of=of_id)
        return found.body_hash if found is not None and found.state in IN_SLACK else ""

    def get(self, delivery_id: int) -> Delivery | None:
        """The delivery, or None."""
        return _delivery(self._pen.row(GET, the_id=delivery_id))

    def by_ts(self, channel: str, ts: str) -> Delivery | None:
        """The message we posted there, or None."""
        return _delivery(self._pen.row(BY_TS, in_channel=channel, at_ts=ts)) if ts else None

    def gig_at(self, channel: str, ts: str) -> int | None:
        """The gig of the message with this ts, or None."""
        found = self._pen.row(GIG_AT, in_channel=channel, with_ts=ts)
        return found.gig_id if found else None

    def of_gig(self, gig_id: int) -> list[Delivery]:
        """Every delivery of a gig, oldest first."""
        return [Delivery(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def posted(self, gig_id: int, letter: Letter) -> list[Delivery]:
        """The gig's messages of this kind that are in Slack, oldest first."""
        return [Delivery(*row) for row in self._pen.rows(POSTED, of_gig=gig_id, kind=letter)]

    def held_up(self, tour_id: int) -> int:
        """How many of the tour's deliveries are pending."""
        return int(self._pen.value(HELD_UP, of_tour=tour_id))

    def _add(self, now: datetime, **values: Any) -> int | None:
        made: int | None = self._pen.add(SAY, **{**BLANK, **values}, made_at=now, changed_at=now)
        self._note(made is not None)
        return made

    def _note(self, wrote: int) -> None:
        self._pen.news |= bool(wrote)

    def _need(self, delivery_id: int) -> Delivery:
        found = self.get(delivery_id)
        if found is None:
            raise WrongMove(f"there is no delivery {delivery_id}")
        return found

    def _move(self, delivery_id: int, to: DeliveryState, **values: Any) -> None:
        if not self._pen.change(MOVES[to], the_id=delivery_id, state=to, **values):
            raise WrongMove(f"delivery {delivery_id} cannot become {to}")


def _delivery(row: Any) -> Delivery | None:
    return None if row is None else Delivery(*row)
