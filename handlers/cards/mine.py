"""My day: somebody's own calls in his home tab, what waits for his word, his next call and the rest until it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from checklists.crew import Call, Person
from checklists.gig import Gig
from checklists.walls import local
from handlers.cards.answer import reports_to
from handlers.cards.blocks import SECTION_MOST, Block, Button, plain, rows, shorten
from handlers.cards.call import answers, check_in
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.lines import kind_words, particulars, state_words
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, countdown, escape, moment

Pair = tuple[Gig, Call]


@dataclass(frozen=True, slots=True)
class Rest:
    """Somebody's next call, and the end of his work before it with its gig; None where there was none in three days."""

    gig: Gig
    call: Call
    released: datetime | None = None
    is_real: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody's own calls: the first that wait for his answer, one page of all, and how many there are.

    `off`: called off after his yes, and not seen yet. `bosses`: by gig, the calls of its stage managers; `leads`: by
    tour, its manager.
    """

    waiting: Sequence[Pair] = ()
    calls: Sequence[Pair] = ()
    count: int = 0
    waits: int = 0
    page: int = 0
    off: Sequence[Pair] = ()
    rest: Rest | None = None
    bosses: Mapping[int, Sequence[Call]] = field(default_factory=dict)
    leads: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.count and not self.off


def my_day(mine: Mine, now: datetime) -> list[Block]:
    """What somebody must know first: what was called off, what waits for his answer, what comes next, all of it."""
    blocks = _offs(mine)
    if not mine.count:
        return blocks
    if mine.waits:
        blocks += [header(f"Waiting for your answer: {mine.waits}"), *_calls(mine, mine.waiting, "wait", now)]
    if mine.waits > len(mine.waiting):
        blocks.append(section(f"and {mine.waits - len(mine.waiting)} later ones: answer these, and they come up."))
    if mine.rest is not None:
        blocks += [header("Your next call"), section(_next_up(mine, mine.rest, now))]
    wait = f"{mine.waits} of them wait for your answer" if mine.waits else "all of them are answered"
    blocks += [header("Your calls"), section(f"{mine.count} ahead; {wait}.")]
    return blocks + _calls(mine, [pair for pair in mine.calls if pair not in mine.waiting], "call", now)


def _offs(mine: Mine) -> list[Block]:
    if not mine.off:
        return []
    blocks = [header(f"Called off, not seen yet: {len(mine.off)}")]
    for place, (gig, call) in enumerate(mine.off):
        when = moment(call.at, gig.zone)
        blocks.append(section(f"You are *not needed*: {call.position} at {when}, {headline(gig)}. You had said yes."))
        blocks += rows([[Button("Seen", Action.SEEN, pack(gig.id))]], f"off.{place}")
    return blocks


def _next_up(mine: Mine, rest: Rest, now: datetime) -> str:
    gig, call = rest.gig, rest.call
    first = f"*{moment(call.at, gig.zone)}* {countdown(call.at, gig.zone)}: {_what(gig, call)}"
    return f"{first}\n{_rest_words(rest, now)}"


def _rest_words(rest: Rest, now: datetime) -> str:
    """`Rest before it: 9.5 h, from the planned release at Fri 2 Oct 01:15 WEST.`"""
    if rest.released is None:
        return "Rest before it: no work of yours in the three days before."
    hours = max((rest.call.at - rest.released).total_seconds() / 3600, 0.0)
    which = "your release" if rest.is_real else "the planned release"
    return f"Rest before it: {hours:.1f} h, from {which} at {moment(rest.released, rest.gig.zone)}."


def _calls(mine: Mine, pairs: Sequence[Pair], name: str, now: datetime) -> list[Block]:
    blocks: list[Block] = []
    for place, (gig, call) in enumerate(pairs):
        today = "Today, " if local(now, gig.zone).date() == gig.date else ""
        when = Spoken(f"*{today}{moment(call.at, gig.zone)}* {countdown(call.at, gig.zone)}")
        said = [f"{when}\n{_what(gig, call)}", *_beside(mine, gig, call)]
        blocks.append(section("\n".join(said)))
        blocks += rows([answers(gig, [call]), check_in(gig)[:1] if today else []], f"{name}.{place}")
    return blocks


def _what(gig: Gig, call: Call) -> str:
    return f"{call.position} · {kind_words(call)}#{gig.number} {escape(gig.title)}: {state_words(call, gig.zone)}"


def _beside(mine: Mine, gig: Gig, call: Call) -> list[str]:
    """Where, to whom, what to eat and to bring: what the call says; whom to report to in any case."""
    bosses = tuple(mine.bosses.get(gig.id, ()))
    seen = Picture(gig, "", mine.leads.get(gig.tour_id, ""), bosses, people=mine.people)
    told = [str(line) for line in particulars(seen, [call])]
    return told if call.report_to else [*told, f"Report to: {reports_to(seen, call)}"]


def section(words: str) -> Block:
    """Words of ours in the tab."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": shorten(words, SECTION_MOST), "verbatim": True}}


def header(words: str) -> Block:
    """A heading in the tab."""
    return {"type": "header", "text": plain(words, 150)}
