"""Where a gig's equipment comes from: the house, the promoter, the tour's cases, a substitute that somebody accepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.kit import Accepted, Held
from checklists.stock import MOST_LINES, Stock, named
from handlers.asked import Asked, Reply
from handlers.cards.prose import escape, mention
from handlers.gaps import find_line, refuse_closed, refuse_slip, spelled, table, unknown
from handlers.kitseen import kit_seen
from handlers.kitwords import ACCEPT, CARRY, Act, KitAsked
from handlers.typed import quote
from handlers.which import meet_people
from storage.book import Book


def say_held(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    """So many of a thing the house holds, or the promoter provides; none; or nobody knows any more."""
    if typed.act is Act.PROMOTER:
        refuse_closed(gig, asked)
        return _promise(book, gig, typed, asked)
    refuse_nowhere(gig)
    return _hold(book, gig, typed, asked)


def refuse_nowhere(gig: Gig) -> None:
    """Raises Refusal for a gig whose venue is not known: there is no house to keep it with."""
    if not named(gig.venue):
        raise Refusal(
            f"I do not know the venue of #{gig.number} {gig.city} yet, so I cannot say whose house that is. A gig gets "
            "its venue when it is opened: `/gig new NAME, VENUE CITY, 12 Dec`. Nothing was changed."
        )


def _held(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Held:
    lines = book.kit.lines(gig.tour_id)
    line = find_line(lines, typed.line).key if typed.line else ""
    if not line and not typed.off:
        refuse_slip(lines, typed.name)
    return Held(spelled(lines, typed.name), typed.count or 0, line, asked.who, asked.now)


def _hold(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    house = book.houses.open(gig)
    known = {each.key: each for each in book.houses.kit(house)}
    held = _held(book, gig, typed, asked)
    before = known.get(held.key)
    if typed.off:
        if not book.houses.drop_kit(house, held.key):
            raise Refusal(f"Nobody has said that {gig.venue} has {quote(typed.name)}. Nothing was changed.")
        return _noted(book, gig, "house holds", before, None, asked, f"the house is not asked about {held.name}")
    _refuse_full(known, held)
    book.houses.hold(house, held)
    return _noted(book, gig, "house holds", before, held, asked, f"the house has {_words(held)}")


def _promise(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    known = {each.key: each for each in book.kit.promised(gig.id)}
    held = _held(book, gig, typed, asked)
    before = known.get(held.key)
    if typed.off:
        if not book.kit.drop_promised(gig.id, held.key):
            raise Refusal(f"Nobody has said that the promoter provides {quote(typed.name)}. Nothing was changed.")
        return _noted(book, gig, "promoter provides", before, None, asked, f"nothing is known of {held.name}")
    _refuse_full(known, held)
    book.kit.promise(gig.id, held)
    return _noted(book, gig, "promoter provides", before, held, asked, f"the promoter provides {_words(held)}")


def _refuse_full(known: Mapping[str, Held], held: Held) -> None:
    if held.key not in known and len(known) >= MOST_LINES:
        raise Refusal(f"At most {MOST_LINES} things are kept there. Forget one first, with `off` behind its name.")


def _words(held: Held) -> str:
    stands = f" for {held.stands_for}" if held.stands_for else ""
    return f"{held.count or 'no'} {held.name}{stands}"


def _noted(book: Book, gig: Gig, what: str, before: Held | None, after: Held | None, asked: Asked, told: str) -> Reply:
    was, now = (_words(each) if each else "" for each in (before, after))
    book.journal.write(asked.now, asked.who, what, gig_id=gig.id, before=was, after=now)
    lines = book.kit.lines(gig.tour_id)
    fills = after is None or not lines or any(_is_for(after, line.key) or line.names_sub(after.key) for line in lines)
    note = ""
    if after is not None and not fills:
        note = f" {escape(unknown(after.name, (line.name for line in lines)))} So it fills none."
    return table(book, gig, asked, f"Noted: {escape(told)}.{note}")


def _is_for(held: Held, key: str) -> bool:
    return key in (held.key, held.stands_for)


def accept(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    """Somebody takes a substitute for a line on this gig, or does not any more."""
    refuse_closed(gig, asked)
    lines = book.kit.lines(gig.tour_id)
    line = find_line(lines, typed.line)
    sub = spelled(lines, typed.name)
    if named(sub) == line.key:
        raise Refusal(f"{quote(sub)} is the line itself: it needs nobody's word. Nothing was changed.")
    taken = Accepted(line.key, named(sub), typed.person or asked.who)
    return _taken(book, gig, Choice(taken, line.name, sub, typed.off), asked)


@dataclass(frozen=True, slots=True)
class Choice:
    """A substitute for a line, as both are spelled; `off`: not any more."""

    taken: Accepted
    line: str
    sub: str
    off: bool = False


def _taken(book: Book, gig: Gig, choice: Choice, asked: Asked) -> Reply:
    taken, what = choice.taken, f"{choice.sub} for {choice.line}"
    if choice.off and not book.kit.refuse(gig.id, taken.line, taken.sub):
        raise Refusal(f"Nobody had accepted {what} on #{gig.number} {gig.city}. Nothing was changed.")
    if not choice.off:
        meet_people(book, [taken.by], asked, ACCEPT)
        book.kit.accept(gig.id, taken)
    after = "" if choice.off else f"{what}, by {taken.by}"
    before = what if choice.off else ""
    book.journal.write(asked.now, asked.who, "substitute accepted", gig_id=gig.id, before=before, after=after)
    by = "" if choice.off else f", by {mention(taken.by)}"
    told = f"{'Not accepted any more' if choice.off else 'Accepted'}: {escape(what)}{by}."
    return table(book, gig, asked, told)


def accept_pressed(book: Book, gig: Gig, line_id: int, asked: Asked) -> Reply:
    """Whoever presses takes the substitute that fills a line now."""
    refuse_closed(gig, asked)
    for gap in kit_seen(book, gig).gaps:
        part = next((part for part in gap.parts if not part.is_accepted), None)
        if gap.line.id == line_id and part is not None:
            taken = Accepted(gap.line.key, named(part.name), asked.who)
            return _taken(book, gig, Choice(taken, gap.line.name, part.name), asked)
    return table(book, gig, asked, "Nothing waits to be accepted there any more: nothing was changed.")


def give(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    """How many of the tour's cases are on this gig, where several play on one day: all, none, or so many of a thing."""
    refuse_closed(gig, asked)
    stock = book.kit.stock(gig.tour_id)
    chosen = [_in_stock(stock, typed.name)] if typed.name else stock
    before = _shares(book, gig)
    if typed.off:
        book.kit.take_back(gig.id, chosen[0].key if typed.name else "")
    else:
        _give(book, gig, chosen, typed, asked)
    what = _given_words(typed, chosen)
    book.journal.write(asked.now, asked.who, "cases given", gig_id=gig.id, before=before, after=_shares(book, gig))
    return table(book, gig, asked, f"Noted: {escape(what)}.")


