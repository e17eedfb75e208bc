"""Who stands in for whom, as those see it who may change the gig: the order is secret."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.crew import Person, Position
from checklists.ladder import Offer, OfferState, Standin, waves_of
from checklists.suggesting import Candidate
from handlers.cards.blocks import shorten
from handlers.cards.gig import headline
from handlers.cards.picture import NAME_SHOWN, Picture
from handlers.cards.prose import Spoken, escape, listed, mention, moment

UNSEEN = "Only those who may change this tour can see this order."
STATES = {OfferState.TAKEN: "took it", OfferState.REFUSED: "can't", OfferState.FILLED: "told it is filled"}


@dataclass(frozen=True, slots=True)
class ChainView:
    """A chain wave by wave, the gig's own or the tour's, and by person what came of asking and how long he has."""

    waves: Sequence[Sequence[str]]
    is_own: bool
    said: Mapping[str, tuple[Offer, datetime | None]]
    now: datetime


def chain_receipt(seen: Picture, view: ChainView, position: Position) -> str:
    """What the tour manager is told after naming stand-ins, or taking them away."""
    if not view.waves:
        return f"Nobody stands in for {position} on {headline(seen.gig)}. Whoever was asked is told."
    if not view.is_own:
        return f"{_chain(seen, position, view)}\nThat is the whole tour's chain: this gig has none of its own any more."
    asked = [offer.person for offer, _ in view.said.values() if offer.is_open]
    lines = [f"For {headline(seen.gig)}, when somebody drops out:", _chain(seen, position, view), UNSEEN]
    if asked:
        lines.append(f"A place is open, so I ask by DM: {listed([seen.name(who) for who in asked])}.")
    return "\n".join(lines)


def _chain(seen: Picture, position: Position, view: ChainView) -> str:
    """`FOH: 1. Bo (can't) · 2. Cy + Kit, at once`."""
    waves = [_wave(seen, people, view) for people in view.waves]
    return f"*{position}*: " + " · ".join(f"{n}. {wave}" for n, wave in enumerate(waves, start=1))


def _wave(seen: Picture, people: Sequence[str], view: ChainView) -> str:
    names = " + ".join(_standin(seen, who, view) for who in people)
    return f"{names}, at once" if len(people) > 1 else names


def _standin(seen: Picture, who: str, view: ChainView) -> str:
    name = seen.name(who)
    offer, until = view.said.get(who, (None, None))
    if offer is None or offer.state is OfferState.LAPSED:
        return name
    if offer.state is not OfferState.ASKED:
        return f"{name} ({STATES[offer.state]})"
    zone = seen.gig.zone
    if offer.asked_at > view.now:
        return f"{name} (sleeps, asked {moment(offer.asked_at, zone)})"
    return f"{name} (asked, has until {moment(until, zone)})" if until else f"{name} (asked)"


def chains_shown(
    seen: Picture, views: Mapping[Position, ChainView], could: Sequence[Candidate], position: Position | None
) -> str:
    """Every chain of a gig, and for one position who else could stand in."""
    gig = seen.gig
    lines = [f"*Stand-ins* for {headline(gig)}:"]
    lines += [_shown(seen, each, view) for each, view in views.items() if view.waves]
    if len(lines) == 1:
        lines.append(f"Nobody is named{f' for {position}' if position else ''} yet.")
    else:
        lines.append(UNSEEN)
    if position:
        lines += _suggested(seen, could, position)
    lines.append(f"Name them in the order of asking: `/gig standins #{gig.number} {position or 'FOH'} @name @name`")
    return "\n".join(lines)


def _shown(seen: Picture, position: Position, view: ChainView) -> str:
    return f"• {_chain(seen, position, view)}" + ("" if view.is_own else " (the whole tour's)")


def _suggested(seen: Picture, could: Sequence[Candidate], position: Position) -> list[str]:
    if not could:
        return [f"Nobody else who has worked {position} on this tour is free and rested that day."]
    return [f"Could stand in as {position}, the nearest first:", *(f"• {_candidate(seen, each)}" for each in could)]


def _candidate(seen: Picture, each: Candidate) -> Spoken:
    """`Kit: 3 shows on this tour, 280 km away; rest 9 h before Porto ...`."""
    shows = f"{each.shows} show{'' if each.shows == 1 else 's'} on this tour"
    away = "" if each.km is None else f", about {each.km:.0f} km from the nearest other gig"
    against = "".join(f"; {escape(finding.text)}" for finding in each.findings)
    return Spoken(f"{seen.name(each.person)}: {shows}{away}{against}")


def tour_chains(
    tour: str, people: Mapping[str, Person], standins: Iterable[Standin], position: Position | None = None
) -> str:
    """The chains that hold on every gig of the tour."""
    named = list(standins)
    if not named:
        what = f" for {position}" if position else ""
        return f"Nobody stands in{what} on every gig of {escape(tour)}. `/gig standins all FOH @bo @max` names them."
    lines = [f"On every gig of *{escape(tour)}* that has no stand-ins of its own:"]
    for each in sorted({one.position for one in named}):
        waves = [" + ".join(_name(people[who]) for who in wave) for wave in waves_of(named, each)]
        lines.append(f"• *{each}*: " + " · ".join(f"{n}. {wave}" for n, wave in enumerate(waves, start=1)))
    return "\n".join([*lines, UNSEEN])


def _name(person: Person) -> str:
    return escape(shorten(person.name, NAME_SHOWN)) if person.name else mention(person.id)
