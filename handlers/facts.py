"""What crew ask for on a gig, kept by the tour manager: `/gig fact`."""

from collections.abc import Sequence

from checklists.access import Deed, may
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.questions import ASKED, KEY_MOST, TOLD, Fact, Kind, Topic, is_usual, key_of, label, topics
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards.gig import headline
from handlers.cards.prose import escape, short_date
from handlers.typed import EDGES, gig_of, name_of, quote, refusal, split_gig, tidy
from handlers.upkeep import glance
from handlers.which import need_changer, the_gig, tour_here
from storage.book import Book
from storage.journal import Entry
from storage.outbox import Room
from storage.tours import Tour

EXAMPLE = "/gig fact lisbon wifi LanternNet, pass 1234"
MOST_GIG_WORDS = 4
MOST_FACTS = 40
OFF = frozenset({"off", "none", "remove", "forget"})


def fact(book: Book, asked: Asked) -> Reply:
    """`/gig fact CITY wifi LanternNet, pass 1234` keeps it, `CITY wifi off` forgets it, `CITY` lists what is kept."""
    tour = tour_here(book, asked)
    named, rest = _at_gig(book, tour, tidy(asked.text))
    gig = the_gig(book, tour, named, asked, sure=bool(rest))
    key, text = _at_key(rest)
    if not text:
        return _show(book, tour, gig, key, asked)
    need_changer(book, tour, asked)
    if text.casefold().strip(EDGES) in OFF:
        return _forget(book, gig, key, asked)
    return _keep(book, gig, key, name_of(text, "fact", EXAMPLE), asked)


def _at_gig(book: Book, tour: Tour, text: str) -> tuple[str, str]:
    """The gig's words and the rest: as many words as still name a gig; none before a thing that is always asked."""
    gig, rest = split_gig(text)
    if gig:
        return gig_of(gig), rest.strip(EDGES)
    words = text.split(" ")
    for count in range(min(MOST_GIG_WORDS, len(words)), 0, -1):
        named = gig_of(" ".join(words[:count]))
        if named and book.gigs.named(tour.id, named):
            return named, " ".join(words[count:]).strip(EDGES)
    if is_usual(words[0]) or is_usual(" ".join(words[:2])):
        return "", text
    return gig_of(words[0]), " ".join(words[1:]).strip(EDGES)


def _at_key(text: str) -> tuple[str, str]:
    """The fact's name and its words: two words when they are a usual name, else the first."""
    words = text.split(" ")
    for count in (3, 2):
        if len(words) >= count and is_usual(" ".join(words[:count]).strip(EDGES)):
            return key_of(" ".join(words[:count]).strip(EDGES)), " ".join(words[count:]).strip(EDGES)
    word = words[0].strip(EDGES)
    if len(word) > KEY_MOST:
        raise refusal(f"The name of a fact has at most {KEY_MOST} letters, {quote(word)} has {len(word)}.", EXAMPLE)
    return key_of(word), " ".join(words[1:]).strip(EDGES)


def _show(book: Book, tour: Tour, gig: Gig, key: str, asked: Asked) -> Reply:
    _need_insider(book, tour, gig, asked)
    facts = book.facts.of_gig(gig.id)
    kept = [facts[key]] if key in facts else ([] if key else list(facts.values()))
    if not kept:
        what = f"Nothing is kept under {quote(key)} for" if key else "Nothing is kept yet for"
        return Reply(f"{escape(what)} {headline(gig)}. Keep it: `/gig fact #{gig.number} {key or 'wifi'} ...`")
    people = book.people.many({each.by for each in kept})
    lines = [_line(gig, each, people[each.by].name) for each in kept]
    return Reply("\n".join([f"*What is kept for {headline(gig)}*", *lines]))


def _line(gig: Gig, kept: Fact, name: str) -> str:
    by = f"{escape(name)}, " if name else ""
    return f"• {escape(label(kept.key))}: {escape(kept.text)} ({by}{short_date(local(kept.at, gig.zone).date())})"


