"""Forms: opened by a verb without words or from a gig that is shown, errors at the field, nothing half-saved."""

from typing import Any

import pytest

from bot.sandbox.limits import check_view
from tests.handlers.troupe import NEW, Actor, Troupe


def opened(troupe: Troupe, who: Actor) -> Any:
    """The form that is open for somebody; it keeps Slack's limits."""
    views = troupe.slack.open_views(who.id)
    assert len(views) == 1
    assert check_view(views[0].body, "modal") == []
    return views[0]


def send(troupe: Troupe, view: Any, **fields: Any) -> Any:
    done = troupe.slack.hands.submit(view.id, fields)
    troupe.mover.settle()
    return done


def new_form(troupe: Troupe, who: Actor) -> Any:
    who.types("/gig new")
    return opened(troupe, who)


def choose_town(troupe: Troupe, view: Any, typed: str = "Lisbon") -> Any:
    options = troupe.slack.hands.suggest(view.id, "place:place", typed)
    assert options
    return options[0]


def test_a_gig_is_opened_by_the_form(troupe: Troupe, tess: Actor) -> None:
    view = new_form(troupe, tess)
    town = choose_town(troupe, view)
    sent = send(
        troupe,
        view,
        name="The Lanterns",
        place=town,
        venue="Musicbox",
        day="2026-10-01",
        doors="21:00",
        load_out="01:30",
    )
    assert sent.ok
    shown = tess.types("/gig show #1").text
    assert "#1 Lisbon, Musicbox* · Thu 1 Oct 2026" in shown
    assert "doors 21:00 WEST" in shown
    assert "load-out 01:30 WEST Fri 2 Oct" in shown


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"day": "2026-08-01"}, "day", "is past"),
    ({"doors": "19:00", "set": "18:00"}, "set", "would come before"),
    ({"day": "2026-10-24", "load_out": "01:30"}, "load_out", "exists twice"),
    ({"day": "2027-03-27", "load_out": "01:30"}, "load_out", "does not exist"),
    ({"load_in": "03:00"}, "load_in", "on which morning"),
]


@pytest.mark.parametrize(("fields", "at", "words"), WRONG)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(
    troupe: Troupe, tess: Actor, fields: dict[str, Any], at: str, words: str
) -> None:
    view = new_form(troupe, tess)
    town = choose_town(troupe, view)
    before = troupe.dump()
    sent = send(troupe, view, **{"name": "The Lanterns", "place": town, "day": "2026-10-01", **fields})
    assert not sent.ok
    assert words in sent.errors[at]
    assert troupe.dump() == before


def test_the_search_finds_what_is_nearly_spelt_right(troupe: Troupe, tess: Actor) -> None:
    view = new_form(troupe, tess)
    assert "Lisbon" in str(choose_town(troupe, view, "lisbone"))


def test_times_are_filled_in_and_shown_with_the_venues_zone(troupe: Troupe, tess: Actor) -> None:
    tess.types(f"{NEW} doors 19:00")
    tess.types("/gig times #1")
    view = opened(troupe, tess)
    assert "Lisbon time (WEST)" in str(view.body)
    assert '"initial_time": "19:00"' in str(view.body).replace("'", '"')
    assert send(troupe, view, doors="19:30").ok
    assert "doors 19:30 WEST" in tess.types("/gig show #1").text


def test_crew_are_called_by_the_form_of_a_shown_gig(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    shown = tess.types("/gig show #1")
    tess.presses("Call crew", shown)
    view = opened(troupe, tess)
    assert send(troupe, view, people=[ana.id], position="FOH", clock="14:00").ok
    assert "ana, FOH, call 14:00 WEST" in troupe.card()


def test_a_call_that_is_past_stands_at_its_field(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    troupe.move("2026-10-01 13:30")
    tess.types("/gig call #1")
    sent = send(troupe, opened(troupe, tess), people=[ana.id], position="FOH", clock="14:00")
    assert "is past already" in sent.errors["clock"]


def test_an_item_is_closed_by_the_form_and_a_waiver_needs_a_reason(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.presses("Tick an item", tess.types("/gig show #1"))
    view = opened(troupe, tess)
    item = next(o for o in view.body["blocks"][1]["element"]["options"] if o["text"]["text"].startswith("va.power"))
    sent = send(troupe, view, item=item["value"], state="waived")
    assert "needs a reason" in sent.errors["why"]
    sent = send(troupe, view, item=item["value"], state="done", why="yes")
    assert "not a number with its unit" in sent.errors["why"]
    assert send(troupe, view, item=item["value"], state="done", why="63 A").ok
    assert "va.power (done)" in tess.types("/gig check #1").text


def test_only_who_leads_gets_the_forms(troupe: Troupe, tess: Actor, bo: Actor) -> None:
    tess.types(NEW)
    assert "Only the tour manager" in bo.types("/gig times #1").text
    assert troupe.slack.open_views(bo.id) == []


def test_who_is_called_just_so_already_is_not_asked_again_by_the_form(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.says("confirmed")
    tess.types("/gig call #1")
    since = troupe.mark()
    assert send(troupe, opened(troupe, tess), people=[ana.id, "U0BO"], position="FOH", clock="14:00").ok
    assert troupe.rows("SELECT person, state FROM calls ORDER BY id") == [(ana.id, "confirmed"), ("U0BO", "called")]
    assert "not asked again: ana FOH confirmed" in tess.hears(since).text
