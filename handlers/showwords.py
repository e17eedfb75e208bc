"""The kind of show as it is typed behind the date: `12 Dec fly date doors 19:00`."""

import re
from collections.abc import Mapping

from checklists.gig import GigKind, ShowType
from handlers.typed import refusal

SHOW = re.compile(
    r"(?<![^\s,;(])(?:"
    r"(?P<fly_date>fly(?:[ -]?date)?)"
    r"|(?P<festival_slot>festival(?:[ -]slot)?)"
    r"|(?P<recording_session>(?:(?:recording|studio)[ -])?session|recording)"
    r"|(?P<arena>arena)|(?P<theatre>theat(?:re|er))|(?P<club>club)"
    r")(?:[ -](?:show|gig)(?!\s*(?:at\s+)?[0-9]))?(?=$|[\s,;:.)])",
    re.ASCII | re.IGNORECASE,
)
KINDS: Mapping[ShowType, GigKind] = {
    ShowType.FESTIVAL_SLOT: GigKind.FESTIVAL,
    ShowType.RECORDING_SESSION: GigKind.SESSION,
}


def kind_of(show: ShowType | None) -> GigKind:
    """What sort of date a show of this type is."""
    return KINDS.get(show, GigKind.SHOW) if show else GigKind.SHOW


def take_show(text: str, example: str) -> tuple[ShowType | None, str]:
    """The type of show that the words name, and the words without it; raises Refusal for two types."""
    found = list(SHOW.finditer(text))
    types = list(dict.fromkeys(ShowType(str(each.lastgroup)) for each in found))
    if len(types) > 1:
        raise refusal(f"One type of show, but I read {' and '.join(each.words for each in types)}.", example)
    return (types[0] if types else None), SHOW.sub(" ", text)


def show_chosen(value: str) -> ShowType | None:
    """The type that was chosen in a form; None where the place is to tell."""
    return ShowType(value) if value in set(ShowType) else None
