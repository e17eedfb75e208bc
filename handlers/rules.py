"""`/gig rules`: by which weights and thresholds the gigs of a tour are judged, and what a tour has of its own."""

from collections.abc import Set

from checklists.closing import OVERRIDERS
from checklists.errors import Refusal
from checklists.rules import NAMES, changed, own_figures, usual_figures
from handlers.ahead import judge_ahead
from handlers.asked import Asked, Reply
from handlers.cards import rules as cards
from handlers.typed import near, plain, quote, refusal, tidy
from handlers.which import need_changer, need_reader, tour_here
from storage.book import Book
from storage.tours import Tour

EXAMPLE = "/gig rules rest amber 11 h"
USUAL = frozenset({"usual", "usually", "default", "off"})
GUARDED = ("rest amber", "rest red")
"""What the law is behind: the tour manager alone may not make it milder than everybody's."""


def rules(book: Book, asked: Asked) -> Reply:
    """`/gig rules` shows them; `rest amber 11 h` sets one for this tour, `rest amber usual` takes it back."""
    need_reader(book, asked)
    tour, words = tour_here(book, asked), plain(tidy(asked.text))
    if not words:
        return _shown(tour, book.rules.of_tour(tour.id))
    need_changer(book, tour, asked)
    kept = before = book.rules.of_tour(tour.id)
    for part in words.split(","):
        kept = _with(kept, part)
    if kept == before:
        return _shown(tour, kept, "They were so already. Nothing was changed.")
    _refuse_milder(kept, book.tours.roles_of(tour.id, asked.who))
    return _keep(book, tour, kept, asked)


def _with(kept: str, typed: str) -> str:
    """What the tour keeps after one rule was typed."""
    words = " ".join(typed.casefold().replace("-", " ").split())
    if words in USUAL:
        return ""
    name = next((name for name in sorted(NAMES, key=len, reverse=True) if f"{words} ".startswith(f"{name} ")), "")
    if not name:
        meant = near(words.rstrip("0123456789 %hdmin."), NAMES)
        guess = f" Did you mean {meant}?" if meant else ""
        raise refusal(f"I know no rule {quote(typed)}.{guess} `/gig rules` shows all of them.", EXAMPLE)
    figure = words.removeprefix(name).strip().removeprefix("is ").strip()
    if not figure:
        raise refusal(f"{name.capitalize()}: how much? Or `usual`, as everybody's.", EXAMPLE)
    return changed(kept, name, "" if figure in USUAL else figure)


def _refuse_milder(kept: str, roles: Set[str]) -> None:
    """Raises Refusal when rest would count as legal that is not so for everybody, but for the executive producer."""
    own = own_figures(kept)
    milder = next((name for name in GUARDED if own.get(name, usual_figures()[name]) < usual_figures()[name]), "")
    if milder and not roles & OVERRIDERS:
        raise Refusal(
            f"{milder.capitalize()} under everybody's is the executive producer's to say: the law is behind it. "
            "Nothing was changed. A longer rest you may ask for yourself."
        )


def _keep(book: Book, tour: Tour, kept: str, asked: Asked) -> Reply:
    book.rules.keep(tour.id, kept, asked.who, asked.now)
    return _shown(tour, kept, f"Every gig ahead is judged so from now on.{judge_ahead(book, tour.id, asked.now)}")


def _shown(tour: Tour, kept: str, said: str = "") -> Reply:
    shown = cards.rules(tour.name, kept, said)
    return Reply(shown.text, shown.blocks)
