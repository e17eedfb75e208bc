"""Words to requests: what was typed after a slash command, as frozen requests.

Every reader takes the text as Slack escapes it, and raises Refusal with a line that works.
"""

import re
from dataclasses import dataclass
from datetime import date

from checklists.gig import Anchor, CurfewKind, ShowType
from checklists.items import ItemState
from handlers.callwords import Ask, CallRequest, read_call
from handlers.clockwords import Clock, read_clock
from handlers.datewords import FULL, SHORT, read_date, refuse_past
from handlers.daywords import ANCHOR, before_anchors, read_day
from handlers.showwords import SHOW, take_show
from handlers.typed import EDGES, gig_of, name_of, near, quote, refusal, split_gig, tidy

__all__ = [
    "Ask", "CallRequest", "Cancel", "Check", "Clock", "Move", "NewGig", "Times", "item_in", "near", "read_call",
    "read_cancel", "read_check", "read_clock", "read_date", "read_gig", "read_move", "read_new", "read_times",
    "read_verb", "refuse_past",
]  # fmt: skip

NEW = "/gig new The Lanterns, Paradiso Amsterdam, 12 Dec doors 19:00"
MOVE = "/gig move lisbon 28 Oct"
CHECK = "/gig check lisbon va.power done 63 A"

MOST_DATE_WORDS = 8
REASON = re.compile(r"\s(?:because|since)\s|:\s|\s[-–—]+\s", re.ASCII | re.IGNORECASE)
ITEM = re.compile(r"(?<!\S)([a-z]{2,6}\.[a-z0-9_]{2,40})[.,;:]*(?!\S)", re.ASCII | re.IGNORECASE)
SHORT_ITEM = re.compile(r"[a-z0-9_]{2,40}", re.ASCII | re.IGNORECASE)
NOT_APPLICABLE = re.compile(r"^(?:n/?a|not (?:applicable|needed))\b", re.ASCII | re.IGNORECASE)
ACTIONS = {
    "done": ItemState.DONE, "tick": ItemState.DONE, "ticked": ItemState.DONE, "ok": ItemState.DONE,
    "okay": ItemState.DONE, "yes": ItemState.DONE, "close": ItemState.DONE, "closed": ItemState.DONE,
    "confirmed": ItemState.DONE, "sent": ItemState.SENT, "send": ItemState.SENT, "asked": ItemState.SENT,
    "chased": ItemState.SENT, "open": ItemState.OPEN, "reopen": ItemState.OPEN, "untick": ItemState.OPEN,
    "undo": ItemState.OPEN, "waive": ItemState.WAIVED, "waived": ItemState.WAIVED, "skip": ItemState.WAIVED,
    "na": ItemState.NA, "n/a": ItemState.NA, "problem": ItemState.PROBLEM, "issue": ItemState.PROBLEM,
    "blocked": ItemState.PROBLEM,
}  # fmt: skip
EVERYWHERE = frozenset({"all", "everywhere", "whole tour", "the whole tour", "all gigs", "all dates"})


@dataclass(frozen=True, slots=True)
class NewGig:
    """A gig to open; `where` is venue and city as typed, `times` only what was given, `show` its type if said."""

    name: str
    where: str
    day: date
    times: dict[Anchor, Clock]
    curfew_kind: CurfewKind | None = None
    show: ShowType | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """New times of a gig; `gig` is "" when none was named."""

    gig: str
    times: dict[Anchor, Clock]
    curfew_kind: CurfewKind | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Another day for a gig; `gig` is "" when none was named."""

    gig: str
    day: date


@dataclass(frozen=True, slots=True)
class Cancel:
    """A gig that will not be played; gig and reason are "" when not given."""

    gig: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What becomes of an item; no item or no action: show. `everywhere` means every gig of the tour."""

    gig: str
    item: str = ""
    action: ItemState | None = None
    why: str = ""
    everywhere: bool = False


def read_verb(text: str) -> tuple[str, str]:
    """The first word in lower case, and the rest as it was typed; "help" for nothing."""
    verb, _, rest = tidy(text).partition(" ")
    return verb.strip(EDGES).casefold() or "help", rest


def read_gig(rest: str) -> str:
    """The gig reference for `show`, `ready` and `here`; "" when none was typed."""
    return gig_of(tidy(rest))


def read_new(rest: str, today: date) -> NewGig:
    """`act, venue and city, date [fly date] [anchor time]...`, parted by commas; the last part with a date counts."""
    before, day_text, after = _part_at_date(tidy(rest))
    name, _, where = before.partition(",")
    name, where = name.strip(), re.sub(r"(?:\s*,\s*)+", ", ", where).strip(" ,;")
    if missing := _missing(name, where, day_text):
        raise refusal(" ".join(missing), NEW)
    show, times = take_show(after, NEW)
    given = read_day(times, NEW)
    return NewGig(
        name_of(name, "name", NEW), name_of(where, "place", NEW), read_date(day_text, today),
        given.times, given.curfew_kind, show,
    )  # fmt: skip


def _missing(name: str, where: str, day_text: str) -> list[str]:
    lacks = []
    if not name_of(name, "name", NEW):
        lacks.append("Who plays? The name comes first, before a comma.")
    if not name_of(where, "place", NEW):
        lacks.append("Where is it? Venue and city come after the name, between commas.")
    if not day_text:
        lacks.append("When is it? I found no date such as 12 Dec 2026 after the place.")
    return lacks


