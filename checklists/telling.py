"""What equipment, crew, kind of show and the way there tell of the conditions of a list, so that nobody need be asked.

Only a yes is made of a name: what is not on the rider may be there all the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from checklists.conditions import Condition
from checklists.crew import Position
from checklists.gig import Gig, ShowType
from checklists.travel import leg
from checklists.venue import fold

NAMED: Mapping[Condition, str] = {
    Condition.IN_EARS: r"in ears?|iems?|ear monitors?",
    Condition.WIRELESS: r"wireless|radio (?:mic|pack|handheld)\w*|rf (?:mic|pack)\w*|axient|ulxd|slxd|qlxd|ew ?dx",
    Condition.TRACKS: r"playback|backing tracks?|tracks rig|ableton|qlab",
    Condition.VIDEO: r"video|led (?:wall|screen|panel)s?|media servers?|projectors?|video screens?",
    Condition.PIANO: r"(?<!electric )(?<!digital )(?<!stage )(?<!toy )(?<!e )piano(?! stand| stool| bench)",
    Condition.EFFECTS: r"pyro\w*|flames?|lasers?|co2|confetti|sparkulars?|fireworks?",
    Condition.FLOWN: r"(?:chain )?hoists?|chain motors?|flown \w+|bridles?",
    Condition.SOFT_GOODS: r"drapes?|backdrops?|soft goods|cyc|kabuki|curtains?",
    Condition.PLANT: r"fork ?lifts?|telehandlers?|cherry pickers?|scissor lifts?|boom lifts?",
    Condition.BUS: r"sleeper(?: bus)?|night ?liner|tour bus",
    Condition.ROAD: r"sleeper(?: bus)?|night ?liner|tour bus|(?:splitter )?van|trucks?|artics?|trailers?",
    Condition.LISTED_INSTRUMENT: r"(?:brazilian|rio) rosewood|ivory|tortoise ?shell|pernambuco",
}
"""By what names of things a condition is told, as `venue.fold` writes them."""
CALLED: Mapping[Position, Condition] = {
    Position.RIG: Condition.FLOWN, Position.FX: Condition.EFFECTS, Position.FORK: Condition.PLANT,
    Position.VID: Condition.VIDEO, Position.PB: Condition.TRACKS, Position.DRIVER: Condition.ROAD,
}  # fmt: skip
"""Whoever does this work does it because of that."""
SHOWN: Mapping[ShowType, Condition] = {
    ShowType.FLY_DATE: Condition.FLYING,
    ShowType.RECORDING_SESSION: Condition.RECORDED,
}
SAID = {condition: re.compile(rf"\b(?:{names})\b") for condition, names in NAMED.items()}
LEGAL_HOURS, CERTAIN = 9.0, 0.75
"""What one driver may drive in a day; and the part of it under which an estimate is certainly no more."""
STRAIGHT_ON = timedelta(days=3)
"""So soon after a gig the party comes from there."""


@dataclass(frozen=True, slots=True)
class Told:
    """That a condition holds, or does not, and what tells it."""

    holds: bool
    words: str


def told_of(
    show: ShowType, things: Mapping[str, Sequence[str]], called: Iterable[Position], here: Gig, before: Gig | None
) -> dict[Condition, Told]:
    """What is told of each condition, where anything is. `things`: by where they stand (`on the rider`), their names.

    `called`: the positions called or asked for. `before`: the tour's gig before this one.
    """
    told = {condition: Told(True, f"“{name}” is {where}") for condition, name, where in _named(things)}
    told |= {CALLED[each]: Told(True, f"{each} is called or asked for") for each in called if each in CALLED}
    if show in SHOWN:
        told[SHOWN[show]] = Told(True, f"it is a {show.words}")
    if drive := _short_drive(here, before):
        told[Condition.OVER_LIMIT] = drive
    return told


def _named(things: Mapping[str, Sequence[str]]) -> Iterable[tuple[Condition, str, str]]:
    for where, names in things.items():
        for name in names:
            bare = fold(name)
            yield from ((condition, name, where) for condition, said in SAID.items() if said.search(bare))


def _short_drive(here: Gig, before: Gig | None) -> Told | None:
    """A no, where the way from the gig just before is certainly one driver's; a longer estimate decides nothing."""
    if before is None or here.date - before.date > STRAIGHT_ON:
        return None
    way = leg(before, here)
    if way is None or way.hours is None or way.hours > LEGAL_HOURS * CERTAIN:
        return None
    return Told(False, f"from {before.city} it is about {way.hours:g} h (estimate)")
