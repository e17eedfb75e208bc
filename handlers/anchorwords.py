"""The times and dates that a show day has not by itself: `line-check 15:30 depart 01:00 on-sale 10 Oct 10:00`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checklists.anchors import DATES
from handlers.clockwords import Clock, read_clock, refuse_half_said
from handlers.datewords import FULL, SHORT
from handlers.daywords import LINK_WORDS
from handlers.typed import quote, refusal, tidy

EXAMPLE = "/gig times lisbon line-check 15:30 depart 01:00"
MORE = re.compile(
    r"(?<![^\s,;(])(?:"
    r"(?P<line_check>line[ -]?check)"
    r"|(?P<depart>depart(?:ure|s)?)"
    r"|(?P<flight_dep>flight(?:[ -]dep(?:arture)?)?)"
    r"|(?P<downbeat>down[ -]?beat)"
    r"|(?P<session_end>session[ -]?end|end of (?:the )?session)"
    r"|(?P<announce>announce(?:d|ment)?)"
    r"|(?P<on_sale>on[ -]?sale)"
    r")(?=$|[\s,;:=@.0-9])",
    re.ASCII | re.IGNORECASE,
)
LEAD = re.compile(rf"{LINK_WORDS}(?:on\s+)?", re.ASCII | re.IGNORECASE)
OFF = re.compile(r"(?:off|forget|unknown|none)(?=$|[\s,;.])", re.ASCII | re.IGNORECASE)
CLOCK = re.compile(
    r"(?:(?:[0-9]{3,4}|[0-9]{1,2}(?:[:.hu][0-9]{2})?)(?:h|\s?[ap]\.?m?\.?)?|noon|midday|midnight)"
    r"(?P<next>\s?\(?\+1\)?|\snext day)?(?=$|[\s,;)])",
    re.ASCII | re.IGNORECASE,
)
GAP = re.compile(r"[ ,]{0,2}(?:at )?", re.ASCII | re.IGNORECASE)
CLEAR_HOURS: Mapping[str, range] = {
    "line_check": range(8, 10), "depart": range(0), "flight_dep": range(0), "downbeat": range(8, 10),
    "session_end": range(0), "announce": range(6, 10), "on_sale": range(6, 10),
}  # fmt: skip
"""The hours of one digit (`9:00`) that nobody takes for the other half of the day."""


@dataclass(frozen=True, slots=True)
class On:
    """A date as typed, and the hour on it when one was given."""

    date: str
    clock: Clock | None = None


Said = Mapping[str, Clock | On | None]
"""By anchor what was given; None: it shall be forgotten."""


def take_more(text: str) -> tuple[Said, str]:
    """What is said of those anchors, and the rest of the text; a gig's name may begin with such a word.

    Raises Refusal for an anchor without its time or date, and for one that is there twice.
    """
    text, at = tidy(text), 0
    said: dict[str, Clock | On | None] = {}
    while found := MORE.search(text, at):
        name = str(found.lastgroup)
        value, end = _value(name, text, found)
        if end == found.end():
            at = end
            continue
        if name in said:
            raise refusal(f"{found[0]} is there twice: which one?", EXAMPLE)
        said[name] = value
        text, at = f"{text[: found.start()].rstrip()} {text[end:].lstrip(' ,;')}", found.start()
    return said, text.strip(" ,;")


def _value(name: str, text: str, found: re.Match[str]) -> tuple[Clock | On | None, int]:
    """What follows the anchor, and where that ends; a place that is the anchor's own end when it is a gig's name."""
    lead = LEAD.match(text, found.end())
    at = lead.end() if lead else found.end()
    if off := OFF.match(text, at):
        return None, off.end()
    value, end = _on(name, text, at) if name in DATES else _clock(name, text, at)
    if end > at:
        return value, end
    if found.start() == 0:
        return None, found.end()
    what, example = ("date", "on-sale 10 Oct") if name in DATES else ("time", "line-check 15:30")
    said = f", not {quote(text[at:])}" if text[at:] else ""
    raise refusal(f"After {found[0]} I read a {what}{said}.", f"/gig times lisbon {example}")


def _clock(name: str, text: str, at: int) -> tuple[Clock | None, int]:
    found = CLOCK.match(text, at)
    if found is None:
        return None, at
    typed = found[0].removesuffix(found["next"] or "").strip()
    refuse_half_said(typed, CLEAR_HOURS[name])
    clock = read_clock(typed)
    return Clock(clock.at, clock.next_day or bool(found["next"])), found.end()


def _on(name: str, text: str, at: int) -> tuple[On | None, int]:
    day = FULL.match(text, at) or SHORT.match(text, at)
    if day is None:
        return None, at
    gap = GAP.match(text, day.end())
    clock, end = _clock(name, text, gap.end() if gap else day.end())
    return On(day[0], clock), end if clock else day.end()
