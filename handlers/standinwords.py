"""Who stands in for whom: `lisbon FOH @bo @max then @kit`, `all FOH @bo @max together`, `lisbon FOH off`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checklists.crew import Position
from checklists.errors import Refusal
from handlers.callwords import MENTION, PLAIN_AT, POSITIONS
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, tidy

EXAMPLE = "/gig standins lisbon FOH @bo @max"
OFF = frozenset({"off", "none", "nobody", "remove"})
ALL = frozenset({"all", "everywhere"})
THEN = "then"
TOGETHER = "together"
AT_ONCE = re.compile(r"(?i)\b(?:all )?at once\b")
FILLERS = frozenset({"and", "or", "for", "as", "on", "the", "with", "are", "is", "+", "&"})
SPLIT = re.compile(r"[\s,;/>=()–—]+")
LONGEST = 3


@dataclass(frozen=True, slots=True)
class ChainRequest:
    """The stand-ins of a position, wave by wave; none and not `off`: show them. `gig` is "" when none was named.

    `everywhere`: on every gig of the tour.
    """

    gig: str
    position: Position | None = None
    waves: tuple[tuple[str, ...], ...] = ()
    everywhere: bool = False
    off: bool = False


def read_chain(rest: str) -> ChainRequest:
    """`gig position @person @person`: one after another, `then` between waves, `together` for one wave of all.

    Raises Refusal for a plain `@ana`, a person named twice, people without a position, and words unknown.
    """
    text = AT_ONCE.sub(TOGETHER, tidy(rest))
    found = list(MENTION.finditer(text))
    if PLAIN_AT.search(MENTION.sub(" ", text)):
        raise refusal("I found a name in plain text: type @ and pick the person from Slack's list.", EXAMPLE)
    head = text[: found[0].start()] if found else text
    waves, said = _waves(text, found)
    words = [word for word in head.split() if word.strip(EDGES)]
    everywhere, words = _without(words, ALL)
    off, words = _without(words, OFF)
    position, words = _position(words, [word for word in said if word not in ALL | OFF])
    among, words = _without(words, ALL)
    everywhere = everywhere or among or bool(ALL & set(said))
    off = off or bool(OFF & set(said))
    gig = gig_of(" ".join(words))
    _refuse(gig, position, waves, everywhere, off)
    return ChainRequest(gig, position, waves, everywhere, off)


def _without(words: list[str], marks: frozenset[str]) -> tuple[bool, list[str]]:
    """Whether one of the marks stands at either end, and the words without it."""
    for place in (-1, 0):
        if words and words[place].strip(EDGES).casefold() in marks:
            return True, words[:-1] if place else words[1:]
    return False, words


def _waves(text: str, found: Sequence[re.Match[str]]) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """The people wave by wave, and the words among them that say something else."""
    waves: list[list[str]] = [[]]
    said: list[str] = []
    ends = [*(following.start() for following in found[1:]), len(text)][: len(found)]
    for mention, end in zip(found, ends, strict=True):
        waves[-1].append(mention[1])
        for word in _words(text[mention.end() : end]):
            if word == THEN:
                waves.append([])
            else:
                said.append(word)
    _refuse_twice([who for wave in waves for who in wave])
    in_waves = len(waves) > 1 or TOGETHER in said
    chain = [tuple(wave) for wave in waves if wave] if in_waves else [(who,) for who in waves[0]]
    return tuple(chain), [word for word in said if word != TOGETHER]


def _words(between: str) -> list[str]:
    words = [word.strip(EDGES) for word in SPLIT.split(plain(between).casefold())]
    return [word for word in words if word and word not in FILLERS]


def _position(words: list[str], said: list[str]) -> tuple[Position | None, list[str]]:
    """The position at the end of the words, at their beginning, or after the people; and the words without it."""
    after, known = " ".join(said), [plain(word).strip(EDGES).casefold() for word in words]
    if after and after not in POSITIONS:
        raise _unknown(after)
    for length in range(min(LONGEST, len(words)), 0, -1):
        if position := POSITIONS.get(" ".join(known[-length:])):
            return _only(position, after), words[:-length]
        if position := POSITIONS.get(" ".join(known[:length])):
            return _only(position, after), words[length:]
    return POSITIONS.get(after), words


def _only(position: Position, after: str) -> Position:
    """The position; raises Refusal when the words after the people name another."""
    if POSITIONS.get(after, position) is not position:
        raise refusal(f"Stand-ins for {position}, or for {POSITIONS[after]}? One position at a time.", EXAMPLE)
    return position


def _refuse(gig: str, position: Position | None, waves: Sequence[Sequence[str]], everywhere: bool, off: bool) -> None:
    if everywhere and gig:
        meant = near(gig, POSITIONS)
        guess = f" Did you mean {POSITIONS[meant]}?" if meant else ""
        raise refusal(
            f"On every gig, or on {quote(gig)}? I read both, and no other position.{guess}",
            "/gig standins all FOH @bo @max",
        )
    if off and waves:
        raise refusal("Stand-ins off, or these people? I read both.", "/gig standins lisbon FOH off")
    if position is None and (waves or off):
        last = gig.split()[-1] if gig else ""
        raise _unknown(last) if last else refusal("Stand-ins for which position? I found none.", EXAMPLE)


def _unknown(word: str) -> Refusal:
    meant = near(word, POSITIONS)
    guess = f" Did you mean {POSITIONS[meant]}?" if meant else ""
    known = "Positions: " + ", ".join(Position) + "."
    return refusal(f"Stand-ins for which position? {quote(word)} is none that I know.{guess} {known}", EXAMPLE)


def _refuse_twice(people: Sequence[str]) -> None:
    if len(set(people)) < len(people):
        raise refusal("The same person is there twice. Name each stand-in once, in the order of asking.", EXAMPLE)
