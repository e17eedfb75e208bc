"""One of many: `x IN (...)` with a list that is a single parameter. Private to storage.

SQLAlchemy's own writes a placeholder for each value: a statement of another text for each length, put together
anew each time and prepared by nobody.
"""

import json
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class Many(TypeDecorator[Iterable[Any]]):
    """A list of whole numbers or of texts: an array on PostgreSQL, JSON text on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, of_numbers: bool) -> None:
        super().__init__()
        self.of_numbers = of_numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As the engine takes it."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(ARRAY(BigInteger() if self.of_numbers else Text()))

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> Any:
        """Our own words go as what they are, texts."""
        kind = int if self.of_numbers else str
        many = [kind(each) for each in value or ()]
        return json.dumps(many) if dialect.name == "sqlite" else many


class Among(FunctionElement[bool]):
    """A column, and the parameter that holds the list."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:  # noqa: ARG002 - SQLAlchemy names it
        """As it is. Compared with 1, as a truth is that the engine has no type for, no index would serve it."""
        return self


def among(column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """The column has one of the values that this parameter lists; none when the list is empty."""
    return Among(column, bindparam(parameter, type_=Many(isinstance(column.type, BigInteger))))


@compiles(Among, "sqlite")
def _on_sqlite(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    column, many = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({many}))"  # noqa: S608 - both are rendered by the compiler


@compiles(Among, "postgresql")
def _on_postgresql(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    column, many = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} = ANY ({many})"