def _give(book: Book, gig: Gig, chosen: list[Stock], typed: KitAsked, asked: Asked) -> None:
    wanted = typed.count or 0
    if not chosen:
        raise Refusal(f"The tour carries nothing yet: `{CARRY}`. Nothing was changed.")
    if typed.name and wanted > chosen[0].count:
        raise Refusal(f"The tour carries {chosen[0].count} {chosen[0].name}, not {wanted}. Nothing was changed.")
    _refuse_twice(book, gig, chosen, wanted)
    book.kit.give(gig.id, {each.key: min(wanted, each.count) for each in chosen})


def _shares(book: Book, gig: Gig) -> str:
    return ", ".join(f"{count} {key}" for key, count in book.kit.shares([gig.id]).get(gig.id, {}).items())


def _given_words(typed: KitAsked, chosen: list[Stock]) -> str:
    thing = chosen[0].name if typed.name else "of the cases"
    if typed.off:
        return f"nobody has said how many {thing} are there"
    count = str(typed.count or 0) if typed.name else ("all" if typed.count else "none")
    return f"{count} {thing} are there"


def _in_stock(stock: list[Stock], words: str) -> Stock:
    found = next((each for each in stock if each.key == named(words)), None)
    if found is None:
        raise Refusal(f"The tour does not carry {quote(words)}. `/gig kit` shows what it carries. Nothing was changed.")
    return found


def _refuse_twice(book: Book, gig: Gig, chosen: list[Stock], wanted: int) -> None:
    """Raises Refusal for what another gig of that day was given: one case cannot be in two cities."""
    for rival in book.kit.rivals(gig):
        for each in chosen:
            given = rival.shares.get(each.key, 0)
            if given and min(wanted, each.count) + given > each.count:
                raise Refusal(
                    f"{given} of {each.count} {each.name} are on {rival.title} that day: one case cannot be in two "
                    f"cities. Take them off there first: `/gig kit {rival.title.split()[0]} carry none`. Nothing was "
                    "changed."
                )
