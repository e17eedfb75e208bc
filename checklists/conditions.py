"""When an item of a stock list applies to a gig: decided from its facts, or asked for once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Condition(StrEnum):
    """What the lists make an item depend on."""

    BORDER = "border"
    BUS = "bus"
    CHANGE = "change"
    CUSTOMS_BORDER = "customs border"
    EFFECTS = "effects"
    FLOWN = "flown"
    FLYING = "flying"
    FREIGHT = "freight"
    IN_EARS = "in-ears"
    LISTED_INSTRUMENT = "listed instrument"
    MINORS = "minors"
    NET_DEAL = "net deal"
    OUTDOOR_OR_EFFECTS = "outdoor or effects"
    OVER_LIMIT = "over limit"
    PIANO = "piano"
    PLANT = "plant"
    RECORDED = "recorded"
    ROAD = "road"
    SITE_ASKS = "site asks"
    SOFT_GOODS = "soft goods"
    SUPPORT = "support"
    TRACKS = "tracks"
    UNION = "union"
    VIDEO = "video"
    WIRELESS = "wireless"
    WITHHOLDING = "withholding"


class Way(StrEnum):
    """How the party or its gear gets there."""

    BUS = "bus"
    VAN = "van"
    TRUCK = "truck"
    TRAIN = "train"
    PLANE = "plane"
    FREIGHT = "freight"


@dataclass(frozen=True, slots=True)
class ShowFacts:
    """What conditions are decided from. What nobody knows is None or empty, and no answer is made of it.

    `came_from`: the countries (two letters) that the party and its gear come from: the show before, the home.
    `drives`: hours at the wheel, and the driver's limit. `gear`: what equipment, crew and the way there are known to
    tell, `because` in words.
    `changes`: how many published changes. `answers`: what people said when asked; it goes before any fact.
    """

    country: str = ""
    came_from: frozenset[str] = frozenset()
    ways: frozenset[Way] = frozenset()
    drives: tuple[tuple[float, float], ...] | None = None
    deal: str = ""
    withholding_pct: float | None = None
    supports: int | None = None
    outdoor: bool | None = None
    changes: int | None = None
    gear: Mapping[Condition, bool] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[Condition, bool] = field(default_factory=lambda: MappingProxyType({}))
    because: Mapping[Condition, str] = field(default_factory=lambda: MappingProxyType({}))


CUSTOMS_UNIONS = (
    frozenset(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
    ),
    frozenset({"CH", "LI"}),
    frozenset({"GB", "IM", "JE", "GG"}),
)
"""Countries between which gear moves without customs papers (the EU and Monaco; and two small unions)."""

NET_DEALS = frozenset({"versus_net", "plus", "door"})
OTHER_DEALS = frozenset({"flat", "versus_gross", "bonus"})
"""Deals whose fee hangs on the promoter's costs, and deals whose does not."""

ON_WHEELS = frozenset({Way.BUS, Way.VAN, Way.TRUCK})


def applies(condition: str, facts: ShowFacts) -> bool | None:
    """True or False when an answer or a fact decides the condition; None when somebody must be asked.

    Raises ValueError for a condition that is none of the stock's.
    """
    wanted = Condition(condition)
    if wanted in facts.answers:
        return facts.answers[wanted]
    found = DECIDED[wanted](facts) if wanted in DECIDED else None
    return facts.gear.get(wanted) if found is None else found


def crosses_border(facts: ShowFacts) -> bool | None:
    if not facts.country or not facts.came_from:
        return None
    return any(country != facts.country for country in facts.came_from)


def crosses_customs(facts: ShowFacts) -> bool | None:
    if not facts.country or not facts.came_from:
        return None
    return not all(are_one_customs_area(country, facts.country) for country in facts.came_from)


def are_one_customs_area(one: str, other: str) -> bool:
    return one == other or any({one, other} <= union for union in CUSTOMS_UNIONS)


def goes_by(*ways: Way) -> Callable[[ShowFacts], bool | None]:
    """Whether any of these is among the ways the gig is reached; None while no way is known."""
    return lambda facts: bool(facts.ways & set(ways)) if facts.ways else None


