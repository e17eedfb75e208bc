"""The HTTP door, whole: what people do comes in by signed requests, is written down, and only then acked."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.bodies import FORM
from bot.sandbox.ledger import Kind
from bot.sandbox.records import View
from bot.signing import FRESH
from bot.web import EVENTS, HEALTH
from tests.bot.web_house import SECRET, House, at_home
from tests.handlers.troupe import NEW, Troupe

CSV = (
    "date,city,country,venue\n2026-09-24,Oberhausen,Germany,Rudolf Weber-ARENA\n2026-10-27,Lisbon,Portugal,MEO Arena\n"
)
Pair = tuple[House, Troupe]


@pytest.fixture
def home(sqlite_url: str) -> Iterator[Pair]:
    with at_home(sqlite_url) as pair:
        yield pair


@contextmanager
def nothing_kept(troupe: Troupe) -> Iterator[None]:
    """The book takes no commit meanwhile: everything that comes in fails at its end."""
    with closing(sqlite3.connect(troupe.book, isolation_level=None)) as book:
        book.execute("CREATE TRIGGER no_room BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END")
        try:
            yield
        finally:
            book.execute("DROP TRIGGER no_room")


def test_a_tour_is_planned_called_and_answered_over_http(store_url: str) -> None:
    with at_home(store_url) as (_, troupe):
        tess, ana, bo = (troupe.person(name) for name in ("tess", "ana", "bo"))
        assert "Lisbon" in tess.types(NEW).text
        tess.types("/gig call lisbon @ana FOH 14:00, @bo MON 14:00")
        ana.presses("Confirm")
        bo.says("can't make it")
        reply = troupe.slack.messages(troupe.channel, troupe.post("card").ts)[-1]
        assert troupe.slack.reactions(troupe.channel, reply.ts)
        assert "Confirmed (1): ana FOH 14:00" in troupe.card()
        assert "Declined (1): bo MON 14:00" in troupe.card()
        assert troupe.slack.ledger.entries(Kind.TIMED_OUT, Kind.EVENT_LOST) == []


def test_a_tour_is_imported_over_http(home: Pair) -> None:
    _, troupe = home
    tess = troupe.person("tess")
    tess.drops(CSV)
    assert "2 gigs imported" in tess.types("/gig import").text


def open_form(troupe: Troupe) -> View:
    troupe.person("tess").types("/gig new")
    (view,) = troupe.slack.open_views("U0TESS")
    return view


def filled(troupe: Troupe, view: View, day: str) -> dict[str, Any]:
    (town, *_) = troupe.slack.hands.suggest(view.id, "place:place", "Lisbon")
    return {"name": "The Lanterns", "place": town, "venue": "Musicbox", "day": day}


def test_a_form_is_opened_corrected_and_sent_over_http(home: Pair) -> None:
    _, troupe = home
    view = open_form(troupe)
    wrong = troupe.slack.hands.submit(view.id, filled(troupe, view, "2026-08-01"))
    assert "is past" in wrong.errors["day"]
    assert troupe.slack.hands.submit(view.id, filled(troupe, view, "2026-10-01")).ok
    troupe.mover.settle()
    assert "Lisbon" in troupe.person("tess").types("/gig list").text


@pytest.mark.parametrize("words", ["payload tour", "The payload=1 Band", '{"payload"}', "pay%6Coad payload"])
def test_a_command_may_hold_the_word_payload(home: Pair, words: str) -> None:
    _, troupe = home
    told = troupe.person("tess").types(f"/gig new {words}, Musicbox Lisbon, 1 Oct 2026").text
    assert "payload" in told
    assert "Lisbon" in told


def test_bare_bolt_answers_such_a_command_with_404() -> None:
    known = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")
    app = App(authorize=lambda: known, signing_secret=SECRET, request_verification_enabled=False)

    def answer(ack: Ack) -> None:
        ack("heard")

    app.command("/gig")(answer)

    def answered(words: str) -> int:
        body = urlencode({"command": "/gig", "text": words, "team_id": "T1", "user_id": "U1"})
        return app.dispatch(BoltRequest(body=body, headers={"content-type": [FORM]})).status

    assert answered("new tour") == 200
    assert answered("new payload tour") == 404


def test_slacks_check_of_the_url_is_passed_only_when_signed(home: Pair) -> None:
    house, _ = home
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    status, told = house.post(body, house.headers(body))
    assert (status, json.loads(told)) == (200, {"challenge": "abc"})
    assert house.post(body, {"Content-Type": "application/json"})[0] == 401


def test_an_unsigned_ssl_check_is_refused(home: Pair) -> None:
    house, _ = home
    assert house.post(b"ssl_check=1&token=x", {"Content-Type": FORM})[0] == 401
    assert house.form(ssl_check="1", token="x")[0] == 200


def test_a_replay_is_answered_200_and_changes_nothing(home: Pair) -> None:
    _, troupe = home
    troupe.person("tess").types(NEW)
    troupe.person("tess").types("/gig call lisbon @ana FOH 14:00")
    troupe.person("ana").says("in")
    before = troupe.dump()
    for envelope in troupe.slack.envelopes:
        troupe.slack.redeliver(envelope)
    troupe.mover.settle()
    assert all(envelope.answered for envelope in troupe.slack.envelopes)
    assert troupe.dump() == before


def test_an_old_request_is_refused_however_well_signed(home: Pair) -> None:
    house, _ = home
    body = b'{"type": "event_callback"}'
    headers = house.headers(body)
    house.clock.set(house.clock.now() + timedelta(seconds=FRESH + 1))
    assert house.post(body, headers)[0] == 401


def test_an_event_that_was_not_kept_gets_a_500_and_is_taken_when_slack_sends_it_again(home: Pair) -> None:
    _, troupe = home
    troupe.person("tess").types(NEW)
    troupe.person("tess").types("/gig call lisbon @ana FOH 14:00")
    root = troupe.post("card").ts
    with nothing_kept(troupe):
        troupe.slack.hands.say("ana", troupe.channel, "in", root)
        assert troupe.slack.wait_until(lambda: troupe.slack.next_retry() is not None)
        first, again = troupe.slack.envelopes[-2:]
        assert (first.undeliverable, again.retry_attempt, again.retry_reason) == (True, 1, "http_error")
    assert troupe.rows("SELECT state FROM calls") == [("called",)]
    troupe.wait(minutes=1)
    assert troupe.rows("SELECT state FROM calls") == [("confirmed",)]
    assert troupe.slack.envelopes[-1].answered
    assert troupe.slack.next_retry() is None


def test_a_command_that_was_not_kept_says_so_and_is_answered_200(home: Pair) -> None:
    _, troupe = home
    with nothing_kept(troupe):
        told = troupe.person("tess").types(NEW)
    assert "Not saved (ref " in told.text
    assert troupe.rows("SELECT count(*) FROM gigs") == [(0,)]


def test_a_form_that_was_not_kept_says_so_at_its_field(home: Pair) -> None:
    _, troupe = home
    view = open_form(troupe)
    values = filled(troupe, view, "2026-10-01")
    with nothing_kept(troupe):
        assert "Not saved (ref " in str(troupe.slack.hands.submit(view.id, values).errors)


def test_a_button_that_was_not_kept_is_acked_and_answered_privately(home: Pair) -> None:
    _, troupe = home
    troupe.person("tess").types(NEW)
    troupe.person("tess").types("/gig call lisbon @ana FOH 14:00")
    with nothing_kept(troupe):
        assert "Not saved (ref " in troupe.person("ana").presses("Confirm").text


def test_health_tells_how_it_is_and_no_more(home: Pair) -> None:
    house, troupe = home
    status, told = house.ask("GET", HEALTH)
    assert status == 200
    assert json.loads(told) == {
        "ok": True,
        "ready": True,
        "team": house.slack.names.team_id,
        "store": True,
        "sender": True,
        "overdue": 0,
        "beat": 0,
        "stuck": 0,
    }
    assert troupe.slack.names.bot_token.encode() not in told


def test_health_is_red_without_the_store(home: Pair) -> None:
    house, troupe = home
    with closing(sqlite3.connect(troupe.book)) as book:
        book.execute("ALTER TABLE deliveries RENAME TO gone")
        status, told = house.ask("GET", HEALTH)
        book.execute("ALTER TABLE gone RENAME TO deliveries")
    assert (status, json.loads(told)["store"]) == (503, False)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", EVENTS, 405), ("PUT", EVENTS, 405), ("POST", HEALTH, 405), ("GET", "/", 404), ("POST", "/slack/x", 404)],
)
def test_there_is_nothing_else_behind_the_door(home: Pair, method: str, path: str, status: int) -> None:
    assert home[0].ask(method, path)[0] == status
