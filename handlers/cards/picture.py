"""All the facts of one gig at once, from which its cards and its readiness are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from checklists.crew import Call, CallState, Holder, Person, owner_of
from checklists.cues import NEAR_THE_CALL
from checklists.filling import Fill, Need, fill, is_required, unmet, wanted
from checklists.gates import Phase, open_gates
from checklists.gig import Anchor, Gig
from checklists.items import Item
from checklists.positions import never_doubled, size_of
from checklists.readiness import CrewFact, Facts, ItemFact, Readiness, Reply, Rules, readiness
from checklists.rules import usual
from checklists.walls import after_rest, local
from handlers.cards.blocks import shorten
from handlers.cards.prose import Spoken, escape, mention

NAME_SHOWN = 40
NEW_HERE = "somebody new here"

REPLIES = {
    CallState.CONFIRMED: Reply.CONFIRM,
    CallState.ARRIVED: Reply.CONFIRM,
    CallState.RELEASED: Reply.CONFIRM,
    CallState.DECLINED: Reply.DECLINE,
    CallState.NO_SHOW: Reply.DECLINE,
    CallState.MAYBE: Reply.MAYBE,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One gig with its calls, items, people and roles, as they stand in one transaction.

    `lead` is the tour manager. `worked_until` gives, by call id, the end of that person's work before the
    call (UTC); it names only those who worked shortly before. `needs` is what the tour manager asked for. `days_off`:
    the tour's, as ISO dates. `rules`: by which it is judged, the trade's or the tour's own.
    """

    gig: Gig
    tour: str
    lead: str
    calls: tuple[Call, ...] = ()
    items: tuple[Item, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    worked_until: Mapping[int, datetime] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    days_off: tuple[str, ...] = ()
    rules: Rules = field(default_factory=usual)

    @property
    def standing(self) -> list[Call]:
        return [call for call in self.calls if call.stands]

    def owner(self, role: str) -> str:
        """Who answers for a role on this gig; "" when the tour has nobody."""
        return owner_of(role, self.calls, self.holders, self.lead)

    def person(self, who: str) -> Person:
        return self.people.get(who, Person(who))

    def zone(self, who: str) -> str:
        """A person's own zone, or the venue's until it is known."""
        return self.person(who).zone or self.gig.zone

    def is_quiet(self, who: str, now: datetime) -> bool:
        """True at night, and on a day off, where this person is."""
        return self.after_quiet(who, now) != now

    def is_off(self, who: str, now: datetime) -> bool:
        """True on a day off of the tour, by this person's own date."""
        return local(now, self.zone(who)).date().isoformat() in self.days_off

    def after_quiet(self, who: str, now: datetime) -> datetime:
        """`now`, or the next 08:00 of this person that is neither night nor a day off."""
        return after_rest(now, self.zone(who), self.days_off)

    def is_held(self, call: Call, now: datetime) -> bool:
        """True when this person must not be pinged now: he sleeps or is off, and his call is not near."""
        return self.is_quiet(call.person, now) and call.at - now > NEAR_THE_CALL

    def name(self, who: str) -> Spoken:
        """The person as text, pinging nobody where the name is known."""
        known = self.person(who).name
        return Spoken(escape(shorten(known, NAME_SHOWN))) if known else mention(who)

    def named(self, call: Call, now: datetime, wake: bool = False) -> Spoken:
        """The person as a mention, or as text while he must not be pinged; `wake` pings in any case."""
        return mention(call.person) if wake or not self.is_held(call, now) else self.name(call.person)

    def hushed(self, now: datetime) -> "Picture":
        """The same for a first post: who must not be pinged now is no mention, not even while his name is unknown."""
        held = {call.person for call in self.standing if self.is_held(call, now)}
        new = {who: replace(self.person(who), name=NEW_HERE) for who in held if not self.person(who).name}
        return replace(self, people={**self.people, **new}) if new else self

    def open_gates(self) -> list[Item]:
        """What still keeps the doors shut, in the order it falls due."""
        return sorted(open_gates(Phase.DOORS, self.items), key=lambda item: item.falls_due)

    def facts(self) -> Facts:
        """The gig as readiness judges it; a time that nobody gave gives no reason."""
        gig = self.gig
        return Facts(
            state=gig.state,
            items=tuple(_item_fact(item) for item in self.items),
            crew=self.crew_facts(),
            set_end=None if gig.is_approx(Anchor.SET_END) else gig.at(Anchor.SET_END),
            curfew=None if gig.is_approx(Anchor.CURFEW) else gig.at(Anchor.CURFEW),
            curfew_kind=gig.curfew_kind,
            zone=gig.zone,
        )

    def crew_facts(self) -> tuple[CrewFact, ...]:
        """The calls as readiness judges them, and the places asked for to which nobody is called."""
        called = (self._crew_fact(call) for call in self.calls if call.state is not CallState.CALLED_OFF)
        return (*called, *unmet(self.needs, self.gig, self.calls, self.lead))

    def fills(self) -> list[Fill]:
        """How far each position is filled that a show of this type has, that was asked for, or that is called."""
        needs = wanted(self.needs, self.gig, self.calls)
        return fill(needs, self.calls, self.lead, never_doubled(size_of(self.gig)))

    def _crew_fact(self, call: Call) -> CrewFact:
        waits = call.is_unconfirmed and call.version > 1
        return CrewFact(
            position=call.position.value,
            person=call.person,
            required=call.is_work and is_required(call, self.needs),
            reply=Reply.MAYBE if call.holds_date else REPLIES.get(call.state, Reply.NONE),
            call_at=call.at,
            released=self.worked_until.get(call.id),
            changed_at=call.changed_at if waits else None,
            answered_at=call.answered_at,
        )

    def judge(self, now: datetime) -> Readiness:
        return readiness(self.facts(), now, self.rules)


def _item_fact(item: Item) -> ItemFact:
    return ItemFact(
        key=item.key,
        text=item.text,
        area=item.area,
        severity=item.severity,
        due_at=item.due_at,
        state=item.state,
        is_minute=item.is_minute,
        owner=item.owner,
    )


def one_each(calls: Iterable[Call]) -> list[Call]:
    """One call for each person: one in two positions is named once."""
    return list({call.person: call for call in reversed(list(calls))}.values())[::-1]


def positions(calls: Sequence[Call], person: str) -> str:
    """`FOH+PM`: every position of that person among these calls."""
    return "+".join(call.position.value for call in calls if call.person == person)
