"""Equipment: `/gig kit`, the rider and the stock of a tour, and what is missing on one gig."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from checklists.access import Deed, may
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.kit import Line
from checklists.stock import MOST_LINES, MOST_OF_A_THING, Stock, named
from handlers.ahead import judge_ahead
from handlers.asked import Asked, Reply
from handlers.cards import kit as cards
from handlers.cards.ids import number, unpack
from handlers.cards.prose import escape
from handlers.gaps import find_line, refuse_slip
from handlers.kitseen import kit_seen
from handlers.kitwords import Act, KitAsked, read_kit
from handlers.renting import ask_rental, move_rental, rent_pressed
from handlers.supplies import accept, accept_pressed, give, say_held
from handlers.typed import near, quote
from handlers.which import need_changer, need_reader, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.tours import Tour

OnGig = Callable[[Book, Gig, KitAsked, Asked], Reply]
ON_GIG: Mapping[Act, OnGig] = {
    Act.CARRY: give,
    Act.HOUSE: say_held,
    Act.PROMOTER: say_held,
    Act.ACCEPT: accept,
    Act.RENT: ask_rental,
    Act.MOVE: move_rental,
}


def kit(book: Book, asked: Asked) -> Reply:
    """`/gig kit` shows rider and stock, `need`, `carry` and `repair` change them; with a gig: what is missing there.

    `house`, `promoter`, `accept`, `rent` and what follows it change that gig, `carry` says which cases are on it.
    """
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = read_kit(asked.text)
    if typed.act is Act.SHOW:
        return _shown(book, tour, typed, asked)
    need_changer(book, tour, asked)
    if typed.act in (Act.NEED, Act.REPAIR) or (typed.act is Act.CARRY and not typed.gig):
        return _of_tour(book, tour, typed, asked)
    return ON_GIG[typed.act](book, the_gig(book, tour, typed.gig, asked, sure=True), typed, asked)


def _shown(book: Book, tour: Tour, typed: KitAsked, asked: Asked) -> Reply:
    if not typed.gig and "gig" not in asked.choices:
        shown = cards.tour_kit(tour.name, book.kit.lines(tour.id), book.kit.stock(tour.id))
        return Reply(shown.text, shown.blocks)
    changes = may(Deed.CHANGE, book.tours.roles_of(tour.id, asked.who), book.people.get(asked.who))
    seen = kit_seen(book, the_gig(book, tour, typed.gig, asked))
    shown = cards.gap_table(replace(seen, with_prices=changes), may_change=changes)
    return Reply(shown.text, shown.blocks)


def _of_tour(book: Book, tour: Tour, typed: KitAsked, asked: Asked) -> Reply:
    """The rider or the stock is changed; every gig ahead is judged by it."""
    if typed.gig:
        raise Refusal(
            f"The rider and the stock are the whole tour's: write `/gig kit {typed.act.value} ...` without a gig. "
            "Nothing was changed."
        )
    said = {Act.NEED: _need, Act.CARRY: _carry, Act.REPAIR: _repair}[typed.act](book, tour, typed, asked)
    said += judge_ahead(book, tour.id, asked.now)
    shown = cards.tour_kit(tour.name, book.kit.lines(tour.id), book.kit.stock(tour.id), said)
    return Reply(shown.text, shown.blocks)


def _need(book: Book, tour: Tour, typed: KitAsked, asked: Asked) -> str:
    lines = book.kit.lines(tour.id)
    old = next((line for line in lines if line.key == named(typed.name)), None)
    if typed.off:
        gone = find_line(lines, typed.name)
        book.kit.drop_line(tour.id, gone.key)
        _journal(book, tour, "rider line", cards.line_words(gone), "", asked)
        return f"Not on the rider any more: {escape(gone.name)}."
    if old is None and len(lines) >= MOST_LINES:
        raise Refusal(f"A rider has at most {MOST_LINES} lines. Take one off first: `/gig kit need NAME off`.")
    new = _line(old, typed, asked)
    book.kit.put_line(tour.id, new)
    _journal(book, tour, "rider line", cards.line_words(old) if old else "", cards.line_words(new), asked)
    return f"On the rider: {cards.line_words(new)}."


def _line(old: Line | None, typed: KitAsked, asked: Asked) -> Line:
    """What was said, and for the rest how it stands: a new line is a must."""
    must = typed.must if typed.must is not None else (old.must if old else True)
    subs = typed.subs or (old.subs if old else ())
    subs = tuple(sub for sub in subs if named(sub) != named(typed.name))
    return Line(0, typed.name, typed.count or 0, must, subs, asked.who)


def _carry(book: Book, tour: Tour, typed: KitAsked, asked: Asked) -> str:
    stock = book.kit.stock(tour.id)
    if typed.off or typed.count == 0:
        gone = _in_stock(stock, typed.name)
        book.kit.drop_stock(tour.id, gone.key)
        _journal(book, tour, "stock", cards.stock_words(gone), "", asked)
        return f"Not carried any more: {escape(gone.name)}."
    old = next((each for each in stock if each.key == named(typed.name)), None)
    refuse_slip(book.kit.lines(tour.id), typed.name)
    if old is None and len(stock) >= MOST_LINES:
        raise Refusal(f"A tour carries at most {MOST_LINES} kinds of things. Take one off: `/gig kit carry NAME off`.")
    count = typed.count or 0
    cases = typed.cases or (old.cases if old else 0)
    new = Stock(0, typed.name, count, cases, min(old.in_repair, count) if old else 0)
    book.kit.put_stock(tour.id, new)
    _journal(book, tour, "stock", cards.stock_words(old) if old else "", cards.stock_words(new), asked)
    return f"Carried: {cards.stock_words(new)}."


def _repair(book: Book, tour: Tour, typed: KitAsked, asked: Asked) -> str:
    """So many, or all, are under repair; or back."""
    old = _in_stock(book.kit.stock(tour.id), typed.name)
    count = typed.count if typed.count is not None else old.count
    if count > old.count:
        raise Refusal(f"The tour carries {old.count} {old.name}, not {count}. Nothing was changed.")
    away = max(old.in_repair - count, 0) if typed.off else count
    new = replace(old, in_repair=away)
    book.kit.put_stock(tour.id, new)
    _journal(book, tour, "under repair", cards.stock_words(old), cards.stock_words(new), asked)
    return f"Now: {cards.stock_words(new)}."


def _in_stock(stock: list[Stock], words: str) -> Stock:
    """The thing in stock of that name; raises Refusal with the nearest."""
    found = next((each for each in stock if each.key == named(words)), None)
    if found is None:
        meant = near(words, [each.name for each in stock])
        guess = f" Did you mean “{meant}”?" if meant else ""
        raise Refusal(
            f"The tour does not carry {quote(words)}.{guess} `/gig kit` shows what it carries. Nothing was changed."
        )
    return found


def _journal(book: Book, tour: Tour, what: str, before: str, after: str, asked: Asked) -> None:
    book.journal.write(asked.now, asked.who, what, tour_id=tour.id, before=before, after=after)


def rent_button(book: Book, asked: Asked) -> Reply:
    """A missing line is asked for."""
    return rent_pressed(book, _changed_gig(book, asked), _line_id(asked), asked)


def accept_button(book: Book, asked: Asked) -> Reply:
    """Whoever presses takes the substitute."""
    return accept_pressed(book, _changed_gig(book, asked), _line_id(asked), asked)


def here_button(book: Book, asked: Asked) -> Reply:
    """All cases of the tour are on this gig."""
    gig = _changed_gig(book, asked)
    return give(book, gig, KitAsked(Act.CARRY, count=MOST_OF_A_THING), asked)


def _line_id(asked: Asked) -> int:
    return number(unpack(asked.value, 2)[1])


def _changed_gig(book: Book, asked: Asked) -> Gig:
    """The gig of a button, for those who may change it."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    return gig
