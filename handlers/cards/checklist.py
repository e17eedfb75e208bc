"""The lines of a gig's checklist, and the digest of everything that waits for one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.closing import PROOFS
from checklists.conditions import QUESTIONS, Condition
from checklists.gig import Gig
from checklists.items import ITSELF, SELF_TICKING, Item, ItemState
from handlers.cards.blocks import Button, Card, beside, card, fitting, shorten
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, escape, moment, say

TEXT_SHOWN = 48
DIGEST_LINES, DIGEST_BUTTONS = 15, 10
DIGEST_ROOM = 3_000
TOUR_SHOWN, CITY_SHOWN = 120, 40


@dataclass(frozen=True, slots=True)
class Digest:
    """What presses one person, by its due: which of it is `new` since the last, and whether he may decide."""

    lines: Sequence[tuple[Gig, Item]]
    new: frozenset[int] = frozenset()
    decides: bool = False


def item_line(seen: Picture, item: Item, now: datetime) -> str:
    """`OVERDUE va.power · Power: amps, phases... · Sun 13 Oct 17:00 WEST · PM`."""
    late = "OVERDUE " if item.is_late(now) else ""
    state = "" if item.state is ItemState.OPEN else f" · {item.state}"
    asks = " · does it apply?" if item.undecided and not item.state.is_closed else ""
    words = escape(shorten(item.text, TEXT_SHOWN))
    return f"• {late}`{item.key}` {words} · {due_words(seen.gig, item)} · {item.owner}{state}{asks}"


def due_words(gig: Gig, item: Item) -> str:
    """`Sun 13 Oct 17:00 WEST · compressed`, or `waiting for on-sale date`."""
    if item.due_at is None:
        return item.waits
    return moment(item.due_at, gig.zone) + (" · compressed" if item.compressed else "")


def whole_item(seen: Picture, item: Item, now: datetime) -> str:
    """One item in full: what, whose, by when, what closes it, and how it stands."""
    owner = seen.owner(item.owner)
    late = "*OVERDUE* " if item.is_late(now) else ""
    lines = [
        f"`{item.key}` {escape(item.text)}",
        f"• {late}due {due_words(seen.gig, item)} · {item.severity.words} · {item.area.words}",
        f"• {item.owner}'s" + (f": {seen.name(owner)}" if owner and owner != item.owner else ""),
        f"• {item.state}" + (f", {closed_how(seen, item)}" if item.state.is_closed else _so_far(item)),
    ]
    if item.undecided:
        lines.append(f"• Does it apply? {QUESTIONS[Condition(item.applies)]}")
    if not item.state.is_closed:
        lines.append(f"• Closed by {closed_by_words(item)}")
    return "\n".join(lines)


def _so_far(item: Item) -> str:
    return f": {escape(item.why)}" if item.why else ""


def closed_how(seen: Picture, item: Item) -> str:
    """`by Pia, Tue 24 Sep 16:05 UTC: 63 A`, harmless."""
    who = seen.name(item.closed_by) if item.closed_by not in ("", ITSELF) else "the facts"
    when = f", {moment(item.closed_at, seen.gig.zone)}" if item.closed_at else ""
    words = item.proof or item.why
    return f"by {who}{when}" + (f": {escape(words)}" if words else "")


def closed_by_words(item: Item) -> str:
    """`a number with its unit: `/gig check va.power done 63 A``."""
    if item.key in SELF_TICKING:
        return "the facts: it ticks itself when it is so"
    what, example = PROOFS[item.evidence]
    typed = f"/gig check {item.key} done {example}".rstrip()
    return f"{what}: `{typed}`"


def digest(tour: str, told: Digest, now: datetime) -> Card:
    """One person's open items: late first, then by due; 15 lines and how many more; the first with their buttons."""
    gig, item = told.lines[0]
    shown = [_digest_line(gig, item, item.id in told.new, now) for gig, item in told.lines[:DIGEST_LINES]]
    kept = [line for line in fitting(shown, DIGEST_ROOM) if line in shown]
    text = say(
        "digest",
        tour=shorten(tour, TOUR_SHOWN),
        lines=kept,
        new=sum(item.id in told.new for _, item in told.lines),
        count=len(told.lines),
        more=len(told.lines) - len(kept),
        number=gig.number,
        example=item.key,
    )
    head, lines, foot = text.split("\n\n")
    buttons = [*_digest_buttons(told)[: len(kept)], None]
    rows = [(line, buttons[min(place, len(kept))]) for place, line in enumerate(lines.split("\n"))]
    return Card(text, (*card(head).blocks, *beside(rows), *card(foot).blocks))


def _digest_line(gig: Gig, item: Item, is_new: bool, now: datetime) -> Spoken:
    word = "late since" if item.falls_due <= now else "due"
    what = escape(shorten(item.text, 60))
    where = escape(shorten(gig.city, CITY_SHOWN))
    when = due_words(gig, item)
    new = " · new" if is_new else ""
    return Spoken(f"#{gig.number} {where}: {what} (`{item.key}`, {item.severity.words}), {word} {when}{new}")


def _digest_buttons(told: Digest) -> list[Button | None]:
    """For each line what closes it, or asks what it hangs on; only the first ten have one."""
    made = [_digest_button(gig.id, item, told.decides) for gig, item in told.lines[:DIGEST_LINES]]
    with_one = [place for place, button in enumerate(made) if button]
    last = with_one[DIGEST_BUTTONS - 1] if len(with_one) > DIGEST_BUTTONS else len(made)
    return [button if place <= last else None for place, button in enumerate(made)]


def _digest_button(gig_id: int, item: Item, decides: bool) -> Button | None:
    if item.key in SELF_TICKING:
        return None
    if item.undecided:
        return decide_button(gig_id, item) if decides else None
    return close_button(gig_id, item)


def close_button(gig_id: int, item: Item) -> Button:
    """The form of one item, or its tick where a word closes it."""
    return Button(f"Close {item.key}", Action.TICK, pack(gig_id, item.id))


def decide_button(gig_id: int, item: Item) -> Button:
    """The question on which an item hangs."""
    return Button(f"Decide: {item.applies}", Action.DECIDE, pack(gig_id, Condition(item.applies).name))
