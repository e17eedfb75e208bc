"""How far the positions of a gig are filled: who has taken one, what is tentative, what is open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.crew import Call, CallState, Position
from checklists.gig import Gig
from checklists.judging import CrewFact, Reply
from checklists.positions import (
    IN_ORDER,
    NEVER_DOUBLED,
    Department,
    department_of,
    least_crew,
    never_doubled,
    size_of,
    usual_call,
)

MOST_HEADS = 499


@dataclass(frozen=True, slots=True)
class Need:
    """So many of a position on a gig. `heads` 0: none. Not required: the gig is ready without."""

    position: Position
    heads: int
    required: bool = True


@dataclass(frozen=True, slots=True)
class Fill:
    """How far a need is filled: `by` whom, by whom `perhaps` (maybe, no answer yet, only held).

    `doubled`: who is called to it, and does not count because he does something else on that show.
    """

    position: Position
    heads: int
    required: bool = True
    by: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def filled(self) -> int:
        return len(self.by)

    @property
    def tentative(self) -> int:
        return len(self.perhaps)

    @property
    def open(self) -> int:
        return max(self.heads - self.filled - self.tentative, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Places, not people: filled, tentative and open make up `heads`."""

    heads: int
    filled: int
    tentative: int

    @property
    def open(self) -> int:
        return self.heads - self.filled - self.tentative


def is_at_work(call: Call) -> bool:
    """True for a call that may fill its position: to the work itself; not declined, not called off, not a no-show."""
    return call.is_work and call.stands and call.state is not CallState.NO_SHOW


def is_taken(call: Call) -> bool:
    """True for a yes to the call as it is now, or for somebody who is there; a held date is none."""
    stale = call.answered_at and call.changed_at and call.answered_at < call.changed_at
    return call.is_yes and (call.state is not CallState.CONFIRMED or not stale)


def wanted(asked: Iterable[Need], gig: Gig, calls: Sequence[Call]) -> list[Need]:
    """What a gig needs, by department: what was asked for; else the show type's, and whoever is called besides."""
    said = {need.position: need for need in asked}
    called = heads_called(calls)
    usual = least_crew(gig, called)
    heads = {position: max(usual.get(position, 0), called.get(position, 0)) for position in IN_ORDER}
    return [
        said.get(position) or Need(position, heads[position])
        for position in IN_ORDER
        if position in said or heads[position]
    ]


def heads_called(calls: Iterable[Call]) -> dict[Position, int]:
    """By position, how many people are called to it; one place stays where all of them declined."""
    people: dict[Position, set[str]] = {}
    for call in calls:
        if call.is_work and call.state is not CallState.CALLED_OFF:
            people.setdefault(call.position, set()).update({call.person} if is_at_work(call) else ())
    return {position: max(len(who), 1) for position, who in people.items()}


def fill(
    needs: Iterable[Need], calls: Iterable[Call], lead: str = "", alone: frozenset[Position] = NEVER_DOUBLED
) -> list[Fill]:
    """How far each need is filled. One person fills every position he is called to, but none of `alone` beside another.

    `lead`, the tour manager of the tour, fills TM as long as nobody is called to it.
    """
    counted = sorted((call for call in calls if call.state is not CallState.CALLED_OFF), key=lambda call: call.id)
    at_work = [call for call in counted if is_at_work(call)]
    posts: dict[str, set[Position]] = {}
    for call in at_work:
        posts.setdefault(call.person, set()).add(call.position)
    is_lead_free = bool(lead) and not any(call.position is Position.TM for call in counted)
    return [
        Fill(need.position, need.heads, need.required, by=(lead,))
        if need.position is Position.TM and is_lead_free
        else fill_of(need, [call for call in at_work if call.position is need.position], posts, alone)
        for need in needs
    ]


def fill_of(need: Need, calls: Sequence[Call], posts: Mapping[str, set[Position]], alone: frozenset[Position]) -> Fill:
    """One need with the working calls to its position; each person counts once, by his best call."""
    people = dict.fromkeys(call.person for call in calls)
    doubled = [who for who in people if is_doubled(need.position, posts[who], alone)]
    sure = {call.person for call in calls if is_taken(call)}
    counted = [who for who in people if who not in doubled]
    return Fill(
        need.position,
        need.heads,
        need.required,
        by=tuple(who for who in counted if who in sure),
        perhaps=tuple(who for who in counted if who not in sure),
        doubled=tuple(doubled),
    )


def is_doubled(position: Position, posts: set[Position], alone: frozenset[Position]) -> bool:
    """True when somebody with these posts cannot fill this one; of two such posts the first stays filled."""
    if position not in alone:
        return False
    return any(post not in alone or IN_ORDER.index(post) < IN_ORDER.index(position) for post in posts - {position})


def tally(fills: Iterable[Fill]) -> Tally:
    """All needs together; an optional place counts only where somebody is called to it."""
    heads = filled = tentative = 0
    for each in fills:
        places = each.heads if each.required else min(each.heads, each.filled + each.tentative)
        sure = min(each.filled, places)
        heads, filled = heads + places, filled + sure
        tentative += min(each.tentative, places - sure)
    return Tally(heads, filled, tentative)


def gaps(fills: Iterable[Fill]) -> dict[Department, dict[Position, int]]:
    """The required places that are open, by department and position."""
    found: dict[Department, dict[Position, int]] = {}
    for each in fills:
        if each.required and each.open:
            found.setdefault(department_of(each.position), {})[each.position] = each.open
    return found


def is_required(call: Call, asked: Iterable[Need]) -> bool:
    """True for a call without which the gig is not ready: every one, but where the tour manager asked otherwise.

    A decline leaves a gap among the heads that were asked for; it is not counted a second time.
    """
    need = next((need for need in asked if need.position is call.position), None)
    return need is None or (need.required and need.heads > 0 and is_at_work(call))


def unmet(asked: Sequence[Need], gig: Gig, calls: Sequence[Call], lead: str) -> list[CrewFact]:
    """The required places asked for to which nobody is called, as readiness judges them.

    Their call is that of the others in the position, else the usual one of its department.
    """
    facts: list[CrewFact] = []
    for each in fill(asked, calls, lead, never_doubled(size_of(gig))):
        if each.required and each.open:
            others = [call.at for call in calls if call.position is each.position and call.is_work]
            at = min(others, default=gig.when(usual_call(department_of(each.position), gig)))
            facts += [CrewFact(each.position.value, "", True, Reply.NONE, at)] * each.open
    return facts
