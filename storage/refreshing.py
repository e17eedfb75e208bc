"""Which posted messages are edited, and with what row: the statements of a refresh. Private to storage."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, literal, literal_column, select

from checklists.letters import Letter
from storage.among import among
from storage.deliveries import MAY_BE_IN_SLACK, DeliveryState, Op
from storage.pen import Either, here, one_of
from storage.schema_said import DeliveryRow
from storage.tables import table

OUT = table(DeliveryRow)
BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("person", "key", "channel", "thread_ts", "ts", "body", "body_hash", "error", "boot"), ""),
    **dict.fromkeys(("tour_id", "gig_id", "of_id", "expires", "sent_at", "look_since"), None),
    "tries": 0,
    "state": DeliveryState.PENDING,
}
IS_POST = OUT.c.op == literal_column("'post'")
"""As a literal, so that the index over the posts alone serves."""


def _refresh(insert_into: Any, *which: Any) -> Any:
    """A waiting refresh for each post that may be in Slack and has none waiting."""
    taken = ("workspace_id", "letter", "room", "tour_id", "gig_id", "person", "subject")
    given = {
        "made_at": bindparam("now", type_=OUT.c.made_at.type),
        "changed_at": bindparam("now", type_=OUT.c.made_at.type),
    }
    given["not_before"] = bindparam("at", type_=OUT.c.made_at.type)
    blank = {name: value for name, value in BLANK.items() if name not in (*taken, "of_id")}
    fixed = {**{name: literal(value, OUT.c[name].type) for name, value in blank.items()}, **given}
    posts = select(
        *(OUT.c[name] for name in taken), OUT.c.id, literal(Op.UPDATE, OUT.c.op.type), *fixed.values()
    ).where(here(OUT, IS_POST, one_of(OUT.c.state, sorted(MAY_BE_IN_SLACK)), *which))
    return insert_into(OUT).from_select([*taken, "of_id", "op", *fixed], posts).on_conflict_do_nothing()


REFRESH = Either(lambda insert_into: _refresh(insert_into, OUT.c.id == bindparam("of")))
REFRESH_MANY = Either(lambda insert_into: _refresh(insert_into, among(OUT.c.id, "these")))


@cache
def subjects(letters: tuple[Letter, ...]) -> Select[Any]:
    """What each post of these kinds that a gig has speaks about."""
    of_gig = here(OUT, OUT.c.gig_id == bindparam("of_gig"), IS_POST, one_of(OUT.c.letter, letters))
    return select(OUT.c.id, OUT.c.subject).where(of_gig, one_of(OUT.c.state, sorted(MAY_BE_IN_SLACK)))


@cache
def refresh_letters(letters: tuple[Letter, ...]) -> Either:
    of_these = one_of(OUT.c.letter, letters)
    return Either(lambda insert_into: _refresh(insert_into, OUT.c.gig_id == bindparam("of_gig"), of_these))
