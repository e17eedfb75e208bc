"""Somebody is out: the hours in the book, the rest before the next day, what is refused. Without a Slack around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest

from checklists.crew import AnsweredBy, Call, CallState, Person, Position, Role
from checklists.errors import Refusal
from checklists.gig import Gig, GigState
from checklists.letters import Letter
from checklists.walls import Wall
from handlers import answers, hours
from handlers.asked import Asked
from handlers.upkeep import keep
from handlers.which import Question
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Room
from storage.store import Store
from tests.storage.built import NOW, TEAM, connect, new_gig, post

TESS, ANA, BO, LOU = "UTESS", "UANA", "UBO", "ULOU"
SHOW = datetime(2026, 10, 1, tzinfo=UTC).date()
NIGHT = datetime(2026, 10, 2, 1, 30, tzinfo=UTC)
"""02:30 WEST in the night of the show, whose set ended at 22:00 WEST."""
KEYS = count()
Town = tuple[Book, Gig, Gig]


@pytest.fixture
def town(sqlite_url: str) -> Iterator[Town]:
    """Lisbon and the day after Porto, without checklists; Ana FOH and Bo MON on site since 13:50 WEST.

    Ana's call in Porto is 11:30 WEST. Lou has declined in Lisbon.
    """
    store = Store.open(sqlite_url)
    connect(store)
    with store.begin(TEAM) as book:
        yield _filled(book)
    store.close()


def _filled(book: Book) -> Town:
    tour = book.tours.open("Wild Nights", "C1", TESS, NOW)
    book.tours.give_role(tour.id, TESS, Role.TM, NOW)
    for who in (TESS, ANA, BO, LOU):
        book.people.learn(Person(who, who[1:].lower(), "Europe/Lisbon", True, False, False), NOW)
    days: list[NewGig] = [new_gig("Lisbon", SHOW), new_gig("Porto", SHOW + timedelta(days=1))]
    lisbon, porto = book.gigs.open_many(tour.id, days, NOW)
    for who, position in ((ANA, Position.FOH), (BO, Position.MON), (LOU, Position.LD)):
        call = a_call(book, lisbon, who, position, "14:00")
        said = (CallState.DECLINED if who == LOU else CallState.ARRIVED, AnsweredBy.WORDS, "1.1")
        book.crew.set_answer(call.answered(*said, call.at - timedelta(minutes=10)), call.at)
    a_call(book, porto, ANA, Position.FOH, "11:30", yes=True)
    card = book.outbox.say(Letter.CARD, Room.CHANNEL, "card", NOW, tour_id=tour.id, gig_id=lisbon.id)
    post(book, card or 0, "100.1")
    for gig in (lisbon, porto):
        keep(book, gig.id, NIGHT - timedelta(hours=12))
    return book, lisbon, porto


def a_call(book: Book, gig: Gig, who: str, position: Position, clock: str, *, yes: bool = False) -> Call:
    wall = Wall(time.fromisoformat(clock))
    call = book.crew.ask(gig.id, who, position, wall, gig.when(wall), NOW)
    if yes:
        book.crew.set_answer(call.answered(CallState.CONFIRMED, AnsweredBy.BUTTON, "", NOW), NOW)
    return call


def asked(text: str, who: str = TESS, now: datetime = NIGHT) -> Asked:
    return Asked(now, f"k{next(KEYS)}", who, "C1", text=text, ts=f"200.{next(KEYS)}", thread="100.1")


def out(book: Book, typed: str, now: datetime = NIGHT) -> str:
    """What `/gig out` answers; people by their ids."""
    return hours.out(book, asked(typed, now=now)).text


def hours_of(book: Book, gig: Gig) -> dict[str, tuple[str, str, str]]:
    """By person: state, in and out, UTC."""
    calls = book.crew.of_gig(gig.id)
    return {call.person: (call.state.value, _hour(call.in_at), _hour(call.out_at)) for call in calls}


def _hour(at: datetime | None) -> str:
    return f"{at:%d %H:%M}" if at else ""


def verdict(book: Book, gig: Gig) -> tuple[str, tuple[str, ...]]:
    kept = book.gigs.get(gig.id)
    assert kept is not None
    return kept.verdict, kept.reasons


def test_the_manager_notes_one_and_then_all_who_are_still_there(town: Town) -> None:
    book, lisbon, _ = town
    told = out(book, "lisbon <@UANA> 01:40")
    assert (
        "ana out 01:40 WEST Fri 2 Oct; next call Fri 2 Oct 11:30 WEST, Porto: rest 9.83 h, under 10 h (amber)" in told
    )
    assert "bo out 02:10 WEST Fri 2 Oct" in out(book, "lisbon all 02:10")
    assert hours_of(book, lisbon) == {
        ANA: ("released", "01 12:50", "02 00:40"),
        BO: ("released", "01 12:50", "02 01:10"),
        LOU: ("declined", "", ""),
    }
    assert "noted already" in out(book, "lisbon <@UANA> 01:40")
    assert [entry.what for entry in book.journal.of_gig(lisbon.id)] == ["out", "out"]


def test_a_mistake_is_put_right(town: Town) -> None:
    book, lisbon, _ = town
    out(book, "lisbon <@UANA> <@UBO> 01:40")
    out(book, "lisbon <@UANA> 02:00")
    assert hours_of(book, lisbon)[ANA] == ("released", "01 12:50", "02 01:00")
    assert "not out any more: ana" in out(book, "lisbon <@UANA> off")
    assert hours_of(book, lisbon)[ANA] == ("arrived", "01 12:50", "")
    assert hours_of(book, lisbon)[BO][0] == "released"


def test_without_a_time_it_is_now(town: Town) -> None:
    book, lisbon, _ = town
    out(book, "#1 <@UANA>")
    assert hours_of(book, lisbon)[ANA][2] == "02 01:30"


def test_a_rest_that_gets_too_short_is_a_reason_at_once_and_a_drop_in_its_thread(town: Town) -> None:
    book, _, porto = town
    assert verdict(book, porto) == ("green", ())
    out(book, "lisbon <@UANA> 03:35", NIGHT + timedelta(hours=2))
    assert verdict(book, porto) == ("red", ("rest 7.91 h before the call, under 8 h (FOH)",))
    assert [each.letter for each in book.outbox.of_gig(porto.id)] == [Letter.DROP]
    out(book, "lisbon <@UANA> 01:00", NIGHT + timedelta(hours=2))
    assert verdict(book, porto) == ("green", ())
    assert [each.letter for each in book.outbox.of_gig(porto.id)] == [Letter.DROP]


REFUSED = {
    "lisbon": "Who is out?",
    "lisbon @ana 01:40": "Who is out?",
    "lisbon <@UANA> 04:40": "Fri 2 Oct 04:40 WEST has not come yet",
    "lisbon <@UANA> 13:00": "Thu 1 Oct 13:00 WEST is before the call of ana at Thu 1 Oct 14:00 WEST",
    "lisbon <@UANA> 7:30": 'Is "7:30" in the morning',
    "lisbon <@UANA> 99:99": "I cannot read",
    "lisbon <@UANA> 01:40 <@UBO> 02:00": "One time holds for all",
    "lisbon <@ULOU> 01:40": "lou is not among those who said yes to a call on #1",
    "lisbon <@UMAX> 01:40": "is not among those who said yes to a call on #1",
    "lisbon <@UBO> off": "bo is not among those who are out of #1",
    "lisbon all off": "Nobody is noted as out of #1",
    "porto all 02:00": "Sat 3 Oct 02:00 WEST has not come yet",
    "atlantis <@UANA> 01:40": "No gig here begins with",
}


def test_what_cannot_be_noted_changes_nothing(town: Town) -> None:
    book, lisbon, porto = town
    before = [book.crew.of_gig(gig.id) for gig in (lisbon, porto)]
    for typed, told in REFUSED.items():
        with pytest.raises(Refusal) as no:
            out(book, typed)
        assert told in str(no.value), typed
    with pytest.raises(Refusal, match="Only the tour manager"):
        hours.out(book, asked("lisbon <@UBO> 01:40", ANA))
    assert [book.crew.of_gig(gig.id) for gig in (lisbon, porto)] == before


def test_a_cancelled_gig_has_no_hours(town: Town) -> None:
    book, lisbon, _ = town
    book.gigs.set_state(lisbon.id, GigState.CANCELLED)
    with pytest.raises(Refusal, match="there are no hours"):
        out(book, "#1 <@UANA> 01:40")


def test_a_time_that_the_clock_shows_twice_is_asked(town: Town) -> None:
    book, lisbon, _ = town
    book.gigs.move(lisbon.id, SHOW.replace(day=24), NOW)
    moved = book.gigs.get(lisbon.id)
    assert moved is not None
    for call in book.crew.of_gig(lisbon.id):
        book.crew.set_at(call.id, moved.when(call.wall))
    with pytest.raises(Question) as question:
        out(book, "#1 <@UANA> 01:40", datetime(2026, 10, 25, 4, tzinfo=UTC))
    request = asked("#1 <@UANA> 01:40", now=datetime(2026, 10, 25, 4, tzinfo=UTC))
    hours.out(book, request.with_choice(question.value.name, "1"))
    assert hours_of(book, lisbon)[ANA][2] == "25 01:40"


def says(book: Book, who: str, words: str, now: datetime = NIGHT) -> str:
    """Words in Lisbon's thread; gives the private answer."""
    return answers.replied(book, asked(words, who, now)).text


