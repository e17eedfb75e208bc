"""The home tab: the board for who leads, the calls for who works, paged, and never broken."""

import json

from bot.sandbox.limits import check_view
from tests.handlers.troupe import NEW, Actor, Troupe

CSV = "date,city,country,venue\n" + "".join(f"2026-10-{day:02},Lisbon,Portugal,Room {day}\n" for day in range(5, 30))


def tab(troupe: Troupe, who: Actor) -> str:
    """The words of somebody's home tab, as it is published."""
    troupe.slack.hands.open_home(who.name)
    troupe.mover.settle()
    return shown(troupe, who)


def shown(troupe: Troupe, who: Actor) -> str:
    view = troupe.slack.home(who.id)
    assert view is not None
    assert check_view(view.body, "home") == []
    return json.dumps(view.body["blocks"], ensure_ascii=False)


def press(troupe: Troupe, who: Actor, label: str) -> str:
    view = troupe.slack.home(who.id)
    assert view is not None
    troupe.slack.hands.press_in_view(view.id, label)
    troupe.mover.settle()
    return shown(troupe, who)


def test_somebody_unknown_is_told_what_buscall_is(troupe: Troupe, bo: Actor) -> None:
    assert "Nothing waits for you here yet" in tab(troupe, bo)


def test_the_tour_manager_sees_who_has_not_confirmed(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    words = tab(troupe, tess)
    assert "#1 Lisbon, Musicbox" in words
    assert "NOT confirmed: ana FOH, bo MON; first call 14:00 WEST" in words


def test_crew_see_their_calls_and_answer_in_the_tab(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    assert "1 ahead; 1 of them wait for your answer" in tab(troupe, ana)
    words = press(troupe, ana, "Confirm")
    assert "all of them are answered" in words
    assert "FOH 14:00: confirmed" in words
    assert "Everybody called has confirmed" in troupe.card()


def test_a_long_tour_is_paged(troupe: Troupe, tess: Actor) -> None:
    tess.drops(CSV)
    tess.types("/gig import")
    assert "Room 5" in tab(troupe, tess)
    assert "Room 15" not in shown(troupe, tess)
    later = press(troupe, tess, "Later gigs")
    assert "Room 15" in later
    assert "Room 5 " not in later
    assert "Room 29" in press(troupe, tess, "Later gigs")
    assert "Later gigs" not in shown(troupe, tess)
    assert "Room 15" in press(troupe, tess, "Earlier gigs")
