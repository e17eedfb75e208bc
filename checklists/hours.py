"""Hours in and out: who says that he is out, and when that was."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from checklists.crew import Call, CallState
from checklists.gig import JUDGED, Anchor, Gig, GigState
from checklists.walls import Wall, local, readings

MOST_READ = 60
STILL_TOLD = timedelta(hours=12)
"""So long after its show day has ended that somebody may still say when he was out."""
MAY_BE_OUT = frozenset({CallState.CONFIRMED, CallState.ARRIVED, CallState.NO_SHOW, CallState.RELEASED})
"""Who has said yes, or was missed, may have worked."""
HAS_HOURS = JUDGED | {GigState.PLAYED}

WE = r"(?:(?:ok(?:ay)? )?(?:all )?(?:and )?(?:i am|im|i'm|i have|ive|i've|i was|we are|we're|were|we|i|am|is|now) )?"
DONE = (
    r"(?:all )?(?:done|finished|packed)(?: and)? (?:out|off|leaving|gone|home|heading (?:home|out))"
    r"|(?:all )?wrapped(?: up)?|out|off|released|wrap|(?:that's|thats|its|it's) (?:a )?wrap"
    r"|clock(?:ed|ing) (?:out|off)|sign(?:ed|ing) (?:out|off)"
    r"|check(?:ed|ing) out|knock(?:ed|ing) off|gone(?: home)?|left(?: site)?|off (?:the )?site|out of (?:here|there)"
    r"|(?:leaving|heading)(?: (?:home|out|off|site))?|home"
    r"|feierabend|(?:bin )?raus|parti|fuera|fora|fuori|weg|fajrant|wyszedlem"
)
WHEN = r"(?:(?: at| since| um| a las| a| om| kl)? (?P<clock>[0-9]{1,2}(?:[:.h]?[0-9]{2})?(?: ?[ap]m)?))?"
TAIL = r"(?: (?:now|thanks|thank you|cheers|guys|all|everyone|good ?night|night|bye|see you(?: tomorrow)?|ciao))*"
OUT = re.compile(rf"{WE}(?:{DONE}){WHEN}{TAIL}")
CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h]?(?P<minute>[0-9]{2}))? ?(?P<half>[ap])?m?")


@dataclass(frozen=True, slots=True)
class OutSaid:
    """Somebody said that he is out: at these clock times at the venue; none when he is just now."""

    clocks: tuple[time, ...] = ()


def read_out(text: str) -> OutSaid | None:
    """What a message after the show says about being out; None when it is about anything else."""
    found = OUT.fullmatch(_plain(text)) if len(text) <= MOST_READ and "?" not in text else None
    if found is None:
        return None
    clocks = _clocks(found["clock"]) if found["clock"] else ()
    return None if clocks is None else OutSaid(clocks)


def _plain(text: str) -> str:
    """The words alone: without case, accents, signs and pictures."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    kept = re.sub(r"[^a-z0-9:.' ]", " ", bare.casefold().replace("’", "'").replace("ł", "l"))
    return " ".join(word.strip(".") for word in kept.split() if word.strip("."))


def _clocks(word: str) -> tuple[time, ...] | None:
    """The clock times that a word may mean: `2` is two at night or in the afternoon; None for what is no time."""
    found = CLOCK.fullmatch(word)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > (12 if found["half"] else 23) or minute > 59:
        return None
    if found["half"]:
        return (time(hour % 12 + (12 if found["half"] == "p" else 0), minute),)
    bare = found["minute"] is None and 0 < hour <= 12
    return (time(hour % 12, minute), time(hour % 12 + 12, minute)) if bare else (time(hour, minute),)


def out_at(said: OutSaid, zone: str, now: datetime) -> list[datetime]:
    """The last instant (UTC) up to `now` that was meant; two where the venue's clock showed it twice, none where never.

    At the latest a day ago.
    """
    if not said.clocks:
        return [now]
    today = local(now, zone).date()
    days = (today - timedelta(days=1), today)
    found = [readings(day, Wall(clock), zone) for day in days for clock in said.clocks]
    past = [both for both in found if both and both[0] <= now]
    return [at for at in max(past) if at <= now] if past else []


def is_told(gig: Gig, now: datetime) -> bool:
    """True from the end of the set until some hours after the show day: words about being out are heard."""
    return gig.state in HAS_HOURS and gig.at(Anchor.SET_END) <= now < gig.show_day_ends() + STILL_TOLD


def may_be_out(calls: Sequence[Call], now: datetime) -> list[Call]:
    """Of these calls those whose work has begun, so that it can have ended."""
    return [call for call in calls if call.state in MAY_BE_OUT and call.at <= now]


def is_missing(call: Call) -> bool:
    """On site as far as is known: nobody has said that he is out."""
    return call.state is CallState.ARRIVED and call.out_at is None


def worked(call: Call) -> timedelta | None:
    """The time between in and out; None while one of them is not known."""
    return None if call.in_at is None or call.out_at is None else max(call.out_at - call.in_at, timedelta(0))