def test_words_after_the_set_say_who_is_out_and_before_it_they_do_not(town: Town) -> None:
    book, lisbon, _ = town
    says(book, ANA, "wrapped", datetime(2026, 10, 1, 20, 59, tzinfo=UTC))
    assert hours_of(book, lisbon)[ANA][0] == "arrived"
    assert says(book, ANA, "I'm out") == ""
    assert says(book, BO, "out at 01:20") == ""
    assert hours_of(book, lisbon)[ANA] == ("released", "01 12:50", "02 01:30")
    assert hours_of(book, lisbon)[BO] == ("released", "01 12:50", "02 00:20")
    says(book, ANA, "here", NIGHT + timedelta(minutes=5))
    assert hours_of(book, lisbon)[ANA] == ("arrived", "01 12:50", "")


@pytest.mark.parametrize("words", ["out at 13:00", "out at 3"])
def test_a_time_that_cannot_be_is_not_taken(town: Town, words: str) -> None:
    book, lisbon, _ = town
    with pytest.raises(Refusal):
        says(book, ANA, words)
    assert hours_of(book, lisbon)[ANA] == ("arrived", "01 12:50", "")


def test_who_has_no_call_or_said_no_is_not_out(town: Town) -> None:
    book, lisbon, _ = town
    before = hours_of(book, lisbon)
    for who in (LOU, "UMAX"):
        says(book, who, "wrapped")
    assert hours_of(book, lisbon) == before


