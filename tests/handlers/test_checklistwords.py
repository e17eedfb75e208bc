"""What is typed about a list is read, or refused with the word that was probably meant."""

import pytest

from checklists.conditions import Condition
from checklists.errors import Refusal
from checklists.gig import Profile, ShowType
from checklists.items import Area, Evidence, Severity
from handlers.checklistwords import KNOWN, Amend, Amendment, ListAsked, Shape, read_checklist
from handlers.linewords import checked_due, checked_owner, read_line, slug
from handlers.onlywords import split_only

WIDER = Shape(Profile.WIDER)


@pytest.mark.parametrize(
    ("typed", "gig", "shape"),
    [
        ("lisbon wider", "lisbon", WIDER),
        ("wider", "", WIDER),
        ("#12 lite", "#12", Shape(Profile.LITE)),
        ("lisbon fly date", "lisbon", Shape(show_type=ShowType.FLY_DATE)),
        ("lisbon fly-date", "lisbon", Shape(show_type=ShowType.FLY_DATE)),
        ("lisbon Recording session", "lisbon", Shape(show_type=ShowType.RECORDING_SESSION)),
        ("new york wider, arena, away", "new york", Shape(Profile.WIDER, ShowType.ARENA, away=True)),
        ("studio session", "studio", Shape(show_type=ShowType.RECORDING_SESSION)),
        ("lisbon home support", "lisbon", Shape(away=False, headline=False)),
        ('"Arena Rock" headline', '"Arena Rock"', Shape(headline=True)),
        ("lisbon festival and wider", "lisbon", Shape(Profile.WIDER, ShowType.FESTIVAL_SLOT)),
    ],
)
def test_a_shape_is_read_behind_the_gig(typed: str, gig: str, shape: Shape) -> None:
    assert read_checklist(typed) == ListAsked(gig.strip('"'), shape=shape)


@pytest.mark.parametrize(
    ("typed", "gig", "answers"),
    [
        ("lisbon border yes", "lisbon", ((Condition.BORDER, True),)),
        ("lisbon in ears no", "lisbon", ((Condition.IN_EARS, False),)),
        ("lisbon In-Ears unknown", "lisbon", ((Condition.IN_EARS, None),)),
        ("#3 customs border no", "#3", ((Condition.CUSTOMS_BORDER, False),)),
        ("lisbon support yes", "lisbon", ((Condition.SUPPORT, True),)),
        ("lisbon pyro yes, union no", "lisbon", ((Condition.EFFECTS, True), (Condition.UNION, False))),
        ("outdoor or effects yes", "", ((Condition.OUTDOOR_OR_EFFECTS, True),)),
    ],
)
def test_answers_are_read_in_pairs(typed: str, gig: str, answers: tuple[tuple[Condition, bool], ...]) -> None:
    assert read_checklist(typed) == ListAsked(gig, answers=answers)


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_is_read_by_its_own_name(condition: Condition) -> None:
    assert read_checklist(f"tour {condition} yes") == ListAsked(of_tour=True, answers=((condition, True),))


@pytest.mark.parametrize(
    ("typed", "amend"),
    [
        ("drop va.power", Amend(Amendment.DROP, "va.power")),
        ("reword va.power Power: 63 A, 5 wires", Amend(Amendment.REWORD, "va.power", "Power: 63 A, 5 wires")),
        ("due va.power T-21d", Amend(Amendment.DUE, "va.power", "T-21d")),
        ("owner VA.power SM", Amend(Amendment.OWNER, "va.power", "SM")),
        ("reset va.power", Amend(Amendment.RESET, "va.power")),
        ("add PM T-10d Pyro plan signed", Amend(Amendment.ADD, words="PM T-10d Pyro plan signed")),
    ],
)
def test_a_line_of_the_tour_is_amended(typed: str, amend: Amend) -> None:
    assert read_checklist(f"tour {typed}") == ListAsked(of_tour=True, amend=amend)
    assert read_checklist(f"#4 {typed}") == ListAsked("#4", amend=amend)
    assert read_checklist(f"lisbon {typed}") == ListAsked("lisbon", amend=amend)


