"""Facts for the tests of readiness: built by hand, or drawn at random around one instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from checklists.gig import JUDGED, CurfewKind, GigState
from checklists.items import Area, ItemState, Severity
from checklists.readiness import ChangeFact, CrewFact, DriveFact, Facts, Flag, ItemFact, Reply

NOW = datetime(2026, 11, 6, 12, 0, tzinfo=UTC)
CLOSED = [state for state in ItemState if state.is_closed]
OPEN = [state for state in ItemState if not state.is_closed]


def after(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def an_item(
    due: float,
    severity: Severity = Severity.STOPPER,
    state: ItemState = ItemState.OPEN,
    area: Area = Area.VENUE,
    key: str = "va.power",
    *,
    is_minute: bool = False,
) -> ItemFact:
    """An item due so many hours after NOW."""
    return ItemFact(key, "Power agreed", area, severity, after(due), state, is_minute, "PM")


def a_call(
    call: float,
    reply: Reply = Reply.NONE,
    position: str = "FOH",
    person: str = "Ana",
    rest: float | None = None,
    changed: float | None = None,
    answered: float | None = None,
) -> CrewFact:
    """A required call so many hours after NOW; `rest` hours before it the work before ended."""
    return CrewFact(
        position,
        person,
        required=True,
        reply=reply,
        call_at=after(call),
        released=None if rest is None else after(call - rest),
        changed_at=None if changed is None else after(changed),
        answered_at=None if answered is None else after(answered),
    )


def some_facts(*items: ItemFact, crew: tuple[CrewFact, ...] = (), drives: tuple[DriveFact, ...] = ()) -> Facts:
    return Facts(GigState.ADVANCING, items=items, crew=crew, drives=drives)


instants = st.one_of(
    st.integers(-100 * 60, 100 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from([-2, 0, 0.5, 24, 48, 72]).map(after),
)
items = st.builds(
    ItemFact,
    key=st.sampled_from(["va.power", "lg.contract", "ds.exits"]),
    text=st.just("An item"),
    area=st.sampled_from(Area),
    severity=st.sampled_from(Severity),
    due_at=st.none() | instants,
    state=st.sampled_from(ItemState),
    is_minute=st.booleans(),
    owner=st.just("PM"),
)
calls = st.builds(
    CrewFact,
    position=st.sampled_from(["FOH", "MON", "LD"]),
    person=st.sampled_from(["Ana", "Bo", "Cy", ""]),
    required=st.booleans(),
    reply=st.sampled_from(Reply),
    call_at=instants,
    released=st.none() | instants,
    changed_at=st.none() | instants,
    answered_at=st.none() | instants,
)
judged_facts = st.builds(
    Facts,
    state=st.sampled_from(sorted(JUDGED)),
    items=st.lists(items, max_size=12).map(tuple),
    crew=st.lists(calls, max_size=6).map(tuple),
    drives=st.lists(st.builds(DriveFact, st.floats(0, 20), st.just(9.0), st.booleans()), max_size=2).map(tuple),
    flags=st.lists(st.builds(Flag, st.just("Stage not built")), max_size=1).map(tuple),
    set_end=st.none() | instants,
    curfew=st.none() | instants,
    curfew_kind=st.sampled_from(CurfewKind),
    changes=st.lists(st.builds(ChangeFact, st.just("doors 19:30"), instants), max_size=2).map(tuple),
)
quiet_facts = st.builds(
    Facts,
    state=st.sampled_from(sorted(JUDGED)),
    items=st.lists(items, max_size=4).map(tuple),
    crew=st.lists(calls, max_size=3).map(tuple),
)
"""Few facts, so that many of them are green and a change of the verdict is seen."""
