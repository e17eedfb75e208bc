"""A list as one parameter: the same statement for none, for one and for ten thousand, on each engine."""

from collections.abc import Iterator

import pytest
from sqlalchemy import BigInteger, Connection, Text, create_engine, event, literal, select

from checklists.cues import CueKind
from storage.among import among
from storage.book import Book
from storage.store import Store
from tests.storage.built import TEAM

WORDS = ["a", "O'Brien", 'say "hi"', "{1,2}", "back\\slash", "NULL", "ünï 🎸", "", "x,y"]


@pytest.fixture
def line(store_url: str) -> Iterator[Connection]:
    """A plain connection to the store's database."""
    engine = create_engine(store_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def is_text_among(line: Connection, word: str, many: list[str]) -> bool:
    return bool(line.scalar(select(among(literal(word, Text()), "many")), {"many": many}))


def is_number_among(line: Connection, number: int, many: list[int]) -> bool:
    return bool(line.scalar(select(among(literal(number, BigInteger()), "many")), {"many": many}))


@pytest.mark.parametrize("word", WORDS)
def test_a_text_is_found_among_others_whatever_is_in_it(line: Connection, word: str) -> None:
    others = [other for other in WORDS if other != word]
    assert is_text_among(line, word, [*others, word])
    assert not is_text_among(line, word, others)


def test_a_number_is_found_among_ten_thousand_and_beyond_32_bits(line: Connection) -> None:
    assert is_number_among(line, 9_999, list(range(10_000)))
    assert is_number_among(line, 2**40, [1, 2**40])
    assert not is_number_among(line, 10_000, list(range(10_000)))


def test_nothing_is_among_nothing_and_everything_is_not(line: Connection) -> None:
    assert not is_text_among(line, "a", [])
    assert not is_number_among(line, 1, [])
    assert line.scalar(select(~among(literal("a", Text()), "many")), {"many": []})


def test_a_word_of_ours_goes_as_its_text(line: Connection) -> None:
    assert is_text_among(line, "ask_dm", [CueKind.CARD, CueKind.ASK_DM])


def test_one_statement_serves_lists_of_any_length(connected: Store) -> None:
    asked: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    with connected.begin(TEAM) as book:
        event.listen(connected._writer, "before_cursor_execute", hear)
        read_people(book, 2, 3, 40)
        event.remove(connected._writer, "before_cursor_execute", hear)
    assert len(asked) == 3
    assert len(set(asked)) == 1


def read_people(book: Book, *counts: int) -> None:
    for count in counts:
        book.people.many(f"U{count}X{n}" for n in range(count))
