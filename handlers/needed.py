"""Who is needed: `/gig crew`, the positions of a gig and how far they are filled."""

from collections.abc import Sequence

from checklists.crew import Position
from checklists.errors import Refusal
from checklists.filling import Need, wanted
from checklists.gig import Gig
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import needed as cards
from handlers.cards.picture import Picture
from handlers.cards.prose import show_date
from handlers.needwords import Change, CrewAsked, read_needs
from handlers.upkeep import keep, picture
from handlers.which import need_changer, need_reader, the_gig, tour_here
from storage.book import Book


def crew(book: Book, asked: Asked) -> Reply:
    """`/gig crew CITY` shows it; `/gig crew CITY 8 hands, LD 0, MON optional` and `usual` change it."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = read_needs(asked.text)
    changes = bool(typed.changes) or typed.usual
    if changes:
        need_changer(book, tour, asked)
    gig = the_gig(book, tour, typed.gig, asked, sure=changes)
    seen = picture(book, gig.id)
    said = _changed(book, seen, typed, asked) if changes else ""
    shown = cards.crew_table(picture(book, gig.id), said)
    return Reply(shown.text, shown.blocks)


def _changed(book: Book, seen: Picture, typed: CrewAsked, asked: Asked) -> str:
    """What the gig needs from now on, as words for the receipt."""
    gig = seen.gig
    _refuse_closed(gig, asked)
    back = list(Position) if typed.usual else [change.position for change in typed.changes if change.usual]
    needs = [_need(seen, change) for change in typed.changes if not change.usual]
    book.needs.ask(gig.id, needs)
    book.needs.forget(gig.id, back)
    told = _told(needs, back)
    before = ", ".join(_words(need) for need in seen.needs)
    book.journal.write(asked.now, asked.who, "crew needed", gig_id=gig.id, before=before, after=told)
    kept = keep(book, gig.id, asked.now)
    return f"From now on: {told}. Readiness: {gig_cards.verdict_words(kept.now)}."


def _need(seen: Picture, change: Change) -> Need:
    """What was said, and for the rest how it stands: at least one head, required unless it was optional."""
    now = {need.position: need for need in wanted(seen.needs, seen.gig, seen.calls)}.get(change.position)
    heads = change.heads if change.heads is not None else max(now.heads if now else 0, 1)
    stays = now is None or not now.heads or now.required
    return Need(change.position, heads, heads > 0 and (stays if change.required is None else change.required))


def _told(needs: Sequence[Need], back: Sequence[Position]) -> str:
    every = [_words(need) for need in needs]
    every += ["as usual for this show"] if len(back) == len(Position) else [f"{each} as usual" for each in back]
    return ", ".join(every)


def _words(need: Need) -> str:
    """`8 HAND`, `1 MON optional`, `no LD`."""
    if not need.heads:
        return f"no {need.position}"
    return f"{need.heads} {need.position}{'' if need.required else ' optional'}"


def _refuse_closed(gig: Gig, asked: Asked) -> None:
    if not gig.takes_answers or gig.is_over(asked.now):
        word = "over" if gig.takes_answers else gig.state.words
        raise Refusal(
            f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: its crew is not changed any more. "
            f"`/gig crew #{gig.number}` shows it."
        )
