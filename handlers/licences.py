"""Licences: `/gig licence @ana rigging until 1 Mar 2027`; told to nobody but those who may change the tour."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checklists.clash import NEEDS_LICENCE, Licence, LicenceKind
from checklists.letters import Letter
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.callwords import MENTION, PLAIN_AT
from handlers.cards.prose import listed, mention, show_date
from handlers.grammar import read_date
from handlers.typed import EDGES, near, plain, quote, refusal, tidy
from handlers.which import meet_people, need_changer, tour_here
from storage.book import Book
from storage.tours import Tour

EXAMPLE = "/gig licence @ana rigging until 1 Mar 2027"
SAID: Mapping[LicenceKind, tuple[str, ...]] = {
    LicenceKind.RIGGING: ("rigging", "rigger", "rig", "riggers", "up rigging"),
    LicenceKind.DRIVING: ("driving", "driver", "drivers", "driver's", "drive", "cpc", "pcv", "hgv", "cdl"),
    LicenceKind.SECURITY: ("security", "door", "door staff", "doors", "sia", "guard", "steward"),
    LicenceKind.MEDICAL: ("medical", "medic", "medics", "first aid", "paramedic"),
    LicenceKind.EFFECTS: ("effects", "fx", "sfx", "pyro", "pyrotechnics", "special effects"),
    LicenceKind.FORKLIFT: ("forklift", "fork", "forklifts", "telehandler", "flt"),
}
KINDS = {said: kind for kind, ways in SAID.items() for said in ways}
UNTIL = re.compile(r"\s+(?:valid\s+)?(?:until|till|til|to|through|expires?(?:\s+on)?|ends?)\s+", re.IGNORECASE)
OFF = frozenset({"off", "remove", "removed", "delete", "gone", "none"})
LICENCE_WORD = re.compile(r"(?<!\S)(?:licen[cs]e|ticket|card|certificate|cert)(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LicenceRequest:
    """Whose licence; without a kind they are listed, without a date it is taken away."""

    person: str
    kind: LicenceKind | None = None
    expires: date | None = None


def licence(book: Book, asked: Asked) -> Reply:
    """`/gig licence @ana KIND until DATE`, `@ana KIND off`, or `@ana` alone, which lists."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    zone = book.people.get(asked.who).zone or "UTC"
    typed = read_licence(asked.text, local(asked.now, zone).date())
    meet_people(book, [typed.person], asked, EXAMPLE)
    if typed.kind is None:
        return Reply(_listed(book, typed.person, local(asked.now, zone).date()))
    if typed.expires is None:
        return _drop(book, tour, typed.person, typed.kind, asked)
    return _put(book, tour, Licence(typed.person, typed.kind, typed.expires), asked)


def read_licence(rest: str, today: date) -> LicenceRequest:
    """One person, a kind, and `until DATE` or `off`; raises Refusal for what is missing or not understood.

    `today` serves a date without a year: the next such date.
    """
    text = tidy(rest)
    found = list(MENTION.finditer(text))
    if len(found) != 1 or PLAIN_AT.search(MENTION.sub(" ", text)):
        whose = "Whose licence? Type @ and pick the person from Slack's list."
        raise refusal("One person at a time." if len(found) > 1 else whose, EXAMPLE)
    person, said = found[0][1], MENTION.sub(" ", text).strip(EDGES)
    if not said:
        return LicenceRequest(person)
    before, until, after = _split(f" {said}")
    if until:
        return LicenceRequest(person, _kind(before), read_date(after, today))
    words = before.split()
    if words[-1].casefold() in OFF:
        return LicenceRequest(person, _kind(" ".join(words[:-1])))
    raise refusal(f"Until when? I found no `until` and no `off` in {quote(said)}.", EXAMPLE)


def _split(said: str) -> tuple[str, str, str]:
    found = UNTIL.search(said)
    return (said[: found.start()], found[0], said[found.end() :]) if found else (said, "", "")


def _kind(said: str) -> LicenceKind:
    """The kind that is meant; raises Refusal with a guess for one we don't know."""
    words = " ".join(LICENCE_WORD.sub(" ", plain(said)).casefold().split()).strip(EDGES)
    if words in KINDS:
        return KINDS[words]
    meant = near(words, KINDS) if words else None
    guess = f" Did you mean {KINDS[meant]}?" if meant else ""
    what = f"I do not know the licence {quote(words)}." if words else "Which licence?"
    raise refusal(f"{what}{guess} Licences: {', '.join(LicenceKind)}.", EXAMPLE)


def _put(book: Book, tour: Tour, new: Licence, asked: Asked) -> Reply:
    book.licences.put(new)
    after = f"{new.person} {new.kind} until {new.expires}"
    book.journal.write(asked.now, asked.who, "licence", tour_id=tour.id, after=after)
    _show_anew(book, new.person, asked)
    over = " That day is past: calls that need it are marked red." if new.expires < asked.now.date() else ""
    return Reply(f"Noted: {mention(new.person)} {new.kind} licence until {show_date(new.expires)}.{over}")


def _drop(book: Book, tour: Tour, person: str, kind: LicenceKind, asked: Asked) -> Reply:
    if not book.licences.drop(person, kind):
        return Reply(f"I had no {kind} licence of {mention(person)}. Nothing was changed.")
    book.journal.write(asked.now, asked.who, "licence", tour_id=tour.id, before=f"{person} {kind}")
    _show_anew(book, person, asked)
    return Reply(f"Taken away: the {kind} licence of {mention(person)}.")


def _show_anew(book: Book, person: str, asked: Asked) -> None:
    """What is printed on the calls of this person's gigs ahead follows."""
    for gig_id in book.crew.gigs_of(person):
        book.outbox.refresh_letters(gig_id, [Letter.ASK], asked.now)


def _listed(book: Book, person: str, today: date) -> str:
    kept = book.licences.of_people([person])
    if not kept:
        needs = listed([f"{position} ({kind})" for position, kind in NEEDS_LICENCE.items()])
        return f"I know of no licence of {mention(person)}. Calls as {needs} are checked. Note one: `{EXAMPLE}`"
    lines = [f"• {each.kind} until {show_date(each.expires)}{_over(each, today)}" for each in kept]
    return "\n".join([f"Licences of {mention(person)}:", *lines])


def _over(licence: Licence, today: date) -> str:
    return ", expired" if licence.expires < today else ""
