"""Every action id, and the one codec for what a button carries."""

from enum import StrEnum


class Action(StrEnum):
    """What a press means. On the wire an id is followed by its place on the card (`confirm:0.1`)."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    CHANGE = "change"
    HERE = "here"
    ALL_HERE = "all_here"
    TICK = "tick"
    LIST = "list"
    READY = "ready"
    CHOOSE = "choose"
    OLD_DUE = "old_due"
    PAGE = "page"
    FIELD = "field"
    PLACE = "place"
    TIMES_FORM = "times_form"
    CALL_FORM = "call_form"
    ITEM_FORM = "item_form"
    IT_ARRIVED = "it_arrived"
    SEND_AGAIN = "send_again"
    TAKE_IT = "take_it"
    NOT_ME = "not_me"
    GOT_IT = "got_it"
    APPLY_SHIFT = "apply_shift"
    DONT_SHIFT = "dont_shift"
    MOVE_IT = "move_it"
    LEAVE_IT = "leave_it"
    OUT = "out"
    WHY = "why"
    APPLIES = "applies"
    ASK_AGAIN = "ask_again"
    DECIDE = "decide"
    LATE_LIST = "late_list"
    SEEN = "seen"
    KIT_RENT = "kit_rent"
    KIT_ACCEPT = "kit_accept"
    KIT_HERE = "kit_here"
    RENTAL_YES = "rental_yes"
    RENTAL_NO = "rental_no"
    FILED = "filed"
    REHEARSE_ON = "rehearse_on"


class Form(StrEnum):
    """What a form is for: its callback id."""

    NEW = "new"
    TIMES = "times"
    CALL = "call"
    ITEM = "item"


def action_of(action_id: str) -> Action | None:
    """The action of an id from the wire, or None for one that is not ours any more."""
    name = action_id.partition(":")[0]
    return Action(name) if name in set(Action) else None


def pack(*parts: object) -> str:
    """What a button carries: short parts joined; none may hold a space."""
    return " ".join(str(part) for part in parts)


def unpack(value: str, count: int) -> list[str]:
    """The parts that `pack` joined, filled up with "" to `count`; for a value that is not ours too."""
    parts = value.split(" ")[:count]
    return parts + [""] * (count - len(parts))


def number(text: str) -> int:
    """A number from a button's value; 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
