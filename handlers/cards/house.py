"""What a house holds against what the tour needs."""

from collections.abc import Mapping, Sequence

from checklists.gig import Gig
from checklists.house import Check, Fit, HouseKey, example
from checklists.walls import local
from handlers.cards.blocks import PRIVATE_MOST, Card, card
from handlers.cards.gig import headline
from handlers.cards.prose import Spoken, escape, say, show_date

ORDER = (Fit.DOES_NOT_FIT, Fit.NOT_KNOWN, Fit.FITS)


def house(
    gig: Gig, found: Sequence[Check], names: Mapping[str, str], said: str = "", *, may_change: bool = True
) -> Card:
    """What the tour needs, the worst first; then what else is known of the house. `said`: what was just kept."""
    needed = sorted((each for each in found if each.need), key=lambda each: ORDER.index(each.fit))
    known = [each for each in found if not each.need and each.fact]
    text = say(
        "house",
        gig=gig,
        headline=Spoken(headline(gig)),
        said=Spoken(said),
        summary=_summary(needed),
        needed=[Spoken(_line(gig, each, names)) for each in needed],
        known=[Spoken(_line(gig, each, names)) for each in known],
        unknown=[each.key.value for each in found if not each.need and not each.fact],
        may_change=may_change and bool(gig.venue),
        example=example(next((each.key for each in needed if each.fit is Fit.NOT_KNOWN), HouseKey.POWER)),
    )
    return card(text, most=PRIVATE_MOST)


def _summary(needed: Sequence[Check]) -> str:
    """`1 does not fit, 2 not known, 3 fit`."""
    counts = [sum(each.fit is fit for each in needed) for fit in ORDER]
    told = [
        f"{counts[0]} do{'es' if counts[0] == 1 else ''} not fit" if counts[0] else "",
        f"{counts[1]} not known" if counts[1] else "",
        f"{counts[2]} fit{'s' if counts[2] == 1 else ''}" if counts[2] else "",
    ]
    return ", ".join(part for part in told if part)


def _line(gig: Gig, each: Check, names: Mapping[str, str]) -> str:
    """`*does not fit* power: need 3x63 A, house 3x32 A (tess, Sat 12 Dec 2026)`."""
    state = f"*{each.fit.value}* " if each.need else ""
    need = f"need {escape(each.need)}, " if each.need else ""
    if each.fact is None:
        return f"{state}{each.key.value}: {need}unknown is not no: ask the house"
    by = escape(names.get(each.fact.by, "")) or "somebody"
    day = show_date(local(each.fact.at, gig.zone).date())
    read = ", read both" if each.need and each.fit is Fit.NOT_KNOWN else ""
    return f"{state}{each.key.value}: {need}house {escape(each.fact.text)} ({by}, {day}){read}"


def needs(tour: str, needed: Mapping[str, str], said: str = "") -> Card:
    """What a tour needs of every house."""
    lines = [f"{key.value} {needed[key.value]}" for key in HouseKey if key.value in needed]
    others = [key.value for key in HouseKey if key.value not in needed]
    return card(say("house_needs", tour=tour, said=Spoken(said), lines=lines, others=others), most=PRIVATE_MOST)
