"""What a crew member's reply means (the field's precedence: see `RULES`). A wrong yes is the worst error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from checklists.replywords import Heard, hear
from checklists.yesno import arrives, confirms, declines, doubts, hedges, is_late, offers_part

HALF_A_DAY = 12 * 60
A_DAY = 24 * 60


class Meaning(StrEnum):
    """What a reply does to a call."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    LATE = "late"
    ARRIVED = "arrived"
    QUESTION = "question"
    MAYBE = "maybe"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as read. `asks`: a question came with it, to be shown to the tour manager.

    minutes: how late (the upper bound of a range); clock: the wall time said instead, or the start that a
    maybe offers. `clock_open`: the hour was said without am or pm, so the other half of the day is possible.
    """

    meaning: Meaning
    minutes: int | None = None
    clock: time | None = None
    asks: bool = False
    clock_open: bool = False


RULES: tuple[tuple[Meaning, Callable[[Heard], bool]], ...] = (
    (Meaning.MAYBE, offers_part),
    (Meaning.DECLINE, declines),
    (Meaning.MAYBE, hedges),
    (Meaning.LATE, is_late),
    (Meaning.ARRIVED, arrives),
    (Meaning.CONFIRM, confirms),
    (Meaning.MAYBE, doubts),
)
"""The first rule that holds is the meaning; a correction was taken before, questions come after."""

MEANS: Mapping[str, Meaning] = {
    **dict.fromkeys(
        ("+1", "thumbsup", "white_check_mark", "heavy_check_mark", "ballot_box_with_check", "ok_hand", "saluting_face"),
        Meaning.CONFIRM,
    ),
    **dict.fromkeys(("-1", "thumbsdown", "x", "heavy_multiplication_x"), Meaning.DECLINE),
    "eyes": Meaning.UNRELATED,
}
"""Reactions on the call message; `eyes` is only seen."""

CORRECTED = re.compile(
    r"(?:^|\b)(?:scratch|ignore|disregard|forget|strike|cancel|delete|take back|i take back)\b"
    r"(?: (?:my|the|that|what|i|said|earlier|last|previous|first))*"
    r" (?P<what>yes|yep|confirm\w*|thumbs up|no|nope|decline\w*|that|it|last|earlier|said|previous"
    r"|answer|reply|message|one)\b"
    r"|(?:^|\| )(?:no |oh |sorry |but )*(?P<turn>wait|actually|correction|on second thoughts?"
    r"|change of plans?)\b",
    re.ASCII,
)
TIME = re.compile(r"\b([ta])([0-9]{2}):([0-9]{2})\b", re.ASCII)
MINUTES = re.compile(
    r"\b([0-9]{1,3}) min\b|\b([0-9]{1,3})(?: or so| odd| ish)?(?= (?:late|behind|away|out|off)\b)"
    r"|\b(?:in|late|there in|be) (?:about |around |like |another |maybe |roughly )?([0-9]{1,3})\b(?! min|:)",
    re.ASCII,
)
NOT_THAT = re.compile(r"\b(?:not|can not do|could not do|than|instead of) [ta][0-9]{2}:[0-9]{2}", re.ASCII)
NOT_BEFORE = re.compile(r"\bnot (?:be (?:there |in )?|make it |get there )?(?:before|till|until)\b", re.ASCII)


def read(text: str, now_wall: time) -> Reading:
    """What `text` means. `now_wall` is the venue's clock: "there at 3" is the next 3 o'clock.

    Only the first 500 characters are read, and a yes that goes on after them is not a yes.
    """
    heard = hear(text)
    meaning = _corrected(heard) or _meaning(heard)
    if meaning is Meaning.CONFIRM and heard.cut:
        meaning = Meaning.MAYBE
    if meaning is Meaning.LATE:
        clock, is_open = _clock(heard.said or heard.unsure, now_wall)
        minutes = _minutes(heard.said or heard.unsure)
        return Reading(meaning, minutes, clock, heard.asks, is_open)
    if meaning is Meaning.MAYBE:
        clock, is_open = _clock(heard.said or heard.unsure, None)
        return Reading(meaning, None, clock, heard.asks, is_open)
    return Reading(meaning, asks=heard.asks)


def reaction_means(name: str) -> Meaning:
    """What a reaction on a call message means; the skin tone does not count."""
    return MEANS.get(name.partition("::")[0].strip(":"), Meaning.UNRELATED)


def late_by(reading: Reading, call: time) -> int | None:
    """How many minutes after the call he comes; 0 for on time or early, None when nobody can tell.

    A clock said without am or pm is taken in the half of the day that is nearer to the call.
    """
    if reading.minutes is not None or reading.clock is None:
        return reading.minutes
    after = _apart(reading.clock, call)
    if reading.clock_open:
        after = min((after, _apart(reading.clock, call, HALF_A_DAY)), key=abs)
    return max(after, 0)


def _apart(clock: time, call: time, shift: int = 0) -> int:
    """Minutes from the call to the clock, between -12 h and +12 h."""
    minutes = (clock.hour - call.hour) * 60 + clock.minute - call.minute + shift
    return (minutes + HALF_A_DAY) % A_DAY - HALF_A_DAY


def _meaning(heard: Heard) -> Meaning:
    found = _status(heard)
    if found is not None:
        return found
    return Meaning.QUESTION if heard.asks else Meaning.UNRELATED


def _status(heard: Heard) -> Meaning | None:
    """What the rules say; a clause with ", ok?" after it can be anything but a yes."""
    for meaning, holds in RULES:
        if holds(heard):
            return meaning
    if heard.unsure:
        open_part = _status(Heard(heard.unsure, asks=True, cut=False))
        return None if open_part in (Meaning.CONFIRM, Meaning.ARRIVED) else open_part
    return None


def _corrected(heard: Heard) -> Meaning | None:
    """What follows the last correction counts; a yes that is only taken back is a no."""
    corrections = list(CORRECTED.finditer(heard.said))
    if not corrections:
        return None
    found = corrections[-1]
    after = Heard(heard.said[found.end() :].strip(" |"), heard.asks, heard.cut)
    meaning = _status(after)
    if meaning is not None or found["turn"]:
        return meaning
    took_back_yes = re.search(r"\b(?:yes|yep|confirm\w*|thumbs up)\b", found[0])
    return Meaning.DECLINE if took_back_yes else Meaning.MAYBE


def _minutes(said: str) -> int | None:
    """The last number of minutes in the reply: "20, no, 30 late" is 30."""
    found = [next(filter(None, match.groups())) for match in MINUTES.finditer(said)]
    return int(found[-1]) if found else None


def _clock(said: str, now: time | None) -> tuple[time | None, bool]:
    """The last wall time in the reply that is not refused, and whether its half of the day is open."""
    found = TIME.findall(NOT_THAT.sub(" ", NOT_BEFORE.sub("from", said)))
    if not found:
        return None, False
    sign, hour, minute = found[-1]
    at = time(int(hour), int(minute))
    if sign == "t":
        return at, False
    return (_by_day(at) if now is None else _next(at, now)), True


def _by_day(at: time) -> time:
    """An open hour that nobody waits for now: 1 to 6 are in the afternoon."""
    return at.replace(hour=at.hour + 12) if 1 <= at.hour <= 6 else at


def _next(at: time, now: time) -> time:
    """The next time after `now` that a clock with twelve hours shows `at`."""
    wait = (at.hour * 60 + at.minute - now.hour * 60 - now.minute) % HALF_A_DAY
    minutes = (now.hour * 60 + now.minute + wait) % A_DAY
    return time(minutes // 60, minutes % 60)
