"""Typed clock times to wall times of one show day: what is not sure is asked, never taken silently."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from checklists.errors import Refusal
from checklists.gig import Anchor, refuse_disorder, refuse_gaps
from checklists.walls import ROLLOVER, Wall, by_night, exists, is_open_question, readings, zone_word
from handlers.asked import Asked
from handlers.cards.prose import short_date
from handlers.grammar import Clock
from handlers.which import Question


def walls_of(times: Mapping[Anchor, Clock], day: date, zone: str, asked: Asked) -> dict[Anchor, Wall]:
    """The wall times on the show day `day` in that zone.

    Raises Question for a load-in before 06:00 and for a time that exists twice, Refusal for one that the
    clock change skips.
    """
    given = {anchor: _of_the_day(anchor, typed, day, asked) for anchor, typed in times.items()}
    refuse_gaps(day, given, zone)
    return {anchor: which_of_two(anchor.words, wall, day, zone, asked) for anchor, wall in given.items()}


def _of_the_day(anchor: Anchor, typed: Clock, day: date, asked: Asked) -> Wall:
    if anchor is Anchor.LOAD_IN:
        return which_morning(anchor.words, typed, day, asked)
    return Wall(typed.at, 1) if typed.next_day else by_night(typed.at)


def call_wall(typed: Clock, day: date, zone: str, asked: Asked) -> Wall:
    """The wall time of a call; raises Question before 06:00 and for a time that exists twice, Refusal in a gap."""
    wall = which_morning("call", typed, day, asked)
    if not exists(day, wall, zone):
        raise Refusal(
            f"{wall} does not exist on {short_date(wall.on(day))} in {zone}: the clocks go forward over it. "
            "Give a call an hour later or earlier."
        )
    return which_of_two("call", wall, day, zone, asked)


def which_morning(what: str, typed: Clock, day: date, asked: Asked) -> Wall:
    """A time before 06:00 that may belong to the show date's morning or to the one after."""
    if typed.next_day:
        return Wall(typed.at, 1)
    if typed.at >= ROLLOVER:
        return Wall(typed.at)
    name = f"day.{what} {typed.at:%H:%M}"
    if chosen := asked.choices.get(name):
        return Wall(typed.at, 1 if chosen == "1" else 0)
    first, second = day, day + timedelta(days=1)
    raise Question(
        name,
        f"{what} {typed.at:%H:%M}: on which morning?",
        [(f"{typed.at:%H:%M} on {short_date(first)}", "0"), (f"{typed.at:%H:%M} on {short_date(second)}", "1")],
    )


def which_of_two(what: str, wall: Wall, day: date, zone: str, asked: Asked) -> Wall:
    """The wall time itself, or the reading chosen where the clock shows it twice; raises Question until then."""
    if not is_open_question(day, wall, zone):
        return wall
    name = f"fold.{what} {wall}"
    if (chosen := asked.choices.get(name)) in ("0", "1"):
        return wall.with_fold(int(chosen))
    first, second = readings(day, wall, zone)
    raise Question(
        name,
        f"{what} {wall} exists twice on {short_date(wall.on(day))}: the clocks go back in {zone}. Which one?",
        [
            (f"First {wall} ({zone_word(first, zone)}, {first:%H:%M} UTC)", "0"),
            (f"Second {wall} ({zone_word(second, zone)}, {second:%H:%M} UTC)", "1"),
        ],
    )


def walls_of_fields(
    fields: Mapping[str, str], day: date, zone: str, asked: Asked
) -> tuple[dict[Anchor, Wall], dict[str, str]]:
    """The wall times filled into a form, and by field what is wrong with them."""
    given: dict[Anchor, Wall] = {}
    errors: dict[str, str] = {}
    for anchor in Anchor:
        if typed := fields.get(anchor.value):
            try:
                given |= walls_of({anchor: Clock(time.fromisoformat(typed))}, day, zone, asked)
            except Refusal as no:
                errors[anchor.value] = str(no)
            except Question as question:
                errors[anchor.value] = (
                    f"{question.text} Leave it empty here, then type `/gig times CITY {anchor.words} {typed}`: "
                    "I ask which one you mean."
                )
    if not errors:
        errors = _disorder(given)
    return given, errors


def _disorder(given: Mapping[Anchor, Wall]) -> dict[str, str]:
    seen: dict[Anchor, Wall] = {}
    for anchor, wall in given.items():
        seen[anchor] = wall
        try:
            refuse_disorder(seen)
        except Refusal as no:
            return {anchor.value: str(no)}
    return {}
