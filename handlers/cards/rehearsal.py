"""A rehearsal as a schedule: by day and hour, where, to whom, what and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from checklists.crew import Call
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.reasons_why import WHYS
from checklists.walls import local
from handlers.cards.blocks import Button, Card, card, fitting, shorten
from handlers.cards.gig import escape_line, headline
from handlers.cards.ids import Action, pack
from handlers.cards.picture import NAME_SHOWN
from handlers.cards.prose import Spoken, clock, moment, say, show_date

LINES_MOST = 200
ROOM = 11_000
"""Bytes of the schedule: with its head it fits one message."""
WORDS_SHOWN, CITY_SHOWN, NAMES_SHOWN = 80, 30, 6
HELD_LONG, HOUR = timedelta(minutes=1), timedelta(hours=1)
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
OTHER_TAG = re.compile(r"<[^<>|]*\|([^<>]*)>")
BARE_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a rehearsal. `to` is the person of a DM, else "thread" or "channel"; `at` when it would go out."""

    letter: Letter
    to: str
    gig_id: int | None
    at: datetime
    text: str
    subject: Mapping[str, Any]
    made_at: datetime

    @property
    def is_held(self) -> bool:
        """It was written earlier, and waited for a morning."""
        return self.at - self.made_at > HELD_LONG and self.letter is not Letter.DIGEST

    def is_beside(self, other: "Line") -> bool:
        """The same DM at the same instant, to somebody else."""
        mine, theirs = replace(self, to="", text="", subject={}), replace(other, to="", text="", subject={})
        return mine == theirs and not self.is_open and not other.is_open

    @property
    def is_open(self) -> bool:
        """Everybody can read it."""
        return self.to in ("thread", "channel")