def test_without_more_words_it_is_shown() -> None:
    assert read_checklist("lisbon") == ListAsked("lisbon")
    assert read_checklist("") == ListAsked()
    assert read_checklist("Tour") == ListAsked(of_tour=True)
    assert read_checklist("tours") == ListAsked("tours")
    assert read_checklist(" import ") == ListAsked(takes_file=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lisbon in-eras yes", "Did you mean in-ears?"),
        ("tour boarder no", "Did you mean border?"),
        ("tour widr", "Did you mean wider?"),
        ("#1 arean", "Did you mean arena?"),
        ("#1 frobnicate", "I know: wider, lite"),
        ("lisbon club arena", "cannot both be"),
        ("lisbon wider lite", "cannot both be"),
        ("tour drop", "which line?"),
        ("tour due va.power", "to what?"),
        ("tour drop va.power now", "I read one line"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_line_that_works(typed: str, said: str) -> None:
    with pytest.raises(Refusal) as no:
        read_checklist(typed)
    assert said in str(no.value)
    assert "Type it like this: `/gig checklist" in str(no.value)
    read_checklist(str(no.value).rpartition("`/gig checklist")[2].strip("` "))


def test_every_word_that_is_listed_is_known() -> None:
    for word in KNOWN:
        if word not in set(Amendment):
            assert read_checklist(f"lisbon {word}").shape is not None


@pytest.mark.parametrize(
    "typed",
    [
        "PM T-10d critical doc equipment Pyro plan signed",
        "critical equipment doc T-10d PM Pyro plan signed",
        "pm t-10 critical doc gear Pyro plan signed",
        "Pyro plan signed T-10d PM critical doc equipment",
        'PM T-10d critical doc equipment "Pyro plan signed"',
    ],
)
def test_the_small_words_of_a_line_stand_in_any_order(typed: str) -> None:
    item = read_line(typed)
    assert (item.key, item.text, item.owner, item.due) == ("own.pyro_plan", "Pyro plan signed", "PM", "T-10d")
    assert (item.severity, item.evidence, item.area) == (Severity.CRITICAL, Evidence.DOC, Area.EQUIPMENT)
    assert item.lite


def test_a_line_needs_a_due_and_words_only() -> None:
    item = read_line("doors-30m Crew meal agreed")
    assert (item.owner, item.severity, item.evidence) == ("TM", Severity.NORMAL, Evidence.TICK)
    assert (item.area, item.text, item.due) == (Area.SCHEDULE, "Crew meal agreed", "doors-30m")
    assert read_line("T-3d crew Merch split agreed").area is Area.CREW


@pytest.mark.parametrize(
    "typed", ["", "T-10d", "PM doc", "Pyro plan", "T-10d PM !!!", "foo-3d Plan", "T-3d@25:00 Plan"]
)
def test_a_line_without_due_or_words_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="Type it like this"):
        read_line(typed)
    with pytest.raises(Refusal, match="at most 300"):
        read_line("T-10d " + "very long " * 40)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("T-21d", "T-21d"),
        ("t-21", "T-21d"),
        ("T-1d@9:30", "T-1d@09:30"),
        ("on-sale-7d", "on_sale-7d"),
        ("onsale-7d", "on_sale-7d"),
        ("load-in-30m", "load_in-30m"),
        ("flight-120m", "flight_dep-120m"),
        ("Doors+15M", "doors+15m"),
    ],
)
def test_dues_are_read_as_people_write_them(typed: str, due: str) -> None:
    assert checked_due(typed) == due


def test_an_unknown_anchor_and_an_unknown_role_name_those_there_are() -> None:
    with pytest.raises(Refusal, match="Unknown anchor lobby; minutes count from"):
        checked_due("lobby-30m")
    with pytest.raises(Refusal, match="Did you mean FOH"):
        checked_owner("FOHH")
    assert checked_owner("sm") == "SM"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Pyro plan signed", "pyro_plan"),
        ("The keys of the van", "keys_van"),
        ("Größe der Bühne", "groe_der"),
        ("Пиротехника", "line"),
        ("All in", "all_in"),
        ("A" * 80, "a" * 16),
    ],
)
def test_a_key_is_made_of_the_first_words(text: str, key: str) -> None:
    assert slug(text) == key


@pytest.mark.parametrize(
    ("typed", "gig", "word"),
    [
        ("lisbon venue", "lisbon", "venue"),
        ("lisbon Late", "lisbon", "late"),
        ("late", "", "late"),
        ("new york deal and legal", "new york", "deal and legal"),
        ("lisbon my", "lisbon", "mine"),
        ("lisbon", "lisbon", ""),
        ("green day", "green day", ""),
        ("", "", ""),
    ],
)
def test_what_is_shown_of_a_list_stands_behind_the_gig(typed: str, gig: str, word: str) -> None:
    name, only = split_only(typed)
    assert (name, only.word if only else "") == (gig, word)
