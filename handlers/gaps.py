"""What every change of equipment begins and ends with: which line is meant, and the gap table as it is then."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.kit import Line
from checklists.stock import named
from handlers.ahead import judge_beside
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import kit as cards
from handlers.cards.prose import show_date
from handlers.kitseen import kit_seen
from handlers.typed import near, quote
from handlers.upkeep import keep
from storage.book import Book

ALL_BUT = 0.85
"""So much alike (0 to 1) are a name and its slip."""


def table(book: Book, gig: Gig, asked: Asked, said: str) -> Reply:
    """After a change: what hangs on the gig is made true, and the table shown as it is now."""
    kept = keep(book, gig.id, asked.now)
    beside = judge_beside(book, gig, asked.now)
    told = f"{said} Readiness: {gig_cards.verdict_words(kept.now)}.{beside}"
    shown = cards.gap_table(kit_seen(book, kept.picture.gig), told)
    return Reply(shown.text, shown.blocks)


def find_line(lines: Sequence[Line], words: str) -> Line:
    """The line of the rider that is meant: by its name, or the only one with these words in it.

    Raises Refusal with the nearest for one that is not there.
    """
    key = named(words)
    exact = [line for line in lines if line.key == key]
    holding = [line for line in lines if set(key.split()) <= set(line.key.split())]
    fits = exact or holding
    if len(fits) == 1:
        return fits[0]
    if fits:
        names = ", ".join(line.name for line in fits[:5])
        raise Refusal(f"{quote(words)} may be several lines of the rider: {names}. Write the whole name.")
    raise Refusal(f"{unknown(words, (line.name for line in lines))} `/gig kit` shows the rider. Nothing was changed.")


def unknown(words: str, names: Iterable[str]) -> str:
    """`No line of the rider is called "drum risser". Did you mean drum riser?`"""
    meant = near(words, names)
    guess = f" Did you mean “{meant}”?" if meant else ""
    return f"No line of the rider is called {quote(words)}.{guess}"


def spelled(lines: Sequence[Line], words: str) -> str:
    """A thing as the rider spells it; `ULXD` is the `Shure ULXD` that a line takes too, when no other ends so."""
    key = named(words)
    known = {named(name): name for line in lines for name in (line.name, *line.subs)}
    ends = [name for sub, name in known.items() if sub.endswith(f" {key}") and name not in {i.name for i in lines}]
    return known.get(key) or (ends[0] if len(ends) == 1 else words)


def refuse_slip(lines: Sequence[Line], name: str) -> None:
    """Raises Refusal for a name that is all but one of the rider's; another figure makes another thing: SM57, SM58."""
    key = named(name)
    known = {named(each): each for line in lines for each in (line.name, *line.subs)}
    for other, spelling in () if key in known else known.items():
        same_figures = re.sub(r"\D", "", key) == re.sub(r"\D", "", other)
        if same_figures and SequenceMatcher(None, key, other).ratio() >= ALL_BUT:
            raise Refusal(f"{unknown(name, [spelling])} Write it as the rider does. Nothing was changed.")


def refuse_closed(gig: Gig, asked: Asked) -> None:
    """Raises Refusal for a gig that is over, or off."""
    if not gig.takes_answers or gig.is_over(asked.now):
        word = "over" if gig.takes_answers else gig.state.words
        raise Refusal(
            f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: its equipment is not changed any more. "
            f"`/gig kit #{gig.number}` shows it."
        )
