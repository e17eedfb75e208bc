"""The home tab: everybody's own calls, and the tour manager's boards. Words first, all of it by pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from checklists.crew import Call, Person
from checklists.gig import Gig
from checklists.readiness import Verdict
from handlers.cards.blocks import Block, Button, rows, shorten
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.mine import Mine, header, my_day, section
from handlers.cards.prose import clock, escape, mention

TOURS_A_PAGE = 3
GIGS_A_PAGE = 10
CALLS_A_PAGE = 8
WAITING_SHOWN = 8
NAMES_SHOWN = 6
NAME_SHOWN = 40
REASONS_SHOWN = 3
TOURS, MINE = "tours", "mine"
"""What a page button may turn besides a tour's board."""
WORST_FIRST = (Verdict.RED, Verdict.AMBER, Verdict.GREEN, Verdict.GREY)


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a tour's gigs ahead, with their calls; `verdicts` and `waiting` count the whole tour."""

    tour_id: int
    tour: str
    gigs: Sequence[Gig]
    calls: Mapping[int, Sequence[Call]]
    people: Mapping[str, Person]
    verdicts: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    page: int = 0

    @property
    def count(self) -> int:
        return sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Home:
    """What one person finds in his home tab: `tours` is how many he leads, `page` which of them are shown."""

    now: datetime
    boards: Sequence[Board] = ()
    mine: Mine = field(default_factory=Mine)
    notice: str = ""
    page: int = 0
    tours: int = 0


def home_view(home: Home) -> dict[str, object]:
    """The whole tab as a view; for somebody unknown it says what Buscall is and what to type."""
    mine = home.mine
    blocks: list[Block] = [section(home.notice)] if home.notice else []
    blocks += my_day(mine, home.now) + _turn(MINE, mine.page, mine.count, CALLS_A_PAGE, home.page, "calls")
    for board in home.boards:
        blocks += _board(board, home.page)
    if home.tours > TOURS_A_PAGE:
        blocks += _turn(TOURS, home.page, home.tours, TOURS_A_PAGE, 0, "tours")
    if mine.is_empty and not home.boards:
        blocks.append(section(WELCOME))
    return {"type": "home", "blocks": blocks[:100]}


WELCOME = (
    "*Buscall gets live gigs ready.* Nothing waits for you here yet.\n"
    "Do you run a tour? Go to its channel and type `/gig new The Lanterns, Paradiso Amsterdam, 12 Dec doors 19:00`, or "
    "drop its CSV there and type `/gig import`. Are you crew? Your calls appear here as soon as you are called."
)


def _board(board: Board, tours: int) -> list[Block]:
    blocks = [header(board.tour), section(_standing(board))]
    blocks += [section(_gig_words(board, gig)) for gig in board.gigs]
    return blocks + _turn(str(board.tour_id), board.page, board.count, GIGS_A_PAGE, tours, "gigs")


def _standing(board: Board) -> str:
    """`27 gigs ahead: 2 red, 5 amber, 20 green. 7 calls are not confirmed.`"""
    if not board.count:
        return "No gig is ahead. `/gig new` in the tour's channel opens one."
    told = ", ".join(f"{board.verdicts[each]:,} {each}" for each in WORST_FIRST if board.verdicts.get(each))
    gigs = "1 gig" if board.count == 1 else f"{board.count:,} gigs"
    return f"{gigs} ahead: {told}. {_waiting(board.waiting)}"


def _waiting(calls: int) -> str:
    if not calls:
        return "No call waits for an answer."
    return "1 call is not confirmed." if calls == 1 else f"{calls:,} calls are not confirmed."


def _turn(what: str, page: int, count: int, size: int, tours: int, noun: str) -> list[Block]:
    """Where we are among the pages, and the buttons that turn them; nothing where there is one page only."""
    last = (count - 1) // size
    if last < 1:
        return []
    places = {
        "First": 0 if page > 1 else None,
        "Earlier": page - 1 if page else None,
        "Later": page + 1 if page < last else None,
        "Last": last if page < last - 1 else None,
    }
    buttons = [
        Button(f"{word} {noun}", Action.PAGE, pack(what, at, tours)) for word, at in places.items() if at is not None
    ]
    where = f"{page * size + 1:,} to {min((page + 1) * size, count):,} of {count:,} {noun}"
    return [section(where), *rows([buttons], f"page.{what}")]


def _gig_words(board: Board, gig: Gig) -> str:
    calls = board.calls.get(gig.id, ())
    waiting = [call for call in calls if call.is_unconfirmed]
    verdict = (gig.verdict or Verdict.GREY).upper()
    lines = [f"{headline(gig)} · *{verdict}*", *[f"• {escape(reason)}" for reason in gig.reasons[:REASONS_SHOWN]]]
    if len(gig.reasons) > REASONS_SHOWN:
        lines.append(f"• and {len(gig.reasons) - REASONS_SHOWN} more: `/gig ready #{gig.number}`")
    if waiting:
        names = [_name(board, call) for call in waiting[:NAMES_SHOWN]]
        more = f" and {len(waiting) - NAMES_SHOWN} more" if len(waiting) > NAMES_SHOWN else ""
        first = min(call.at for call in waiting)
        lines.append(f"NOT confirmed: {', '.join(names)}{more}; first call {clock(first, gig.zone)}")
    elif any(call.stands for call in calls):
        lines.append("Everybody called has confirmed.")
    else:
        lines.append("Nobody is called yet.")
    return "\n".join(lines)


def _name(board: Board, call: Call) -> str:
    known = board.people.get(call.person)
    who = escape(shorten(known.name, NAME_SHOWN)) if known and known.name else mention(call.person)
    return f"{who} {call.position}"
