"""The home tab: the tour manager's board, and everybody's own calls. Text first, paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.crew import Call, Person
from checklists.gig import Gig
from handlers.cards.blocks import SECTION_MOST, Block, Button, plain, rows, shorten
from handlers.cards.call import answers, state_words
from handlers.cards.gig import gig_line
from handlers.cards.ids import Action, pack
from handlers.cards.prose import Spoken, clock, countdown, escape, mention, moment

GIGS_A_PAGE = 10
CALLS_SHOWN = 15
NAMES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a tour's gigs ahead, with their calls; `more` says whether a later page exists."""

    tour: str
    gigs: Sequence[Gig]
    calls: Mapping[int, Sequence[Call]]
    people: Mapping[str, Person]
    page: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What one person finds in his home tab."""

    now: datetime
    boards: Sequence[Board] = ()
    mine: Sequence[tuple[Gig, Call]] = ()
    notice: str = ""


def home_view(home: Home) -> dict[str, object]:
    """The whole tab as a view; for somebody unknown it says what Buscall is and what to type."""
    blocks: list[Block] = [_section(home.notice)] if home.notice else []
    if home.mine:
        blocks += _my_calls(home)
    for board in home.boards:
        blocks += _board(board, home.now)
    if not home.mine and not home.boards:
        blocks.append(_section(WELCOME))
    return {"type": "home", "blocks": blocks[:100]}


WELCOME = (
    "*Buscall gets live gigs ready.* Nothing waits for you here yet.\n"
    "Do you run a tour? Go to its channel and type `/gig new The Lanterns, Paradiso Amsterdam, 12 Dec doors 19:00`, or "
    "drop its CSV there and type `/gig import`. Are you crew? Your calls appear here as soon as you are called."
)


def _my_calls(home: Home) -> list[Block]:
    waiting = sum(call.is_unconfirmed for _, call in home.mine)
    wait = f"{waiting} of them wait for your answer" if waiting else "all of them are answered"
    blocks = [_header("Your calls"), _section(f"{len(home.mine)} ahead; {wait}.")]
    for place, (gig, call) in enumerate(home.mine[:CALLS_SHOWN]):
        when = Spoken(f"*{moment(call.at, gig.zone)}* {countdown(call.at, gig.zone)}")
        what = f"{call.position} · #{gig.number} {escape(gig.title)}: {state_words(call, gig.zone)}"
        blocks.append(_section(f"{when}\n{what}"))
        blocks += rows([answers(gig, [call])], f"call.{place}")
    if len(home.mine) > CALLS_SHOWN:
        blocks.append(_section(f"and {len(home.mine) - CALLS_SHOWN} later ones"))
    return blocks


def _board(board: Board, now: datetime) -> list[Block]:
    blocks = [_header(board.tour)]
    if not board.gigs:
        blocks.append(_section("No gig is ahead. `/gig new` in the tour's channel opens one."))
    blocks += [_section(_gig_words(board, gig, now)) for gig in board.gigs]
    buttons = []
    if board.page:
        buttons.append(Button("Earlier gigs", Action.PAGE, pack(board.page - 1)))
    if board.more:
        buttons.append(Button("Later gigs", Action.PAGE, pack(board.page + 1)))
    return blocks + rows([buttons], "page")


def _gig_words(board: Board, gig: Gig, now: datetime) -> str:
    calls = board.calls.get(gig.id, ())
    waiting = [call for call in calls if call.is_unconfirmed]
    lines = [gig_line(gig)]
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
    who = escape(known.name) if known and known.name else mention(call.person)
    return f"{who} {call.position}"


def _section(words: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": shorten(words, SECTION_MOST), "verbatim": True}}


def _header(words: str) -> Block:
    return {"type": "header", "text": plain(words, 150)}
