"""The words: one Jinja2 environment, strict, with everything that a person typed made harmless.

Every value printed in a template is escaped for Slack's mrkdwn, except what `Spoken` marks as ours.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from checklists.gig import Anchor, Gig
from checklists.walls import Wall, local, zone_word

TEMPLATES = Path(__file__).parent / "templates"


class Spoken(str):
    """Words of our own making that may hold mentions and dates."""

    __slots__ = ()


def escape(text: str) -> str:
    """User text for mrkdwn: nothing in it can ping, link or hide."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _printed(value: Any) -> Any:
    return value if isinstance(value, Spoken) else escape(str(value))


def mention(person: str) -> Spoken:
    """A ping."""
    return Spoken(f"<@{person}>")


def show_date(day: date) -> str:
    """`Sun 27 Oct 2024`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def short_date(day: date) -> str:
    """`Sun 27 Oct`."""
    return f"{day:%a} {day.day} {day:%b}"


def clock(at: datetime, zone: str) -> str:
    """`18:00 WEST`."""
    return f"{local(at, zone):%H:%M} {zone_word(at, zone)}"


def moment(at: datetime, zone: str) -> str:
    """`Sat 26 Oct 18:00 WEST`."""
    return f"{short_date(local(at, zone).date())} {clock(at, zone)}"


def own_clock(at: datetime, zone: str) -> Spoken:
    """The reader's own clock, as an extra; the fallback names the venue's zone."""
    return Spoken(f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{moment(at, zone)}>")


def countdown(at: datetime, zone: str) -> Spoken:
    """How long until then, on the reader's device."""
    return Spoken(f"<!date^{int(at.timestamp())}^{{ago}}|{moment(at, zone)}>")


def wall_of(gig: Gig, wall: Wall, approx: bool = False) -> str:
    """`~23:15 CET`, or `01:30 CET Sun 13 Oct` once it is past midnight."""
    at = gig.when(wall)
    late = f" {short_date(wall.on(gig.date))}" if wall.day else ""
    return f"{'~' if approx else ''}{wall} {zone_word(at, gig.zone)}{late}"


def anchor_of(gig: Gig, anchor: Anchor) -> str:
    """An anchor's time as the day's pages print it."""
    return wall_of(gig, gig.day[anchor], gig.is_approx(anchor))


def local_zone(gig: Gig) -> str:
    """`Lisbon time (WET)`: whose clock the times of a page are."""
    return f"{gig.city} time ({zone_word(gig.at(Anchor.DOORS), gig.zone)})"


def listed(parts: Sequence[str]) -> Spoken:
    """`a, b and c`; the parts are escaped unless they are ours."""
    words = [_printed(part) for part in parts]
    if len(words) < 2:
        return Spoken("".join(words))
    return Spoken(f"{', '.join(words[:-1])} and {words[-1]}")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - these are Slack messages: `finalize` escapes mrkdwn, not HTML
    )
    tools = (clock, moment, own_clock, countdown, wall_of, anchor_of, show_date, short_date, mention, listed)
    made.globals.update({tool.__name__: tool for tool in tools})
    made.globals["Anchor"] = Anchor
    return made


def say(template: str, **facts: Any) -> str:
    """The words of `templates/<template>.j2` with these facts; raises when the template asks for another."""
    return tidy(_environment().get_template(f"{template}.j2").render(facts))


def tidy(text: str) -> str:
    """At most one empty line between paragraphs, none at the ends, no trailing spaces."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    kept = [line for place, line in enumerate(lines) if line or lines[place - 1]]
    return "\n".join(kept)
