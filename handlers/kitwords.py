"""Equipment as it is typed: `need 4 vocal wireless must or Shure ULXD`, `lisbon house 2 drum riser`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from checklists.errors import Refusal
from checklists.rentals import Move, Terms
from checklists.stock import MOST_OF_A_THING, NAME_MOST, named
from handlers.callwords import MENTION
from handlers.needwords import NUMBER, NUMBERISH, NUMBERS
from handlers.rentwords import read_terms
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, split_gig, tidy

NEED = "/gig kit need 4 vocal wireless must or Shure ULXD"
CARRY = "/gig kit carry 2 drum riser in 3 cases"
REPAIR = "/gig kit repair drum riser"
HOUSE = "/gig kit lisbon house 2 drum riser"
PROMOTER = "/gig kit lisbon promoter 1 piano"
ACCEPT = "/gig kit lisbon accept ULXD for vocal wireless"
RENT = "/gig kit lisbon rent vocal wireless from PRG 3 days 180 EUR"
ORDER = "/gig kit lisbon ordered PRG-1182"
MUST, NICE = frozenset({"must", "must-have", "required"}), frozenset({"nice", "nice-to-have", "optional"})
OFF = frozenset({"off", "remove", "forget"})
BACK = OFF | {"done", "fixed", "repaired", "back"}
IN_CASES = re.compile(r"\s+in\s+(\S+)\s+(?:flight ?)?cases?$", re.IGNORECASE)
FOR, BY = re.compile(r"\s+for\s+", re.IGNORECASE), re.compile(r"\s+by\s*$", re.IGNORECASE)
MOST_SUBS = 8


class Act(StrEnum):
    """What is said of equipment."""

    SHOW = "show"
    NEED = "need"
    CARRY = "carry"
    REPAIR = "repair"
    HOUSE = "house"
    PROMOTER = "promoter"
    ACCEPT = "accept"
    RENT = "rent"
    MOVE = "move"


MOVES = {
    "approve": Move.APPROVE, "approved": Move.APPROVE, "refuse": Move.REFUSE, "refused": Move.REFUSE,
    "ordered": Move.ORDER, "order": Move.ORDER, "delivered": Move.DELIVER, "returned": Move.RETURN,
    "off-hire": Move.RETURN, "offhire": Move.RETURN, "off-hired": Move.RETURN,
}  # fmt: skip
ACTS = {
    "need": Act.NEED, "needs": Act.NEED, "carry": Act.CARRY, "carries": Act.CARRY, "carried": Act.CARRY,
    "repair": Act.REPAIR, "broken": Act.REPAIR, "house": Act.HOUSE, "promoter": Act.PROMOTER, "accept": Act.ACCEPT,
    "accepted": Act.ACCEPT, "rent": Act.RENT, "hire": Act.RENT, **dict.fromkeys(MOVES, Act.MOVE),
}  # fmt: skip
EXAMPLES = {
    Act.NEED: NEED, Act.CARRY: CARRY, Act.REPAIR: REPAIR, Act.HOUSE: HOUSE, Act.PROMOTER: PROMOTER,
    Act.ACCEPT: ACCEPT, Act.RENT: RENT, Act.MOVE: ORDER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KitAsked:
    """What is said of equipment, on a gig or ("") on the tour.

    `count` None: no number was said. `line`: for which line of the rider it stands. `off` takes it back. `person` said
    yes to a substitute.
    """

    act: Act
    gig: str = ""
    name: str = ""
    count: int | None = None
    must: bool | None = None
    subs: tuple[str, ...] = ()
    cases: int = 0
    line: str = ""
    off: bool = False
    person: str = ""
    terms: Terms = field(default_factory=Terms)
    move: Move | None = None
    order: str = ""


def read_kit(rest: str) -> KitAsked:
    """A gig, what is done, and with what; a gig alone, or nothing, is shown.

    Raises Refusal for a number that is missing, negative or too large, for a name that is none, and for what is not
    understood.
    """
    gig, text = split_gig(tidy(rest))
    words = text.split(" ")
    at = next((n for n, word in enumerate(words) if _bare(word) in ACTS), None)
    if at is None:
        _refuse_slip(words)
        return KitAsked(Act.SHOW, gig_of(gig or text))
    act = ACTS[_bare(words[at])]
    before = " ".join(words[:at])
    said = " ".join(words[at + 1 :]).strip(EDGES)
    return _read(act, gig_of(f"{gig} {before}" if gig else before), _bare(words[at]), said)


def _bare(word: str) -> str:
    return word.strip(EDGES).casefold()


def _refuse_slip(words: Sequence[str]) -> None:
    """Raises Refusal when one of many words was probably meant for something that is done."""
    for word in words[1:] if len(words) > 2 else ():
        if meant := near(_bare(word), ACTS):
            raise refusal(f"I do not know {quote(word)}. Did you mean {meant}?", EXAMPLES[ACTS[meant]])


def _read(act: Act, gig: str, word: str, said: str) -> KitAsked:
    if act is Act.NEED:
        return _need(gig, said)
    if act is Act.CARRY:
        return _carry(gig, said)
    if act is Act.REPAIR:
        return _repair(gig, said)
    if act is Act.ACCEPT:
        return _accept(gig, said)
    if act is Act.RENT:
        return _rent(gig, said)
    if act is Act.MOVE:
        return _move(gig, MOVES[word], said)
    return _held(act, gig, said)


def _need(gig: str, said: str) -> KitAsked:
    said, off = _take_last(said, OFF)
    count, text = _take_count(said, NEED)
    if off or count == 0:
        return KitAsked(Act.NEED, gig, name_of(text, NEED), off=True)
    first, *subs = re.split(r"\s+or\s+", text, flags=re.IGNORECASE)
    must: bool | None = None
    kept = []
    for part in (first, *subs):
        bare, mode = _take_mode(part)
        must = mode if must is None else must
        kept.append(name_of(bare, NEED))
    if count is None:
        raise _no_count(kept[0], NEED)
    if len(subs) > MOST_SUBS:
        raise refusal(f"A line has at most {MOST_SUBS} substitutes.", NEED)
    return KitAsked(Act.NEED, gig, kept[0], count, must, tuple(dict.fromkeys(kept[1:])))


def _take_mode(part: str) -> tuple[str, bool | None]:
    """`vocal wireless must`: the words, and whether it is a must; None when nothing was said of that."""
    for words, must in ((MUST, True), (NICE, False)):
        text, found = _take_last(part.removesuffix(" have").removesuffix(" to have"), words)
        if found:
            return text, must
    return part, None


def _carry(gig: str, said: str) -> KitAsked:
    if said.casefold() in ("all", "everything") and gig:
        return KitAsked(Act.CARRY, gig, count=MOST_OF_A_THING)
    if said.casefold() in ("none", "nothing") and gig:
        return KitAsked(Act.CARRY, gig, count=0)
    if said.casefold() in OFF and gig:
        return KitAsked(Act.CARRY, gig, off=True)
    said, off = _take_last(said, OFF)
    found = IN_CASES.search(said)
    cases = _number(found[1], CARRY) if found else 0
    count, text = _take_count(said[: found.start()] if found else said, CARRY)
    name = name_of(text, CARRY)
    if count is None and not off:
        raise _no_count(name, CARRY)
    return KitAsked(Act.CARRY, gig, name, count, cases=cases, off=off)


def _repair(gig: str, said: str) -> KitAsked:
    said, off = _take_last(said, BACK)
    count, text = _take_count(said, REPAIR)
    return KitAsked(Act.REPAIR, gig, name_of(text, REPAIR), count, off=off)


def _held(act: Act, gig: str, said: str) -> KitAsked:
    """`2 drum riser`, `no piano`, `4 ULXD for vocal wireless`, `piano off`."""
    example = EXAMPLES[act]
    said, off = _take_last(said, OFF)
    count, text = _take_count(said, example)
    name, line = _for(text, example)
    if count is None and not off:
        raise _no_count(name, example)
    return KitAsked(act, gig, name, count, line=line, off=off)


def _accept(gig: str, said: str) -> KitAsked:
    said, off = _take_last(said, OFF)
    found = MENTION.search(said)
    if found:
        said = BY.sub("", said[: found.start()])
    name, line = _for(said, ACCEPT)
    if not line:
        raise refusal(f"For which line of the rider is {quote(name)} accepted?", ACCEPT)
    return KitAsked(Act.ACCEPT, gig, name, line=line, off=off, person=found[1] if found else "")


def _rent(gig: str, said: str) -> KitAsked:
    words = said.split(" ")
    at = next((n for n, word in enumerate(words) if n and (_bare(word) in MOVES or _bare(word) in OFF)), None)
    if at is not None:
        name, order = name_of(" ".join(words[:at]), RENT), plain(" ".join(words[at + 1 :])).strip(EDGES)
        return KitAsked(Act.MOVE, gig, name, move=MOVES.get(_bare(words[at]), Move.CANCEL), order=order)
    text, terms = read_terms(said, RENT)
    count, text = _take_count(text, RENT)
    name, line = _for(text, RENT)
    return KitAsked(Act.RENT, gig, name, count, line=line, terms=terms)


def _move(gig: str, move: Move, said: str) -> KitAsked:
    """`ordered PRG-1182 for vocal wireless`, `delivered vocal wireless`; without a name it is the only one."""
    if move is not Move.ORDER:
        bare = re.sub(r"^for\s+", "", said, flags=re.IGNORECASE)
        return KitAsked(Act.MOVE, gig, name_of(bare, ORDER) if bare else "", move=move)
    order, *rest = FOR.split(said, maxsplit=1)
    order = plain(order).strip(EDGES)
    if len(order) > NAME_MOST:
        raise refusal(f"That order number has {len(order)} letters, at most {NAME_MOST} fit.", ORDER)
    return KitAsked(Act.MOVE, gig, name_of(rest[0], ORDER) if rest else "", move=move, order=order)


def _for(text: str, example: str) -> tuple[str, str]:
    """`ULXD for vocal wireless` as the thing and the line; "" when no line was named."""
    thing, *rest = FOR.split(text, maxsplit=1)
    return name_of(thing, example), name_of(rest[0], example) if rest else ""


def name_of(words: str, example: str) -> str:
    """A thing's name; raises Refusal for none, for one without letters or figures, and for one over 60 letters."""
    name = plain(words).strip(EDGES + "\"'")
    if not named(name):
        what = f"{quote(name)} is no name of a thing." if name else "What is it? I found no name."
        raise refusal(what, example)
    if len(name) > NAME_MOST:
        raise refusal(f"{quote(name)} has {len(name):,} letters, at most {NAME_MOST} fit.", example)
    return name