def has_long_drive(facts: ShowFacts) -> bool | None:
    if facts.drives is None:
        return None
    return any(hours > limit for hours, limit in facts.drives)


def hangs_on_costs(facts: ShowFacts) -> bool | None:
    if facts.deal not in NET_DEALS | OTHER_DEALS:
        return None
    return facts.deal in NET_DEALS


def is_withheld(facts: ShowFacts) -> bool | None:
    """From the rate; without one, nothing is withheld where no border is crossed."""
    if facts.withholding_pct is not None:
        return facts.withholding_pct > 0
    return False if applies(Condition.BORDER, facts) is False else None


def needs_site_permits(facts: ShowFacts) -> bool | None:
    """True when one is true, False when both are false."""
    parts = (facts.outdoor, applies(Condition.EFFECTS, facts))
    return True if True in parts else (None if None in parts else False)


def has_support(facts: ShowFacts) -> bool | None:
    return None if facts.supports is None else facts.supports > 0


def has_changed(facts: ShowFacts) -> bool | None:
    return None if facts.changes is None else facts.changes > 0


DECIDED: Mapping[Condition, Callable[[ShowFacts], bool | None]] = {
    Condition.BORDER: crosses_border,
    Condition.CUSTOMS_BORDER: crosses_customs,
    Condition.BUS: goes_by(Way.BUS),
    Condition.ROAD: goes_by(*ON_WHEELS),
    Condition.FLYING: goes_by(Way.PLANE),
    Condition.FREIGHT: goes_by(Way.FREIGHT),
    Condition.OVER_LIMIT: has_long_drive,
    Condition.NET_DEAL: hangs_on_costs,
    Condition.WITHHOLDING: is_withheld,
    Condition.OUTDOOR_OR_EFFECTS: needs_site_permits,
    Condition.SUPPORT: has_support,
    Condition.CHANGE: has_changed,
}
"""What facts of the gig decide. The rest is a matter of the kit, of the site, or of an answer."""

QUESTIONS: Mapping[Condition, str] = {
    Condition.BORDER: "Does the party cross a border to this show?",
    Condition.BUS: "Does the party sleep on a bus?",
    Condition.CHANGE: "Has anything changed that the public must be told?",
    Condition.CUSTOMS_BORDER: "Does the gear cross a customs border?",
    Condition.EFFECTS: "Do we use pyro, flame, laser, CO2 or confetti?",
    Condition.FLOWN: "Does anything of ours hang from the roof?",
    Condition.FLYING: "Does anybody fly to this show?",
    Condition.FREIGHT: "Does any gear go as freight?",
    Condition.IN_EARS: "Does anybody play on in-ears?",
    Condition.LISTED_INSTRUMENT: "Is an instrument made of a protected species?",
    Condition.MINORS: "Is anybody on stage or in the crew under 18?",
    Condition.NET_DEAL: "Does the fee hang on the promoter's costs?",
    Condition.OUTDOOR_OR_EFFECTS: "Is it outdoors, or with effects?",
    Condition.OVER_LIMIT: "Is any drive longer than one driver may do?",
    Condition.PIANO: "Is a piano played?",
    Condition.PLANT: "Do we need a forklift or other plant?",
    Condition.RECORDED: "Is the show recorded, filmed or streamed?",
    Condition.ROAD: "Does the party come by bus, van or truck?",
    Condition.SITE_ASKS: "Does the site ask for an induction?",
    Condition.SOFT_GOODS: "Do we hang drapes or a backdrop?",
    Condition.SUPPORT: "Is there a support act?",
    Condition.TRACKS: "Do we play to tracks?",
    Condition.UNION: "Is it a union session?",
    Condition.VIDEO: "Do we show video?",
    Condition.WIRELESS: "Do we use wireless microphones or packs?",
    Condition.WITHHOLDING: "Is tax withheld from the fee?",
}
"""What is asked, once, while no fact decides; each is answered by yes or no."""
