"""What is measured: each figure with its target, what was read, and whether that is a pass."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

MEDIAN: Final = 50
DIGITS: Final[Mapping[str, int]] = {"s": 2, "ms": 1, "": 2, "MB": 1}
Say = Callable[[str], None]
"""Tells how far the work is."""


class Verdict(StrEnum):
    PASS = "PASS"
    MISS = "MISS"
    TOLD = "-"
    UNMEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Target:
    """At most so much, for this percentage of the readings."""

    percent: int
    most: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `part` is the piece of the bench that reads it. Without targets it is only told."""

    name: str
    part: str
    what: str
    unit: str
    targets: tuple[Target, ...] = ()
    shows_shares: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a figure, in its unit; `note` is told beside it."""

    name: str
    values: Sequence[float]
    note: str = ""


class Unmeasured(Exception):  # noqa: N818 - it names what happened
    """Something could not be measured; the words say what."""


def median(most: float) -> tuple[Target, ...]:
    return (Target(MEDIAN, most),)


ACK: Final = (Target(50, 5), Target(99, 15))
HOME: Final = (Target(50, 100), Target(99, 200))
CARD: Final = (Target(50, 50), Target(99, 50))
JUDGE: Final = (Target(50, 1), Target(99, 2))
FIFTH: Final = median(0.2)
LISTED: Final = (
    Figure("show", "serve", "/gig show, envelope to ack, 1,000 gigs", "ms", ACK, True),
    Figure("reply", "serve", "thread reply, envelope to ack, 1,000 gigs", "ms", ACK, True),
    Figure("reply-first", "serve", "… the first one after a start", "ms"),
    Figure("written", "serve", "acks before the row could be seen, synchronous=FULL", "", (Target(100, 0),)),
    Figure("card", "serve", "a card at rest refreshed, from the reply's ack", "ms", CARD, True),
    Figure("memory", "serve", "serve, resident after that load", "MB", (Target(100, 120),)),
    Figure("ready", "serve", "serve, spawned to ready, 1,000 gigs", "s", median(1.5)),
    Figure("cue", "cues", "a cue's delivery committed, after its time", "ms", (Target(99, 20),), True),
    Figure("cue-made", "cues", "… its delivery made", "ms", (), True),
    Figure("cue-said", "cues", "… its message in Slack", "ms", (), True),
    Figure("home", "home", "the Home tab of a tour manager published, 10,000 gigs", "ms", HOME, True),
    Figure("home-far", "home", "… 490 gigs further on", "ms", HOME, True),
    Figure("home-crew", "home", "… of a crew member, 300 calls", "ms", HOME, True),
    Figure("import", "imports", "27 rows with items and cues committed", "s", median(2)),
    Figure("import-command", "imports", "… python -m bot import", "s"),
    Figure("page", "pages", "the page usable, 5,000 messages in its channel", "s", median(1)),
    Figure("page-post", "pages", "a post on the page, after the bot posted it", "ms", (Target(99, 100),), True),
    Figure("page-scroll", "pages", "5,000 messages scrolled, the worst frame", "ms", (Target(100, 50),)),
    Figure("try", "try", "python -m bot try, spawned to its address", "s", median(3)),
    Figure("flood-said", "flood", "a reminder in Slack, under 500 junk requests/s", "ms", (Target(99, 5000),), True),
    Figure("flood-ack", "flood", "… /gig show over HTTP, sent to ack", "ms", (Target(99, 3000),), True),
    Figure("flood-refused", "flood", "… a junk request refused", "ms", (Target(99, 50),), True),
    Figure("flood-strange", "flood", "… junk not answered by a 4xx", "", (Target(100, 0),)),
    Figure("flood-memory", "flood", "… serve, resident at most", "MB", (Target(100, 250),)),
    Figure("reading", "replies", "a crew member's reply read", "µs", median(100)),
    Figure("misread", "replies", "… not as it was meant", "%", (Target(100, 10),)),
    Figure("misread-fresh", "replies", "… of the fresh list", "%", (Target(100, 10),)),
    Figure("ask-30", "crew", "a gig made and 30 people asked, envelopes to acks", "ms", median(50), True),
    Figure("burst-ack", "crew", "40 answers in one second, envelope to ack", "ms", (), True),
    Figure("burst-seen", "crew", "… each on the card, from its ack", "ms", (Target(99, 1000),), True),
    Figure("burst-edits", "crew", "… edits of the card within one second, at most", "", (Target(100, 1),)),
    Figure("burst-lost", "crew", "… answers lost", "", (Target(100, 0),)),
    Figure("judge", "readiness", "the readiness of a gig of 200 items and 30 crew", "ms", JUDGE, True),
    Figure("judge-next", "readiness", "… the next instant at which the clock changes it", "ms"),
    *(
        figure
        for size, most in ((50, 20), (300, 20), (1_000, 40))
        for figure in (
            Figure(
                f"board-{size}", "board", f"the board of {size:,} gigs, 30 crew and 60 items each", "ms", median(most)
            ),
            Figure(f"board-{size}-queries", "board", "… queries", "", (Target(100, 8),)),
        )
    ),
    Figure("replan", "board", "a gig of 200 cues moved, its cues planned again", "ms", median(50), True),
    Figure("sheets", "readiness", "the 14 stock lists loaded", "ms", median(30)),
    *(
        figure
        for engine in ("sqlite", "postgres")
        for figure in (
            Figure(f"fire-10k-{engine}", "firing", "10 k due fired of 10 k, share of APScheduler's time", "", FIFTH),
            Figure(f"fire-100k-{engine}", "firing", "… of 100 k pending", "", FIFTH),
            Figure(f"redate-{engine}", "firing", "10 k reminders re-dated, share of its time", "", median(0.1)),
            Figure(f"flat-{engine}", "firing", "10 k fired of 1 M pending, times that of 10 k", "", median(1.2)),
            Figure(f"grown-{engine}", "firing", "… memory grown meanwhile", "MB", (Target(100, 20),)),
            Figure(f"lost-{engine}", "firing", "lost over 5 s of downtime", "", (Target(100, 0),)),
        )
    ),
    Figure("story", "story", "python -m bot try --story, clean", "s", median(60)),
    Figure("tests", "whole", "make test", "s", median(240)),
    Figure("clone", "whole", "fresh clone: make setup and the story", "s", median(120)),
)
FIGURES: Final[Mapping[str, Figure]] = {figure.name: figure for figure in LISTED}
PARTS: Final = tuple(dict.fromkeys(figure.part for figure in LISTED))
ONLY_WHOLE: Final = "whole"


def at_percent(values: Sequence[float], percent: int) -> float:
    """The smallest reading that this percentage of all do not exceed. Raises ValueError without readings."""
    if not values:
        raise ValueError("no readings")
    return sorted(values)[max(ceil(percent / 100 * len(values)), 1) - 1]


def judge(figure: Figure, values: Sequence[float]) -> Verdict:
    """Whether the readings keep every target."""
    if not figure.targets:
        return Verdict.TOLD
    kept = all(at_percent(values, target.percent) <= target.most for target in figure.targets)
    return Verdict.PASS if kept else Verdict.MISS


def target_words(figure: Figure) -> str:
    """`p50 ≤ 5 ms, p99 ≤ 15 ms`; `≤ 2 s`."""
    return ", ".join(
        f"{_share(figure, target.percent)}≤ {_amount(target.most, figure.unit)}" for target in figure.targets
    )


def figure_words(figure: Figure, values: Sequence[float]) -> str:
    """`p50 3.1 ms, p99 7.4 ms of 300`; `1.2 s of 5`."""
    percents = (50, 99) if figure.shows_shares else (figure.targets[0].percent if figure.targets else MEDIAN,)
    said = ", ".join(f"{_share(figure, p)}{_amount(at_percent(values, p), figure.unit)}" for p in percents)
    return f"{said} of {len(values)}" if len(values) > 1 else said


def _share(figure: Figure, percent: int) -> str:
    return f"p{percent} " if figure.shows_shares else ""


def _amount(value: float, unit: str) -> str:
    digits = f"{value:.{DIGITS.get(unit, 0)}f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return f"{digits} {unit}".strip()


def chosen(only: Sequence[str], with_whole: bool) -> list[str]:
    """The names of the figures to read: those of `only` (names of figures or of parts), else all.

    Raises ValueError for a name that is neither.
    """
    strange = [name for name in only if name not in FIGURES and name not in PARTS]
    if strange:
        raise ValueError(f"no figure {', '.join(strange)}; there are {', '.join((*PARTS, *FIGURES))}")
    if only:
        return [name for name, figure in FIGURES.items() if name in only or figure.part in only]
    return [name for name, figure in FIGURES.items() if with_whole or figure.part != ONLY_WHOLE]
