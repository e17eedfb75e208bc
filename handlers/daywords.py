"""The anchors of a day and their times: `doors 19:30 set 21:00 curfew 23:00 hard`."""

import re
from dataclasses import dataclass, field

from checklists.gig import Anchor, CurfewKind
from handlers.clockwords import Clock, read_clock, refuse_half_said
from handlers.typed import EDGES, quote, refusal

EXAMPLE = "/gig times lisbon doors 19:30 curfew 23:00 hard"
ANCHOR = re.compile(
    r"(?<![^\s,;(])(?:"
    r"(?P<load_in>(?:load|get|bump)[ -]?in)"
    r"|(?P<load_out>(?:load|get|bump)[ -]?out)"
    r"|(?P<soundcheck>sound[ -]?check|sc)"
    r"|(?P<set_end>(?:set|show)[ -]end|end of set|off[ -]?stage|off|finish)"
    r"|(?P<doors>doors?)"
    r"|(?P<set>on[ -]?stage|stage|show|set)"
    r"|(?P<curfew>(?:(?:hard|soft)[ -])?(?:curfew|cf))"
    r")(?=$|[\s,;:=@.0-9])",
    re.ASCII | re.IGNORECASE,
)
LINK_WORDS = r"[\s,;:=@.-]{0,3}(?:(?:at|is|to|now|from|hard|soft)\b[\s:=@-]{0,3}){0,2}"
TIMED = re.compile(rf"{LINK_WORDS}(?:[0-9]|noon|midday|midnight)", re.ASCII | re.IGNORECASE)
LEAD_IN = re.compile(LINK_WORDS, re.ASCII | re.IGNORECASE)
NEXT_DAY = re.compile(r"(?:\s|\b)(?:\(?\+1\)?|next day)$", re.ASCII | re.IGNORECASE)
KIND = re.compile(r"\b(hard|soft)\b", re.ASCII | re.IGNORECASE)

CLEAR_HOURS = {
    Anchor.LOAD_IN: range(5, 10),
    Anchor.SOUNDCHECK: range(8, 10),
    Anchor.DOORS: range(0),
    Anchor.SET: range(0),
    Anchor.SET_END: range(1, 6),
    Anchor.CURFEW: range(1, 6),
    Anchor.LOAD_OUT: range(1, 6),
}
"""The hours of one digit (`9:00`) that nobody takes for the other half of the day."""


@dataclass(frozen=True, slots=True)
class DayTimes:
    """The times that were given, and how hard the curfew is if somebody said so."""

    times: dict[Anchor, Clock] = field(default_factory=dict)
    curfew_kind: CurfewKind | None = None


def before_anchors(text: str) -> int:
    """Where the first anchor word begins that a time follows; without one the first; else the end."""
    found = list(ANCHOR.finditer(text))
    timed = [anchor for anchor in found if TIMED.match(text, anchor.end())]
    return (timed or found)[0].start() if found else len(text)


def read_day(text: str, example: str = EXAMPLE) -> DayTimes:
    """Pairs of anchor and time; raises Refusal for anything else, for a time twice, for an anchor alone."""
    anchors = list(ANCHOR.finditer(text))
    lead = text[: anchors[0].start()] if anchors else text
    if lead.strip(EDGES):
        raise refusal(f"I read times there, such as doors 19:00, but not {quote(lead.strip(EDGES))}.", example)
    ends = [following.start() for following in anchors[1:]] + [len(text)] * bool(anchors)
    times: dict[Anchor, Clock] = {}
    kind: CurfewKind | None = None
    for found, end in zip(anchors, ends, strict=True):
        anchor, said = Anchor(str(found.lastgroup)), text[found.end() : end]
        if anchor is Anchor.CURFEW and (hardness := KIND.search(found[0] + said)):
            kind, said = CurfewKind(hardness[1].lower()), KIND.sub(" ", said)
            if not said.strip(EDGES):
                continue
        if anchor in times:
            raise refusal(f"{anchor.words} is there twice: which one?", example)
        times[anchor] = _clock(anchor, said, example)
    return DayTimes(times, kind)


def _clock(anchor: Anchor, said: str, example: str) -> Clock:
    said = said[_lead_length(said) :].strip(EDGES)
    if not said:
        raise refusal(f"No time follows {anchor.words}.", example)
    said = " ".join(said.split())
    bare = NEXT_DAY.sub("", said).strip(EDGES)
    words = bare.split()
    if len(words) > 2 or (len(words) == 2 and words[1].lower().strip(".") not in ("am", "pm", "a.m", "p.m", "h")):
        raise refusal(f"After {anchor.words} I read one time, not {quote(said)}.", example)
    refuse_half_said(bare, CLEAR_HOURS[anchor], f" for {anchor.words}")
    clock = read_clock(bare)
    return Clock(clock.at, clock.next_day or bare != said)


def _lead_length(said: str) -> int:
    found = LEAD_IN.match(said)
    return found.end() if found else 0
