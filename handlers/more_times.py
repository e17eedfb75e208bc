"""The times and dates that a show day has not by itself, as a gig keeps them: given, forgotten, moved along."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from checklists.anchors import DATES, dated
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.walls import Wall, by_night, exists, local
from handlers.anchorwords import On, Said
from handlers.asked import Asked
from handlers.cards.anchors import MORE_WORDS
from handlers.cards.prose import short_date, show_date
from handlers.clockwords import Clock
from handlers.datewords import FULL, read_date
from handlers.walls_asked import which_morning, which_of_two

TOLD = ("line_check", "depart", "downbeat", "session_end")
"""Times of the day: who is called is told of them."""
NEARLY_A_YEAR, LONG_AGO = timedelta(days=364), timedelta(days=180)
OF_THE_MORNING = frozenset({"flight_dep", "downbeat"})
"""What may be before 06:00 on the show date: that is asked. The others are then in the night after."""


def given_more(gig: Gig, said: Said, asked: Asked) -> dict[str, str]:
    """What the gig keeps after this was said.

    Raises Question for a time that may be two, Refusal for one that there is not, for a date after the show,
    and for an end before its begin.
    """
    more = dict(gig.more)
    for name, value in said.items():
        if value is None:
            more.pop(name, None)
        elif isinstance(value, On):
            more[name] = _dated(gig, name, value, asked)
        else:
            more[name] = _wall(gig, name, value, asked).encode()
    _refuse_backwards(more)
    return more


def moved_more(gig: Gig, day: date, asked: Asked) -> dict[str, str]:
    """The same on another show date: dates stay, wall times are asked or refused where the clocks change."""
    return {name: kept if name in DATES else _on_day(gig, day, name, kept, asked) for name, kept in gig.more.items()}


def _on_day(gig: Gig, day: date, name: str, kept: str, asked: Asked) -> str:
    return _sure(gig, day, name, replace(Wall.decode(kept), fold=None), asked).encode()


def _wall(gig: Gig, name: str, typed: Clock, asked: Asked) -> Wall:
    if name in OF_THE_MORNING:
        wall = which_morning(MORE_WORDS[name], typed, gig.date, asked)
    else:
        wall = Wall(typed.at, 1) if typed.next_day else by_night(typed.at)
    return _sure(gig, gig.date, name, wall, asked)


def _sure(gig: Gig, day: date, name: str, wall: Wall, asked: Asked) -> Wall:
    if not exists(day, wall, gig.zone):
        raise Refusal(
            f"{MORE_WORDS[name]} {wall} does not exist on {short_date(wall.on(day))} in {gig.zone}: the clocks go "
            "forward over it. Give a time an hour later or earlier. Nothing was changed."
        )
    return which_of_two(MORE_WORDS[name], wall, day, gig.zone, asked)


def _dated(gig: Gig, name: str, typed: On, asked: Asked) -> str:
    """A date by the venue's calendar: the next such, or the last one where that is after the show."""
    today = local(asked.now, gig.zone).date()
    day = read_date(typed.date, today)
    last = read_date(typed.date, gig.date - NEARLY_A_YEAR) if FULL.fullmatch(typed.date) else day
    if day > gig.date and today - LONG_AGO < last <= gig.date:
        day = last
    if day > gig.date:
        raise Refusal(
            f"{MORE_WORDS[name]} on {show_date(day)} would be after the show on {show_date(gig.date)}. "
            "Nothing was changed."
        )
    return dated(day, typed.clock.at if typed.clock else None)


def _refuse_backwards(more: Mapping[str, str]) -> None:
    if "downbeat" not in more or "session_end" not in more:
        return
    begins, ends = Wall.decode(more["downbeat"]), Wall.decode(more["session_end"])
    if ends.minutes <= begins.minutes:
        raise Refusal(
            f"session end {ends} would come before downbeat {begins}. Give both: "
            "`/gig times studio downbeat 10:00 session end 18:00`. Nothing was changed."
        )
