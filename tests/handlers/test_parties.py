"""Calling a department, a kind of call, in two stages; and what a change asks of whom."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE


@pytest.fixture
def lisbon(tess: Anyone) -> Anyone:
    """Tess, with one gig and three people called."""
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00, @kit LD 13:00")
    return tess


def test_a_department_is_asked_in_one_message(troupe: Stage, lisbon: Anyone, ana: Anyone, bo: Anyone) -> None:
    since = troupe.mark()
    lisbon.types("/gig call #1 audio 12:30")
    assert troupe.said(since) == ["ask"]
    assert troupe.post("ask").pinged == {ana.id, bo.id}
    assert "14:00 → 12:30 WEST" in troupe.post("ask").text


def test_everyone_is_called_as_on_the_gig_before(troupe: Stage, lisbon: Anyone) -> None:
    lisbon.types("/gig new Show, Hard Club Porto, 3 Oct doors 19:00")
    told = lisbon.types("/gig call porto everyone 12:00").text
    assert "Called for #2 Porto" in told
    assert troupe.rows("SELECT person, position FROM calls WHERE gig_id = 2 ORDER BY id") == [
        ("U0ANA", "FOH"), ("U0BO", "MON"), ("U0KIT", "LD"),
    ]  # fmt: skip


def test_a_department_without_a_time_is_called_at_its_usual_one(troupe: Stage, lisbon: Anyone) -> None:
    lisbon.types("/gig new Show, Hard Club Porto, 3 Oct load-in 10:00 doors 19:00")
    lisbon.types("/gig call porto lighting")
    lisbon.types("/gig call porto audio")
    walls = [wall[:5] for (wall,) in troupe.rows("SELECT wall FROM calls WHERE gig_id = 2 ORDER BY id")]
    assert walls == ["11:00", "12:00", "12:00"]


def test_nobody_known_for_a_department_says_what_to_type(troupe: Stage, lisbon: Anyone) -> None:
    before = troupe.dump()
    told = lisbon.types("/gig call #1 video 12:00").text
    assert "I know nobody for video yet" in told
    assert "`/gig call #1 @ana VID 14:00`" in told
    assert troupe.dump() == before


@IN_SLACK
def test_a_change_of_three_asks_three_in_one_message_edits_one_card_and_nothing_else(
    troupe: Troupe, lisbon: Actor, ana: Actor, bo: Actor
) -> None:
    for who in ("ana", "bo", "kit"):
        troupe.person(who).says("confirmed")
    since = troupe.mark()
    lisbon.types("/gig call #1 audio 12:30")
    written = [line for line in troupe.slack.ledger.entries(since=since) if line.via != "hands"]
    kinds = [str(line.kind) for line in written]
    assert kinds == ["commanded", "ephemeral", "posted", "edited"]
    assert troupe.pinged(since) == {ana.id, bo.id}
    assert "had said yes to 14:00, asked again" in troupe.card()
    assert "Confirmed (1): kit LD 13:00" in troupe.card()


def test_a_yes_to_the_old_message_is_not_a_yes_to_the_new_time(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    old = troupe.post("ask")
    lisbon.types("/gig call #1 @ana FOH 12:30")
    told = ana.presses("Confirm", old)
    assert "That message is out of date, so your answer was not taken" in told.text
    assert "14:00 → 12:30 WEST" in told.text
    assert troupe.rows("SELECT state FROM calls WHERE person = 'U0ANA'") == [("called",)]
    ana.presses("Confirm", told)
    assert troupe.rows("SELECT state FROM calls WHERE person = 'U0ANA'") == [("confirmed",)]
    assert "ana FOH: changed since, asked again in a later message" in troupe.now_reads(old).text


@IN_SLACK
def test_a_reaction_on_the_old_message_is_none_to_the_new_time(troupe: Troupe, lisbon: Actor, ana: Actor) -> None:
    old = troupe.post("ask")
    lisbon.types("/gig call #1 @ana FOH 12:30")
    troupe.slack.hands.react(ana.id, old.channel, old.ts, "+1")
    troupe.mover.settle()
    assert troupe.rows("SELECT state FROM calls WHERE person = 'U0ANA'") == [("called",)]


def test_particulars_stand_on_the_message_and_ask_nobody_again(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    ana.says("confirmed")
    since = troupe.mark()
    told = lisbon.types("/gig call #1 audio gate 4 bring in-ears <b>&").text
    assert "Nobody is asked again" in told
    assert troupe.said(since) == []
    asked = troupe.now_reads(troupe.post("ask")).text
    assert "Gate: 4 (ana, bo)" in asked
    assert "Bring: in-ears" in asked
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_another_place_is_asked_again_with_the_difference(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig call #1 @ana FOH 14:00 place Hall A")
    ana.says("confirmed")
    lisbon.types("/gig call #1 @ana FOH 14:00 place Hall B")
    assert "Hall A → Hall B" in troupe.post("ask").text
    assert "NOT confirmed (3)" in troupe.card()


def test_a_lobby_call_stands_beside_the_call_to_work(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig call #1 @ana lobby 09:30")
    assert "ana" in troupe.post("ask").text
    assert "FOH, lobby call 09:30 WEST" in troupe.post("ask").text
    ana.says("confirmed")
    assert troupe.rows("SELECT kind, state FROM calls WHERE person = 'U0ANA' ORDER BY id") == [
        ("crew", "confirmed"), ("lobby", "confirmed"),
    ]  # fmt: skip


@starts("2026-10-01 08:20")
def test_here_in_the_lobby_is_not_on_site(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig call #1 @ana lobby 09:30")
    ana.says("here")
    assert troupe.rows("SELECT kind, state FROM calls WHERE person = 'U0ANA' ORDER BY id") == [
        ("crew", "called"), ("lobby", "arrived"),
    ]  # fmt: skip


def test_a_date_is_held_first_and_confirmed_later(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig new Show, Hard Club Porto, 3 Oct doors 19:00")
    lisbon.types("/gig call porto @ana FOH 14:00 hold")
    assert troupe.post("ask").text.startswith("*Can you hold the date?*")
    ana.presses("I hold the date")
    assert "holds the date" in troupe.card("Porto")
    assert "Confirmed" not in troupe.card("Porto")
    since = troupe.mark()
    lisbon.types("/gig call porto confirm")
    assert troupe.said(since) == ["ask"]
    ana.presses("Confirm")
    assert "Confirmed (1): ana FOH 14:00" in troupe.card("Porto")


def test_who_holds_the_date_is_asked_to_confirm_by_itself(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig new Show, Hard Club Porto, 3 Oct doors 19:00")
    lisbon.types("/gig call porto @ana FOH 14:00 hold")
    ana.presses("I hold the date")
    troupe.move("2026-09-19 11:00")
    assert "ana" in troupe.post("ask", "Porto").text
    assert "Changed, please answer again" in troupe.post("ask", "Porto").text
    assert "NOT confirmed" in troupe.card("Porto")


def test_who_has_not_answered_the_hold_is_asked_to_confirm_with_the_others_and_once(
    troupe: Stage, lisbon: Anyone, ana: Anyone, bo: Anyone
) -> None:
    lisbon.types("/gig new Show, Hard Club Porto, 8 Sep doors 19:00")
    lisbon.types("/gig call porto @ana FOH 14:00 hold, @bo MON 14:00 hold")
    ana.presses("I hold the date")
    since = troupe.mark()
    troupe.move("2026-09-05 11:00")
    asked = [line for line in troupe.posts(since=since) if bo.id in line.pinged]
    assert [line.text.partition(":*")[0] for line in asked] == ["*Changed, please answer again"]
    assert asked[0].pinged == {ana.id, bo.id}
    bo.says("in", gig="Porto")
    assert "bo MON 14:00" in troupe.card("Porto").partition("Confirmed (1): ")[2]


@starts("2026-09-29 13:00")
def test_a_hold_so_late_that_the_time_to_confirm_is_past_asks_nobody_twice(
    troupe: Stage, lisbon: Anyone, ana: Anyone
) -> None:
    since = troupe.mark()
    lisbon.types("/gig call #1 @ana SYS 12:00 hold")
    troupe.wait(minutes=30)
    assert troupe.said(since) == ["ask"]


def test_a_department_is_called_off_in_one_message(troupe: Stage, lisbon: Anyone) -> None:
    since = troupe.mark()
    told = lisbon.types("/gig call #1 audio off").text
    assert "Called off: ana and bo" in told
    assert troupe.said(since) == ["called_off"]
    assert "Nobody is called for audio" in lisbon.types("/gig call #1 audio off").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/gig call #1 audio 2:00", "Write `02:00` or `14:00` for the call"),
        ("/gig call #1 audio confirm", "Nobody holds the date"),
        ("/gig call #1 @jo lobby 09:30", "has no position on this tour yet"),
        ("/gig call #1 @jo FOH gate 4", "Nobody stands called as FOH"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(troupe: Stage, lisbon: Anyone, typed: str, told: str) -> None:
    before = troupe.dump()
    assert told in lisbon.types(typed).text
    after = troupe.dump()
    assert {name: rows for name, rows in after.items() if name != "people"} == {
        name: rows for name, rows in before.items() if name != "people"
    }
