"""How the store keeps what SQL has no type for. Private to storage."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from checklists.gig import Anchor
from checklists.walls import Wall


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, on every engine. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, which would drop the zone."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The instant as this engine keeps it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return as_text(utc) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, _: Any) -> Callable[[Any], datetime | None]:
        """The instant in UTC. In place of `process_result_value`, which is called by way of two others."""
        return _from_text if dialect.name == "sqlite" else _from_driver


@lru_cache(maxsize=256)
def as_text(utc: datetime) -> str:
    """Fixed width, so that text sorts as time does. Kept, because one transaction writes one instant many times."""
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _from_text(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(kept)


def _from_driver(kept: datetime | None) -> datetime | None:
    return None if kept is None else kept.astimezone(UTC)


@lru_cache(maxsize=1024)
def _wall(kept: str) -> Wall:
    return Wall.decode(kept)


class WallText(TypeDecorator[Wall]):
    """A wall time as `HH:MM+D/F`."""

    impl = String(12)
    cache_ok = True

    def process_bind_param(self, value: Wall | None, _: Dialect) -> str | None:
        """As text."""
        return None if value is None else value.encode()

    def process_result_value(self, value: str | None, _: Dialect) -> Wall | None:
        """As a wall time."""
        return None if value is None else _wall(value)


class GivenTimes(TypeDecorator[Mapping[Anchor, Wall]]):
    """The wall times that somebody gave, by anchor."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[Anchor, Wall] | None, _: Dialect) -> Any:
        """As a JSON object."""
        return {anchor.value: wall.encode() for anchor, wall in (value or {}).items()}

    def process_result_value(self, value: Any, _: Dialect) -> dict[Anchor, Wall]:
        """As a mapping."""
        return {Anchor(anchor): Wall.decode(wall) for anchor, wall in (value or {}).items()}


class Lines(TypeDecorator[tuple[str, ...]]):
    """A few lines of text, in order."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, _: Dialect) -> list[str]:
        """As a JSON list."""
        return list(value or ())

    def process_result_value(self, value: Any, _: Dialect) -> tuple[str, ...]:
        """As a tuple."""
        return tuple(value or ())


class Words(TypeDecorator[Any]):
    """The words of a StrEnum, which a CHECK of that name keeps to; the database is the last to say no."""

    impl = Enum
    cache_ok = True

    def __init__(self, kind: type[StrEnum], name: str = "") -> None:
        super().__init__(
            kind,
            native_enum=False,
            create_constraint=True,
            length=24,
            values_callable=lambda words: [word.value for word in words],
            name=name or kind.__name__.lower(),
        )
        self.kind = kind

    def result_processor(self, _: Dialect, __: Any) -> Callable[[Any], StrEnum | None]:
        """The word that a text stands for; raises KeyError for a text that is none of them."""
        known: dict[str | None, StrEnum | None] = {None: None, **{word.value: word for word in self.kind}}
        return known.__getitem__
