"""What a gig's list is made by, and the questions that decide the rest of it: each with its two buttons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.asked_once import OF_THE_TOUR
from checklists.conditions import QUESTIONS, Condition
from checklists.dues import Due, waits_for
from checklists.gig import Gig, GigKind, Profile
from checklists.items import Area, Item, ItemState
from checklists.library import find
from checklists.profiles import Own, listed_as
from checklists.readiness import Readiness
from handlers.cards.blocks import PRIVATE_MOST, Button, Card, card, cut, rows, shorten
from handlers.cards.gig import headline, verdict_words
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, escape, listed, say

QUESTIONS_SHOWN = 14
LINE_SHOWN = 80
EVERYWHERE, HERE = "tour", "gig"


@dataclass(frozen=True, slots=True)
class Asking:
    """A condition that nobody has decided, and how many lines hang on it."""

    condition: Condition
    lines: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A condition that holds or not, and why: by a fact, or by whose word."""

    condition: Condition
    holds: bool
    why: str

    @property
    def words(self) -> Spoken:
        """`border: yes, Madrid ES comes before Lisbon PT`."""
        return Spoken(f"{self.condition}: {'yes' if self.holds else 'no'}, {listed([self.why])}")


def asked_of(items: Sequence[Item]) -> list[Asking]:
    """What must be asked for these items, each once, in the order of the list."""
    found = Counter(Condition(item.applies) for item in items if item.undecided and not item.state.is_closed)
    return [Asking(condition, lines) for condition, lines in found.items()]


def questions(gig: Gig, asking: Sequence[Asking], head: str) -> Card:
    """The words, and after them the first questions; what is left is asked when these are answered."""
    shown, more = asking[:QUESTIONS_SHOWN], len(asking) - QUESTIONS_SHOWN
    words = [_question(gig, one) for one in shown]
    if more > 0:
        words.append(f"{more} more questions come when some of these are answered.")
    said = cut("\n\n".join([head, *words]), PRIVATE_MOST)
    blocks = list(card(head, most=PRIVATE_MOST).blocks)
    for number, (one, text) in enumerate(zip(shown, words, strict=False)):
        blocks += [*card(text).blocks, *rows([answer_buttons(gig, one.condition)], f"ask{number}")]
    return Card(said, (*blocks, *(card(words[-1]).blocks if more > 0 else ())))


def _question(gig: Gig, one: Asking) -> str:
    scope = "tour" if one.condition in OF_THE_TOUR else f"#{gig.number}"
    lines = f"{one.lines} line{'s' if one.lines > 1 else ''}"
    return f"{QUESTIONS[one.condition]} {lines}, `/gig checklist {scope} {one.condition} yes` or `no`"


def answer_buttons(gig: Gig, condition: Condition) -> list[Button]:
    """Yes and No; where they answer for the whole tour they say so."""
    of_tour = condition in OF_THE_TOUR
    every, scope = (", every gig", EVERYWHERE) if of_tour else ("", HERE)
    return [
        Button(f"{word}{every}", Action.APPLIES, pack(gig.id, scope, condition.name, word.lower()))
        for word in ("Yes", "No")
    ]


def made_by(gig: Gig, items: Sequence[Item], decided: Sequence[Decided]) -> str:
    """What the list of a gig is made by: its kind of show, its width, its lines by area, what is decided."""
    return say(
        "made_by",
        gig=gig,
        headline=Spoken(headline(gig)),
        show=listed_as(gig).words,
        why=why_type(gig),
        is_wider=gig.profile is Profile.WIDER,
        count=len(items),
        areas=[f"{area.words} {n}" for area in Area if (n := sum(item.area is area for item in items))],
        idle=sum(item.state is ItemState.NA for item in items),
        waits=waiting_words(gig, items),
        decided=[one.words for one in decided],
        asking=len(asked_of(items)),
    )


def receipt(seen: Picture, came: str, ready: Readiness) -> str:
    """What became of a list that is made otherwise now."""
    items = seen.items
    idle = sum(item.state is ItemState.NA for item in items)
    lines = [
        f"*{headline(seen.gig)}*: {shape_words(seen.gig)}",
        f"• {came}; {len(items)} lines now; do not apply: {idle}",
        *(f"• {words}" for words in waiting_words(seen.gig, items)),
        f"Readiness: {verdict_words(ready)}.",
    ]
    return "\n".join(lines)


def answered(seen: Picture, told: str, where: str) -> str:
    """`in-ears: yes on every gig`, and how many lines of this gig do not apply."""
    idle = sum(item.state is ItemState.NA for item in seen.items)
    return f"*{headline(seen.gig)}*\n{told}, {where}. {idle} of {len(seen.items)} lines do not apply here."


def spread_words(changed: int) -> str:
    """On how many gigs ahead something has become another."""
    if not changed:
        return "No list of a gig ahead has changed: nothing of it is on one, or somebody has worked on it there."
    return f"Lists changed: {changed} of the gigs ahead. Lines that somebody has worked on stay as they are."


def of_tour(tour: str, own: Sequence[Own], said: Sequence[tuple[Condition, bool]]) -> Card:
    """What a tour has made its own: its lines, and what was answered for every gig."""
    text = say(
        "own_lines",
        tour=tour,
        answers=[f"{condition}: {'yes' if holds else 'no'}" for condition, holds in said],
        added=[_own_line(line) for line in own if not line.dropped and find(line.item.key) is None],
        changed=[_own_line(line) for line in own if not line.dropped and find(line.item.key) is not None],
        dropped=[Spoken(f"`{line.item.key}`") for line in own if line.dropped],
    )
    return card(text, most=PRIVATE_MOST)


def _own_line(line: Own) -> Spoken:
    item = line.item
    return Spoken(f"`{item.key}` {escape(shorten(item.text, LINE_SHOWN))} · {item.owner} · {item.due}")


def shape_words(gig: Gig) -> str:
    """`wider list, arena, away, our own show`."""
    width = "wider list" if gig.profile is Profile.WIDER else "lite list"
    side = "our own show" if gig.headline else "support"
    return f"{width}, {listed_as(gig).words}, {'away' if gig.away else 'home'}, {side}"


def why_type(gig: Gig) -> str:
    """How it is known what kind of show it is."""
    if gig.show_type is not None:
        return "as somebody said"
    if gig.kind in (GigKind.SESSION, GigKind.FESTIVAL):
        return f"guessed: it is a {gig.kind}"
    if gig.profile is Profile.LITE:
        return "guessed: a lite list begins as a club's"
    return f"guessed: {gig.capacity} capacity" if gig.capacity else "guessed: no capacity is known"


def waiting_words(gig: Gig, items: Sequence[Item]) -> list[Spoken]:
    """`2 waiting for on-sale date: `/gig times #1 on-sale 10 Oct``, for each anchor that lines wait for."""
    found = Counter(Due.parse(item.due).anchor for item in items if item.waits and not item.state.is_closed)
    return [
        Spoken(f"{count} {waits_for(f'{anchor}+0m')}: `/gig times #{gig.number} {GIVEN[anchor]}`")
        for anchor, count in found.items()
    ]


GIVEN: Mapping[str, str] = {
    "line_check": "line-check 15:30", "depart": "depart 01:00", "flight_dep": "flight 07:20",
    "downbeat": "downbeat 10:00", "session_end": "session end 18:00", "announce": "announce 3 Oct",
    "on_sale": "on-sale 10 Oct 10:00",
}  # fmt: skip
"""How each is given."""
