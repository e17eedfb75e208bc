"""What may have been said while Slack could not tell us: where to look for it, and what of it is news."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from checklists.crew import AnsweredBy, Call
from checklists.gig import JUDGED, Gig
from checklists.replies import Meaning, reaction_means
from checklists.sayings import COUNTS, Saying
from handlers import envelopes, routes
from handlers.answering import ASKING, calls_of
from handlers.asked import Asked, Reply
from handlers.upkeep import answerable, glance
from storage.book import Book
from storage.outbox import Delivery

Act = Callable[[Book, Asked], Reply]
News = tuple[Asked, Act]
AT_HAND = timedelta(days=3)
JUST_AFTER = timedelta(microseconds=1)
OVERLAP = timedelta(minutes=2)
"""How much of what is known is looked at again: events that came last may have overtaken others."""


class Place(StrEnum):
    """Where to look: the replies under a message, the reactions on it, or a conversation with one person."""

    THREAD = "thread"
    REACTIONS = "reactions"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Look:
    """One place to look at, for what was said there since; `gigs` are those of which it may tell.

    It is read from `read_from` on, page by page: `cursor` is the next, `seen` what stood on those before.
    """

    place: Place
    channel: str
    ts: str
    since: datetime
    gigs: frozenset[int]
    read_from: datetime
    cursor: str = ""
    seen: frozenset[str] = frozenset()

    def next(self, cursor: str, seen: Iterable[str]) -> "Look":
        """The same place one page on."""
        return replace(self, cursor=cursor, seen=self.seen.union(seen))


def looks(book: Book, now: datetime, began: datetime) -> list[Look]:
    """Where answers to calls that stand may be: the shows at hand first, then those asked last; DMs at the end.

    `began`: before that we need not look where we never looked before.
    """
    swept = book.sayings.swept()
    found: list[Look] = []
    directs: dict[str, list[tuple[datetime, int]]] = {}
    for gig, calls in _with_calls(book, now):
        asked = min((call.asked_at for call in calls if call.asked_at), default=began)
        since = swept.get(gig.id, max(asked, began)) - OVERLAP
        found += _of_gig(book, gig, calls, since)
        for channel in _direct_channels(book, calls):
            directs.setdefault(channel, []).append((since, gig.id))
    found.sort(key=lambda look: look.channel.startswith("D"))
    for channel, told in directs.items():
        since = min(since for since, _ in told)
        found.append(Look(Place.DIRECT, channel, "", since, frozenset(gig_id for _, gig_id in told), since))
    return found


def _with_calls(book: Book, now: datetime) -> list[tuple[Gig, list[Call]]]:
    gigs = {gig.id: gig for tour in book.tours.all() for gig in book.gigs.of_tour(tour.id, JUDGED)}
    calls = book.crew.of_gigs([gig_id for gig_id, gig in gigs.items() if not gig.is_over(now)])
    open_ = [(gigs[gig_id], answerable(its)) for gig_id, its in calls.items()]
    return sorted([(gig, its) for gig, its in open_ if its], key=lambda each: _urgency(each[1], now))


def _urgency(calls: Sequence[Call], now: datetime) -> tuple[int, float]:
    first = min(call.at for call in calls)
    if first - now < AT_HAND:
        return 0, first.timestamp()
    return 1, -max((call.asked_at or first).timestamp() for call in calls)


def _of_gig(book: Book, gig: Gig, calls: Sequence[Call], since: datetime) -> Iterable[Look]:
    channel, ts = book.gigs.card(gig.id)
    only = frozenset({gig.id})
    if ts:
        yield _replies(book, channel, ts, since, calls)
    open_ = {call.person for call in calls if call.is_unconfirmed}
    for letter in ASKING:
        for said in book.outbox.posted(gig.id, letter):
            if said.person and said.person not in open_:
                continue
            yield Look(Place.REACTIONS, said.channel, said.ts, since, only, since)
            if said.person:
                yield _replies(book, said.channel, said.ts, since, calls)


def _replies(book: Book, channel: str, ts: str, since: datetime, calls: Sequence[Call]) -> Look:
    """A thread, from the oldest answer that stands: it may be edited, or gone."""
    stands = (envelopes.said_at(ref) for _, ref in _words_that_stand(book, channel, calls))
    earliest = min([since, *(at for at in stands if at)])
    return Look(Place.THREAD, channel, ts, since, frozenset({calls[0].gig_id}), earliest)


def _direct_channels(book: Book, calls: Sequence[Call]) -> Iterable[str]:
    people = book.people.many({call.person for call in calls if call.is_unconfirmed})
    return [person.dm_channel for person in people.values() if person.dm_channel]


def words_in(book: Book, look: Look, messages: Sequence[Mapping[str, Any]], now: datetime) -> list[News]:
    """Of these messages those that we have not heard, oldest first."""
    told = [envelopes.found(each, look.channel, now) for each in messages if each.get("ts") != look.ts]
    heard = [each for each in told if each is not None]
    known = book.inbox.known([asked.key for asked, _ in heard])
    return [(asked, routes.EDIT if edits else routes.REPLY) for asked, edits in heard if asked.key not in known]


def gone_from(book: Book, look: Look, now: datetime) -> list[News]:
    """The answers that stand on words which are not there any more, though everything was read."""
    calls = [call for gig_id in look.gigs for call in book.crew.of_gig(gig_id)]
    news = []
    for who, ref in sorted(_words_that_stand(book, look.channel, calls)):
        at = envelopes.said_at(ref)
        if ref not in look.seen and at is not None and at >= look.read_from:
            asked = Asked(now, f"said:{look.channel}:{ref}:gone", who, look.channel, thread=look.ts, ts=ref, at=now)
            news.append((asked, routes.EDIT))
    return news


def _words_that_stand(book: Book, channel: str, calls: Iterable[Call]) -> set[tuple[str, str]]:
    """Who answered by words in this channel, and by which message."""
    by_words = [call for call in calls if call.answered_by is AnsweredBy.WORDS and call.answer_ref]
    said = book.sayings.of_calls([call.id for call in by_words]) if by_words else {}
    keys = {call.id: [each.key for each in said[call.id]] for call in by_words}
    return {
        (call.person, call.answer_ref)
        for call in by_words
        if any(key.startswith(f"said:{channel}:{call.answer_ref}:") for key in keys[call.id])
    }


def reactions_on(book: Book, look: Look, message: Mapping[str, Any], now: datetime) -> list[News]:
    """The reactions that were put on an ask, or taken away, without our hearing of it."""
    letter = book.outbox.by_ts(look.channel, look.ts)
    if letter is None or letter.gig_id is None:
        return []
    there = {(who, each["name"]) for each in message.get("reactions", []) for who in each.get("users", [])}
    there = {(who, name) for who, name in there if reaction_means(name) in COUNTS}
    seen = glance(book, letter.gig_id)
    said = book.sayings.of_calls([call.id for call in seen.calls])
    known = {(call.person, name) for call in seen.calls for name in _names_on(look.ts, said[call.id])}
    new = [_put(look, letter, calls_of(seen, who), name, said, now) for who, name in sorted(there - known)]
    return [news for news in new if news] + [_taken(look, who, name, now) for who, name in sorted(known - there)]


def _names_on(ts: str, said: Iterable[Saying]) -> set[str]:
    """The reactions on this message that were put there and not taken away, as far as we heard."""
    mine = [each for each in said if each.by is AnsweredBy.REACTION and each.ref == ts]
    last = {each.name: each for each in sorted(mine, key=lambda each: (each.at, each.key))}
    return {name for name, each in last.items() if not each.gone}


def _put(
    look: Look, letter: Delivery, calls: Sequence[Call], name: str, said: Mapping[int, Iterable[Saying]], now: datetime
) -> News | None:
    """Nobody tells when it was put. A yes is taken for the oldest thing it can be and a no for the newest, so that
    what else was said meanwhile is never turned into a wrong yes."""
    asked = [call for call in calls if call.id in letter.subject.get("calls", ()) and _asks(letter, call)]
    if not asked:
        return None
    taken = [each.at for call in asked for each in said[call.id] if (each.ref, each.name) == (look.ts, name)]
    earliest = max([look.since, *(call.asked_at for call in asked if call.asked_at), *taken]) + JUST_AFTER
    at = earliest if reaction_means(name) is not Meaning.DECLINE else now
    return _reaction(look, asked[0].person, name, at, now, "found"), routes.REACTION


def _asks(letter: Delivery, call: Call) -> bool:
    """True when the message asks for this call as it is now, and not as it was before it was asked anew."""
    return call.version == 1 or call.asked_at is None or letter.made_at >= call.asked_at


def _taken(look: Look, who: str, name: str, now: datetime) -> News:
    return _reaction(look, who, name, now, now, "lost"), routes.REACTION_GONE


def _reaction(look: Look, who: str, name: str, at: datetime, now: datetime, how: str) -> Asked:
    key = f"{how}:{look.channel}:{look.ts}:{who}:{name}:{at.astimezone(UTC).isoformat()}"
    return Asked(now, key, who, look.channel, ts=look.ts, text=name, at=at)
