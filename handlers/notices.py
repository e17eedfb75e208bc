"""What people hear about the bot itself: welcome, missed reminders, a closed channel, a failed message."""

from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum

from checklists.catch_up import REMINDERS, is_late
from checklists.cues import Cue, CueState
from checklists.letters import Letter
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards.blocks import TEXT_MOST, Card, card, shorten
from handlers.cards.prose import clock, moment, say
from storage.book import Book
from storage.cues import Settled
from storage.outbox import Delivery, DeliveryState, Room

LINES_SHOWN = 20
STILL_A_TEST = timedelta(hours=1)
"""So long a test message that Slack does not take is tried."""
GATHERED = timedelta(seconds=20)
"""How long the news of what fell due meanwhile waits for more of it."""
ASIDE = timedelta(seconds=1)
"""Another worker's clock may have been read so much earlier."""
FAILED = "failed"
"""How the reason of a cue begins that could not be carried out."""


class Fate(StrEnum):
    """What came of a cue that was late."""

    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"


FATES = {Fate.SENT: "sent late", Fate.EXPIRED: "too late to be of use, not sent", Fate.FAILED: "could not be sent"}


def missed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Every reminder that was late, or failed, in the seconds after this letter was made."""
    settled = book.cues.settled(letter.tour_id or 0, letter.made_at - ASIDE, letter.made_at + GATHERED)
    late = [(one, fate) for one in settled if (fate := _fate(one)) is not None]
    if not late:
        return None
    counts = Counter(fate for _, fate in late)
    lines = [_late_words(book, one, fate) for one, fate in late[:LINES_SHOWN]]
    more = len(late) - len(lines)
    return card(
        say(
            "missed",
            count=len(late),
            was_away=counts[Fate.FAILED] < len(late),
            tally=", ".join(f"{counts[fate]} {fate}" for fate in Fate if counts[fate]),
            lines=[*lines, f"and {more} more"] if more else lines,
            is_lacking=counts[Fate.SENT] < len(late),
        )
    )


def _fate(one: Settled) -> Fate | None:
    if one.state is CueState.MISSED and one.why.startswith(FAILED):
        return Fate.FAILED
    if one.cue.kind not in REMINDERS or not is_late(one.cue.at, one.at):
        return None
    return Fate.SENT if one.state is CueState.GONE else Fate.EXPIRED


def _late_words(book: Book, one: Settled, fate: Fate) -> str:
    return f"{_cue_words(book, one.cue)}: {FATES[fate]}{one.why.removeprefix(FAILED) if fate is Fate.FAILED else ''}"


def mark_late(book: Book, letter: Delivery, written: Card, now: datetime) -> Card:
    """The same card, which says when it was due if it goes out more than a few minutes late."""
    if "due" not in letter.subject:
        return written
    due = datetime.fromisoformat(letter.subject["due"])
    if not is_late(due, _said_at(book, letter, now)):
        return written
    words = f"(was due {_when_due(due, _zone_of(book, letter), now)})"
    marked = card(words)
    return Card(f"{words}\n{shorten(written.text, TEXT_MOST - len(words) - 1)}", (*marked.blocks, *written.blocks))


def _said_at(book: Book, letter: Delivery, now: datetime) -> datetime:
    """When its readers heard it first: an edit is as late as its message was."""
    post = book.outbox.get(letter.of_id) if letter.of_id is not None else None
    return now if post is None else post.sent_at or post.made_at


def _zone_of(book: Book, letter: Delivery) -> str:
    gig = book.gigs.get(letter.gig_id) if letter.gig_id is not None else None
    return gig.zone if gig else book.people.get(letter.person).zone or "UTC"


def _when_due(due: datetime, zone: str, now: datetime) -> str:
    is_today = local(due, zone).date() == local(now, zone).date()
    return clock(due, zone) if is_today else moment(due, zone)


def _cue_words(book: Book, cue: Cue) -> str:
    name = cue.kind.value.replace("_", " ")
    gig = book.gigs.get(cue.gig_id) if cue.gig_id else None
    if gig is None:
        return f"{name}, due {moment(cue.at, 'UTC')}"
    return f"#{gig.number} {gig.city}: {name}, due {moment(cue.at, gig.zone)}"


def invite_me_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("invite_me", tour=book.tours.get(letter.tour_id or 0).name))


def welcome_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("welcome"))


def selftest(book: Book, asked: Asked) -> Reply:
    """`/gig selftest`: a message to the person who asks, which tells how it went once it was looked for."""
    key, until = f"selftest:{asked.who}:{asked.now:%Y%m%d%H%M}", asked.now + STILL_A_TEST
    said = book.outbox.say(Letter.SELFTEST, Room.DM, key, asked.now, person=asked.who, expires=until)
    if said is None:
        return Reply("A test is on its way to you already: see my direct message. Type it again in a minute.")
    return Reply("I am posting you a direct message, and look for it in Slack. It then says itself how that went.")


def selftest_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The test message: first as it goes out, then with what became of it."""
    said = book.outbox.get(letter.of_id) if letter.of_id is not None else letter
    if said is None or said.sent_at is None:
        return card(say("selftest", posted=None))
    tries = book.outbox.tries(said.id)
    facts = {
        "posted": said.sent_at,
        "zone": book.people.get(said.person).zone or "UTC",
        "was_found": said.state is DeliveryState.VERIFIED,
        "seconds": max(0.0, (letter.made_at - said.sent_at).total_seconds()),
        "tries": max(1, len(tries)),
        "copies": max(1, len({each.ts for each in tries if each.ts})),
    }
    return card(say("selftest", **facts))