def _need_insider(book: Book, tour: Tour, gig: Gig, asked: Asked) -> None:
    """Raises Refusal for somebody who neither changes the tour nor is called to the gig."""
    is_called = any(call.person == asked.who and call.stands for call in book.crew.of_gig(gig.id))
    if not is_called and not may(Deed.CHANGE, book.tours.roles_of(tour.id, asked.who), book.people.get(asked.who)):
        raise Refusal(
            f"What is kept for #{gig.number} {gig.city} is for those who are called to it. Nothing was shown."
        )


def _forget(book: Book, gig: Gig, key: str, asked: Asked) -> Reply:
    if not book.facts.drop(gig.id, key):
        raise Refusal(
            f"Nothing is kept under {quote(key)} for #{gig.number} {gig.city}. `/gig fact #{gig.number}` lists."
        )
    book.journal.write(asked.now, asked.who, "fact forgotten", gig_id=gig.id, before=key)
    _refresh(book, gig, asked)
    return Reply(f"Forgotten: {escape(label(key))} for {headline(gig)}. Whoever asks is passed to you from now on.")


def _keep(book: Book, gig: Gig, key: str, text: str, asked: Asked) -> Reply:
    facts = book.facts.of_gig(gig.id)
    if key not in facts and len(facts) >= MOST_FACTS:
        raise Refusal(f"A gig keeps {MOST_FACTS} facts at most. Forget one first: `/gig fact #{gig.number} WORD off`.")
    book.facts.keep(gig.id, key, text, asked.who, asked.now)
    # The journal says that it was kept, never the words: they may be a password.
    book.journal.write(asked.now, asked.who, "fact kept", gig_id=gig.id, after=key)
    told = _tell_who_asked(book, gig, key, asked)
    _refresh(book, gig, asked)
    answered = f" {told} who had asked {'is' if told == 1 else 'are'} answered." if told else ""
    what = f"*{escape(label(key))}* {escape(text)}"
    return Reply(f"Kept for {headline(gig)}: {what}.{answered} Crew just ask in the thread.")


def _refresh(book: Book, gig: Gig, asked: Asked) -> None:
    book.outbox.refresh_letters(gig.id, [Letter.ANSWER, Letter.QUESTION], asked.now)


def _tell_who_asked(book: Book, gig: Gig, key: str, asked: Asked) -> int:
    """Everybody who asked for it before it was kept is answered once: those of the thread together, in one message."""
    waiting = _waiting(book.journal.of_gig(gig.id, ASKED, TOLD), key)
    if not waiting:
        return 0
    last = f"kept:{gig.id}:{key}:{waiting[-1].at.isoformat()}"
    by_thread = list(dict.fromkeys(line.who for line in waiting if line.before != "dm"))
    by_dm = [who for who in dict.fromkeys(line.who for line in waiting if line.before == "dm") if who not in by_thread]
    by_dm = [who for who in by_dm if not book.people.get(who).is_outsider and _is_called(book, gig, who)]
    if by_thread:
        _say(book, gig, key, Room.THREAD, by_thread, last, asked)
    for who in by_dm:
        _say(book, gig, key, Room.DM, [who], f"{last}:{who}", asked)
    book.journal.write(asked.now, asked.who, TOLD, gig_id=gig.id, after=key)
    return len(by_thread) + len(by_dm)


def _is_called(book: Book, gig: Gig, who: str) -> bool:
    return any(call.person == who for call in glance(book, gig.id).standing)


def _waiting(lines: Sequence[Entry], key: str) -> list[Entry]:
    """Who asked for it since it was told last."""
    waiting: list[Entry] = []
    for line in lines:
        if line.what == TOLD and line.after == key:
            waiting = []
        elif line.what == ASKED and _asks_for(line.after, key):
            waiting.append(line)
    return waiting


def _asks_for(text: str, key: str) -> bool:
    found = topics(text, [key])
    return Topic(Kind.FACT, key) in found or (key == "address" and Topic(Kind.VENUE) in found)


def _say(book: Book, gig: Gig, key: str, room: Room, who: Sequence[str], name: str, asked: Asked) -> None:
    kind = Kind.VENUE if key == "address" else Kind.FACT
    subject = {"topics": [[kind.value, key]], "who": list(who), "late": True}
    person = who[0] if room is Room.DM else ""
    tour, say = gig.tour_id, book.outbox.say
    say(Letter.ANSWER, room, name, asked.now, tour_id=tour, gig_id=gig.id, person=person, subject=subject)
