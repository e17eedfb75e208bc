"""The times of the day: `/gig times`, its form, and what the called are told."""

from collections.abc import Mapping
from datetime import datetime

from checklists.errors import Refusal
from checklists.gig import Anchor, CurfewKind, Gig, refuse_disorder
from checklists.letters import Letter
from checklists.walls import Wall
from handlers.anchorwords import take_more
from handlers.asked import Asked, Reply
from handlers.cards import gig as cards
from handlers.cards.anchors import MORE_WORDS, more_of
from handlers.cards.blocks import Card
from handlers.cards.forms import times_form
from handlers.cards.ids import number, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import anchor_of, show_date
from handlers.daywords import before_anchors
from handlers.grammar import Times, read_gig, read_times
from handlers.more_times import TOLD, given_more
from handlers.typed import split_gig
from handlers.upkeep import Kept, judge_next_days, keep, picture, tell_called
from handlers.walls_asked import walls_of, walls_of_fields
from handlers.which import need_changer, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery


def times(book: Book, asked: Asked) -> Reply:
    """`/gig times CITY doors 19:30 ...`: sets times of the day; all called are told, nobody is asked.

    `line-check 15:30 on-sale 10 Oct` too: what waited for them has its due. Without a time it opens the form.
    """
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    said, rest = take_more(asked.text)
    has_times = before_anchors(rest) < len(rest) or all(split_gig(rest))
    if not said and not has_times:
        return _form(the_gig(book, tour, read_gig(rest), asked), asked)
    typed = read_times(rest) if has_times else Times(read_gig(rest), {})
    gig = the_gig(book, tour, typed.gig, asked)
    refuse_over(gig, asked.now)
    given = {**gig.given, **walls_of(typed.times, gig.date, gig.zone, asked)}
    if said:
        book.gigs.set_more(gig.id, given_more(gig, said, asked))
    return set_times(book, gig, given, typed.curfew_kind, asked)


def open_form(book: Book, asked: Asked) -> Reply:
    """The Times button of a gig that is shown."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    return _form(gig, asked)


def _form(gig: Gig, asked: Asked) -> Reply:
    refuse_over(gig, asked.now)
    return Reply(form=times_form(gig, pack(asked.where, asked.where_name or "-", gig.id)))


def times_sent(book: Book, asked: Asked) -> Reply:
    """The form of times; what is wrong stands at its field. An emptied field goes back to the default day."""
    gig = book.gigs.get(number(asked.value))
    if gig is None:
        raise Refusal("That form is of a gig I don't know any more. Close it and type `/gig list`.")
    need_changer(book, book.tours.get(gig.tour_id), asked)
    refuse_over(gig, asked.now)
    given, errors = walls_of_fields(asked.fields, gig.date, gig.zone, asked)
    if errors:
        return Reply(errors=errors)
    return set_times(book, gig, given, None, asked)


def set_times(book: Book, gig: Gig, given: Mapping[Anchor, Wall], curfew: CurfewKind | None, asked: Asked) -> Reply:
    """Sets the given times, tells all called, and re-judges whoever works the next days."""
    refuse_disorder(given)
    book.gigs.set_times(gig.id, given, curfew or gig.curfew_kind)
    kept = keep(book, gig.id, asked.now, letters=[Letter.LATE])
    seen = kept.picture
    changes, more = _changes(gig, seen.gig), _more_changes(gig, seen.gig)
    lines = [*changes, *more.values()]
    if not lines:
        return Reply(f"{cards.headline(gig)}: those are its times already. Nothing was changed.")
    after = "; ".join(lines)
    book.journal.write(asked.now, asked.who, "times", gig_id=gig.id, before=cards.times_line(gig), after=after)
    judge_next_days(book, [call.person for call in seen.standing], gig, asked.now)
    told = _tell(book, seen, [*changes, *(line for name, line in more.items() if name in TOLD)], asked)
    return Reply("\n".join([f"*{cards.headline(gig)}*", *(f"• {line}" for line in lines), told, verdict(kept)]))


def _tell(book: Book, seen: Picture, changes: list[str], asked: Asked) -> str:
    """Tells all called what has changed of their day; gives how that went, for the receipt."""
    if not changes:
        return "That is no time of the day: nobody was told."
    if not seen.standing:
        return "Nobody is called yet, nobody was told."
    tell_called(book, seen, Letter.TIMES, seen.standing, asked.now, f"times:{asked.key}", changes=changes)
    return "All called are told in the thread."


def _changes(before: Gig, after: Gig) -> list[str]:
    found = [
        f"{anchor.words} {anchor_of(after, anchor)} (was {anchor_of(before, anchor)})"
        for anchor in Anchor
        if anchor_of(after, anchor) != anchor_of(before, anchor)
    ]
    if after.curfew_kind is not before.curfew_kind:
        found.append(f"curfew is {after.curfew_kind} (was {before.curfew_kind})")
    return found


def _more_changes(before: Gig, after: Gig) -> dict[str, str]:
    """By anchor what has changed of the times and dates that the day has not by itself."""
    return {
        name: f"{words} {more_of(after, name)} (was {more_of(before, name)})"
        for name, words in MORE_WORDS.items()
        if after.more.get(name) != before.more.get(name)
    }


def refuse_over(gig: Gig, now: datetime) -> None:
    """Raises Refusal for a gig that has been played or will not be played."""
    if not gig.is_judged or gig.is_over(now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: nothing can be changed any more.")


def verdict(kept: Kept) -> str:
    """`Readiness: RED · 12.0 % locked, 60.0 % on time (was amber)`."""
    return cards.verdict_change(kept.now, kept.before)


def times_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    called = [call for call in seen.standing if call.id in letter.subject["calls"]]
    return cards.changed(seen, letter.subject["changes"], cards.named_once(seen, called, now))
