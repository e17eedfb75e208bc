"""Which items a gig gets, by its kind, its width and its facts."""

import pytest

from checklists.conditions import Condition, ShowFacts, Way
from checklists.dues import Due
from checklists.gig import Gig, GigKind, Profile, ShowType
from checklists.items import Severity
from checklists.library import lite, stock
from checklists.profiles import BASE, Chosen, items_for, questions_of, type_of
from tests.checklists.gigs import lisbon

NOBODY_ASKED = ShowFacts()
AT_HOME = ShowFacts(answers=dict.fromkeys(Condition, False))


def keys(chosen: tuple[Chosen, ...]) -> list[str]:
    return [one.item.key for one in chosen]


def test_a_club_show_starts_with_the_lite_36() -> None:
    assert tuple(one.item for one in items_for(Profile.LITE, ShowType.CLUB, NOBODY_ASKED)) == lite()


@pytest.mark.parametrize("show", ShowType)
@pytest.mark.parametrize("profile", Profile)
def test_no_item_is_there_twice(show: ShowType, profile: Profile) -> None:
    found = keys(items_for(profile, show, NOBODY_ASKED))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("show", sorted(set(ShowType) - {ShowType.RECORDING_SESSION}))
def test_wider_holds_the_lite_items_the_base_lists_and_the_overlay(show: ShowType) -> None:
    wide = keys(items_for(Profile.WIDER, show, NOBODY_ASKED))
    assert set(keys(items_for(Profile.LITE, show, NOBODY_ASKED))) <= set(wide)
    base = {item.key for name in BASE for item in stock()[name]} - {"ds.soundcheck", "ds.line_check"}
    assert base <= set(wide)
    assert all(item.key in wide for item in stock().get(show.value, ()))


def test_travel_is_for_shows_away_and_promotion_for_headliners() -> None:
    small = items_for(Profile.WIDER, ShowType.CLUB, NOBODY_ASKED, away=False, headline=False)
    full = items_for(Profile.WIDER, ShowType.CLUB, NOBODY_ASKED)
    assert {one.item.key[:2] for one in full} - {one.item.key[:2] for one in small} == {"tr", "pr"}
    assert len(full) - len(small) == len(stock()["travel_hotel"]) + len(stock()["promotion"])


def test_lite_elsewhere_takes_the_overlays_show_stoppers_along() -> None:
    arena = keys(items_for(Profile.LITE, ShowType.ARENA, AT_HOME))
    stoppers = {item.key for item in stock()["arena"] if item.severity is Severity.STOPPER}
    assert stoppers - set(arena) == {"ar.effects_demo"}


def test_what_does_not_apply_is_na_in_the_wider_list_and_not_in_the_lite_one() -> None:
    wide = {one.item.key: one.applies for one in items_for(Profile.WIDER, ShowType.CLUB, AT_HOME)}
    assert wide["lg.carnet"] is False
    assert wide["va.power"] is True
    assert None not in wide.values()


def test_an_open_condition_is_asked_once_for_all_its_items() -> None:
    facts = ShowFacts(ways=frozenset({Way.VAN}), country="NL", came_from=frozenset({"NL"}))
    asked = questions_of(items_for(Profile.WIDER, ShowType.CLUB, facts))
    assert len(asked) == len(set(asked))
    assert Condition.SUPPORT in asked
    assert not {Condition.ROAD, Condition.BORDER, Condition.WITHHOLDING} & set(asked)


def test_a_festival_counts_from_the_line_check_and_has_no_soundcheck() -> None:
    slot = items_for(Profile.WIDER, ShowType.FESTIVAL_SLOT, NOBODY_ASKED)
    assert "soundcheck" not in {Due.parse(one.item.due).anchor for one in slot}
    dues = {one.item.key: one.item.due for one in slot}
    assert dues["ds.pa_tuned"] == "line_check-30m"
    assert "ds.soundcheck" not in dues
    assert "fs.line_check" in dues


def test_a_session_has_its_own_lists_and_the_lines_of_contract_and_pay() -> None:
    wide = items_for(Profile.WIDER, ShowType.RECORDING_SESSION, NOBODY_ASKED)
    assert {"lg.contract", "mn.deposit", "mn.crew_paid", "rs.backup", "tr.hotel"} <= set(keys(wide))
    assert {Due.parse(one.item.due).anchor for one in wide} >= {"downbeat", "session_end"}
    assert not any(key.startswith(("va.", "ds.", "lo.")) for key in keys(wide))
    lite_keys = keys(items_for(Profile.LITE, ShowType.RECORDING_SESSION, NOBODY_ASKED))
    assert set(lite_keys) <= set(keys(wide))
    assert 20 <= len(lite_keys) <= 40


@pytest.mark.parametrize(
    ("gig", "show"),
    [
        (lisbon(), ShowType.CLUB),
        (lisbon(capacity=800), ShowType.CLUB),
        (lisbon(capacity=801), ShowType.THEATRE),
        (lisbon(capacity=5000), ShowType.ARENA),
        (lisbon(kind=GigKind.FESTIVAL, capacity=40_000), ShowType.FESTIVAL_SLOT),
        (lisbon(kind=GigKind.SESSION), ShowType.RECORDING_SESSION),
    ],
)
def test_the_gig_tells_its_kind(gig: Gig, show: ShowType) -> None:
    assert type_of(gig) is show
