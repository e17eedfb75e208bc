"""Bad input: one plain sentence says what was wrong and what to type; nothing is saved, nobody is pinged."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.troupe import NEW, Actor, Troupe, on_tour

HEAD = "date,city,country,venue\n"
BIG = HEAD + "2026-10-01,Lisbon,Portugal,Musicbox and a very long name of a venue\n" * 16_000


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Troupe]:
    """One troupe for all of these, since none of them may change anything: Lisbon with Ana called."""
    book = shutil.copy(sqlite_template, tmp_path_factory.mktemp("bad") / "book.db")
    with on_tour(f"sqlite:///{book}") as here:
        tess = here.person("tess")
        tess.types(NEW)
        tess.types("/gig call #1 @ana FOH 14:00")
        yield here


@pytest.fixture
def tess(stage: Troupe) -> Iterator[Actor]:
    """Tess; whatever she types in the test must change nothing and ping nobody."""
    before, since = stage.dump(), stage.mark()
    yield stage.person("tess")
    after = stage.dump()
    assert {name: (before[name], after[name]) for name in after if after[name] != before[name]} == {}
    assert stage.pinged(since) == set()
    assert stage.said(since) == []
    assert stage.slack.ledger.errors(since) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("/gig new The Lanterns", "Where is it?"),
        ("/gig new The Lanterns, Musicbox Lisbon", "When is it?"),
        ("/gig new The Lanterns, Musicbox Lisbon, someday", "I found no date"),
        ("/gig new The Lanterns, Musicbox Lisbon, 12/10/2026", "12 October or 10 December"),
        ("/gig new The Lanterns, Musicbox Lisbon, 31 Sep 2026", "September 2026 has 30 days"),
        ("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026 doors 7", "Write `07:00` or `19:00`"),
        ("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026 doors soon", "I cannot read"),
        ("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026 doors 20:00 set 19:00", "would come before"),
        ("/gig new The Lanterns, Musicbox Lisbon, Fri 1 Oct 2026", "is a Thursday, not a Friday"),
        ("/gig new The Lanterns, Musicbox Lisbon, 1 Aug 2026", "in the past"),
        ("/gig new The Lanterns, Musicbox Lisbon, 31 Aug 2026", "in the past"),
        ("/gig new The Lanterns, Club Xyzzyville, 1 Oct 2026", "I don't know the town"),
        ("/gig new The Lanterns, Musicbox Lisbon, 28 Mar 2027 load-in 01:30", "on which morning?"),
        ("/gig new The Lanterns, Musicbox Lisbon, 27 Mar 2027 load-out 01:30", "does not exist"),
        ("/gig new The Lanterns, Musicbox Lisbon, 24 Oct 2026 load-out 01:30", "exists twice"),
        ("/gig new The Lanterns, Club Springfield, 1 Oct 2026", "Which Springfield?"),
        ("/gig times #1 doors 25:99", "I cannot read"),
        ("/gig times #1 doors 19:00 doors 20:00", "doors is there twice"),
        ("/gig times #1 lunch 12:00", "I read times there"),
        ("/gig call #1 @nobody FOH 14:00", "is plain text to me"),
        ("/gig call #1 @ana 14:00", "Called to do what?"),
        ("/gig call #1 @ana FOH", "Called at what time?"),
        ("/gig call #1 @ana JUGGLER 14:00", "I do not know the position"),
        ("/gig call #1 @ana FOH 14:00 15:00", "One call has one time"),
        ("/gig call #1 @ana FOH 14:00, @ana FOH 15:00", "The same person is there twice"),
        ("/gig check #1 xx.nothing done", "There is no item"),
        ("/gig check #1 va.power waive", "Why is"),
        ("/gig check #1 va.power frobnicate", "What about"),
        ("/gig check #1 cr.confirm_24 done", "ticks itself"),
        ("/gig check zz.nothing done all", "There is no item"),
        ("/gig show #99", "There is no gig #99"),
        ("/gig show #99999999999999999999", "There is no gig #"),
        ("/gig show oslo", "No gig here begins with"),
        ("/gig here", "This channel holds a tour already"),
        ("/gig dance", "I don't know “dance”"),
        ("/gig 🎸", "I don't know"),
        ("/gig new " + "x" * 9_990, "Too long"),
        ("/gig times #1 doors 20:00 " + "x" * 9_970, "Too long"),
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(typed: str, why: str, tess: Actor) -> None:
    told = tess.types(typed).text
    assert why in told
    assert "Traceback" not in told
    assert "Not saved" not in told


def test_a_call_in_the_gap_of_the_clock_change_is_refused_whichever_way(stage: Troupe) -> None:
    tess = stage.person("tess")
    tess.types("/gig new The Lanterns, Lux Lisbon, 28 Mar 2027")
    before, since = stage.dump(), stage.mark()
    asked = tess.types("/gig call #2 @dee DRIVER 01:30")
    assert asked.labels == ["01:30 on Sun 28 Mar", "01:30 on Mon 29 Mar"]
    assert "01:30 does not exist on Sun 28 Mar" in tess.presses("01:30 on Sun", asked).text
    assert stage.dump() == before
    assert stage.said(since) == []


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.csv", "is empty"),
        (b"\n\n\n", "blank.csv", "is empty"),
        (HEAD.encode(), "head.csv", "No row"),
        (b"date,venue\n2026-10-01,Musicbox\n", "nocity.csv", "No column for “city”"),
        (b"city,venue\nLisbon,Musicbox\n", "nodate.csv", "No column for “date”"),
        (b"this is a letter to my mother\nand not a table\n", "letter.csv", "does not name the columns"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "poster.csv", "is not a CSV file"),
        (b"PK\x03\x04rest", "tour.xlsx", "is not a CSV file"),
        (b"%PDF-1.7", "tour.pdf", "is not a CSV file"),
        (b"date,city\n\x00\x01\x02,\x03\n", "binary.csv", "bytes that are no text"),
        (HEAD.encode() + b'2026-10-01,"Lisbon,Portugal' + b"x" * 140_000, "quote.csv", "is a quote missing there?"),
        ((HEAD + "2026-10-01,Lisbon,Portugal,Musicbox\n" * 5_000).encode(), "long.csv", "5,000 rows; at most 200"),
        (BIG.encode(), "big.csv", "larger than 1 MB"),
        (HEAD.encode() + b"soon,Xyzzyville,Nowhere,Club\n", "odd.csv", "No row could be used"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(
    content: bytes, name: str, why: str, stage: Troupe
) -> None:
    tess = stage.person("tess")
    stage.wait(minutes=16)
    tess.drops(content, name)
    before, since = stage.dump(), stage.mark()
    told = tess.types("/gig import").text
    assert why in told
    assert "Not saved" not in told
    assert stage.dump() == before
    assert stage.pinged(since) == set()


def test_every_refusal_is_short(stage: Troupe) -> None:
    """What people read on a phone: no wall of text, whatever was typed."""
    told = stage.person("tess").types("/gig show " + "lisbon " * 300).text
    assert len(re.findall(r"\S+", told)) < 80