@dataclass(frozen=True, slots=True)
class Script:
    """What was played; `calls` by id, `names` by person. `is_cut`: more happens than is played at once.

    `until`: where it would have ended. `may_go_on`: it can be played on from there.
    """

    tour: str
    gig: Gig | None
    begins: datetime
    ends: datetime
    is_cut: bool
    lines: tuple[Line, ...]
    gigs: Mapping[int, Gig]
    calls: Mapping[int, Call]
    names: Mapping[str, str]
    next_at: datetime | None
    until: datetime | None = None
    may_go_on: bool = False
    tour_id: int = 0

    @property
    def goes_on(self) -> bool:
        """It was cut, and can be played on."""
        return self.is_cut and self.may_go_on

    @property
    def so_far(self) -> str:
        """`31 of 48 h`: how much of it was played."""
        whole = (self.until or self.ends) - self.begins
        return f"{max(self.ends - self.begins, 0 * HOUR) // HOUR} of {whole // HOUR} h"

    def zone(self, line: Line | None = None) -> str:
        """Whose clock is told: the gig's, else that of the gig rehearsed, else of the tour's next one."""
        gig = (self.gigs.get(line.gig_id or 0) if line else None) or self.gig
        if gig is not None:
            return gig.zone
        ahead = sorted((gig for gig in self.gigs.values() if not gig.is_over(self.begins)), key=lambda gig: gig.date)
        return ahead[0].zone if ahead else "UTC"

    def name(self, who: str) -> str:
        """Somebody as text: nobody is pinged by a rehearsal."""
        return escape_line(shorten(self.names.get(who) or who, NAME_SHOWN))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a schedule: so many of the lines of that instant (UTC), and all before, were told already."""

    at: datetime
    told: int = 0

    def left_of(self, groups: Sequence[list[Line]]) -> Sequence[list[Line]]:
        """What is left to be told."""
        ahead = [lines for lines in groups if lines[0].at >= self.at]
        same = sum(lines[0].at == self.at for lines in ahead)
        return ahead[min(self.told, same) :]


def rehearsal(script: Script, since: Place | None = None) -> Card:
    """A page of the schedule, privately, with a button for the next; `since`: what was told before is left out."""
    groups = list(_beside(script.lines))
    left = since.left_of(groups) if since else groups
    lines = [line for line in fitting(list(_schedule(script, left))[:LINES_MOST], ROOM, "") if line]
    zone, more = script.zone(), len(left) - len(lines)
    text = say(
        "rehearsal",
        what=Spoken(headline(script.gig)) if script.gig else script.tour,
        since=moment(since.at, zone) if since else "",
        begins=moment(script.begins, zone),
        ends=moment(max(script.ends, script.begins), zone),
        count=len(script.lines),
        lines=[Spoken(line) for line in lines],
        more=more,
        is_cut=script.is_cut,
        goes_on=script.goes_on,
        so_far=script.so_far,
        next_at=moment(script.next_at, zone) if script.next_at else "",
    )
    on = [_read_on(script, left, len(lines))] if more or script.goes_on else []
    return card(text, on, most=ROOM + 1_000)


def _read_on(script: Script, left: Sequence[list[Line]], shown: int) -> Button:
    """On from the first line that is not shown, or from where the playing was cut."""
    at = left[shown][0].at if shown < len(left) else script.ends
    told = sum(lines[0].at == at for lines in left[:shown])
    until = (script.until or script.ends).isoformat()
    value = pack(script.tour_id, script.gig.id if script.gig else 0, until, at.isoformat(), told)
    return Button("Read on", Action.REHEARSE_ON, value)


def _beside(lines: Iterable[Line]) -> Iterable[list[Line]]:
    """What goes to several people at the same instant, by DM, is one line."""
    gathered: list[Line] = []
    for line in lines:
        if gathered and not gathered[0].is_beside(line):
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered


def _schedule(script: Script, beside: Iterable[list[Line]]) -> Iterable[str]:
    day = None
    for lines in beside:
        first = lines[0]
        here = local(first.at, script.zone(first)).date()
        heading = f"\n*{show_date(here)}*\n" if here != day else ""
        day = here
        yield f"{heading}• {clock(first.at, script.zone(first))} · {_to(script, lines)} · {_what(script, lines)}"


def _to(script: Script, lines: Sequence[Line]) -> str:
    """`thread of #1 Lisbon to ana, bo`, `DM to ana, bo (#1 Lisbon)`."""
    first = lines[0]
    gig = script.gigs.get(first.gig_id or 0)
    about = escape_line(f"#{gig.number} {shorten(gig.city, CITY_SHOWN)}") if gig else ""
    if not first.is_open:
        names = _names(script, [line.to for line in lines])
        return f"DM to {names}{f', {about}' if about else ''}"
    ids = [script.calls[one] for one in first.subject.get("calls", ()) if one in script.calls]
    names = _names(script, list(dict.fromkeys(call.person for call in ids)))
    return f"{first.to}{f' of {about}' if about else ''}{f' to {names}' if names else ''}"


def _names(script: Script, people: Sequence[str]) -> str:
    shown = [script.name(who) for who in people[:NAMES_SHOWN]]
    return ", ".join(shown) + (f" and {len(people) - NAMES_SHOWN} more" if len(people) > NAMES_SHOWN else "")


def _what(script: Script, lines: Sequence[Line]) -> str:
    """The kind, the first words, and the rule in a few words."""
    first = lines[0]
    held = f"; held since {clock(first.made_at, script.zone(first))}: night or a day off there" if first.is_held else ""
    words = shorten(_first_words(script, first.text), WORDS_SHOWN)
    return f"*{first.letter.value.replace('_', ' ')}*: {words} ({rule_of(first.letter)}{held})"


FEW_WORDS = {Letter.DOORS: "before doors, while something keeps them shut", Letter.HELD: "said in the night there"}
"""Where the beginning of the rule does not tell it."""


def rule_of(letter: Letter) -> str:
    """The rule of a message in a few words: `three days before a gig`."""
    few = FEW_WORDS.get(letter) or re.split(r"[,:.;]", WHYS[letter].rule, maxsplit=1)[0]
    return few[:1].lower() + few[1:]


def _first_words(script: Script, text: str) -> str:
    """The first line that says something, with names in place of pings."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    line = MENTION.sub(lambda found: script.name(found[1]), line)
    return BARE_TAG.sub("", OTHER_TAG.sub(r"\1", line)).replace("*", "").replace("`", "")
