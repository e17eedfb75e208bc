"""The story to read: the channel with each gig's thread under its card, then each person's own conversation.

Cards and threads are in the venue's time, the rest of the channel in the tour manager's, DMs in the person's.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from bot.story.bubbles import Bubble, blow
from bot.story.cast import CAST, CHANNEL, LEAD_ZONE
from bot.story.posted import Posted
from bot.story.stage import Stage
from bot.story.table import Date
from checklists.walls import local

WIDTH = 110
FOLDED = {"digest": 4}
FOLDED_IN_PRIVATE = 8
NEVER = 1_000


def transcript(
    stage: Stage, posted: Sequence[Posted], gigs: Sequence[Date], directs: Mapping[str, str]
) -> Iterator[str]:
    """The lines of the whole story."""
    bubbles = blow(stage.ledger.entries(), stage.bot)
    zones = {gig.gig: gig.zone for gig in gigs}
    threads = {one.ts: zones[one.gig] for one in posted if one.gig in zones and not one.thread_ts}
    yield from _channel([one for one in bubbles if one.channel == stage.channel], threads)
    for person in CAST:
        own = [one for one in bubbles if directs.get(one.channel) == person.name]
        yield from _direct(person.name, person.zone, own)


def _channel(bubbles: Sequence[Bubble], threads: Mapping[str, str]) -> Iterator[str]:
    yield from _heading(f"#{CHANNEL}")
    for bubble in bubbles:
        if bubble.thread_ts:
            continue
        yield from _told(bubble, threads.get(bubble.ts, LEAD_ZONE), 0)
        replies = (one for one in bubbles if bubble.ts and one.thread_ts == bubble.ts)
        for reply in replies:
            yield from _told(reply, threads.get(bubble.ts, LEAD_ZONE), 4)


def _direct(name: str, zone: str, bubbles: Sequence[Bubble]) -> Iterator[str]:
    if bubbles:
        yield from _heading(f"@{name} ({zone})")
    for bubble in bubbles:
        yield from _told(bubble, zone, 0)


def _heading(title: str) -> Iterator[str]:
    yield from ("", title, "=" * len(title))


def _told(bubble: Bubble, zone: str, indent: int) -> Iterator[str]:
    """One message: when and who before its first line, the rest under it."""
    lead = f"{local(bubble.at, zone):%a %d %b %H:%M %Z}  {bubble.speaker}  "
    words = [wrapped for line in _fold(bubble) for wrapped in textwrap.wrap(line, WIDTH - indent - len(lead))]
    margin = " " * indent
    for place, line in enumerate([*words, *_marks(bubble)]):
        yield margin + (lead if place == 0 else " " * len(lead)) + line


def _fold(bubble: Bubble) -> list[str]:
    most = FOLDED_IN_PRIVATE if bubble.only_for else FOLDED.get(bubble.kind, NEVER)
    hidden = len(bubble.lines) - most
    return [*bubble.lines[:most], f"… and {hidden} more lines"] if hidden > 1 else bubble.lines


def _marks(bubble: Bubble) -> Iterator[str]:
    marks = [f":{name}: {', '.join(people)}" for name, people in bubble.reactions.items() if people]
    marks += ["edited"] if bubble.is_edited else []
    marks += [f"only {bubble.only_for} sees this"] if bubble.only_for else []
    if marks:
        yield f"({' · '.join(marks)})"
