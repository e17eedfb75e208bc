"""Who was out when: `lisbon @ana 01:40`, `lisbon all 02:10`, `lisbon @ana`."""

import itertools
import re
from dataclasses import dataclass

from handlers.callwords import MENTION, PLAIN_AT
from handlers.clockwords import Clock, read_clock, refuse_half_said
from handlers.typed import EDGES, gig_of, plain, quote, refusal, tidy

EXAMPLE = "/gig out lisbon @ana 01:40"
CLEAR_HOURS = range(1, 6)
ALL = re.compile(r"(?<!\S)(?:all|everybody|everyone)(?!\S)", re.IGNORECASE)
FILLERS = re.compile(r"(?<!\S)(?:at|was|were|is|out|since|and|are)(?!\S)|[,;&]", re.IGNORECASE)
BACK = frozenset({"off", "back", "undo"})


@dataclass(frozen=True, slots=True)
class OutRequest:
    """Who is out: these people, or all who are there when none is named. Without a clock it is now.

    `back`: that was a mistake, they are still there.
    """

    gig: str
    people: tuple[str, ...]
    clock: Clock | None = None
    back: bool = False


def read_outs(rest: str) -> OutRequest:
    """A gig, people or `all`, and a time; raises Refusal with what is missing or not understood."""
    text = tidy(rest)
    found = list(MENTION.finditer(text)) or list(ALL.finditer(text))[:1]
    if not found or PLAIN_AT.search(MENTION.sub(" ", text)):
        raise refusal("Who is out? Pick people from Slack's list after typing @, or write `all`.", EXAMPLE)
    between = " ".join(text[first.end() : second.start()] for first, second in itertools.pairwise(found))
    said = _words(text[found[-1].end() :])
    if _words(between):
        raise refusal(f"One time holds for all who are named; {quote(between)} stands between them.", EXAMPLE)
    people = tuple(dict.fromkeys(each[1] for each in found if each.re is MENTION))
    gig = gig_of(text[: found[0].start()])
    if said.casefold() in BACK:
        return OutRequest(gig, people, back=True)
    if said:
        refuse_half_said(said, CLEAR_HOURS, " for being out")
    return OutRequest(gig, people, read_clock(said) if said else None)


def _words(text: str) -> str:
    return " ".join(FILLERS.sub(" ", plain(text)).split()).strip(EDGES)