def test_an_old_message_that_is_edited_does_not_bring_him_back(town: Town) -> None:
    book, lisbon, _ = town
    says(book, ANA, "here", NIGHT - timedelta(hours=12))
    ref = book.crew.of_gig(lisbon.id)[0].answer_ref
    out(book, "lisbon <@UANA> 01:40")
    edit = replace(asked("here, at gate B", ANA, NIGHT - timedelta(hours=11)), ts=ref)
    answers.edited(book, edit)
    assert hours_of(book, lisbon)[ANA][0] == "released"


def test_the_sheet_of_hours_is_for_those_who_pay_and_plan(town: Town) -> None:
    book, _, _ = town
    out(book, "lisbon <@UANA> 01:40")
    text = hours.hours(book, asked("lisbon")).text
    for line in (
        "ana FOH: in 13:50 WEST, out 01:40 WEST Fri 2 Oct, 11 h 50 min; next call Fri 2 Oct 11:30 WEST, Porto: "
        "rest 9.83 h, under 10 h (amber)",
        "bo MON: in 13:50 WEST, not out yet",
        "1 of 2 are out.",
    ):
        assert line in text
    assert "lou" not in text
    with pytest.raises(Refusal, match="Hours are for"):
        hours.hours(book, asked("lisbon", BO))
    book.tours.give_role(1, BO, Role.TA, NOW)
    assert "*Hours*" in hours.hours(book, asked("lisbon", BO)).text
