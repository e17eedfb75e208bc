"""Final states: the last edit by an instant, the bot's reactions, private answers."""

from datetime import timedelta

from bot.story.cast import CURTAIN
from bot.story.finals import Record, check_finals, timeouts
from bot.story.posted import Readings
from bot.story.table import FinalRow, Look, read_gigs
from tests.stories.ledgers import BOT, Line, of_kind, stage_with

LATER = CURTAIN + timedelta(hours=1)
CARD = Line(text="Paris 17 Nov, not confirmed: <@U0KIT>", ts="5.0", metadata=of_kind("card"))
PLAYED = Line(kind="edited", text="Paris 17 Nov, played", ts="5.0", at=LATER)
ASK = Line(text="<@U0BO> MON 14:00", ts="6.0", thread_ts="5.0", metadata=of_kind("ask"))
WORDS = Line(text="running 20 late", ts="7.0", thread_ts="5.0", user="U0SAM")


def record(*lines: Line) -> Record:
    stage, _ = stage_with(*lines)
    return Record(lines, Readings(stage, read_gigs(), {}).read(), BOT)


def final(look: Look, *facts: str, person: str = "", at: bool = False) -> list[FinalRow]:
    return [FinalRow(look, "#27", person, CURTAIN if at else None, facts)]


def test_a_card_is_judged_by_its_last_edit() -> None:
    assert check_finals(final(Look.CARD, "played"), record(CARD, PLAYED)) == []
    assert "lacks played" in check_finals(final(Look.CARD, "played"), record(CARD))[0]


def test_a_card_is_judged_as_it_stood_then() -> None:
    assert check_finals(final(Look.CARD, "@kit", at=True), record(CARD, PLAYED)) == []
    assert check_finals(final(Look.CARD, "played", at=True), record(CARD, PLAYED)) != []


def test_the_newest_ask_that_names_the_person_is_looked_at() -> None:
    newer = Line(text="<@U0BO> MON 13:00", ts="8.0", thread_ts="5.0", metadata=of_kind("ask"))
    rows = final(Look.ASK, "13:00", person="bo")
    assert check_finals(rows, record(CARD, ASK, newer)) == []
    assert check_finals(rows, record(CARD, ASK)) != []
    assert "there is no ask" in check_finals(rows, record(CARD))[0]


def test_a_reaction_that_was_taken_away_is_none() -> None:
    put = Line(kind="reacted", ts="7.0", name="stopwatch")
    rows = final(Look.REACTION, "20 late", "clock|stopwatch", person="sam")
    assert check_finals(rows, record(CARD, WORDS, put)) == []
    assert check_finals(rows, record(CARD, WORDS, put, Line(kind="unreacted", ts="7.0", name="stopwatch"))) != []


def test_chatter_has_no_reaction_of_the_bot() -> None:
    rows = final(Look.PLAIN, "20 late", person="sam")
    assert check_finals(rows, record(CARD, WORDS)) == []
    assert check_finals(rows, record(CARD, WORDS, Line(kind="reacted", ts="7.0", name="x"))) != []
    assert check_finals(rows, record(CARD)) != []


def test_a_private_answer_is_one_that_this_person_got_then() -> None:
    rows = final(Look.PRIVATE, "#18", person="tess", at=True)
    said = Line(kind="ephemeral", text="#18 or #28?", user="U0TESS")
    assert check_finals(rows, record(said)) == []
    for other in (Line(kind="ephemeral", text="#18", user="U0PIA"), Line(text="#18", user="U0TESS")):
        assert check_finals(rows, record(other)) != []


def test_a_command_without_an_answer_is_a_problem() -> None:
    assert len(timeouts([Line(kind="timed_out", text="/gig failed"), CARD])) == 1
