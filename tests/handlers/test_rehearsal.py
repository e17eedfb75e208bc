"""A rehearsal: what would be said by itself, when, to whom and why; nothing sent, nothing written."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from checklists.crew import Person
from checklists.cues import CueKind, CueState
from checklists.letters import Letter
from checklists.reasons_why import WHYS
from handlers import routes
from handlers.asked import Asked
from handlers.cards.rehearsal import LINES_MOST, Line, Script, rehearsal, rule_of
from storage.store import Store
from storage.tables import Base
from tests.handlers.backstage import CHANNEL, NAMED, TEAM, Backstage, Hand, begins
from tests.handlers.told import Told
from tests.handlers.troupe import NEW, Troupe, starts, utc

PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 4 Oct 2026"
CALLS = "/gig call #1 @ana FOH 14:00, @bo MON 14:00"
START = "2026-09-27 12:00"
AT_HOME = begins(START)


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.fixture
def called(house: Backstage, tess: Hand) -> Backstage:
    """Lisbon on 1 October with Ana and Bo called for 14:00, Porto on the fourth; Max is the deputy."""
    for line in (NEW, PORTO, CALLS, "/gig deputy @max"):
        tess.types(line)
    return house


def at(told: str, clock: str) -> list[str]:
    """The lines of a schedule at that time."""
    return [line for line in told.split("\n") if line.startswith(f"• {clock} ")]


@AT_HOME
def test_the_next_48_hours_of_a_tour_are_played_and_nothing_remains(called: Backstage, tess: Hand) -> None:
    before, since = called.dump(), called.mark()
    told = tess.types("/gig rehearse").text
    assert (called.dump(), called.said(since)) == (before, [])
    assert "Rehearsal: wild-god" in told
    assert "From Sun 27 Sep 13:00 WEST to Tue 29 Sep 13:00 WEST" in told
    assert "Nothing was sent, nothing was written" in told
    assert "*Mon 28 Sep 2026*" in told
    ((again),) = at(told, "12:00 WEST")[:1]
    assert "thread of #1 Lisbon to ana, bo" in again
    assert "*ask again*" in again
    assert "(three days before a gig)" in again
    assert "DM to ana, bo, #1 Lisbon · *ask dm*" in at(told, "12:00 WEST")[1]
    assert any("digest" in line for line in at(told, "09:00 WEST"))


@AT_HOME
def test_one_gig_is_played_from_36_hours_before_doors_until_it_is_over(called: Backstage, tess: Hand) -> None:
    told = tess.types("/gig rehearse lisbon").text
    assert "From Wed 30 Sep 07:00 WEST to Fri 2 Oct 06:00 WEST" in told
    story = {
        "12:00 WEST": "DM to tess, #1 Lisbon · *silent list*",
        "14:00 WEST": "DM to max · *handover*",
        "18:00 WEST": "*day sheet*",
        "12:30 WEST": "DM to ana, bo, #1 Lisbon · *on your way*",
        "14:10 WEST": "thread of #1 Lisbon to ana, bo · *not here*",
        "14:15 WEST": "DM to tess, #1 Lisbon · *no show*",
        "22:45 WEST": "*curfew*",
        "23:15 WEST": "*load out*",
    }
    for clock, words in story.items():
        assert any(words in line for line in at(told, clock)), (clock, words)
    assert "Porto" not in told
    assert "<@" not in told


@AT_HOME
def test_what_was_rehearsed_is_what_comes(called: Backstage, tess: Hand) -> None:
    told = tess.types("/gig rehearse #1").text
    called.move("2026-09-30 06:00")
    since = called.mark()
    called.move("2026-10-02 05:00")
    kinds = [line.said.letter.value.replace("_", " ") for line in called.posts(since=since) if line.said.gig_id == 1]
    rehearsed = [line.split("*")[1] for line in told.split("\n") if line.startswith("• ")]
    assert sorted({*kinds, "handover"}) == sorted(set(rehearsed))
    assert [kind for kind in kinds if kind in ("doors", "no show", "curfew")] == [
        kind for kind in rehearsed if kind in ("doors", "no show", "curfew")
    ]


@begins("2026-09-28 13:00")
def test_the_story_of_silence_goes_through_the_stand_ins(called: Backstage, tess: Hand) -> None:
    tess.types("/gig standins #1 FOH @max then @pia")
    told = tess.types("/gig rehearse").text
    offers = [line for line in told.split("\n") if "*offer*" in line]
    assert [line.split(" · ")[1] for line in offers] == ["DM to max, #1 Lisbon", "DM to pia, #1 Lisbon"]
    assert "DM to tess, #1 Lisbon · *unfilled*" in told


@begins("2026-09-27 22:30")
def test_what_the_night_holds_comes_in_the_morning_and_says_so(house: Backstage, tess: Hand) -> None:
    tess.types(NEW)
    tess.types(CALLS)
    told = tess.types("/gig rehearse").text
    assert any("*held*" in line and "said in the night there" in line for line in at(told, "08:00 WEST"))


@begins("2026-10-01 08:00")
def test_a_rehearsal_in_the_middle_of_the_day_begins_now(called: Backstage, tess: Hand) -> None:
    told = tess.types("/gig rehearse #1").text
    assert "From Thu 1 Oct 09:00 WEST to Fri 2 Oct 06:00 WEST" in told
    assert "*silent list*" not in told
    assert "*no show*" in told


@AT_HOME
def test_what_cannot_be_rehearsed_is_refused(called: Backstage, tess: Hand) -> None:
    tess.presses("Yes, cancel", tess.types("/gig cancel #2"))
    before = called.dump()
    for line, why in {
        "/gig rehearse atlantis": "No gig here begins with",
        "/gig rehearse #77": "There is no gig #77",
        "/gig rehearse #2": "is cancelled: nothing is planned",
    }.items():
        assert why in tess.types(line).text
    assert called.dump() == before


@begins("2026-09-30 20:00")
def test_a_past_gig_and_a_tour_that_is_over_are_refused(house: Backstage, tess: Hand) -> None:
    tess.types(NEW)
    house.move("2026-10-02 05:00")
    assert "is over: there is nothing to rehearse" in tess.types("/gig rehearse #1").text
    assert "No gig is ahead on this tour" in tess.types("/gig rehearse").text


@AT_HOME
def test_days_without_a_word_say_so_and_name_the_next(house: Backstage, tess: Hand) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Dec 2026")
    tess.types("/gig deputy @max")
    with house.store.begin(TEAM) as book:
        for cue in book.cues.take_many(utc("2026-09-30 12:00"), 99, [CueKind.DIGEST]):
            book.cues.settle(cue.id, CueState.CUT, house.now)
    told = tess.types("/gig rehearse").text
    assert "0 messages would be sent." in told
    assert "The next thing that happens by itself comes" in told


@AT_HOME
def test_without_a_tour_there_is_nothing_to_rehearse(house: Backstage, tess: Hand) -> None:
    assert "No tour lives in this channel yet" in tess.types("/gig rehearse").text


@AT_HOME
def test_crew_and_guests_do_not_see_the_messages_of_others(called: Backstage) -> None:
    for name in ("ana", "jo"):
        told = called.person(name).types("/gig rehearse lisbon").text
        assert "may change this tour" in told
        assert "DM to" not in told


@AT_HOME
def test_the_deputy_may_rehearse(called: Backstage) -> None:
    assert "Rehearsal" in called.person("max").types("/gig rehearse").text


@AT_HOME
def test_more_than_is_played_at_once_says_so(called: Backstage, tess: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.rehearsal.MOST_WORK", 3)
    told = tess.types("/gig rehearse #1").text
    assert "*Played so far: 0 of 47 h.* *Read on* plays the rest." in told


@AT_HOME
def test_what_was_cut_is_played_on_and_told_from_there(
    called: Backstage, tess: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told_lines(tess.types("/gig rehearse #1"))
    monkeypatch.setattr("handlers.rehearsal.MOST_WORK", 40)
    first = tess.types("/gig rehearse #1")
    before = called.dump()
    rest = tess.presses("Read on", first)
    assert called.dump() == before
    assert told_lines(first) + told_lines(rest) == whole
    assert "Read on from" in rest.text


@AT_HOME
def test_a_longer_schedule_is_read_page_by_page_and_nothing_is_left_out_or_doubled(
    called: Backstage, tess: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told_lines(tess.types("/gig rehearse lisbon"))
    monkeypatch.setattr("handlers.cards.rehearsal.LINES_MOST", 4)
    page = tess.types("/gig rehearse lisbon")
    pages = [page]
    while "Read on" in page.labels:
        assert f"and {len(whole) - sum(len(told_lines(each)) for each in pages)} more line" in page.text
        page = tess.presses("Read on", page)
        pages.append(page)
    assert [line for each in pages for line in told_lines(each)] == whole
    assert len(pages) == -(-len(whole) // 4)


@AT_HOME
def test_a_page_of_another_tour_and_a_forged_one_are_refused(called: Backstage, tess: Hand) -> None:
    with pytest.MonkeyPatch.context() as few:
        few.setattr("handlers.cards.rehearsal.LINES_MOST", 4)
        page = tess.types("/gig rehearse lisbon")
    assert "may change this tour" in called.person("ana").presses("Read on", page).text
    then = "2026-09-30T12:00:00+00:00"
    for value in ("1 1 soon then 0", f"1 77 {then} {then} 0", f"9 0 {then} {then} 0", "-"):
        assert "`/gig rehearse` plays the next 48 h" in tess.forges("Read on", value, page).text


@starts(START)
def test_in_slack_the_next_page_is_one_press_away(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> None:
    tess = troupe.person("tess")
    for line in (NEW, CALLS):
        tess.types(line)
    monkeypatch.setattr("handlers.cards.rehearsal.LINES_MOST", 4)
    since = troupe.mark()
    first = tess.types("/gig rehearse lisbon")
    rest = tess.presses("Read on", first)
    assert "Read on from" in rest.text
    assert not set(told_lines(first)) & set(told_lines(rest))
    assert troupe.said(since) == []


def told_lines(page: Told) -> list[str]:
    return [line for line in page.text.split("\n") if line.startswith("• ")]


def test_a_long_schedule_ends_with_how_many_more() -> None:
    start = utc(START)
    lines = tuple(
        Line(
            Letter.ASK_DM, f"U{n}", None, start + timedelta(minutes=n), "Are you in?", {}, start + timedelta(minutes=n)
        )
        for n in range(LINES_MOST + 40)
    )
    script = Script("wild-god", None, start, start, False, lines, {}, {}, {}, None)
    told = rehearsal(script)
    assert told.text.count("\n• ") <= LINES_MOST
    shown = told.text.count("\n• ")
    assert told.text.endswith(f"and {LINES_MOST + 40 - shown} more lines: *Read on* below")
    assert sum(len(block["text"]["text"]) for block in told.blocks if block["type"] == "section") < 13_000


@pytest.mark.parametrize("letter", WHYS)
def test_every_rule_has_its_few_words(letter: Letter) -> None:
    assert 5 < len(rule_of(letter)) < 110


def test_a_name_that_looks_like_a_ping_pings_nobody() -> None:
    start = utc(START)
    line = Line(Letter.ASK_DM, "U1", None, start, "Hello <@U1>, <!channel> <https://x.y|here> *now*", {}, start)
    script = Script("a <!here> tour", None, start, start, False, (line,), {}, {}, {"U1": "<@U2>"}, None)
    text = rehearsal(script).text
    assert "<" not in text
    assert "Hello &lt;@U2&gt;, here now" in text.replace("  ", " ")


def test_nothing_remains_on_either_engine(store: Store) -> None:
    store.connect(TEAM, "Backstage", "U0BUSCALL", utc(START))
    with store.begin(TEAM) as book:
        for name in ("TESS", "ANA", "BO", "MAX"):
            book.people.learn(Person(f"U0{name}", name.lower(), "Europe/Lisbon", True, False, False, ""), utc(START))
    for line in ("new The Lanterns, Musicbox Lisbon, 1 Oct 2026", "call #1 <@U0ANA> FOH 14:00, <@U0BO> MON 14:00"):
        answer(store, line)
    answer(store, "deputy <@U0MAX>")
    before = whole(store)
    assert "*no show*" in answer(store, "rehearse lisbon")
    assert "Dry run, nothing was changed." in answer(store, "move #1 8 Oct 2026 --dry-run")
    assert whole(store) == before
    assert "2 called are asked again" in answer(store, "move #1 8 Oct 2026")


def answer(store: Store, line: str) -> str:
    """What Tess is answered."""
    asked = Asked(now=utc(START), key=line, who="U0TESS", where=CHANNEL, where_name=NAMED, text=line)
    with store.begin(TEAM) as book:
        return routes.typed(book, asked).text


def whole(store: Store) -> dict[str, list[str]]:
    """Every row of every table."""
    with store.read(TEAM) as book:
        rows = book._pen.connection.execute
        return {each.name: sorted(map(repr, rows(select(each)).all())) for each in Base.metadata.sorted_tables}
