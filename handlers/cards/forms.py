"""Forms: what is asked in a modal. Times are the venue's, and every time field says whose clock it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from checklists.crew import CallKind, CallStage, Position
from checklists.gig import Anchor, Gig, ShowType
from checklists.items import Item, ItemState
from checklists.positions import Department, positions_of
from checklists.walls import Wall
from handlers.cards.blocks import OPTIONS_MOST, Block, plain
from handlers.cards.ids import Action, Form
from handlers.cards.prose import local_zone, show_date

View = Mapping[str, Any]
NAME_MOST = 300
ASKED_TIMES = (
    Anchor.LOAD_IN,
    Anchor.SOUNDCHECK,
    Anchor.DOORS,
    Anchor.SET,
    Anchor.SET_END,
    Anchor.CURFEW,
    Anchor.LOAD_OUT,
)
UNSAID, EVERYONE = "-", "everyone"
"""What a menu gives that was left as it was, and for everybody called."""
WHERE: Mapping[CallKind, str] = {
    CallKind.CREW: "ready to work",
    CallKind.LOBBY: "at the hotel",
    CallKind.BUS: "the bus leaves",
    CallKind.STAGE: "on deck",
    CallKind.SHOW: "for the show",
    CallKind.OUT: "for the load-out",
}
DEPARTMENT_HINT = "Everybody of it who is called to this gig; if nobody is, those who last worked in it on this tour."
CLOCK_HINT = "Left empty: a department's usual time, or for people the time they are called at already."
STATES = (ItemState.DONE, ItemState.SENT, ItemState.OPEN, ItemState.PROBLEM, ItemState.WAIVED, ItemState.NA)


def new_form(where: str, today: date) -> View:
    """`/gig new` without words; `where` packs the channel it came from."""
    shows = [("by the size of the place", UNSAID), *((each.words, each.value) for each in ShowType)]
    blocks = [
        _input("name", "Who plays", _words("The Lanterns")),
        _input("place", "Town, or a venue you have played", _search()),
        _input("venue", "Venue", _words("Paradiso"), optional=True, hint="Leave it empty for one you have played."),
        _input("day", "Date", {"type": "datepicker", "initial_date": today.isoformat()}),
        _input("show", "Type of show", _chosen(shows), optional=True),
        *(_time(anchor.value, f"{anchor.words}, venue time".capitalize()) for anchor in ASKED_TIMES),
    ]
    return _form(Form.NEW, "New gig", "Open the gig", where, blocks)


def times_form(gig: Gig, where: str) -> View:
    """The times of one gig, with what was given filled in."""
    whose = local_zone(gig)
    blocks: list[Block] = [_note(f"#{gig.number} {gig.title}, {show_date(gig.date)}. All times are {whose}.")]
    for anchor in ASKED_TIMES:
        usual = f"Nobody gave it: {gig.day[anchor]} is assumed." if gig.is_approx(anchor) else ""
        blocks.append(_time(anchor.value, f"{anchor.words}, {whose}".capitalize(), gig.given.get(anchor), usual))
    return _form(Form.TIMES, "Times of the day", "Set the times", where, blocks)


def call_form(gig: Gig, where: str) -> View:
    """Calling people, or a department, to one gig: who, as what, for what, at what time."""
    positions = [("what each is already", UNSAID), *((each.value, each.value) for each in Position)]
    kinds = [(f"{kind}: {WHERE[kind]}", kind.value) for kind in CallKind]
    stages = [("confirm the call", CallStage.CONFIRM.value), ("hold the date", CallStage.HOLD.value)]
    picker = {"type": "timepicker", "timezone": gig.zone}
    blocks: list[Block] = [
        _note(f"#{gig.number} {gig.title}, {show_date(gig.date)}. Call time means ready to work."),
        _input("people", "Who", {"type": "multi_users_select"}, optional=True),
        _input("position", "As", _chosen(positions), optional=True),
        _input("department", "Or a whole department", _chosen(_departments()), optional=True, hint=DEPARTMENT_HINT),
        _input("kind", "Kind of call", _chosen(kinds)),
        _input("clock", f"Call, {local_zone(gig)}", picker, optional=True, hint=CLOCK_HINT),
        _input("stage", "They are asked to", _chosen(stages)),
    ]
    return _form(Form.CALL, "Call crew", "Ask them", where, blocks)


def _departments() -> list[tuple[str, str]]:
    """`audio: FOH, MON, SYS, ENG`, between nobody at all and everybody."""
    each = [(f"{one}: {', '.join(positions_of(one))}", one.value) for one in Department]
    return [("nobody else", UNSAID), ("everyone", EVERYONE), *each]


def item_form(gig: Gig, items: Sequence[Item], where: str) -> View:
    """One item of a gig's checklist and what has become of it."""
    lines = [(f"{item.key}: {item.text}", str(item.id)) for item in items[:OPTIONS_MOST]]
    blocks: list[Block] = [
        _note(f"#{gig.number} {gig.title}, {show_date(gig.date)}."),
        _input("item", "Item", _select(lines)),
        _input("state", "It is", _select([(state.value, state.value) for state in STATES])),
        _input("why", "Why, or what", _words("house generator agreed"), optional=True),
    ]
    return _form(Form.ITEM, "Checklist item", "Save", where, blocks)


def _form(form: Form, title: str, submit: str, where: str, blocks: Sequence[Block]) -> View:
    return {
        "type": "modal",
        "callback_id": form.value,
        "private_metadata": where,
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Not now", 24),
        "blocks": list(blocks),
    }


def _input(name: str, label: str, element: Mapping[str, Any], *, optional: bool = False, hint: str = "") -> Block:
    made: dict[str, Any] = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "optional": optional,
        "element": {"action_id": f"{Action.FIELD}:{name}", **element},
    }
    if hint:
        made["hint"] = plain(hint, 2000)
    return made


def _time(name: str, label: str, given: Wall | None = None, hint: str = "") -> Block:
    picker: dict[str, Any] = {"type": "timepicker"}
    if given is not None:
        picker["initial_time"] = str(given)
    return _input(name, label, picker, optional=True, hint=hint)


def _words(example: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "max_length": NAME_MOST, "placeholder": plain(example, 150)}


def _search() -> dict[str, Any]:
    return {
        "type": "external_select",
        "min_query_length": 2,
        "placeholder": plain("Type the beginning of a town", 150),
        "action_id": f"{Action.PLACE}:place",
    }


def _select(options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"type": "static_select", "options": [option(label, value) for label, value in options]}


def _chosen(options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A menu on which the first is chosen: Slack lets nobody take a choice back."""
    return {**_select(options), "initial_option": option(*options[0])}


def option(label: str, value: str) -> dict[str, Any]:
    """A choice of a menu, within Slack's limits."""
    return {"text": plain(label, 75), "value": value[:150]}


def _note(words: str) -> Block:
    return {"type": "section", "text": plain(words, 3000)}
