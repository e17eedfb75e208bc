"""The form that calls crew: people or a department, by kind and stage; what is wrong stands at its field."""

import pytest

from handlers import routes
from handlers.asked import Asked, Reply
from handlers.cards.ids import Form
from tests.handlers.backstage import CHANNEL, NAMED, Backstage, Hand
from tests.handlers.troupe import NEW

EMPTY = {"people": "", "position": "-", "department": "-", "kind": "crew", "clock": "", "stage": "confirm"}


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """With one gig on which Ana is FOH and Bo MON at 14:00."""
    hand = house.person("tess")
    hand.types(f"{NEW} load-in 10:00")
    hand.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    return hand


def send(house: Backstage, **fields: str) -> Reply:
    """What is answered to the form, filled in so."""
    asked = Asked(house.now, house.stamp(), "U0TESS", CHANNEL, NAMED, value="1", fields={**EMPTY, **fields})
    return house.take(asked, lambda book, it: routes.sent(book, it, Form.CALL.value))


def calls(house: Backstage) -> list[tuple[str, ...]]:
    return house.rows("SELECT person, position, kind, substr(wall, 1, 5), stage FROM calls ORDER BY id")[2:]


SENT: list[tuple[dict[str, str], list[tuple[str, ...]]]] = [
    (
        {"people": "U0KIT U0LOU", "position": "LD", "clock": "12:00"},
        [("U0KIT", "LD", "crew", "12:00", "confirm"), ("U0LOU", "LD", "crew", "12:00", "confirm")],
    ),
    (
        {"people": "U0ANA", "kind": "lobby", "clock": "09:30"},
        [("U0ANA", "FOH", "lobby", "09:30", "confirm")],
    ),
    (
        {"department": "audio", "kind": "bus", "clock": "09:00"},
        [("U0ANA", "FOH", "bus", "09:00", "confirm"), ("U0BO", "MON", "bus", "09:00", "confirm")],
    ),
    (
        {"department": "everyone", "kind": "out", "clock": "23:30"},
        [("U0ANA", "FOH", "out", "23:30", "confirm"), ("U0BO", "MON", "out", "23:30", "confirm")],
    ),
    (
        {"department": "audio", "kind": "stage"},
        [("U0ANA", "FOH", "stage", "12:00", "confirm"), ("U0BO", "MON", "stage", "12:00", "confirm")],
    ),
    (
        {"people": "U0KIT", "position": "SM", "kind": "show", "clock": "20:00", "stage": "hold"},
        [("U0KIT", "SM", "show", "20:00", "hold")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "made"), SENT, ids=[" ".join(each.values()) for each, _ in SENT])
def test_people_and_departments_are_called_by_kind_and_stage(
    fields: dict[str, str], made: list[tuple[str, ...]], house: Backstage, tess: Hand
) -> None:
    since = house.mark()
    reply = send(house, **fields)
    assert not reply.errors
    assert calls(house) == made
    assert house.said(since) == ["ask"]


WRONG = [
    ({"clock": "14:00"}, "people", "Nobody is named."),
    ({"people": "U0KIT", "department": "audio", "clock": "14:00"}, "department", "People are named above."),
    ({"department": "audio", "position": "FOH", "clock": "14:00"}, "position", "Everybody of a department"),
    ({"department": "lighting", "clock": "14:00"}, "department", "I know nobody for lighting yet"),
    ({"people": "U0KIT", "clock": "14:00"}, "position", "As what?"),
    ({"people": "U0KIT", "position": "LD"}, "clock", "Called at what time?"),
    ({"people": "U0ANA", "kind": "lobby"}, "clock", "Called at what time?"),
    ({"people": "U0ANA", "clock": "03:00"}, "clock", "on which morning?"),
    ({"department": "audio", "clock": "03:00"}, "clock", "on which morning?"),
]


@pytest.mark.parametrize(("fields", "at", "why"), WRONG)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(
    fields: dict[str, str], at: str, why: str, house: Backstage, tess: Hand
) -> None:
    before = house.dump()
    reply = send(house, **fields)
    assert list(reply.errors) == [at]
    assert why in reply.errors[at]
    assert house.dump() == before


def test_a_call_that_is_past_stands_at_its_field(house: Backstage, tess: Hand) -> None:
    house.move("2026-10-01 13:30")
    reply = send(house, department="audio", clock="14:00")
    assert "is past already" in reply.errors["clock"]


def test_whoever_is_called_just_so_keeps_his_time_and_is_not_asked_again(house: Backstage, tess: Hand) -> None:
    since = house.mark()
    assert "not asked again: ana FOH" in send(house, people="U0ANA").text
    assert house.said(since) == []


def test_a_form_of_an_older_version_calls_as_it_did(house: Backstage, tess: Hand) -> None:
    old = {"people": "U0KIT", "position": "LD", "clock": "12:00"}
    asked = Asked(house.now, house.stamp(), "U0TESS", CHANNEL, NAMED, value="1", fields=old)
    house.take(asked, lambda book, it: routes.sent(book, it, Form.CALL.value))
    assert calls(house) == [("U0KIT", "LD", "crew", "12:00", "confirm")]
