"""Are the people confirmed, rested and up to date: the crew's part of readiness."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from checklists.items import Area
from checklists.judging import ChangeFact, CrewFact, Reply, Rules, Verdict
from checklists.reasons import Reason, ReasonKind

HUNDREDTH_OF_AN_HOUR = timedelta(seconds=36)
REST_OWNER = "PM"
CHANGE_OWNER = "TM"
"""Who answers for rest and for changes, as in the stock lists."""


def open_positions(crew: Sequence[CrewFact]) -> Iterator[list[CrewFact]]:
    """The calls of each required position that nobody has confirmed or covered, the earliest call first."""
    by_position: dict[str, list[CrewFact]] = {}
    for call in crew:
        by_position.setdefault(call.position, []).append(call)
    for calls in by_position.values():
        waiting = [call for call in calls if call.required and is_open(call, calls)]
        if waiting:
            yield sorted(waiting, key=lambda call: call.call_at)


def is_open(call: CrewFact, same_position: Iterable[CrewFact]) -> bool:
    """True until this call is confirmed; a declined one until another has confirmed since."""
    if call.reply is Reply.DECLINE:
        return not any(covers(other, call) for other in same_position)
    return not call.is_confirmed


def covers(other: CrewFact, declined: CrewFact) -> bool:
    """True for a confirm that came after the decline, as far as the instants are known."""
    if not other.is_confirmed:
        return False
    if other.answered_at is None or declined.answered_at is None:
        return True
    return other.answered_at >= declined.answered_at


def position_reasons(crew: Sequence[CrewFact], now: datetime, rules: Rules) -> Iterator[Reason]:
    """One reason for each open position, by its earliest open call; it stays red after that call."""
    for waiting in open_positions(crew):
        first = waiting[0]
        if first.call_at - now > rules.confirm_amber:
            continue
        level = Verdict.RED if first.call_at - now <= rules.confirm_red else Verdict.AMBER
        # A decline and the stand-in who has not answered yet are one open place, not two.
        count = sum(call.reply is not Reply.DECLINE for call in waiting) or 1
        yield Reason(
            level,
            ReasonKind.UNCONFIRMED,
            key=first.position,
            owner=first.person,
            area=Area.CREW,
            due=first.call_at,
            count=count,
        )


def rest_reasons(crew: Iterable[CrewFact], rules: Rules) -> Iterator[Reason]:
    """Everybody whose work before ends too close to his call, the earliest call first."""
    for call, rest in sorted(shortest_rests(crew), key=lambda found: found[0].call_at):
        if rest >= rules.rest_amber:
            continue
        red = rest < rules.rest_red
        yield Reason(
            Verdict.RED if red else Verdict.AMBER,
            ReasonKind.REST,
            key=call.position,
            owner=REST_OWNER,
            area=Area.CREW,
            due=call.call_at,
            figure=hours(max(rest, timedelta(0))),
            limit=hours(rules.rest_red if red else rules.rest_amber),
        )


def shortest_rests(crew: Iterable[CrewFact]) -> Iterable[tuple[CrewFact, timedelta]]:
    """Each person's shortest rest before a call he has not declined; one with two positions counts once."""
    shortest: dict[str, tuple[CrewFact, timedelta]] = {}
    for call in crew:
        if call.released is None or call.reply is Reply.DECLINE:
            continue
        who, rest = call.person or call.position, call.call_at - call.released
        if who not in shortest or rest < shortest[who][1]:
            shortest[who] = call, rest
    return shortest.values()


def hours(span: timedelta) -> float:
    """Hours, cut to hundredths so that what is under a limit never reads as the limit."""
    return span // HUNDREDTH_OF_AN_HOUR / 100


def change_reasons(crew: Iterable[CrewFact], now: datetime, rules: Rules) -> Iterator[Reason]:
    """One reason for all who have left a published change unacknowledged for too long."""
    stale = [call for call in crew if is_stale(call, now, rules)]
    if stale:
        yield Reason(
            Verdict.AMBER,
            ReasonKind.CHANGE,
            key=", ".join(dict.fromkeys(call.position for call in stale)),
            owner=CHANGE_OWNER,
            area=Area.CREW,
            due=min(call.changed_at for call in stale if call.changed_at is not None),
            count=len(stale),
        )


def is_stale(call: CrewFact, now: datetime, rules: Rules) -> bool:
    """True for a change that somebody who has not declined has left unacknowledged for too long."""
    if call.changed_at is None or call.reply is Reply.DECLINE:
        return False
    return now - call.changed_at >= rules.acknowledge


def published_reasons(changes: Iterable[ChangeFact], now: datetime, rules: Rules) -> Iterator[Reason]:
    """Changes that stand for no call and have been left unacknowledged for too long, the earliest first."""
    for change in sorted(changes, key=lambda change: change.published_at):
        if now - change.published_at >= rules.acknowledge:
            yield Reason(
                Verdict.AMBER,
                ReasonKind.CHANGE,
                what=change.text,
                owner=change.owner,
                area=Area.SCHEDULE,
                due=change.published_at,
            )
