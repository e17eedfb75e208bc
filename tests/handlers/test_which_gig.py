"""Which gig, which tour: a number, a beginning, the only one, or a question."""

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE

PORTO = "/gig new The Lanterns, Hard Club Porto, Portugal, 3 Oct 2026"
CLUB = "/gig new Club Night, Lux Lisbon, 2 Oct 2026"


def test_a_number_a_beginning_and_the_only_open_gig_all_name_it(tess: Anyone) -> None:
    tess.types(NEW)
    for words in (
        "/gig show #1",
        "/gig show 1",
        "/gig show lis",
        "/gig show MUSICB",
        '/gig show "lisbon"',
        "/gig show",
    ):
        assert "Musicbox" in tess.types(words).text, words


def test_several_that_fit_are_asked_by_buttons_and_the_press_goes_on(tess: Anyone) -> None:
    tess.types(NEW)
    tess.types(CLUB)
    asked = tess.types("/gig ready lisbon")
    assert "2 gigs begin with" in asked.text
    assert asked.labels == ["#1 Lisbon, Musicbox · Thu 1 Oct 2026", "#2 Lisbon, Lux · Fri 2 Oct 2026"]
    assert "Lux" in tess.presses("#2", asked).text


def test_more_than_five_fill_a_menu(troupe: Stage, tess: Anyone) -> None:
    for day in range(10, 17):
        tess.types(f"/gig new The Lanterns, Musicbox Lisbon, {day} Oct 2026")
    asked = tess.types("/gig show")
    assert [label[:2] for label in asked.labels] == ["#1", "#2", "#3", "#4", "#5"]
    assert [choice[:2] for choice in asked.choices] == ["#6", "#7"]
    assert "16 Oct" in tess.chooses("More of them", "#7", asked).text


def test_what_cannot_be_undone_never_guesses_even_with_one_gig_open(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    before = troupe.dump()
    for words in ("call @ana FOH 14:00", "move 5 Oct 2026", "cancel", "check va.power done"):
        asked = tess.types(f"/gig {words}")
        assert asked.text.startswith("Which gig?"), words
        assert asked.labels == ["#1 Lisbon, Musicbox · Thu 1 Oct 2026"]
    assert troupe.dump() == before


@starts("2026-09-27 12:00")
def test_a_gig_that_is_over_is_named_only_when_no_open_one_fits(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    tess.types(CLUB)
    troupe.move("2026-10-02 09:00")
    assert "#2" in tess.types("/gig show lisbon").text
    assert "PLAYED" in tess.types("/gig show musicbox").text


def test_a_channel_without_a_tour_says_how_to_start_one(tess: Anyone) -> None:
    told = tess.types("/gig list").text
    assert "No tour lives in this channel yet" in told
    assert "/gig new" in told
    assert "/gig here" in told


def test_new_opens_a_tour_named_after_the_channel_with_its_maker_as_manager(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    assert troupe.rows("SELECT name, channel, lead FROM tours") == [("wild-god", troupe.channel, tess.id)]
    assert tess.types("/gig list").text.startswith("*wild-god*: 1 ahead, 0 over")


@IN_SLACK
def test_a_second_channel_is_a_second_tour_and_neither_sees_the_other(troupe: Troupe, tess: Actor) -> None:
    other = troupe.slack.add_channel("side-project", ["tess", "ana"])
    tess.types(NEW)
    tess.types(PORTO, other)
    assert "Porto" not in tess.types("/gig list").text
    assert "There is no gig #2 on this tour" in tess.types("/gig show #2").text
    assert "Porto" in tess.types("/gig show", other).text


@IN_SLACK
def test_in_a_private_channel_the_tour_is_called_tour(troupe: Troupe, tess: Actor) -> None:
    private = troupe.slack.add_channel("secret-tour", ["tess"], private=True)
    assert "is open" in tess.types(NEW, private).text
    assert tess.types("/gig list", private).text.startswith("*tour*")


@IN_SLACK
def test_in_a_direct_message_every_verb_says_to_go_to_the_channel(troupe: Troupe, tess: Actor) -> None:
    direct = tess.direct()
    tess.drops("date,city,country\n2026-10-01,Lisbon,Portugal\n", channel=direct)
    before = troupe.dump()
    for words in ("/gig list", NEW, "/gig show", "/gig import", "/gig here wild", "/gig call #1 @ana FOH 14:00"):
        assert "Go to the tour's channel" in tess.types(words, direct).text, words
    assert troupe.dump() == before
