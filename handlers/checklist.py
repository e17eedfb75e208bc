"""What a gig's list is made by: `/gig checklist`, its width and kind of show, its conditions, the tour's own lines."""

from dataclasses import replace

from checklists.conditions import Condition
from checklists.errors import Refusal
from checklists.gig import Gig
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import listing as cards
from handlers.cards.ids import unpack
from handlers.checklistwords import Amend, Amendment, ListAsked, Shape, guess, read_checklist
from handlers.conditions_asked import answer, decided_here, refuse_decided, told
from handlers.listing import relist, relist_and_keep
from handlers.own_lists import add_here, amend, drop_here, import_list, line_words
from handlers.ticking import refuse_over
from handlers.upkeep import keep, picture
from handlers.which import need_changer, need_reader, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.tours import Tour


def checklist(book: Book, asked: Asked) -> Reply:
    """`/gig checklist CITY` shows what the list is made by; with more words, or for the tour, changes that."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = _read(book, tour, asked.text)
    if typed != ListAsked(typed.gig, typed.of_tour):
        need_changer(book, tour, asked)
    if typed.takes_file:
        return _imported(book, tour, asked)
    return _of_tour(book, tour, typed, asked) if typed.of_tour else _of_gig(book, tour, typed, asked)


def _read(book: Book, tour: Tour, text: str) -> ListAsked:
    """What was typed; a gig whose name is one of our words goes before the word."""
    typed = read_checklist(text)
    first, _, rest = text.strip().partition(" ")
    if typed.gig or typed.of_tour or not first or not book.gigs.named(tour.id, first):
        return typed
    return read_checklist(f'"{first}" {rest}')


def _of_gig(book: Book, tour: Tour, typed: ListAsked, asked: Asked) -> Reply:
    gig = _meant(book, tour, typed, asked)
    if typed.shape is not None:
        return _shaped(book, gig, typed.shape, asked)
    if typed.answers:
        return _answered(book, gig, typed, asked)
    if typed.amend is not None:
        return _amended_here(book, gig, typed.amend, asked)
    items = book.items.of_gig(gig.id)
    return _asking(book, gig, cards.made_by(gig, items, decided_here(book, gig, items)))


def _meant(book: Book, tour: Tour, typed: ListAsked, asked: Asked) -> Gig:
    """The gig; raises Refusal, with a guess when its last word may have been one of ours."""
    try:
        return the_gig(book, tour, typed.gig, asked)
    except Refusal as no:
        words = typed.gig.split()
        raise Refusal(f"{no}{guess(words) if len(words) > 1 else ''}") from no


def _asking(book: Book, gig: Gig, head: str, *, replaces: bool = False) -> Reply:
    """The words, and what is still to be decided."""
    asking = cards.asked_of(book.items.of_gig(gig.id)) if gig.is_judged else []
    shown = cards.questions(gig, asking, head)
    return Reply(shown.text, shown.blocks, replaces=replaces)


def _shaped(book: Book, gig: Gig, shape: Shape, asked: Asked) -> Reply:
    refuse_over(gig, asked.now)
    if (after := _as_shaped(gig, shape)) == gig:
        return _asking(book, gig, f"{gig_cards.headline(gig)}: its list is made so already. Nothing was changed.")
    _reshape(book, gig, after, asked)
    done = relist(book, after, asked.now)
    kept = keep(book, gig.id, asked.now)
    return _asking(book, after, cards.receipt(kept.picture, done.words, kept.now))


def _as_shaped(gig: Gig, shape: Shape) -> Gig:
    said = {name: value for name in Shape.__slots__ if (value := getattr(shape, name)) is not None}
    return replace(gig, **said)


def _reshape(book: Book, gig: Gig, after: Gig, asked: Asked) -> None:
    book.gigs.set_list(
        gig.id, show_type=after.show_type, profile=after.profile, away=after.away, headline=after.headline
    )
    before, now = cards.shape_words(gig), cards.shape_words(after)
    book.journal.write(asked.now, asked.who, "list", gig_id=gig.id, before=before, after=now)


def _answered(book: Book, gig: Gig, typed: ListAsked, asked: Asked) -> Reply:
    """Answers by words: they stand, whatever a fact says."""
    refuse_over(gig, asked.now)
    answer(book, gig.tour_id, gig, typed.answers, asked)
    return _asking(book, gig, cards.answered(picture(book, gig.id), told(typed.answers), "on this gig"))


def answer_pressed(book: Book, asked: Asked) -> Reply:
    """Yes or No under a question: of this gig, or of the whole tour."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    refuse_over(gig, asked.now)
    _, scope, name, word = unpack(asked.value, 4)
    if name not in Condition.__members__ or word not in ("yes", "no"):
        raise Refusal(f"That question is not asked any more. `/gig checklist #{gig.number}` asks what is still open.")
    refuse_decided(book, gig, Condition[name])
    said = ((Condition[name], word == "yes"),)
    everywhere = scope == cards.EVERYWHERE
    changed = answer(book, gig.tour_id, None if everywhere else gig, said, asked)
    where = f"on every gig (lists changed: {changed})" if everywhere else "on this gig"
    return _asking(book, gig, cards.answered(picture(book, gig.id), told(said), where), replaces=True)


