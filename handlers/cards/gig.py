"""The gig's card, and the other ways a gig is shown."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from checklists.crew import Call, CallState, Position
from checklists.filling import gaps, tally
from checklists.gig import Anchor, Gig
from checklists.readiness import Readiness, Verdict
from handlers.cards.anchors import more_line
from handlers.cards.blocks import Button, Card, card, fitting, shorten
from handlers.cards.ids import Action
from handlers.cards.lines import kind_words, was_at
from handlers.cards.picture import Picture, one_each
from handlers.cards.prose import Spoken, anchor_of, clock, countdown, listed, say, show_date

REASONS_SHOWN = 5
LINES_SHOWN = 30
TITLE_SHOWN = 120
WAITING_ROOM = 1_900
NAMES_ROOM = 400
"""Bytes for each list of people, so that the times stay on the card of a gig with sixty crew."""
GAPS_ROOM = 300


def gig_card(seen: Picture, now: datetime, desk: bool = False) -> Card:
    """The one living card of a gig: who has not confirmed, why it is not ready, the times.

    `desk`: shown privately, with the buttons that open its forms.
    """
    gig = seen.gig
    ready = seen.judge(now)
    calls = seen.calls
    tentative = (call for call in calls if call.is_unconfirmed or call.holds_date)
    missing = sorted(tentative, key=lambda call: call.holds_date)
    waiting = [_waiting(seen, call, now) for call in missing]
    confirmed = [_brief(seen, call) for call in calls if call.is_yes]
    declined = [_brief(seen, call) for call in calls if call.state in (CallState.DECLINED, CallState.NO_SHOW)]
    text = say(
        "gig",
        gig=gig,
        title=shorten(gig.title, TITLE_SHOWN),
        name=shorten(gig.name, TITLE_SHOWN),
        ready=ready,
        reasons=[reason.words(now, gig.zone) for reason in ready.reasons[:REASONS_SHOWN]],
        more=max(len(ready.reasons) - REASONS_SHOWN, 0),
        counts=(len(waiting), len(confirmed), len(declined)),
        unconfirmed=fitting(waiting, WAITING_ROOM),
        of_them=_of_them(missing),
        called=bool(seen.standing),
        on_site=len({call.person for call in calls if call.state is CallState.ARRIVED}),
        standing=len(one_each(seen.standing)),
        confirmed=fitting(confirmed, NAMES_ROOM, "{} more"),
        declined=fitting(declined, NAMES_ROOM, "{} more"),
        times=times_line(gig),
        crew=crew_line(seen) if gig.takes_answers and (seen.standing or seen.needs) else "",
    )
    value = str(gig.id)
    buttons = [Button("Checklist", Action.LIST, value), Button("Why this verdict", Action.READY, value)]
    forms = [
        Button("Times", Action.TIMES_FORM, value),
        Button("Call crew", Action.CALL_FORM, value),
        Button("Tick an item", Action.ITEM_FORM, value),
    ]
    return card(text, buttons if gig.is_judged else [], forms if desk and gig.is_judged else [])


def _waiting(seen: Picture, call: Call, now: datetime) -> Spoken:
    """`Kit, BL, call 12:00 WET, in 47 hours · said maybe`; once the call has come, that it has."""
    zone = seen.gig.zone
    ahead = countdown(call.at, zone) if call.at > now else "that time has come"
    return Spoken(
        f"{seen.name(call.person)}, {call.position}, {kind_words(call) or 'call '}{clock(call.at, zone)}, "
        f"{ahead}{_said_so_far(call)}"
    )


def _of_them(missing: Sequence[Call]) -> str:
    """`3 no answer yet, 1 said maybe, 22 hold the date`: a list too long for the card still shows each answer."""
    found = Counter(map(_short_of_yes, missing))
    words = ("no answer yet", "said maybe", "had said yes before", "hold the date")
    return ", ".join(f"{found[each]} {each}" for each in words if found[each]) if len(found) > 1 else ""


def _short_of_yes(call: Call) -> str:
    if call.holds_date:
        return "hold the date"
    if call.state is CallState.MAYBE:
        return "said maybe"
    return "had said yes before" if call.is_stale else "no answer yet"


def _said_so_far(call: Call) -> str:
    """What somebody who has not confirmed did say: maybe, that he holds the date, or yes to what it was before."""
    if call.state is CallState.MAYBE:
        return " · said maybe"
    if call.holds_date:
        return " · holds the date"
    return f" · had said yes{was_at(call)}, asked again" if call.is_stale else ""


STATE_NOTES = {CallState.ARRIVED: " on site", CallState.RELEASED: " out", CallState.NO_SHOW: " no-show"}


def _brief(seen: Picture, call: Call) -> Spoken:
    extra = STATE_NOTES.get(call.state, "")
    late = f" {call.late} min late" if call.late and not extra else ""
    return Spoken(f"{seen.name(call.person)} {call.position} {kind_words(call)}{call.wall}{extra}{late}")


def crew_line(seen: Picture) -> str:
    """`Crew 7 of 9 filled, 1 tentative, 1 open: audio MON`; "" where nobody is needed or called."""
    fills = seen.fills()
    places = tally(fills)
    if not places.heads:
        return ""
    words = [f"Crew {places.filled} of {places.heads} filled"]
    words += [f"{places.tentative} tentative"] if places.tentative else []
    missing = [f"{where} {' + '.join(map(_places, open_.items()))}" for where, open_ in gaps(fills).items()]
    words += [f"{places.open} open: {', '.join(fitting(missing, GAPS_ROOM, '{} departments more'))}"] if missing else []
    return ", ".join(words)


def _places(of: tuple[Position, int]) -> str:
    position, count = of
    return f"{count} {position}" if count > 1 else position.value


def times_line(gig: Gig) -> str:
    """`load-in ~12:00 WET · doors 19:00 WET · ...`: the whole day in one line."""
    day = " · ".join(f"{anchor.words} {anchor_of(gig, anchor)}" for anchor in Anchor)
    return f"{day} · {more_line(gig)}" if gig.more else day


def escape_line(text: str) -> str:
    """Words made from facts that people typed, harmless."""
    return str(listed([text]))


def verdict_words(ready: Readiness) -> str:
    """`RED · 60.3 % locked, 91.1 % on time`."""
    if ready.verdict is Verdict.GREY or ready.locked_pct is None:
        return ready.verdict.upper()
    return f"{ready.verdict.upper()} · {ready.locked_pct} % locked, {ready.on_time_pct} % on time"


def verdict_change(ready: Readiness, before: str) -> str:
    """`Readiness: RED · 12.0 % locked, 60.0 % on time (was amber).`"""
    was = f" (was {before})" if before and before != ready.verdict else ""
    return f"Readiness: {verdict_words(ready)}{was}."


def headline(gig: Gig) -> str:
    """`#18 Lisbon, MEO Arena · Sun 27 Oct 2024`, harmless."""
    return escape_line(f"#{gig.number} {gig.title} · {show_date(gig.date)}")


def gig_line(gig: Gig) -> str:
    """A gig in one line of a list, with its verdict in words and the first reason."""
    verdict = (gig.verdict or "grey").upper() if gig.is_judged else gig.state.words
    first = f" · {escape_line(gig.reasons[0])}" if gig.is_judged and gig.reasons else ""
    return f"{headline(gig)} · *{verdict}*{first}"


def gig_list(tour: str, gigs: Sequence[Gig], now: datetime) -> str:
    """The tour's gigs by date, those still ahead first told."""
    ahead = [gig for gig in gigs if not gig.is_over(now)]
    past = len(gigs) - len(ahead)
    lines = [f"*{escape_line(tour)}*: {len(ahead)} ahead, {past} over"]
    lines += [gig_line(gig) for gig in ahead[:LINES_SHOWN]]
    if len(ahead) > LINES_SHOWN:
        lines.append(f"and {len(ahead) - LINES_SHOWN} more: `/gig show CITY` shows any of them")
    return "\n".join(lines)


def overview(tour: str, lead: str, gigs: Sequence[Gig]) -> Card:
    """What is posted once when a tour comes into its channel."""
    ordered = sorted(gigs, key=lambda gig: gig.date)
    text = say(
        "overview",
        tour=tour,
        lead=Spoken(lead),
        count=len(ordered),
        first=show_date(ordered[0].date),
        last=show_date(ordered[-1].date),
        number=ordered[0].number,
        lines=[Spoken(headline(gig)) for gig in ordered[:LINES_SHOWN]],
        more=max(len(ordered) - LINES_SHOWN, 0),
    )
    return card(text)


def changed(seen: Picture, changes: Sequence[str], people: Spoken) -> Card:
    """Times of the day have changed; nobody is asked."""
    return card(say("times", gig=seen.gig, changes=changes, people=people))


def named_once(seen: Picture, calls: Sequence[Call], now: datetime, wake: bool = False) -> Spoken:
    """Everybody concerned, once each, pinged unless he sleeps."""
    return listed([seen.named(call, now, wake) for call in one_each(calls)])
