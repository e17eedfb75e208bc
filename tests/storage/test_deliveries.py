from collections.abc import Callable

import pytest

from checklists.letters import Letter
from storage.book import Book
from storage.deliveries import COMES_FROM, DeliveryState
from storage.outbox import Delivery, Room, WrongMove
from tests.storage.built import NOW

S = DeliveryState
Move = Callable[[Book, int], object]
MOVES: dict[DeliveryState, Move] = {
    S.PENDING: lambda book, it: book.outbox.wait(it, NOW, ""),
    S.SENDING: lambda book, it: book.outbox.start(it, "boot", "D1", "{}", "h", NOW),
    S.SENT: lambda book, it: book.outbox.sent(it, "1.1", NOW),
    S.VERIFIED: lambda book, it: book.looks.verified(the(book, it), NOW),
    S.UNKNOWN: lambda book, it: book.outbox.unknown(it, "timeout", NOW, NOW),
    S.FAILED: lambda book, it: book.outbox.fail(it, "is_archived", NOW),
    S.EXPIRED: lambda book, it: book.outbox.expire(it, "late", NOW),
    S.ASKED: lambda book, it: book.looks.ask(the(book, it), NOW, NOW),
}
WAYS: dict[DeliveryState, list[DeliveryState]] = {
    S.PENDING: [],
    S.SENDING: [S.SENDING],
    S.SENT: [S.SENDING, S.SENT],
    S.VERIFIED: [S.SENDING, S.SENT, S.VERIFIED],
    S.UNKNOWN: [S.SENDING, S.UNKNOWN],
    S.FAILED: [S.SENDING, S.FAILED],
    S.EXPIRED: [S.EXPIRED],
    S.ASKED: [S.SENDING, S.UNKNOWN, S.ASKED],
}
KNOWN = """
    pending>pending pending>sending pending>expired pending>unknown pending>sent
    sending>pending sending>sent sending>unknown sending>failed
    sent>verified verified>verified sent>failed verified>failed
    unknown>sent unknown>pending unknown>asked unknown>failed
    asked>sent asked>pending asked>failed
"""


def the(book: Book, delivery: int) -> Delivery:
    found = book.outbox.get(delivery)
    if found is None:
        raise WrongMove
    return found


def brought_to(book: Book, state: DeliveryState) -> int:
    said = book.outbox.say(Letter.DIGEST, Room.DM, "d", NOW, person="UANA")
    assert said is not None
    for step in WAYS[state]:
        MOVES[step](book, said)
    return said


@pytest.mark.parametrize("before", S)
def test_a_delivery_goes_only_where_its_state_lets_it(book: Book, before: DeliveryState) -> None:
    said = brought_to(book, before)
    refused = [state for state in S if f"{before}>{state}" not in KNOWN.split()]
    for state in refused:
        with pytest.raises(WrongMove):
            MOVES[state](book, said)
    kept = book.outbox.get(said)
    assert kept is not None
    assert kept.state is before


@pytest.mark.parametrize("way", KNOWN.split())
def test_the_known_moves_are_made(book: Book, way: str) -> None:
    before, _, state = way.partition(">")
    said = brought_to(book, S(before))
    MOVES[S(state)](book, said)
    kept = book.outbox.get(said)
    assert kept is not None
    assert kept.state is S(state)


def test_the_table_holds_these_moves_and_no_others() -> None:
    assert {f"{before}>{state}" for state, sources in COMES_FROM.items() for before in sources} == set(KNOWN.split())


@pytest.mark.parametrize("move", MOVES.values())
def test_a_delivery_that_is_none_goes_nowhere(book: Book, move: Move) -> None:
    with pytest.raises(WrongMove):
        move(book, 99_999)