def _amended_here(book: Book, gig: Gig, said: Amend, asked: Asked) -> Reply:
    """A line of this gig alone is put on or taken off."""
    refuse_over(gig, asked.now)
    if said.kind is Amendment.ADD:
        line = f"• new: {line_words(add_here(book, gig, said.words, asked))}"
    elif said.kind is Amendment.DROP:
        line = f"• dropped: {line_words(drop_here(book, gig, said.key, asked))}"
    else:
        raise Refusal(
            f"A line is changed for every gig: `/gig checklist tour {said.kind} {said.key}`. For one gig alone waive "
            f"it and add your own: `/gig checklist #{gig.number} add T-10d Pyro plan signed`."
        )
    kept = keep(book, gig.id, asked.now)
    words = gig_cards.verdict_words(kept.now)
    return Reply(f"*{gig_cards.headline(gig)}*, on this gig alone\n{line}\nReadiness: {words}.")


def _of_tour(book: Book, tour: Tour, typed: ListAsked, asked: Asked) -> Reply:
    """The same for every gig ahead; without more words the tour's own lines."""
    if typed.shape is not None:
        return _all_shaped(book, tour, typed.shape, asked)
    if typed.answers:
        changed = answer(book, tour.id, None, typed.answers, asked)
        return Reply(f"*{gig_cards.escape_line(tour.name)}*: {told(typed.answers)}\n{cards.spread_words(changed)}")
    if typed.amend is not None:
        said = amend(book, tour, typed.amend, asked)
        return _spread(book, tour, said, asked)
    shown = cards.of_tour(
        tour.name, book.lists.own(tour.id), [(each.condition, each.holds) for each in book.lists.said(tour.id)]
    )
    return Reply(shown.text, shown.blocks)


def _all_shaped(book: Book, tour: Tour, shape: Shape, asked: Asked) -> Reply:
    """Every gig ahead is listed so; those that come later begin as all do."""
    ahead = [gig for gig in book.gigs.of_tour(tour.id) if gig.is_judged and not gig.is_over(asked.now)]
    shaped = [(gig, after) for gig in ahead if (after := _as_shaped(gig, shape)) != gig]
    for gig, after in shaped:
        _reshape(book, gig, after, asked)
    changed = relist_and_keep(book, [after for _, after in shaped], asked.now)
    later = "A gig that is made later begins lite. `/gig checklist CITY` asks what is to be decided."
    return Reply(f"*{gig_cards.escape_line(tour.name)}*: {cards.spread_words(changed)}\n{later}")


def _spread(book: Book, tour: Tour, said: str, asked: Asked) -> Reply:
    changed = relist_and_keep(book, book.gigs.of_tour(tour.id), asked.now)
    return Reply(f"*{gig_cards.escape_line(tour.name)}*\n{said}\n{cards.spread_words(changed)}")


def _imported(book: Book, tour: Tour, asked: Asked) -> Reply:
    """`/gig checklist import`: the YAML that this person dropped here last, all its lines or none."""
    if asked.dropped is None:
        raise Refusal(
            "I see no YAML of yours in this channel from the last 15 minutes. Drop the list here (a file that ends in "
            "`.yaml`), then type `/gig checklist import`."
        )
    return _spread(book, tour, import_list(book, tour, asked.dropped, asked), asked)
