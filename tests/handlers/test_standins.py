"""`/gig standins`: who stands in for whom, secret, in order or in waves; and who could."""

import pytest

from checklists.crew import Position
from checklists.errors import Refusal
from handlers.standinwords import ChainRequest, read_chain
from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.troupe import NEW

FOH = Position.FOH
BO, CY, KIT = "<@UBO>", "<@UCY|cy>", "<@UKIT>"
READ = {
    f"lisbon FOH {BO} {CY}": ChainRequest("lisbon", FOH, (("UBO",), ("UCY",))),
    f"lisbon FOH {BO}, {CY} and {KIT}": ChainRequest("lisbon", FOH, (("UBO",), ("UCY",), ("UKIT",))),
    f"lisbon FOH {BO} {CY} together": ChainRequest("lisbon", FOH, (("UBO", "UCY"),)),
    f"lisbon FOH {BO} {CY} all at once": ChainRequest("lisbon", FOH, (("UBO", "UCY"),)),
    f"lisbon FOH {BO} {CY} then {KIT}": ChainRequest("lisbon", FOH, (("UBO", "UCY"), ("UKIT",))),
    f"lisbon {BO} {CY} sound engineer": ChainRequest("lisbon", FOH, (("UBO",), ("UCY",))),
    f"#12 stage manager {BO}": ChainRequest("#12", Position.SM, (("UBO",),)),
    f"monitors lisbon {BO}": ChainRequest("lisbon", Position.MON, (("UBO",),)),
    f'"New York" FOH {BO}': ChainRequest("New York", FOH, (("UBO",),)),
    f"all FOH {BO}": ChainRequest("", FOH, (("UBO",),), everywhere=True),
    f"FOH all {BO}": ChainRequest("", FOH, (("UBO",),), everywhere=True),
    f"FOH {BO} all": ChainRequest("", FOH, (("UBO",),), everywhere=True),
    "lisbon FOH off": ChainRequest("lisbon", FOH, off=True),
    "all FOH off": ChainRequest("", FOH, everywhere=True, off=True),
    "lisbon FOH": ChainRequest("lisbon", FOH),
    "lisbon": ChainRequest("lisbon"),
    "FOH": ChainRequest("", FOH),
    "all": ChainRequest("", everywhere=True),
    "": ChainRequest(""),
}
REFUSED = {
    f"lisbon FOH {BO} {BO}": "The same person is there twice.",
    f"lisbon FOH {BO} then {CY} {BO}": "The same person is there twice.",
    "lisbon FOH @bo": "type @ and pick the person from Slack's list",
    f"lisbon FOOH {BO}": 'Stand-ins for which position? "FOOH" is none that I know. Did you mean FOH?',
    f"lisbon {BO}": "Stand-ins for which position?",
    f"{BO}": "Stand-ins for which position? I found none.",
    f"lisbon FOH {BO} gladly": 'Stand-ins for which position? "gladly" is none that I know.',
    f"lisbon FOH {BO} MON": "Stand-ins for FOH, or for MON? One position at a time.",
    "lisbon off": "Stand-ins for which position?",
    f"lisbon FOH {BO} off": "Stand-ins off, or these people? I read both.",
    f"lisbon all FOH {BO}": "On every gig, or on",
}


@pytest.mark.parametrize("typed", READ)
def test_a_line_is_read_so(typed: str) -> None:
    assert read_chain(typed) == READ[typed]


@pytest.mark.parametrize("typed", REFUSED)
def test_a_line_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(Refusal) as no:
        read_chain(typed)
    assert REFUSED[typed] in str(no.value)
    assert "Type it like this: `/gig standins" in str(no.value)


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.fixture
def ana(house: Backstage) -> Hand:
    return house.person("ana")


@pytest.fixture
def bo(house: Backstage) -> Hand:
    return house.person("bo")


@pytest.fixture
def lisbon(house: Backstage, tess: Hand) -> Backstage:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    return house


def test_the_order_is_shown_to_those_who_may_change_the_gig_and_posted_nowhere(lisbon: Backstage, tess: Hand) -> None:
    since = lisbon.mark()
    told = tess.types("/gig standins lisbon FOH @bo then @kit @max").text
    assert "*FOH*: 1. bo · 2. kit + max, at once" in told
    assert "Only those who may change this tour can see this order." in told
    shown = tess.types("/gig standins lisbon").text
    assert "• *FOH*: 1. bo · 2. kit + max, at once" in shown
    assert lisbon.said(since) == []


