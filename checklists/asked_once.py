"""What is asked once: of the whole tour where it is a matter of the kit and the party, else of each gig."""

from collections.abc import Mapping
from dataclasses import replace

from checklists.conditions import Condition, ShowFacts, applies
from checklists.gig import Gig

OF_THE_TOUR = frozenset({
    Condition.IN_EARS, Condition.TRACKS, Condition.WIRELESS, Condition.VIDEO, Condition.PIANO, Condition.UNION,
    Condition.MINORS, Condition.FLOWN, Condition.EFFECTS, Condition.SOFT_GOODS, Condition.LISTED_INSTRUMENT,
    Condition.BUS, Condition.ROAD,
})  # fmt: skip
"""What goes along from gig to gig: one answer holds for all of them."""

OTHER_WORDS: Mapping[str, Condition] = {
    "borders": Condition.BORDER, "customs": Condition.CUSTOMS_BORDER, "carnet": Condition.CUSTOMS_BORDER,
    "sleeper": Condition.BUS, "pyro": Condition.EFFECTS, "flame": Condition.EFFECTS, "laser": Condition.EFFECTS,
    "confetti": Condition.EFFECTS, "rigging": Condition.FLOWN, "iem": Condition.IN_EARS, "iems": Condition.IN_EARS,
    "cites": Condition.LISTED_INSTRUMENT, "under 18": Condition.MINORS, "net": Condition.NET_DEAL,
    "outdoor": Condition.OUTDOOR_OR_EFFECTS, "outdoors": Condition.OUTDOOR_OR_EFFECTS, "forklift": Condition.PLANT,
    "streamed": Condition.RECORDED, "filmed": Condition.RECORDED, "drapes": Condition.SOFT_GOODS,
    "backdrop": Condition.SOFT_GOODS, "playback": Condition.TRACKS, "radio": Condition.WIRELESS,
    "induction": Condition.SITE_ASKS, "long drive": Condition.OVER_LIMIT, "tax": Condition.WITHHOLDING,
}  # fmt: skip

CONDITION_WORDS: Mapping[str, Condition] = {
    **{each.value.replace("-", " "): each for each in Condition},
    **OTHER_WORDS,
}
"""How people call a condition: small letters, without hyphens."""


def by_fact(condition: Condition, facts: ShowFacts) -> bool | None:
    """What the facts alone make of it, whatever anybody has answered of this very condition."""
    answers = {other: holds for other, holds in facts.answers.items() if other is not condition}
    return applies(condition, replace(facts, answers=answers))


def fact_words(condition: Condition, gig: Gig, before: Gig | None) -> str:
    """The fact that decides a condition of this gig: `Madrid ES comes before Lisbon PT`; `before` is the last gig."""
    if condition in (Condition.BORDER, Condition.CUSTOMS_BORDER) and before is not None:
        return f"{before.city} {before.country} comes before {gig.city} {gig.country}"
    if condition is Condition.CHANGE:
        return "its date was changed" if gig.counted_from > gig.made_at else "its date was never changed"
    if condition is Condition.WITHHOLDING:
        return "no border is crossed"
    return "by what was answered" if condition is Condition.OUTDOOR_OR_EFFECTS else "by its facts"
