"""What must be looked for in Slack, and what came of it."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, update

from storage.deliveries import Delivery, DeliveryState, Op
from storage.moves import keep_card, move
from storage.news import News
from storage.outbox import Outbox
from storage.pen import Pen, by_id, here, one_of
from storage.schema_said import DeliveryRow
from storage.sendable import FIND
from storage.tables import table

OUT = table(DeliveryRow)
S = DeliveryState
DUE = (
    FIND.where(here(OUT, OUT.c.look_at.is_not(None), OUT.c.look_at <= bindparam("now")))
    .order_by(OUT.c.look_at, OUT.c.id)
    .limit(bindparam("most"))
)
PUT_OFF = update(OUT).where(by_id(OUT)).values(looks=OUT.c.looks + 1)
LOOK_AGAIN = update(OUT).where(by_id(OUT))
ORPHANS = select(OUT.c.id, OUT.c.op).where(
    here(OUT, OUT.c.state == DeliveryState.SENDING, OUT.c.boot != bindparam("mine"))
)
DIED = "the program stopped while sending"
IS_UNSEEN: ColumnElement[bool] = literal_column(
    "deliveries.state = 'sent' AND deliveries.op = 'post' AND deliveries.look_at IS NULL"
)
"""As a literal, so that the small index of these serves."""
FIRST_UNSEEN = select(func.min(OUT.c.sent_at)).where(here(OUT, OUT.c.sent_at >= bindparam("since"), IS_UNSEEN))
UNSEEN = (
    FIND.where(
        here(
            OUT,
            OUT.c.sent_at >= bindparam("since"),
            OUT.c.sent_at <= bindparam("until"),
            IS_UNSEEN,
        )
    )
    .order_by(OUT.c.channel, OUT.c.thread_ts, OUT.c.id)
    .limit(bindparam("most"))
)
STUCK = (
    select(OUT.c.state, func.count(), func.min(OUT.c.changed_at))
    .where(
        here(
            OUT,
            one_of(OUT.c.state, (S.PENDING, S.SENDING, S.UNKNOWN)),
            OUT.c.not_before <= bindparam("since"),
            OUT.c.changed_at <= bindparam("since"),
        )
    )
    .group_by(OUT.c.state)
)


class Looks:
    """The deliveries of one workspace of which Slack itself must tell whether they are there."""

    def __init__(self, pen: Pen, outbox: Outbox) -> None:
        self._pen = pen
        self._outbox = outbox

    def orphans(self, boot: str, now: datetime, look_at: datetime) -> int:
        """What another run of the program was sending when it died: gives how many posts are unknown now.

        An edit or a reaction that is done twice is done once, so these just go out again.
        """
        lost = self._pen.rows(ORPHANS, mine=boot)
        posts = [row.id for row in lost if row.op is Op.POST]
        for each in posts:
            move(self._pen, each, S.UNKNOWN, changed_at=now, error=DIED, look_at=look_at, looks=0)
        for each in lost:
            if each.op is not Op.POST:
                self._outbox.wait(each.id, now, DIED)
        self._pen.tell(News.OUTBOX, lost)
        return len(posts)

    def first(self, wanted: Delivery, now: datetime) -> None:
        """It may be in Slack already, so it is looked for before it is sent."""
        place = {"channel": wanted.channel, "thread_ts": wanted.thread_ts}
        told = {"changed_at": now, "error": "looked for before it is sent", "look_at": now, "looks": 0}
        move(self._pen, wanted.id, S.UNKNOWN, wanted.tries, more={**place, **told})
        self._pen.tell(News.OUTBOX)

    def due(self, now: datetime, most: int) -> list[Delivery]:
        """Those to be looked for now, the longest waiting first."""
        return [Delivery(*row) for row in self._pen.rows(DUE, now=now, most=most)]

    def found(self, said: Delivery, ts: str, again: datetime | None, now: datetime) -> None:
        """It is in Slack, at `ts`; `again` is when that is looked at once more."""
        told = {"changed_at": now, "ts": ts, "sent_at": now, "error": "", "look_since": None}
        move(self._pen, said.id, S.SENT, said.tries, more=told, look_at=again, looks=0)
        keep_card(self._pen, said.id, ts)
        self._pen.news |= {News.OUTBOX, News.SENT}

    def missing(self, said: Delivery, now: datetime, *, repeat: bool = False) -> None:
        """It goes out: it is certainly not in Slack, or (`repeat`) nobody can tell and it matters too much."""
        told = {"changed_at": now, "not_before": now, "look_at": None, "look_since": None, "repeat": repeat}
        move(self._pen, said.id, S.PENDING, said.tries, more=told, error="not in Slack: it goes out again")
        self._pen.tell(News.OUTBOX)

    def vanished(self, said: Delivery, now: datetime) -> None:
        """Slack said that it has it, and it is not there."""
        move(self._pen, said.id, S.FAILED, said.tries, changed_at=now, error="not in Slack any more", look_at=None)

    def verified(self, said: Delivery, now: datetime) -> None:
        """It was seen in Slack, once."""
        move(self._pen, said.id, S.VERIFIED, said.tries, changed_at=now, look_at=None)

    def ask(self, said: Delivery, again: datetime, now: datetime) -> None:
        """A person must tell whether it arrived; we go on looking too."""
        move(self._pen, said.id, S.ASKED, said.tries, changed_at=now, look_at=again)
        self._pen.tell(News.OUTBOX)

    def put_off(self, said: Delivery, until: datetime | None) -> None:
        """It is looked for again then; None: no more."""
        self._pen.change(PUT_OFF, the_id=said.id, look_at=until)
        self._pen.tell(News.OUTBOX)

    def again(self, delivery_id: int, at: datetime | None) -> None:
        """Whatever its state, it is looked for at that instant; None: no more."""
        self._pen.change(LOOK_AGAIN, the_id=delivery_id, look_at=at, looks=0)
        self._pen.tell(News.OUTBOX)

    def unseen(self, since: datetime, until: datetime, most: int) -> list[Delivery]:
        """Posts that Slack acknowledged between two instants and nobody has looked at since, by channel."""
        return [Delivery(*row) for row in self._pen.rows(UNSEEN, since=since, until=until, most=most)]

    def first_unseen(self, since: datetime) -> datetime | None:
        """When the first post was sent, since an instant, that nobody has looked at."""
        found: datetime | None = self._pen.value(FIRST_UNSEEN, since=since)
        return found

    def stuck(self, since: datetime) -> dict[DeliveryState, int]:
        """How many deliveries should have gone on before `since`, by their state."""
        return {row.state: row[1] for row in self._pen.rows(STUCK, since=since)}
