"""`/gig kit`: rider, stock, house, promoter and substitutes make the gap table; one set of cases is in one city."""

import pytest

from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import mentions
from checklists.kit import Gap, Line, Part, Source
from handlers.cards import kit as cards
from handlers.cards.blocks import PRIVATE_MOST
from handlers.kitseen import sourced
from tests.handlers.backstage import TEAM, Backstage, Hand
from tests.handlers.pictures import HOSTILE, lisbon
from tests.handlers.troupe import NEW, Actor, Troupe

PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 1 Oct 2026"
RIDER = ("kit need 4 vocal wireless must or Shure ULXD", "kit need 2 drum riser must", "kit need 1 piano nice")


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """The tour manager, with one gig open and a rider."""
    hand = house.person("tess")
    hand.types(NEW)
    for line in RIDER:
        hand.types(f"/gig {line}")
    return hand


def line_of(text: str, name: str) -> str:
    """The table's line of a thing."""
    return next(line for line in text.splitlines() if line.startswith("• ") and name in line)


def test_rider_and_stock_of_the_tour_are_kept_changed_and_taken_off(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig kit carry 2 drum risers in 3 cases").text
    assert "• 4 vocal wireless, must; Shure ULXD will do" in told
    assert "*Carried*, 3 cases" in told
    assert "• 2 drum risers in 3 cases" in told
    assert "• 2 vocal wireless, nice; Shure ULXD will do" in tess.types("/gig kit need 2 vocal wireless nice").text
    told = tess.types("/gig kit need piano off").text
    assert "Not on the rider any more: piano." in told
    assert "• 1 piano" not in told
    assert "Not carried any more: drum risers." in tess.types("/gig kit carry drum riser off").text
    said = house.rows("SELECT what, before, after FROM journal WHERE what IN ('rider line', 'stock') ORDER BY id")
    assert ("rider line", "1 piano, nice", "") in said
    assert ("stock", "2 drum risers in 3 cases", "") in said


def test_the_gap_table_says_what_is_missing_worst_first_and_unknown_is_not_no(tess: Hand) -> None:
    tess.types("/gig kit carry 2 drum riser in 3 cases")
    told = tess.types("/gig kit lisbon").text
    assert "1 of 2 must-have lines are sourced." in told
    assert "• *missing* 4 of 4 vocal wireless: house not asked" in told
    assert "• *missing* 1 of 1 piano: house not asked" in told
    assert "• *have* 2 drum riser: carried 2" in told
    assert told.index("vocal wireless") < told.index("piano") < told.index("drum riser")
    told = tess.types("/gig kit lisbon house no piano").text
    assert line_of(told, "piano") == "• *missing* 1 of 1 piano"


def test_house_promoter_and_tour_fill_a_line_together(tess: Hand) -> None:
    tess.types("/gig kit carry 1 vocal wireless")
    tess.types("/gig kit lisbon house 1 vocal wireless")
    told = tess.types("/gig kit lisbon promoter 2 vocal wireless").text
    assert line_of(told, "wireless") == (
        "• *have* 4 vocal wireless: carried 1; house 1 (as of Tue 1 Sep 2026); promoter 2"
    )
    told = tess.types("/gig kit lisbon promoter vocal wireless off").text
    assert "*missing* 2 of 4 vocal wireless" in told
    assert "house not asked" not in line_of(told, "wireless")


def test_a_substitute_that_the_rider_names_is_taken_and_another_waits_for_a_yes(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig kit lisbon house 2 ULXD").text
    assert "house 2 Shure ULXD (as of Tue 1 Sep 2026), accepted by the rider" in told
    shown = tess.types("/gig kit lisbon house 2 Axient for vocal wireless")
    assert "*equivalent* 4 vocal wireless" in shown.text
    assert "house 2 Axient (as of Tue 1 Sep 2026), not accepted yet" in shown.text
    told = tess.presses("Accept Axient for vocal wireless", shown).text
    assert "house 2 Axient (as of Tue 1 Sep 2026), accepted by tess" in told
    assert "1 of 2 must-have lines are sourced." in told
    told = tess.types("/gig kit lisbon accept Axient for vocal wireless off").text
    assert "not accepted yet" in told
    assert "accepted by ana" in tess.types("/gig kit lisbon accept Axient for wireless by @ana").text
    assert house.rows("SELECT line, sub, by FROM accepted") == [("vocal wireless", "axient", "U0ANA")]


def test_what_the_house_holds_is_there_for_the_next_gig_there(house: Backstage, tess: Hand) -> None:
    tess.types("/gig kit lisbon house 2 drum riser")
    tess.types("/gig new The Lanterns, MUSICBOX Lisbon, 9 Oct 2026")
    told = tess.types("/gig kit #2").text
    assert "• *have* 2 drum riser: house 2 (as of Tue 1 Sep 2026)" in told
    assert house.rows("SELECT count(*) FROM houses") == [(1,)]


def test_the_rider_is_sourced_when_every_must_have_is_and_undecided_without_one(house: Backstage) -> None:
    tess = house.person("tess")
    tess.types(NEW)

    def found() -> bool | None:
        with house.store.read(TEAM) as book:
            return sourced(book, book.gigs.of_tour(1)[0])

    seen = [found()]
    for typed in ("kit need 1 piano nice", "kit need 2 drum riser", "kit lisbon house 2 drum riser"):
        tess.types(f"/gig {typed}")
        seen.append(found())
    assert seen == [None, None, False, True]


def test_two_gigs_of_a_day_cannot_both_have_the_cases(tess: Hand) -> None:
    tess.types("/gig kit carry 2 drum riser in 3 cases")
    tess.types(PORTO)
    shown = tess.types("/gig kit lisbon")
    assert "the carried ones are wanted on #2 Porto that day too, and nobody has said who has them" in shown.text
    assert "#1 Lisbon that day too" in tess.types("/gig kit porto").text
    told = tess.presses("All cases to Lisbon", shown).text
    assert "• *have* 2 drum riser: carried 2" in told
    assert "the carried ones are on #1 Lisbon that day" in tess.types("/gig kit porto").text
    told = tess.types("/gig kit porto carry 1 drum riser").text
    assert "2 of 2 drum riser are on #1 Lisbon that day: one case cannot be in two cities." in told
    assert "`/gig kit #1 carry none`" in told
    tess.types("/gig kit #1 carry 1 drum riser")
    assert "*missing* 1 of 2 drum riser: carried 1" in tess.types("/gig kit porto carry 1 drum riser").text


def test_gear_under_repair_is_not_there(tess: Hand) -> None:
    tess.types("/gig kit carry 2 drum riser in 3 cases")
    assert "• 2 drum riser in 3 cases, 1 under repair" in tess.types("/gig kit repair 1 drum riser").text
    assert (
        "• *missing* 1 of 2 drum riser: carried 1; 1 under repair; house not asked" in tess.types("/gig kit lis").text
    )
    tess.types("/gig kit repair drum riser done")
    assert "• *have* 2 drum riser: carried 2" in tess.types("/gig kit lis").text


BAD = (
    ("need vocal wireless", "How many"), ("need 10000 mics", "from 0 to 999"), ("need -1 mics", "from 0 to 999"),
    ("need unicorns off", "No line of the rider is called"), ("need paino off", "Did you mean “piano”?"),
    ("repair unicorn", "does not carry"), ("repair drum rizer", "Did you mean “drum riser”?"),
    ("repair 5 drum riser", "carries 2 drum riser, not 5"), ("carry unicorn off", "does not carry"),
    ("lisbon need 2 mics", "the whole tour's"), ("lisbon house 2 drum risser", "Did you mean “drum riser”?"),
    ("lisbon house unicorn off", "Nobody has said that Musicbox has"),
    ("lisbon promoter piano off", "Nobody has said"),
    ("lisbon accept ULXD for pianoo", "Did you mean “piano”?"),
    ("lisbon accept piano for piano", "the line itself"),
    ("lisbon accept x for piano off", "Nobody had accepted"),
    ("lisbon carry 3 drum riser", "carries 2 drum riser, not 3"),
    ("lisbon carry 1 unicorn", "does not carry"), ("lisbon hosue 2 piano", "Did you mean house?"),
    ("lisbon rent unicorn", "No line of the rider"), ("lisbon rent piano from PRG 180", "of which currency"),
    ("lisbon rent 0 piano", "Rent none?"), ("lisbon ordered PRG-1", "No rental is open"),
    ("lisbon delivered piano", "No rental of"), ("atlantis house 2 piano", "No gig here begins with"),
    ("atlantis", "No gig here begins with"), ("carry 2 drum risser", "Did you mean “drum riser”?"),
)  # fmt: skip


def test_bad_input_changes_nothing(house: Backstage, tess: Hand) -> None:
    tess.types("/gig kit carry 2 drum riser in 3 cases")
    before = house.dump()
    for typed, told in BAD:
        assert told in tess.types(f"/gig kit {typed}").text, typed
        assert house.dump() == before, typed


def test_crew_look_and_do_not_change_and_guests_do_not_even_look(house: Backstage, tess: Hand) -> None:
    ana, jo = house.person("ana"), house.person("jo")
    shown = ana.types("/gig kit lisbon")
    assert "*missing* 4 of 4 vocal wireless" in shown.text
    assert shown.labels == []
    assert "• 4 vocal wireless, must" in ana.types("/gig kit").text
    before = house.dump()
    tour, gig = ("need 1 mic", "carry 1 mic", "repair mic"), ("house 1 mic", "rent piano", "delivered", "carry all")
    for typed in (*tour, *(f"lisbon {each}" for each in gig)):
        assert "Only the tour manager" in ana.types(f"/gig kit {typed}").text
    assert "Guests answer" in jo.types("/gig kit lisbon").text
    assert house.dump() == before


def test_a_change_never_guesses_the_gig(house: Backstage, tess: Hand) -> None:
    asked = tess.types("/gig kit house 2 piano")
    assert house.rows("SELECT count(*) FROM house_kit") == [(0,)]
    assert "the house has 2 piano" in tess.presses("#1 Lisbon", asked).text


def test_a_gig_that_is_cancelled_is_shown_and_not_changed(house: Backstage, tess: Hand) -> None:
    tess.presses("Yes", tess.types("/gig cancel #1"))
    assert "This gig is cancelled." in tess.types("/gig kit #1").text
    before = house.dump()
    for typed in ("promoter 1 piano", "rent piano", "accept x for piano", "carry all"):
        assert "is cancelled: its equipment is not changed any more" in tess.types(f"/gig kit #1 {typed}").text
    assert house.dump() == before


def test_an_old_button_of_a_line_that_is_filled_changes_nothing(house: Backstage, tess: Hand) -> None:
    shown = tess.types("/gig kit lisbon")
    rent = tess.holds("Rent 4 vocal wireless", shown)
    offered = tess.types("/gig kit lisbon house 4 Axient for vocal wireless")
    accept = tess.holds("Accept Axient", offered)
    tess.types("/gig kit lisbon house 4 vocal wireless")
    assert "Nothing is missing of that line any more" in rent().text
    assert "Nothing waits to be accepted there any more" in accept().text
    assert house.rows("SELECT count(*) FROM rentals") == [(0,)]


def test_the_table_of_hostile_names_keeps_slacks_limits_and_pings_nobody() -> None:
    lines = [Line(n, f"{HOSTILE[:58]}{n}", 999, subs=(HOSTILE[:60],) * 8) for n in range(150)]
    parts = (Part(Source.HOUSE, HOSTILE[:60], 999, is_sub=True), Part(Source.PROMOTER, HOSTILE[:60], 9))
    seen = cards.KitSeen(lisbon(), [Gap(line, parts, elsewhere=(HOSTILE[:60],)) for line in lines])
    for card in (cards.gap_table(seen), cards.tour_kit(HOSTILE, lines, [])):
        blocks = [dict(block) for block in card.blocks]
        assert check_message(blocks) == []
        assert not is_too_long(blocks)
        assert mentions(card.text, blocks) == set()
        assert len(card.text.encode()) <= PRIVATE_MOST


def test_the_table_and_its_buttons_work_in_slack(troupe: Troupe) -> None:
    tess: Actor = troupe.person("tess")
    for typed in (NEW, "/gig kit need 4 vocal wireless <!channel> must", "/gig kit carry 1 drum riser in 2 cases"):
        tess.types(typed)
    since = troupe.mark()
    shown = tess.types("/gig kit lisbon")
    assert "*missing* 4 of 4 vocal wireless &lt;!channel&gt;: house not asked" in shown.text
    told = tess.presses("Rent 4 vocal wireless", shown).text
    assert "4 vocal wireless &lt;!channel&gt; supplier not named, no price yet, approved by tess: not ordered" in told
    assert troupe.pinged(since) == set()
