"""What edits, reactions and private answers must have come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.story.cast import member
from bot.story.facts import holds, lacks
from bot.story.posted import Posted, words_of
from bot.story.stage import Line
from bot.story.table import ON_TIME, FinalRow, Look, Where

SHOWN = frozenset({"posted", "edited"})
PRIVATE = frozenset({"ephemeral", "ephemeral_edited"})
GAVE_UP = frozenset({"timed_out", "unknown_method"})


@dataclass(frozen=True)
class Record:
    """The whole ledger, what the bot posted, and who the bot is."""

    lines: Sequence[Line]
    posted: Sequence[Posted]
    bot: str


def check_finals(rows: Sequence[FinalRow], record: Record) -> list[str]:
    """What does not look as it should, in plain words; nothing when all is well."""
    return [words for row in rows if (words := LOOKS[row.look](row, record))]


def timeouts(lines: Sequence[Line]) -> list[str]:
    """What the program did not answer in time, and the methods it called that Slack does not have."""
    return [f"{line.at:%Y-%m-%d %H:%MZ} {line.kind} {line.text or line.name}" for line in lines if line.kind in GAVE_UP]


def _look_at_card(row: FinalRow, record: Record) -> str:
    cards = (one.ts for one in record.posted if one.gig == row.gig and _is_card(one))
    return _compare(row, record, next(cards, ""))


def _is_card(posted: Posted) -> bool:
    return posted.kind == "card" and posted.where == Where.CHANNEL


def _look_at_ask(row: FinalRow, record: Record) -> str:
    return _compare(row, record, newest_ask(record.posted, row.gig, row.person, row.at))


def newest_ask(posted: Sequence[Posted], gig: str, person: str, until: datetime | None = None) -> str:
    """The ts of the newest ask in the gig's thread that names this person; "" when there is none."""
    asks = [one for one in posted if one.gig == gig and one.kind == "ask" and holds(one.text, f"@{person}")]
    return next((one.ts for one in reversed(asks) if until is None or one.at <= until), "")


def _compare(row: FinalRow, record: Record, ts: str) -> str:
    text = _state(record, ts, row.at)
    missing = lacks(text, row.facts)
    when = f"at {row.at:%Y-%m-%d %H:%MZ}" if row.at else "in the end"
    name = f"{row.look} of {row.gig}" + (f" for {row.person}" if row.person else "")
    if not ts:
        return f"final: there is no {name}"
    return f"final: the {name} lacks {' and '.join(missing)} {when} (it says: {text[:300]!r})" if missing else ""


def _state(record: Record, ts: str, until: datetime | None) -> str:
    shown = [line for line in record.lines if line.kind in SHOWN and line.ts == ts and line.user == record.bot]
    texts = [words_of(line) for line in shown if until is None or line.at <= until]
    return texts[-1] if texts else ""


def _said(row: FinalRow, record: Record) -> str:
    """The ts of what this person said in the gig's thread at that instant."""
    threads = {one.ts for one in record.posted if one.gig == row.gig and _is_card(one)}
    user = member(row.person).id
    lines = (line for line in record.lines if line.kind == "posted" and line.user == user)
    spoken = (line for line in lines if line.thread_ts in threads and _is_at(row, line))
    return next((line.ts for line in spoken if not lacks(line.text, row.facts[:1])), "")


def _is_at(row: FinalRow, line: Line) -> bool:
    return row.at is None or row.at <= line.at <= row.at + ON_TIME


def _reactions(record: Record, ts: str) -> set[str]:
    names: set[str] = set()
    for line in record.lines:
        if line.ts == ts and line.user == record.bot:
            names |= {line.name} if line.kind == "reacted" else set()
            names -= {line.name} if line.kind == "unreacted" else set()
    return names


def _look_at_reaction(row: FinalRow, record: Record) -> str:
    seen = _reactions(record, _said(row, record))
    if any(holds(name, row.facts[1]) for name in seen):
        return ""
    return (
        f"final: {row.person}'s {row.facts[0]!r} in {row.gig} has {sorted(seen) or 'no reaction'}, not {row.facts[1]}"
    )


def _look_for_none(row: FinalRow, record: Record) -> str:
    ts = _said(row, record)
    seen = _reactions(record, ts)
    if ts and not seen:
        return ""
    return f"final: {row.person}'s {row.facts[0]!r} in {row.gig} has {sorted(seen) or 'not been said'}, not nothing"


def _look_in_private(row: FinalRow, record: Record) -> str:
    user = member(row.person).id
    lines = [line for line in record.lines if line.kind in PRIVATE and line.user == user and _is_at(row, line)]
    if any(not lacks(words_of(line), row.facts) for line in lines):
        return ""
    seen = " / ".join(words_of(line)[:200] for line in lines) or "nothing"
    return (
        f"final: {row.person} got no private answer at {row.at:%Y-%m-%d %H:%MZ} with {' and '.join(row.facts)}: {seen}"
    )


LOOKS: dict[Look, Callable[[FinalRow, Record], str]] = {
    Look.CARD: _look_at_card,
    Look.ASK: _look_at_ask,
    Look.REACTION: _look_at_reaction,
    Look.PLAIN: _look_for_none,
    Look.PRIVATE: _look_in_private,
}
