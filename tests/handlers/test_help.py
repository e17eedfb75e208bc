"""Help that helps: one word in full, near misses, answers that were typed as commands, and the welcome."""

import pytest

from handlers.verbs import PARTS, VERBS
from tests.handlers.troupe import NEW, Actor, Troupe, kind_of


def test_help_tells_every_verb_once_by_what_it_is_for(tess: Actor) -> None:
    told = tess.types("/gig help").text
    assert [told.count(f"`{verb.usage}`") for verb in VERBS.values()] == [1] * len(VERBS)
    assert all(f"*{title}*" in told for title in PARTS)
    assert {verb for verbs in PARTS.values() for verb in verbs} <= set(VERBS)


def test_help_about_one_word_tells_what_else_may_be_typed(tess: Actor) -> None:
    told = tess.types("/gig help call").text
    assert "`/gig call lisbon @ana off` calls her off" in told
    assert "FOH" in told
    assert "`/gig list`" not in told


@pytest.mark.parametrize(
    ("typed", "meant"), [("cal", "call"), ("/gig call", "call"), ("Imprt", "import"), ("chekc", "check")]
)
def test_help_about_a_near_miss_is_help_about_what_was_meant(tess: Actor, typed: str, meant: str) -> None:
    told = tess.types(f"/gig help {typed}").text
    assert f"*/gig {meant}*" in told
    assert ("Did you mean" in told) is (typed != f"/gig {meant}")


def test_help_about_nothing_we_know_is_everything_and_says_so(troupe: Troupe, tess: Actor) -> None:
    since = troupe.mark()
    told = tess.types("/gig help <!channel> {{7*7}}").text
    assert "I don't know" in told
    assert "/gig import" in told
    assert "49" not in told
    assert troupe.pinged(since) == set()


@pytest.mark.parametrize("typed", ["confirmed", "in", "can't make it", "running 20 late", "yes"])
def test_an_answer_that_was_typed_as_a_command_is_told_where_it_belongs(
    troupe: Troupe, tess: Actor, ana: Actor, typed: str
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    before = troupe.rows("SELECT state FROM calls")
    told = ana.types(f"/gig {typed}").text
    assert "Write it in the thread of the gig's card" in told
    assert "Nothing was changed" in told
    assert troupe.rows("SELECT state FROM calls") == before


def test_crew_who_type_here_as_a_command_are_told_where_to_write_it(tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    assert "Write `here` in the thread of the gig's card" in ana.types("/gig here").text


def test_somebody_who_types_for_the_first_time_is_welcomed_once(troupe: Troupe, bo: Actor) -> None:
    for _ in range(3):
        bo.types("/gig help")
    welcomes = [line for line in troupe.posts() if kind_of(line) == "welcome"]
    assert [line.channel for line in welcomes] == [bo.direct()]
    assert "/gig help" in welcomes[0].text