def _part_at_date(text: str) -> tuple[str, str, str]:
    """What stands before the date, the date, and what follows it; a text without a date is all before."""
    starts = [0] + [comma.end() for comma in re.finditer(r",\s*", text)]
    spaces = [space.end() for space in re.finditer(r"\s", text)]
    for at in reversed(starts):
        if found := FULL.match(text, at) or _short_date_at(text, at):
            start = _weekday_before(text, at)
            return text[:start].rstrip(" ,;"), text[start : found.end()], text[found.end() :]
    for at in reversed(spaces):
        if (found := FULL.match(text, at)) and _ends_or_times(text, found.end()):
            return text[:at].rstrip(" ,;"), found[0], text[found.end() :]
    return text[: before_anchors(text)].rstrip(" ,;"), "", ""


def _short_date_at(text: str, at: int) -> re.Match[str] | None:
    found = SHORT.match(text, at)
    return found if found and _ends_or_times(text, found.end()) else None


def _ends_or_times(text: str, at: int) -> bool:
    rest = text[at:].lstrip(" ,;.")
    return not rest or ANCHOR.match(rest) is not None or SHOW.match(rest) is not None


def _weekday_before(text: str, at: int) -> int:
    """`Sat, 12 Dec`: the weekday is part of the date."""
    comma = text.rfind(",", 0, max(at - 2, 0))
    said = text[comma + 1 : at].strip(" ,")
    found = SHORT.fullmatch(said) if comma >= 0 and said else None
    return text.index(said, comma + 1) if found and found["w1"] else at


def read_times(rest: str) -> Times:
    """`gig anchor time [anchor time]... [hard|soft]`; the gig may be left out."""
    gig, text = split_gig(tidy(rest))
    at = 0 if gig else before_anchors(text)
    given = read_day(text[at:])
    if not given.times and given.curfew_kind is None:
        raise refusal("Which time? I found none.", "/gig times lisbon doors 19:30")
    return Times(gig_of(gig or text[:at]), given.times, given.curfew_kind)


def read_move(rest: str, today: date) -> Move:
    """`gig [to] date`."""
    text = tidy(rest).rstrip(" ,;.")
    starts = [0] + [space.end() for space in re.finditer(r"\s", text)]
    for at in starts[-MOST_DATE_WORDS:]:
        if FULL.fullmatch(text, at) or SHORT.fullmatch(text, at):
            gig = re.sub(r"(?:\bto|->|→|-&gt;|[-:])\s*$", "", text[:at].rstrip(), flags=re.IGNORECASE)
            return Move(gig_of(gig), read_date(text[at:], today))
    raise refusal(f"To which day? I found no date at the end of {quote(text)}.", MOVE)


def read_cancel(rest: str) -> Cancel:
    """`gig [because why]`; `: why` and ` - why` too. `#12` and a quoted name need no such word."""
    gig, text = split_gig(tidy(rest))
    if not gig:
        gig, text = _around_reason(text)
    return Cancel(gig_of(gig), name_of(_why(text), "reason", "/gig cancel lisbon because the venue flooded"))


def _around_reason(text: str) -> tuple[str, str]:
    found = REASON.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def read_check(rest: str) -> Check:
    """`[gig] item done|sent|open|waive why|problem why|n/a [all]`; a gig alone asks for its list."""
    gig, item, said = _at_item(tidy(rest))
    if not item:
        return Check(gig)
    action, why = _action(said, item)
    if gig.casefold() in EVERYWHERE:
        gig, everywhere = "", True
    elif everywhere := why.casefold() in EVERYWHERE:
        why = ""
    if everywhere and gig:
        raise refusal(f"For {quote(gig)}, or for the whole tour?", f"/gig check {item} done all")
    if action is ItemState.WAIVED and not why:
        raise refusal(f"Why is {quote(item)} waived?", f"/gig check lisbon {item} waive house generator agreed")
    return Check(gig, item, action, name_of(why, "reason", CHECK), everywhere)


def item_in(text: str) -> str:
    """The item that these words name: `va.power`; "" for none."""
    found = ITEM.search(text)
    return found[1].lower() if found else ""


def _at_item(text: str) -> tuple[str, str, str]:
    """The gig, the item and what is said of it: `va.power` anywhere, or `power` before an action."""
    if found := ITEM.search(text):
        return gig_of(text[: found.start()]), found[1].lower(), text[found.end() :].strip(EDGES)
    gig, rest = split_gig(text)
    words = rest.split(" ")
    for at in range(1, len(words)):
        if words[at].strip(EDGES).casefold() in ACTIONS and (short := SHORT_ITEM.fullmatch(words[at - 1])):
            before = " ".join(words[: at - 1])
            return gig_of(f"{gig} {before}" if gig else before), short[0].lower(), " ".join(words[at:])
    return gig_of(text), "", ""


def _action(said: str, item: str) -> tuple[ItemState | None, str]:
    """The action and what follows it; None when nothing was said."""
    if found := NOT_APPLICABLE.match(said):
        return ItemState.NA, _why(said[found.end() :])
    word, _, why = said.partition(" ")
    action = ACTIONS.get(word.strip(EDGES).casefold())
    if word and action is None:
        meant = near(word, ACTIONS)
        guess = f" Did you mean {meant}?" if meant else ""
        raise refusal(
            f"What about {quote(item)}? I know done, sent, open, waive, problem and n/a, not {quote(word)}.{guess}",
            f"/gig check lisbon {item} done",
        )
    return action, _why(why)


def _why(why: str) -> str:
    """A reason without the sign or word that led to it."""
    return re.sub(r"^(?:because|since|[-:–—])\s+", "", why.strip(EDGES), flags=re.IGNORECASE)
