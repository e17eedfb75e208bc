"""The checker: the table against what was posted. Each message fits one row, each row gets its messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.story.facts import lacks
from bot.story.posted import Posted, fits
from bot.story.table import Due, Row, dues

CALLED_LATE = timedelta(hours=18)
REMINDERS = frozenset(
    {
        "ask_again", "ask_dm", "silent_list", "day_sheet", "on_your_way", "not_here", "no_show",
        "doors", "curfew", "load_out", "digest", "held",
    }
)  # fmt: skip
"""The kinds that the clock sends. The others answer what somebody did (a card may be either)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the story went. `messages` are the bot's without second copies; `sent` is what the ledger counts."""

    messages: int
    unexpected: int
    missing: int
    late: int
    sent: int
    doubled: int
    gigs: int
    reminders: int
    lost: int
    problems: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        line = f"{self.messages} messages, unexpected {self.unexpected} · sent {self.sent}, doubled {self.doubled}"
        line += f" · {self.gigs} gigs, {self.reminders} reminders due, lost {self.lost}"
        troubles = {"missing": self.missing, "late": self.late}
        return line + "".join(f" · {word} {count}" for word, count in troubles.items() if count)


@dataclass
class Match:
    """Who met what, as it is worked out."""

    open: list[Due]
    met: list[Due] = field(default_factory=list)
    left: list[Posted] = field(default_factory=list)
    doubled: list[Posted] = field(default_factory=list)
    late: list[tuple[Due, Posted]] = field(default_factory=list)

    def take(self, due: Due) -> None:
        self.open.remove(due)
        self.met.append(due)


def check(expected: Sequence[Row], posted: Sequence[Posted], problems: Iterable[str] = ()) -> Outcome:
    """Holds the table against the ledger; `problems` are those found elsewhere (final states, timeouts)."""
    match = Match(dues(expected))
    first, copies = _copies(posted)
    match.doubled += copies
    for one in sorted(first, key=lambda message: message.at):
        _meet(match, one)
    _find_late(match)
    lost = [due for due in match.open if due.row.kind in REMINDERS]
    reminders = sum(len(row.instants) for row in expected if row.kind in REMINDERS)
    return Outcome(
        messages=len(posted) - len(match.doubled),
        unexpected=len(match.left),
        missing=len(match.open),
        late=len(match.late),
        sent=len(posted),
        doubled=len(match.doubled),
        gigs=len(_carded(expected, match)),
        reminders=reminders,
        lost=len(lost),
        problems=[*_told(match), *problems],
    )


def _copies(posted: Sequence[Posted]) -> tuple[list[Posted], list[Posted]]:
    """The messages, and those of them that carry the key of an earlier one: one delivery posted twice."""
    first: list[Posted] = []
    copies: list[Posted] = []
    seen: set[str] = set()
    for one in posted:
        (copies if one.key and one.key in seen else first).append(one)
        seen.add(one.key)
    return first, copies


def _meet(match: Match, posted: Posted) -> None:
    due = next((due for due in match.open if _meets(posted, due)), None)
    if due is not None:
        match.take(due)
    elif any(_meets(posted, met) for met in match.met):
        match.doubled.append(posted)
    else:
        match.left.append(posted)


def _meets(posted: Posted, due: Due) -> bool:
    return due.is_met_at(posted.at) and _says(posted, due)


def _says(posted: Posted, due: Due) -> bool:
    return fits(posted, due.row) and not lacks(posted.text, due.row.facts)


def _find_late(match: Match) -> None:
    for one in list(match.left):
        due = next((due for due in match.open if _is_late(one, due)), None)
        if due is not None:
            match.open.remove(due)
            match.left.remove(one)
            match.late.append((due, one))


def _is_late(posted: Posted, due: Due) -> bool:
    return due.at < posted.at <= due.at + CALLED_LATE and _says(posted, due)


def _carded(expected: Sequence[Row], match: Match) -> set[str]:
    """The gigs of the table whose card was posted, in time or late."""
    came = [*match.met, *(due for due, _ in match.late)]
    carded = {due.row.gig for due in came if due.row.kind == "card"}
    return carded & {row.gig for row in expected}


def _told(match: Match) -> Iterable[str]:
    for one in match.doubled:
        yield f"doubled: {one}"
    for one in match.left:
        yield f"unexpected: {one}{_near(one, match.open)}: {_short(one.text)}"
    for due, one in match.late:
        yield f"late by {round((one.at - due.at).total_seconds())} s: {due}"
    for due in match.open:
        yield f"missing: {due}, with {' and '.join(due.row.facts)} (line {due.row.line})"


def _near(posted: Posted, open_dues: Iterable[Due]) -> str:
    """Why it does not fit the row that it looks meant for."""
    for due in open_dues:
        if due.is_met_at(posted.at) and fits(posted, due.row):
            return f" (lacks {' and '.join(lacks(posted.text, due.row.facts))}, line {due.row.line})"
    return ""


def _short(text: str) -> str:
    flat = " / ".join(part.strip() for part in text.splitlines() if part.strip())
    return flat if len(flat) <= 160 else flat[:160] + "…"
