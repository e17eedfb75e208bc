"""Apps are no people: whoever names one is told, and nothing of the line is kept."""

import pytest

from handlers import routes
from handlers.asked import Asked
from handlers.cards.ids import Form
from tests.handlers.backstage import CHANNEL, NAMED, Backstage
from tests.handlers.hands import opened
from tests.handlers.troupe import NEW

called = opened(NEW, "/gig call #1 @ana FOH 14:00", "/gig kit #1 carry 1 ULXD", "/gig kit need 1 vocal wireless")
OURS, BOTH = "Buscall is an app, not a person", "Buscall and Slackbot are apps, not people"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/gig call #1 @buscall FOH 14:00", OURS),
        ("/gig call #1 <@USLACKBOT> FOH 14:00", "Slackbot is an app, not a person"),
        ("/gig call #1 @bo MON 14:00, @buscall FOH 14:00, <@USLACKBOT|slackbot> BL 14:00", BOTH),
        ("/gig call #1 @ana off, @buscall FOH 14:00", OURS),
        ("/gig deputy @buscall", OURS),
        ("/gig producer @buscall", OURS),
        ("/gig standins #1 FOH @bo @buscall", OURS),
        ("/gig standins all FOH @buscall", OURS),
        ("/gig licence @buscall rigging until 1 Mar 2027", OURS),
        ("/gig kit #1 accept ULXD for vocal wireless by @buscall", OURS),
    ],
)
def test_an_app_is_refused_by_name_and_nobody_else_of_the_line_is_called(
    line: str, why: str, called: Backstage
) -> None:
    before = called.dump()
    answer = called.person("tess").types(line).text
    assert answer.startswith(why)
    assert "Type it like this: `/gig " in answer
    assert called.dump() == before


def test_the_form_says_so_at_the_field_where_people_are_named(called: Backstage) -> None:
    fields = {"people": "U0BO U0BUSCALL", "position": "MON", "department": "-", "kind": "crew", "clock": "14:00"}
    sent = Asked(called.now, called.stamp(), "U0TESS", CHANNEL, NAMED, value="1", fields={**fields, "stage": "confirm"})
    before = called.dump()
    reply = called.take(sent, lambda book, it: routes.sent(book, it, Form.CALL.value))
    assert reply.errors["people"].startswith(OURS)
    assert called.dump() == before


def test_an_app_that_was_called_once_can_still_be_called_off(called: Backstage) -> None:
    with called.store.begin("T0BACK") as book:
        (call,) = book.crew.of_gig(1)
        book.crew.ask(1, "U0BUSCALL", call.position, call.wall, call.at, called.now)
    assert "Called off" in called.person("tess").types("/gig call #1 @buscall off").text
