"""Buttons that are old, forged or not one's own; questions answered twice."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = [starts("2026-09-30 18:00"), BACKSTAGE]


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Lisbon with Ana called; the day has come, so that the ask offers every button."""
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    troupe.move("2026-10-01 12:50")
    return troupe


LABELS = ("Confirm", "Can't make it", "Change my answer", "I'm here", "All here")


def test_a_forged_value_does_nothing_and_says_so(called: Stage, ana: Anyone) -> None:
    before = called.dump()
    for value in ("", "-", "0", "2", "99999", "-1", "1e9", "٣", "x" * 1900, "' OR 1=1 --"):
        for label in LABELS[:4]:
            told = ana.forges(label, value, called.post("ask")).text
            assert "I don't know any more" in told, (label, value)
    assert called.dump() == before


@IN_SLACK
def test_a_forged_item_does_nothing_and_says_so(called: Troupe, tess: Actor) -> None:
    shown = tess.presses("Checklist", called.post("card"))
    before = called.dump()
    for value in ("", "x y", "1", "1 99999", "2 1", "99999 1"):
        assert "I don't know any more" in tess.forges_choice("Tick an item that is yours", value, shown).text, value
    assert called.dump() == before


@IN_SLACK
def test_a_gig_of_another_tour_cannot_be_reached_by_a_forged_button(called: Troupe, tess: Actor) -> None:
    other = called.slack.add_channel("other", ["kit"])
    kit = called.person("kit")
    kit.types("/gig new Side Project, Lux Lisbon, 2 Oct 2026", other)
    before = called.dump()
    card = called.post("card", "#1")
    told = called.person("ana").forges("Why this verdict", "2", card).text
    assert "Lux" not in told
    assert "I don't know any more" in told
    assert "Lux" not in called.person("ana").forges("Checklist", "2", card).text
    assert called.dump() == before


def test_the_buttons_of_a_cancelled_gig_say_that_it_is_off(called: Stage, tess: Anyone, ana: Anyone) -> None:
    presses = [ana.holds(label, called.post("ask")) for label in LABELS]
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    before, since = called.dump(), called.mark()
    assert all("is cancelled" in press().text for press in presses)
    assert called.dump() == before
    assert called.said(since) == []


def test_the_buttons_of_a_played_gig_say_that_it_is_over(called: Stage, ana: Anyone) -> None:
    presses = [ana.holds(label, called.post("ask")) for label in LABELS]
    called.move("2026-10-02 05:00")
    before, since = called.dump(), called.mark()
    assert all("is played" in press().text for press in presses)
    assert called.dump() == before
    assert called.said(since) == []


def test_a_tick_on_the_list_of_a_gig_that_is_over_is_refused(called: Stage, tess: Anyone) -> None:
    shown = tess.presses("Checklist", called.post("card"))
    called.move("2026-10-02 05:00")
    before = called.dump()
    assert "its list is closed" in tess.chooses("Tick an item that is yours", "va.power", shown).text
    assert called.dump() == before


def test_a_question_is_answered_once(troupe: Stage, tess: Anyone) -> None:
    asked = tess.types("/gig new The Lanterns, Club Springfield, 1 Oct 2026")
    press = tess.holds(asked.labels[0], asked)
    press()
    before = troupe.dump()
    assert "nothing was done twice" in press().text
    assert troupe.dump() == before


def test_two_questions_in_a_row_are_both_answered_once(troupe: Stage, tess: Anyone) -> None:
    asked = tess.types("/gig new The Lanterns, Club Springfield, 31 Oct 2026 load-out 01:30")
    missouri = next(label for label in asked.labels if "Missouri" in label)
    first = tess.holds(missouri, asked)
    again = first()
    assert "exists twice" in again.text
    before = troupe.dump()
    assert "already" in first().text
    assert troupe.dump() == before
    second = tess.holds("Second 01:30", again)
    assert "is open" in second().text
    assert "nothing was done twice" in second().text
    assert troupe.rows("SELECT count(*) FROM gigs") == [(1,)]


def test_a_forged_choice_does_nothing_and_says_so(troupe: Stage, tess: Anyone) -> None:
    asked = tess.types("/gig new The Lanterns, Club Springfield, 1 Oct 2026")
    before = troupe.dump()
    for value in ("1 nonsense", "1", "99 1", "x", "1 40.000,-90.000"):
        assert "Type the command again" in tess.forges(asked.labels[0], value, asked).text, value
    assert troupe.dump() == before


@IN_SLACK
def test_nobody_answers_anothers_question(called: Troupe, tess: Actor, ana: Actor) -> None:
    asked = tess.types("/gig cancel #1")
    kept = called.rows("SELECT max(id) FROM questions")[0][0]
    before = called.dump()
    told = ana.forges_action("choose:0.0", f"{kept} yes", called.post("card")).text
    assert "is not open any more" in told
    assert called.dump() == before
    assert asked.labels


@IN_SLACK
def test_an_action_nobody_knows_is_told_to_be_of_an_older_version(called: Troupe, ana: Actor) -> None:
    before = called.dump()
    for name in ("launch:0.0", "", "confirm_all", "CONFIRM:0.0"):
        assert "older version" in ana.forges_action(name, "1", called.post("ask")).text, name
    assert called.dump() == before


def test_a_question_answered_after_the_gig_was_cancelled_changes_nothing(called: Stage, tess: Anyone) -> None:
    asked = tess.types("/gig cancel #1")
    other = tess.types("/gig cancel #1")
    tess.presses("Yes, cancel", asked)
    before, since = called.dump(), called.mark()
    assert "is cancelled already" in tess.presses("Yes, cancel", other).text
    assert called.dump() == before
    assert called.said(since) == []