@pytest.mark.parametrize("name", ["ana", "jo"])
@pytest.mark.parametrize(
    "line", ["/gig standins lisbon FOH @kit", "/gig standins lisbon", "/gig standins lisbon FOH off"]
)
def test_whoever_may_not_change_the_tour_neither_sees_nor_changes_it(
    name: str, line: str, lisbon: Backstage, tess: Hand
) -> None:
    tess.types("/gig standins lisbon FOH @bo")
    before = lisbon.dump()
    assert "Only the tour manager" in lisbon.person(name).types(line).text
    assert lisbon.dump() == before


def test_nobody_stands_in_for_himself(lisbon: Backstage, tess: Hand) -> None:
    before = lisbon.dump()
    told = tess.types("/gig standins lisbon FOH @bo @ana").text
    assert "ana is called to FOH on #1 Lisbon: nobody stands in for himself." in told
    assert "Nothing was changed." in told
    assert lisbon.dump() == before


def test_on_the_whole_tour_whoever_is_called_is_passed_over(lisbon: Backstage, tess: Hand, ana: Hand) -> None:
    told = tess.types("/gig standins all FOH @ana @bo").text
    assert "On every gig of *wild-god* that has no stand-ins of its own:" in told
    assert "• *FOH*: 1. ana · 2. bo" in told
    ana.says("can't make it")
    assert "offer to bo" in lisbon.said()
    assert "(the whole tour's)" in tess.types("/gig standins lisbon").text
    assert "• *FOH*: 1. ana · 2. bo" in tess.types("/gig standins all").text


def test_a_gigs_own_chain_goes_first_and_taken_away_the_tours_holds_again(lisbon: Backstage, tess: Hand) -> None:
    tess.types("/gig standins all FOH @bo")
    tess.types("/gig standins lisbon FOH @kit")
    assert "*FOH*: 1. kit" in tess.types("/gig standins lisbon FOH").text
    told = tess.types("/gig standins lisbon FOH off").text
    assert "*FOH*: 1. bo" in told
    assert "the whole tour's chain" in told
    tess.types("/gig standins all FOH off")
    assert "Nobody is named for FOH yet." in tess.types("/gig standins lisbon FOH").text


def test_taken_away_while_somebody_is_asked_he_is_told(lisbon: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types("/gig standins lisbon FOH @bo")
    ana.says("can't make it")
    since = lisbon.mark()
    assert "Nobody stands in for FOH" in tess.types("/gig standins lisbon FOH off").text
    assert lisbon.said(since) == ["filled to bo"]
    assert "*Not needed after all:*" in lisbon.post("filled").text


def test_it_tells_how_far_the_asking_has_come(lisbon: Backstage, tess: Hand, ana: Hand, bo: Hand) -> None:
    tess.types("/gig standins lisbon FOH @bo @kit")
    ana.says("can't make it")
    bo.presses("I can't", "offer")
    told = tess.types("/gig standins lisbon").text
    assert "*FOH*: 1. bo (can't) · 2. kit (asked, has until Wed 2 Sep 10:00 WEST)" in told


def test_it_suggests_who_has_done_it_is_free_and_near_and_nobody_else(lisbon: Backstage, tess: Hand) -> None:
    tess.types("/gig new The Lanterns, Hard Club Porto Portugal, 4 Oct 2026")
    tess.types("/gig new The Lanterns, Moby Dick Madrid, 5 Oct 2026")
    tess.types("/gig new Club Night, Lux Porto Portugal, 1 Oct 2026")
    tess.types("/gig call #2 @bo FOH 14:00, @dee MON 14:00")
    tess.types("/gig call #3 @kit FOH 14:00")
    tess.types("/gig call #4 @max FOH 14:00")  # the same day elsewhere
    told = tess.types("/gig standins #1 FOH").text
    assert "Could stand in as FOH, the nearest first:" in told
    lines = [line for line in told.splitlines() if line.startswith("•")]
    assert [line.split(":")[0] for line in lines] == ["• bo", "• kit"]
    assert "1 show on this tour, about 27" in lines[0]
    assert "about 50" in lines[1]
    assert "`/gig standins #1 FOH @name @name`" in told


def test_where_nobody_could_it_says_so(lisbon: Backstage, tess: Hand) -> None:
    told = tess.types("/gig standins lisbon LD").text
    assert "Nobody else who has worked LD on this tour is free and rested that day." in told


def test_a_gig_that_is_off_takes_no_stand_ins(lisbon: Backstage, tess: Hand) -> None:
    tess.presses("Yes, cancel", tess.types("/gig cancel lisbon"))
    assert "is cancelled: nobody stands in on it any more." in tess.types("/gig standins lisbon FOH @bo").text


@begins("2026-10-01 06:00")
def test_a_chain_for_the_whole_tour_looks_at_every_open_place(lisbon: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it")
    since = lisbon.mark()
    tess.types("/gig standins all FOH @bo")
    assert lisbon.said(since) == ["offer to bo"]
