"""By which weights and thresholds readiness is judged: the trade's, in `rules.yaml`, and what a tour has changed.

    weights: {stopper: 5, ...}      areas: {crew: 15, ...}      limits: {rest_red: 8 h, on_time_red: 70 %, ...}

Each has a name as people type it: `weight stopper`, `area crew`, `rest red`. A figure is minutes, percent, or a plain
number. What a tour has changed is kept as words, a line each: `rest red: 9 h`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from checklists.errors import Refusal
from checklists.items import Area, Severity
from checklists.judging import Rules
from checklists.library import read_parts, text_of
from checklists.sheet import Field, SheetFault

FILE = Path(__file__).parent / "rules.yaml"
PARTS: Mapping[str, str] = {"weights": "weight ", "areas": "area ", "limits": ""}
"""The parts of the file, and how the names in each begin."""
LIMITS = tuple(each.name.replace("_", " ") for each in fields(Rules) if each.name not in PARTS)
WEIGHTS: Mapping[str, Severity] = {f"weight {each.value}": each for each in Severity}
AREAS: Mapping[str, Area] = {f"area {each.value.replace('_', ' ')}": each for each in Area}
NAMES = (*LIMITS, *WEIGHTS, *AREAS)
PERCENTS, ENOUGH = ("on time amber", "on time red"), "enough due"
LADDERS = ("rest", "confirm", "on time")
"""What has two thresholds: red is never milder than amber."""
SPAN = re.compile(r"(?P<count>[0-9]{1,5}(?:\.[0-9]{1,2})?) ?(?P<unit>m|h|d)(?:in|inutes?|ours?|ays?)?")
PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9])?) ?(?:%|percent)?")
NUMBER = re.compile(r"[0-9]{1,4}")
MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
LONGEST, MOST_WEIGHT, MOST_DUE = 60 * 24 * 60, 100, 1_000

Figures = Mapping[str, float]


@lru_cache(maxsize=1)
def usual() -> Rules:
    """The rules of the trade. Raises SheetFault naming the line of what cannot be meant."""
    return made_of(usual_figures())


@lru_cache(maxsize=1)
def usual_figures() -> Figures:
    """The same by name."""
    return read_rules(FILE)


def load_rules() -> None:
    """Reads the rules now, at start. Raises Refusal naming the file and the line of what does not load."""
    try:
        usual()
    except SheetFault as wrong:
        raise Refusal(f"The rules of readiness do not load: {wrong}. Correct that line, then start again.") from wrong


def read_rules(path: Path) -> Figures:
    """The figures of a file, all of them; raises SheetFault for one that is missing, unknown or cannot be meant."""
    said: dict[str, Field] = {}
    for part, row in read_parts(path.name, text_of(path)).items():
        if part not in PARTS:
            raise SheetFault(path.name, row.line, f"unknown part {part}; there are {', '.join(PARTS)}")
        for name, value in row.fields.items():
            said[PARTS[part] + name.replace("_", " ")] = value
    figures = {name: _figure_in(path.name, name, value) for name, value in said.items()}
    if missing := [name for name in NAMES if name not in said]:
        raise SheetFault(path.name, 1, f"missing: {', '.join(missing)}")
    if wrong := contradiction(figures):
        raise SheetFault(path.name, said[wrong].line, f"{wrong}: {MILDER}")
    return MappingProxyType(figures)


MILDER = "red would be milder than amber"


def _figure_in(file: str, name: str, said: Field) -> float:
    try:
        return read_figure(name, said.text)
    except ValueError as wrong:
        raise SheetFault(file, said.line, f"{name}: {wrong}") from wrong


def read_figure(name: str, words: str) -> float:
    """What is said of one rule: `8 h`, `30 min`, `70 %`, `5`. Raises ValueError saying what would do."""
    if name not in NAMES:
        raise ValueError(f"there is no such rule; there are {', '.join(NAMES)}")
    return _reader_of(name)(" ".join(words.casefold().split()))


def _reader_of(name: str) -> Callable[[str], float]:
    if name in PERCENTS:
        return _percent
    if name == ENOUGH:
        return lambda words: _number(words, 0, MOST_DUE)
    if name in LIMITS:
        return _minutes
    return lambda words: _number(words, int(name in WEIGHTS), MOST_WEIGHT)


def _minutes(words: str) -> float:
    found = SPAN.fullmatch(words)
    minutes = float(found["count"]) * MINUTES[found["unit"]] if found else 0
    if not 0 < minutes <= LONGEST:
        raise ValueError(f"“{words[:40]}” is no time up to 60 days: write 8 h, 30 min or 2 days")
    return minutes


def _percent(words: str) -> float:
    found = PERCENT.fullmatch(words)
    if found is None or float(found[1]) > 100:
        raise ValueError(f"“{words[:40]}” is no percentage: write 95 %")
    return float(found[1])


def _number(words: str, least: int, most: int) -> float:
    if NUMBER.fullmatch(words) is None or not least <= int(words) <= most:
        raise ValueError(f"“{words[:40]}” is no whole number from {least} to {most:,}")
    return int(words)


def contradiction(figures: Figures) -> str:
    """The name of a red threshold that would be milder than its amber; "" when there is none."""
    return next((f"{each} red" for each in LADDERS if figures[f"{each} red"] > figures[f"{each} amber"]), "")


def made_of(figures: Figures) -> Rules:
    """The rules with these figures."""
    spans = {name: timedelta(minutes=figures[name]) for name in LIMITS if _reader_of(name) is _minutes}
    return Rules(
        weights=MappingProxyType({each: int(figures[name]) for name, each in WEIGHTS.items()}),
        areas=MappingProxyType({each: int(figures[name]) for name, each in AREAS.items()}),
        soon=spans["soon"],
        soon_on_the_day=spans["soon on the day"],
        confirm_amber=spans["confirm amber"],
        confirm_red=spans["confirm red"],
        acknowledge=spans["acknowledge"],
        rest_amber=spans["rest amber"],
        rest_red=spans["rest red"],
        on_time_amber=figures["on time amber"],
        on_time_red=figures["on time red"],
        enough_due=int(figures[ENOUGH]),
    )


@lru_cache(maxsize=64)
def own_rules(kept: str) -> Rules:
    """The rules of the trade with what a tour keeps in place of some of them; "" is nothing."""
    return made_of({**usual_figures(), **own_figures(kept)}) if kept else usual()


def own_figures(kept: str) -> Figures:
    """By name, what a tour keeps as words."""
    pairs = (line.partition(": ")[::2] for line in kept.splitlines())
    return {name: read_figure(name, words) for name, words in pairs if name in NAMES}


def changed(kept: str, name: str, words: str) -> str:
    """What a tour keeps from now on: that rule so, or with `words` "" as everybody's.

    Raises Refusal for a figure that cannot be meant, or that contradicts another.
    """
    figure = _said(name, words) if words else usual_figures()[name]
    own = {each: said for each, said in {**own_figures(kept), name: figure}.items() if said != usual_figures()[each]}
    if wrong := contradiction({**usual_figures(), **own}):
        other = wrong.replace("red", "amber") if name == wrong else wrong
        raise Refusal(
            f"{name.capitalize()} {figure_words(name, figure)}: {MILDER}. Change the other one first, for example "
            f"`/gig rules {other} {figure_words(other, figure)}`. Nothing was changed."
        )
    return "\n".join(f"{each}: {figure_words(each, own[each])}" for each in NAMES if each in own)


def _said(name: str, words: str) -> float:
    try:
        return read_figure(name, words)
    except ValueError as wrong:
        raise Refusal(f"{name.capitalize()}: {wrong}. Nothing was changed.") from wrong


def figure_words(name: str, figure: float) -> str:
    """`8 h`, `30 min`, `70 %`, `5`."""
    if name in PERCENTS:
        return f"{figure:g} %"
    if name not in LIMITS or name == ENOUGH:
        return f"{figure:g}"
    return f"{figure / 60:g} h" if figure % 30 == 0 and figure >= 60 else f"{figure:g} min"
