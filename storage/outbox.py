"""The outbox: what must be said. Written with the facts, emptied by the courier.

Every move of a delivery's state is an UPDATE guarded by the states it may come from; any other raises
WrongMove and so undoes the transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from checklists.letters import Letter
from storage.deliveries import IN_SLACK, MAY_BE_IN_SLACK, Delivery, DeliveryState, Op, Room, WrongMove
from storage.moves import MOVES, TRIED, TRIES, begin_try, keep_card, move
from storage.news import News
from storage.pen import Either, Pen, by_id, here, one_of
from storage.refreshing import BLANK, IS_POST, REFRESH, REFRESH_MANY, refresh_letters, subjects
from storage.saying import last_made, last_said, say_all
from storage.schema_said import DeliveryRow, SenderRow
from storage.sendable import FIND, IS_PENDING, LATER, SENDABLE, SENDABLE_ELSEWHERE, TAKE
from storage.tables import table

__all__ = ["Delivery", "DeliveryState", "Op", "Outbox", "Room", "WrongMove"]

OUT, SENDERS = table(DeliveryRow), table(SenderRow)
GET = FIND.where(by_id(OUT))
IN_ORDER = FIND.order_by(OUT.c.id)
BY_TS = FIND.where(
    here(OUT, OUT.c.channel == bindparam("in_channel"), OUT.c.ts == bindparam("at_ts"), OUT.c.op == Op.POST)
)
OF_GIG = IN_ORDER.where(here(OUT, OUT.c.gig_id == bindparam("of_gig")))
GIG_AT = select(OUT.c.gig_id).where(
    here(OUT, OUT.c.channel == bindparam("in_channel"), OUT.c.ts == bindparam("with_ts"), IS_POST)
)
POSTED = OF_GIG.where(OUT.c.letter == bindparam("kind"), OUT.c.op == Op.POST, one_of(OUT.c.state, sorted(IN_SLACK)))
BY_KEY = FIND.where(here(OUT, OUT.c.key == bindparam("known_as"), OUT.c.key != ""))
LAST = (
    select(OUT.c.state, OUT.c.body_hash)
    .where(here(OUT, (OUT.c.id == bindparam("of")) | (OUT.c.of_id == bindparam("of"))))
    .where(OUT.c.op != Op.REACT, one_of(OUT.c.state, sorted(MAY_BE_IN_SLACK)))
    .order_by(OUT.c.id.desc())
    .limit(1)
)
LAST_TO = (
    FIND.where(here(OUT, OUT.c.tour_id == bindparam("of_tour"), OUT.c.person == bindparam("to"), IS_POST))
    .where(OUT.c.gig_id.is_(None), OUT.c.letter == bindparam("kind"))
    .order_by(OUT.c.id.desc())
    .limit(1)
)
HELD_UP = select(func.count()).select_from(OUT).where(here(OUT, IS_PENDING, OUT.c.tour_id == bindparam("of_tour")))
SAY = Either(lambda insert_into: insert_into(OUT).on_conflict_do_nothing().returning(OUT.c.id))
SITS = select(SENDERS.c.boot).where(here(SENDERS)).with_for_update(read=True)
BEHIND_CARD = update(OUT).where(
    here(OUT, IS_PENDING, OUT.c.gig_id == bindparam("of_gig"), OUT.c.room == Room.THREAD, OUT.c.op == Op.POST)
)
NEWER = select(OUT.c.id).where(here(OUT, IS_PENDING, OUT.c.op == Op.UPDATE, OUT.c.of_id == bindparam("of")))
HOLD_BACK = update(OUT).where(by_id(OUT), OUT.c.not_before < bindparam("until"))


class Outbox:
    """The deliveries of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self.look_since: datetime | None = None
        """What is said in this transaction may be in Slack already, from then on: see Delivery."""
        self._taken: Delivery | None = None

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
        """A message to be posted; gives its id, or None when one with this key was said before.

        None too while the book gathers: then it is written with the others.
        """
        told = {"tour_id": tour_id, "gig_id": gig_id, "person": person, "subject": dict(subject or {})}
        when = {"not_before": not_before or now, "expires": expires, "look_since": self.look_since}
        if self._pen.is_gathering:
            row = {"letter": letter, "room": room, "key": key, **told, **when, "made_at": now, "changed_at": now}
            self._note(True)
            self._pen.later(say_all, row)
            return None
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

    def hold_back(self, delivery_id: int, until: datetime) -> None:
        """This pending delivery does not go out before an instant."""
        self._pen.change(HOLD_BACK, the_id=delivery_id, until=until, not_before=until)

    def refresh_card(self, gig_id: int, now: datetime) -> None:
        """Edits the gig's card, if it is posted."""
        self.refresh_letters(gig_id, [Letter.CARD], now)

    def refresh_letters(self, gig_id: int, letters: Sequence[Letter], now: datetime) -> None:
        """Edits every message of these kinds that the gig has."""
        self._note(self._pen.copy(refresh_letters(tuple(letters)), of_gig=gig_id, now=now, at=now))

    def refresh_about(self, gig_id: int, letters: Sequence[Letter], calls: Collection[int], now: datetime) -> None:
        """Edits those of these messages of the gig that speak about one of these calls, or about no call by name."""
        posts = self._pen.rows(subjects(tuple(letters)), of_gig=gig_id)
        these = [
            post for post, subject in posts if "calls" not in subject or not set(calls).isdisjoint(subject["calls"])
        ]
        if these:
            self._note(self._pen.copy(REFRESH_MANY, these=these, now=now, at=now))

    def sendable(
        self, now: datetime, most: int, held: Collection[str] = (), ops: Collection[Op] = ()
    ) -> list[Delivery]:
        """The first deliveries that can go out; each knows where it goes.

        The channel of a DM is "" until the conversation was opened once. Left out is what goes to one of the
        `held` channels (or people, for a conversation not yet opened), and whatever is one of these `ops`.
        """
        if not held and not ops:
            return [Delivery(*row) for row in self._pen.rows(SENDABLE, now=now, most=most)]
        but = {"held": sorted(held), "ops": sorted(ops)}
        return [Delivery(*row) for row in self._pen.rows(SENDABLE_ELSEWHERE, now=now, most=most, **but)]

    def may_send(self, boot: str) -> bool:
        """True while this run of the program holds the seat; nobody else can take it until the transaction ends."""
        return not self._pen.shares or self._pen.value(SITS) == boot

    def take(self, delivery_id: int, now: datetime) -> Delivery | None:
        """This delivery, held until the transaction ends; None when it cannot go out now after all."""
        self._taken = _delivery(self._pen.row(TAKE[self._pen.shares], the_id=delivery_id, now=now))
        return self._taken

    def next_at(self, now: datetime) -> datetime | None:
        """The next instant after `now` at which a delivery can go out, or is to be looked for."""
        return min((at for at in self._pen.row(LATER, now=now) if at is not None), default=None)

    def start(self, delivery_id: int, boot: str, channel: str, body: str, body_hash: str, now: datetime) -> int:
        """It is being sent by this run of the program, with this body; gives the fence of this claim.

        Commit before the first byte.
        """
        taken, self._taken = self._taken, None
        going = taken if taken is not None and taken.id == delivery_id else self._need(delivery_id)
        fence = going.tries + 1
        place = {"channel": channel, "thread_ts": going.thread_ts, "ts": going.ts, "error": ""}
        said = {"body": body, "body_hash": body_hash, "boot": boot, "tries": fence}
        tried = {"tried_at": now, "first_tried_at": going.first_tried_at or now}
        move(self._pen, delivery_id, DeliveryState.SENDING, changed_at=now, more={**place, **said, **tried})
        begin_try(self._pen, delivery_id, fence, boot, now)
        return fence

    def end_try(self, delivery_id: int, fence: int, outcome: str, error: str, ts: str, now: datetime) -> None:
        """What Slack answered to one try."""
        told = {"outcome": outcome, "error": error, "ts": ts, "ended_at": now}
        self._pen.change(TRIED, of=delivery_id, the_fence=fence, **told)

    def tries(self, delivery_id: int) -> list[Any]:
        """Every try: fence, outcome, started_at, ended_at, ts; the first one first."""
        return list(self._pen.rows(TRIES, of=delivery_id))

    def sent(self, delivery_id: int, ts: str, now: datetime, fence: int | None = None, op: Op = Op.POST) -> None:
        """It is in Slack. The gig keeps where its card is; nothing waits for an edit or a reaction."""
        told = {"changed_at": now, "ts": ts, "sent_at": now, "error": "", "look_at": None}
        move(self._pen, delivery_id, DeliveryState.SENT, fence, more=told)
        if op is Op.POST:
            keep_card(self._pen, delivery_id, ts)
            self._pen.news |= {News.OUTBOX, News.SENT}

    def wait(self, delivery_id: int, until: datetime, error: str, fence: int | None = None) -> None:
        """It goes out later. An update that a newer one waits for makes room for it instead."""
        going = self._need(delivery_id)
        newer = self._pen.value(NEWER, of=going.of_id) if going.op is Op.UPDATE else None
        if newer in (None, delivery_id):
            move(self._pen, delivery_id, DeliveryState.PENDING, fence, not_before=until, error=error, look_at=None)
        else:
            replaced = {"state": DeliveryState.EXPIRED, "error": "a newer edit waits"}
            self._pen.change(MOVES[DeliveryState.PENDING], the_id=delivery_id, **replaced)
            self.hold_back(newer, until)
        self._pen.tell(News.OUTBOX)

    def unknown(
        self, delivery_id: int, error: str, now: datetime, look_at: datetime | None, fence: int | None = None
    ) -> None:
        """Nobody can say whether it is in Slack; `look_at` is when it is looked for there, if at all."""
        told = {"changed_at": now, "error": error, "look_at": look_at, "looks": 0}
        move(self._pen, delivery_id, DeliveryState.UNKNOWN, fence, more=told)
        self._pen.tell(News.OUTBOX)

    def fail(self, delivery_id: int, error: str, now: datetime, fence: int | None = None) -> None:
        """It will never be in Slack."""
        move(self._pen, delivery_id, DeliveryState.FAILED, fence, changed_at=now, error=error, look_at=None)

    def drop_thread(self, gig_id: int, why: str, now: datetime) -> int:
        """What waits for a card that will never be posted is not said; gives how many messages that were."""
        told = {"state": DeliveryState.EXPIRED, "error": why, "changed_at": now}
        return self._pen.change(BEHIND_CARD, of_gig=gig_id, **told)

    def expire(self, delivery_id: int, why: str, now: datetime) -> None:
        """It is no longer worth saying."""
        move(self._pen, delivery_id, DeliveryState.EXPIRED, changed_at=now, error=why)

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

    def by_key(self, key: str) -> Delivery | None:
        """The message that was said under this key, or None."""
        return _delivery(self._pen.row(BY_KEY, known_as=key))

    def held_up(self, tour_id: int) -> int:
        """How many of the tour's deliveries are pending."""
        return int(self._pen.value(HELD_UP, of_tour=tour_id))

    def last_made(self, tour_id: int, letter: Letter) -> datetime | None:
        """When the tour's newest message of this kind, of no gig, was written (UTC); None without one."""
        return last_made(self._pen, tour_id, letter)

    def last_to(self, tour_id: int, letter: Letter, person: str) -> Delivery | None:
        """The newest message of this kind, of no gig, that was written to this person; None without one."""
        return _delivery(self._pen.row(LAST_TO, of_tour=tour_id, kind=letter, to=person))

    def last_said(self, channel: str, thread: str, before: str) -> Delivery | None:
        """Our newest message there above the one with ts `before`; `thread` is "" outside one."""
        said = last_said(self._pen, channel, thread, before)
        return None if said is None else self.get(said)

    def _add(self, now: datetime, **values: Any) -> int | None:
        made: int | None = self._pen.add(SAY, **{**BLANK, **values}, made_at=now, changed_at=now)
        self._note(made is not None)
        return made

    def _note(self, wrote: int) -> None:
        self._pen.tell(News.OUTBOX, wrote)

    def _need(self, delivery_id: int) -> Delivery:
        found = self.get(delivery_id)
        if found is None:
            raise WrongMove(f"there is no delivery {delivery_id}")
        return found


def _delivery(row: Any) -> Delivery | None:
    return None if row is None else Delivery(*row)
