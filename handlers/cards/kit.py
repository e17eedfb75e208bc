"""Equipment: the gap table of a gig, the rider and stock of a tour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checklists.counts import CaseCount, Way
from checklists.gig import Gig
from checklists.kit import RIDER, Accepted, Gap, Held, Line, Part, Source, is_sourced
from checklists.rentals import Rental, RentalState, next_step
from checklists.stock import Carried, Stock, cases_here
from checklists.walls import local
from handlers.cards.blocks import PRIVATE_MOST, Button, Card, card, fitting
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.prose import Spoken, escape, listed, mention, say, show_date

LINES_ROOM = 1_900
"""Bytes for each part of the table."""
MOST_BUTTONS = 5
SOURCES = {Source.CARRIED: "carried", Source.HOUSE: "house", Source.PROMOTER: "promoter", Source.RENTAL: "rented"}


@dataclass(frozen=True, slots=True)
class KitSeen:
    """A gig with everything that fills its tour's rider, as it stands in one transaction.

    `with_prices`: whoever reads it may see what a rental costs.
    """

    gig: Gig
    gaps: Sequence[Gap] = ()
    lines: Sequence[Line] = ()
    carried: Sequence[Carried] = ()
    house: Sequence[Held] = ()
    promoter: Sequence[Held] = ()
    rentals: Sequence[Rental] = ()
    accepted: Sequence[Accepted] = ()
    counted: Mapping[Way, CaseCount] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    with_prices: bool = True

    def name(self, who: str) -> Spoken:
        """A person as text."""
        return Spoken(escape(self.names[who])) if self.names.get(who) else mention(who)


def gap_table(seen: KitSeen, said: str = "", *, may_change: bool = True) -> Card:
    """Every line of the rider on one gig, the worst first. `said`: what was just changed.

    Whoever `may_change` it gets a button for the next step of each must-have that is open.
    """
    parts = [
        ("Open, must have", [gap for gap in seen.gaps if not gap.is_sourced and gap.line.must]),
        ("Open, nice to have", [gap for gap in seen.gaps if not gap.is_sourced and not gap.line.must]),
        ("Sourced", [gap for gap in seen.gaps if gap.is_sourced]),
    ]
    shown = [(title, fitting([_line(seen, gap) for gap in some], LINES_ROOM)) for title, some in parts if some]
    text = say(
        "kit",
        gig=seen.gig,
        headline=Spoken(headline(seen.gig)),
        said=Spoken(said),
        summary=_summary(seen.gaps),
        parts=[(title, [Spoken(line) for line in lines]) for title, lines in shown],
        cases=_cases(seen),
        may_change=may_change,
    )
    return card(text, _buttons(seen) if may_change else [], most=PRIVATE_MOST)


def _summary(gaps: Sequence[Gap]) -> str:
    """`3 of 5 must-have lines are sourced`."""
    musts = [gap for gap in gaps if gap.line.must]
    done = sum(gap.is_sourced for gap in musts)
    if is_sourced(gaps):
        return f"All {len(musts)} must-have line{'s are' if len(musts) > 1 else ' is'} sourced."
    return f"{done} of {len(musts)} must-have lines are sourced." if musts else ""


def _line(seen: KitSeen, gap: Gap) -> str:
    """`*missing* 2 of 4 vocal wireless: carried 2; house not asked`."""
    count = f"{gap.missing} of {gap.line.count}" if gap.missing else str(gap.line.count)
    parts = [_part(seen, part) for part in gap.parts]
    parts += _absent(seen, gap) if not gap.is_sourced else []
    told = "; ".join(part for part in parts if part)
    return f"*{gap.state.value}* {count} {escape(gap.line.name)}{': ' + told if told else ''}"


def _part(seen: KitSeen, part: Part) -> str:
    """`house 4 Shure ULXD (as of Sat 12 Dec 2026), accepted by ana`."""
    name = f" {escape(part.name)}" if part.is_sub else ""
    told = f"{SOURCES[part.source]} {part.count}{name}"
    if part.source is Source.HOUSE and part.at:
        told += f" (as of {show_date(local(part.at, seen.gig.zone).date())})"
    if part.rental:
        told += f" {rental_words(seen, part.rental)}"
    return told + (f", {_acceptance(seen, part)}" if part.is_sub else "")


def _acceptance(seen: KitSeen, part: Part) -> str:
    if not part.accepted_by:
        return "not accepted yet"
    return "accepted by the rider" if part.accepted_by == RIDER else f"accepted by {seen.name(part.accepted_by)}"


def rental_words(seen: KitSeen, rental: Rental) -> str:
    """`from PRG, 3 days, 180 EUR, ordered PRG-1182: not delivered yet`."""
    terms = [
        f"from {escape(rental.supplier)}" if rental.supplier else "supplier not named",
        f"{rental.days} day{'s' if rental.days > 1 else ''}" if rental.days else "",
        (rental.price or "no price yet") if seen.with_prices else "",
        _state(seen, rental),
    ]
    step = next_step(rental)
    return ", ".join(term for term in terms if term) + (f": {step}" if step else "")


def _state(seen: KitSeen, rental: Rental) -> str:
    if rental.state in (RentalState.APPROVED, RentalState.REFUSED):
        return f"{rental.state.value} by {seen.name(rental.settled_by)}"
    if rental.state is RentalState.REQUESTED:
        return f"requested by {seen.name(rental.asked_by)}"
    return f"{rental.state.value}{' ' + escape(rental.order_number) if rental.order_number else ''}"


def _absent(seen: KitSeen, gap: Gap) -> list[str]:
    """Why the rest is not there; unknown is not no."""
    if not gap.missing:
        return []
    elsewhere = listed([Spoken(escape(title)) for title in gap.elsewhere])
    clash = f"the carried ones are wanted on {elsewhere} that day too, and nobody has said who has them"
    return [
        (clash if gap.is_open else f"the carried ones are on {elsewhere} that day") if elsewhere else "",
        f"{gap.in_repair} under repair" if gap.in_repair else "",
        "" if gap.is_house_asked else "house not asked",
    ]


def _cases(seen: KitSeen) -> str:
    """`Cases: 14 carried here; counted in 14, out 13`."""
    total = cases_here(seen.carried)
    told = [f"{total} carried here"] if total else []
    counts = [f"{way.value} {seen.counted[way].count}" for way in Way if way in seen.counted]
    told += [f"counted {', '.join(counts)}"] if counts else []
    return f"Cases: {'; '.join(told)}." if told else ""


def _buttons(seen: KitSeen) -> list[Button]:
    """The one next step of each must-have that is open."""
    if not seen.gig.takes_answers:
        return []
    found = [_next(seen.gig, gap) for gap in seen.gaps if gap.line.must and not gap.is_sourced]
    return list({(each.action, each.value): each for each in found if each}.values())[:MOST_BUTTONS]


def _next(gig: Gig, gap: Gap) -> Button | None:
    if gap.missing and gap.is_open:
        return Button(f"All cases to {gig.city}", Action.KIT_HERE, pack(gig.id))
    if gap.missing:
        return Button(f"Rent {gap.missing} {gap.line.name}", Action.KIT_RENT, pack(gig.id, gap.line.id))
    for part in gap.parts:
        if not part.is_accepted:
            return Button(f"Accept {part.name} for {gap.line.name}", Action.KIT_ACCEPT, pack(gig.id, gap.line.id))
        if part.rental and part.rental.state is RentalState.REQUESTED:
            return Button(f"Approve rental: {part.name}", Action.RENTAL_YES, pack(gig.id, part.rental.id))
    return None


def tour_kit(tour: str, lines: Sequence[Line], stock: Sequence[Stock], said: str = "") -> Card:
    """The rider and the stock of a tour."""
    text = say(
        "kit_tour",
        tour=tour,
        said=Spoken(said),
        lines=[Spoken(line) for line in fitting([line_words(each) for each in lines], LINES_ROOM)],
        stock=[Spoken(line) for line in fitting([stock_words(each) for each in stock], LINES_ROOM)],
        cases=sum(each.cases for each in stock),
    )
    return card(text, most=PRIVATE_MOST)


def line_words(line: Line) -> str:
    """`4 vocal wireless, must; Shure ULXD will do`."""
    subs = f"; {listed([Spoken(escape(sub)) for sub in line.subs])} will do" if line.subs else ""
    return f"{line.count} {escape(line.name)}, {'must' if line.must else 'nice'}{subs}"


def stock_words(each: Stock) -> str:
    """`2 drum riser in 3 cases, 1 under repair`."""
    cases = f" in {each.cases} case{'s' if each.cases > 1 else ''}" if each.cases else ""
    repair = f", {each.in_repair} under repair" if each.in_repair else ""
    return f"{each.count} {escape(each.name)}{cases}{repair}"
