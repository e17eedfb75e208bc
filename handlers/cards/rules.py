"""The weights and thresholds of readiness, with what a tour has of its own."""

from collections.abc import Mapping

from checklists.rules import AREAS, LIMITS, WEIGHTS, figure_words, own_figures, usual_figures
from handlers.cards.blocks import PRIVATE_MOST, Card, card
from handlers.cards.prose import Spoken, say

MEANS: Mapping[str, str] = {
    "soon": "so long before its due an open show-stopper is amber",
    "soon on the day": "the same for what is due by the minute",
    "confirm amber": "so long before its call a position not confirmed is amber",
    "confirm red": "and red",
    "acknowledge": "so long a change may wait for an answer",
    "rest amber": "less rest before a call is amber, and legal rest does not tick itself",
    "rest red": "less is red",
    "on time amber": "when less of what is due is closed, amber",
    "on time red": "and red",
    "enough due": "but only with so much weight due",
}
"""What each threshold does."""


def rules(tour: str, kept: str, said: str = "") -> Card:
    """All of them, those of the tour's own with everybody's beside them; `said`: what was just done."""
    own = own_figures(kept)
    text = say(
        "rules",
        tour=tour,
        said=Spoken(said),
        changed=len(own),
        limits=[f"{_line(name, own)}: {MEANS[name]}" for name in LIMITS],
        weights=", ".join(_line(name, own) for name in WEIGHTS),
        areas=", ".join(_line(name, own) for name in AREAS),
    )
    return card(text, most=PRIVATE_MOST)


def _line(name: str, own: Mapping[str, float]) -> str:
    """`rest red 9 h (everybody's 8 h)`."""
    usual = figure_words(name, usual_figures()[name])
    return f"{name} {figure_words(name, own[name])} (everybody's {usual})" if name in own else f"{name} {usual}"
