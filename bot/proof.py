"""What follows from looking in Slack for a message whose outcome is not known. Pure.

Rule: nothing goes out again but after a whole look, no earlier than `settle` after its last try, that did not find
it. Where no whole look can be had, a call goes out once more and says so, and anything else is asked of a person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.patience import Patience, seconds
from checklists.letters import Letter
from storage.outbox import Delivery, DeliveryState

CRITICAL = frozenset(
    {Letter.ASK, Letter.ASK_AGAIN, Letter.ASK_DM, Letter.ON_YOUR_WAY, Letter.MOVED, Letter.CANCELLED,
     Letter.CALLED_OFF, Letter.DAY_SHEET, Letter.TIMES, Letter.HELD, Letter.NOT_HERE, Letter.NO_SHOW,
     Letter.DECLINED, Letter.LOAD_OUT, Letter.CURFEW, Letter.DOORS, Letter.FAILED, Letter.MISSED,
     Letter.INVITE_ME, Letter.DID_IT_ARRIVE}
)  # fmt: skip
"""What somebody's call depends on, and what tells of a failure: better twice than never."""
ASK_AGAIN_AFTER = timedelta(minutes=10)
LEAST_LOOKS, MOST_LOOKS = 3, 20


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look found: the stamps of the messages with our key, oldest first; whether it saw everything there
    is since the first try; and how many seconds Slack asked us to wait."""

    stamps: tuple[str, ...] = ()
    is_whole: bool = False
    wait: int = 0


class Step(StrEnum):
    """Found; verified (seen again, and done); gone (somebody took it away); missing (goes out); repeat (goes out,
    and says that it may be the second copy); ask a person; look again."""

    FOUND = "found"
    VERIFIED = "verified"
    GONE = "gone"
    MISSING = "missing"
    REPEAT = "repeat"
    ASK = "ask"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Finding:
    """`at` is when it is looked for next (UTC), if at all; `extra` are the other copies, to be taken back."""

    step: Step
    at: datetime | None = None
    ts: str = ""
    extra: tuple[str, ...] = ()


def find(said: Delivery, seen: Sighting, now: datetime, patience: Patience) -> Finding:
    """What to do about a delivery after this look."""
    if said.state in (DeliveryState.SENT, DeliveryState.VERIFIED):
        return _audit(said, seen, now, patience)
    if said.state is DeliveryState.SENDING:
        return Finding(Step.AGAIN, now + seconds(patience.settle))
    if said.state not in (DeliveryState.UNKNOWN, DeliveryState.ASKED, DeliveryState.PENDING):
        return Finding(Step.AGAIN)
    if seen.stamps:
        first, *rest = seen.stamps
        return Finding(Step.FOUND, now + seconds(patience.audits[0]), first, tuple(rest))
    if said.state is DeliveryState.ASKED:
        return Finding(Step.AGAIN, now + ASK_AGAIN_AFTER if said.looks < MOST_LOOKS else None)
    return _absent(said, seen, now, patience) if said.state is DeliveryState.UNKNOWN else Finding(Step.AGAIN)


def _absent(said: Delivery, seen: Sighting, now: datetime, patience: Patience) -> Finding:
    settled = tried(said) + seconds(patience.settle)
    if seen.is_whole:
        return Finding(Step.MISSING) if now >= settled else Finding(Step.AGAIN, settled)
    # Slack's stricter profile lets one look a minute through: that much more time it gets.
    limit = tried(said) + seconds(patience.unknown * (3 if seen.wait else 1))
    if now < limit or said.looks < LEAST_LOOKS:
        pause = seconds(max(min(patience.first_look * 2**said.looks, patience.longest_pause), seen.wait))
        return Finding(Step.AGAIN, min(now + pause, limit) if now < limit else now + pause)
    if said.letter in CRITICAL and not said.look_since:
        return Finding(Step.REPEAT)
    return Finding(Step.ASK, now + ASK_AGAIN_AFTER)


def _audit(said: Delivery, seen: Sighting, now: datetime, patience: Patience) -> Finding:
    # The copy that we know is the one that is edited and answered; another may stand before it.
    kept = said.ts if said.ts in seen.stamps else "".join(seen.stamps[:1])
    extra = tuple(ts for ts in seen.stamps if ts != kept)
    if not seen.is_whole and said.looks < MOST_LOOKS:
        return Finding(Step.AGAIN, now + seconds(max(patience.audits[0], seen.wait)), said.ts, extra)
    if not seen.stamps:
        return Finding(Step.GONE)
    if said.looks + 1 < len(patience.audits) and said.letter is not Letter.SELFTEST:
        return Finding(Step.AGAIN, now + seconds(patience.audits[said.looks + 1]), said.ts, extra)
    return Finding(Step.VERIFIED, None, said.ts, extra)


def tried(said: Delivery) -> datetime:
    """When it was last on its way."""
    return said.tried_at or said.look_since or said.made_at