def _take_last(text: str, words: frozenset[str]) -> tuple[str, bool]:
    """The text without its last word when that is one of these."""
    before, _, last = text.rpartition(" ")
    return (before, True) if before and _bare(last) in words else (text, False)


def _take_count(text: str, example: str) -> tuple[int | None, str]:
    """`4 vocal wireless`, `no piano`: the number, and what follows; None when there is no number."""
    first, _, rest = text.partition(" ")
    if not rest or not (NUMBERISH.match(first) or first.casefold() in NUMBERS):
        return None, text
    if NUMBERISH.match(first) and not NUMBER.fullmatch(first) and re.search(r"[a-z]", first, re.IGNORECASE):
        return None, text  # `12ch desk` is a name
    return _number(first, example), rest


def _number(word: str, example: str) -> int:
    """Raises Refusal for what is no whole number from 0 to 999."""
    if word.casefold() in NUMBERS:
        return NUMBERS[word.casefold()]
    found = NUMBER.fullmatch(word)
    if not found:
        raise refusal(f"How many is {quote(word)}? I take whole numbers.", example)
    if not 0 <= int(found[1]) <= MOST_OF_A_THING:
        raise _outside(int(found[1]), example)
    return int(found[1])


def _no_count(name: str, example: str) -> Refusal:
    what = f"{name} of what?" if name.isdigit() else f"How many {quote(name)}? I found no number before it."
    return refusal(what, example)


def _outside(count: int, example: str) -> Refusal:
    return refusal(f"{count:,}? I take numbers from 0 to {MOST_OF_A_THING}.", example)
