"""What crew ask: known words in known ways, in several languages; nothing is guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Position
from checklists.gig import Anchor
from checklists.questions import (
    KEY_MOST,
    Kind,
    Topic,
    asks_why,
    day_named,
    is_for_the_lead,
    key_of,
    label,
    topic,
    topics,
    window_of,
)
from checklists.questionwords import FACTS, PERSONS, TIMES

ASKED = """
fact wifi: wifi? / what's the wi-fi password / anyone got the wifi / WLAN Passwort? / Wifi密码是多少?
fact catering: where's catering? / what time is dinner / wo ist das catering? / où est le catering ?
fact catering: dónde está el catering? / is there food? / food?
fact parking: parking? / where do I park / is there parking / wo kann ich parken? / dove posso parcheggiare?
fact hotel: hotel? / where are we staying / which hotel are we in?
fact dressing room: where's the dressing room? / où sont les loges? / wo ist die umkleide
fact loading: where's load-in? / where's the loading dock?
time doors: what time is doors? / doors? / is doors still 7? / wann ist einlass? / a che ora sono le porte?
time load_in: when's load in tomorrow / hoe laat is load-in? / get in time? / what time's bump-in
time soundcheck: when is sound check / à quelle heure le soundcheck ? / 何時からサウンドチェック?
time curfew: what's the curfew? / curfew? / wann ist sperrstunde
time set: what time are we on / stage time? / when's the show
time load_out: when's load out / wann ist abbau?
person DRIVER: who's driving? / wer fährt? / wie rijdt er? / qui conduit ? / quién conduce?
person TM: who's the tour manager? / who is TM on this
person MON: who's on monitors / who's doing mons?
venue: what's the address? / where's the venue / postcode?
day: what's the schedule? / running order? / which day is it?
own: what's my call time / who do I report to? / what do I need to bring / when am I on? / where do I go
own: what time do you need me? / wann muss ich da sein? / what time is lobby call?
"""
"""What is asked for, and lines that ask for it."""


def lines() -> list[tuple[str, Topic]]:
    told = [line.partition(": ") for line in ASKED.strip().splitlines()]
    return [(text, _topic(head)) for head, _, texts in told for text in texts.split(" / ")]


def _topic(head: str) -> Topic:
    kind, _, key = head.partition(" ")
    return Topic(Kind(kind), key)


@pytest.mark.parametrize(("text", "wanted"), lines())
def test_a_question_is_known_by_its_words(text: str, wanted: Topic) -> None:
    assert topic(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "really?", "?", "who's excited?", "can we move load in to 13:00?", "did you book the hotel?",
        "what happened to doors?", "is catering veggie?", "can you do 8 instead?", "confirmed with the venue",
        "who has the passes?", "why is soundcheck so late?", "the wifi is down again", "late show tonight", "",
    ],
)  # fmt: skip
def test_what_is_not_sure_has_no_topic(text: str) -> None:
    assert topic(text) is None


def test_two_questions_are_two_topics_and_one_said_twice_is_one() -> None:
    assert topics("where's catering and what time is doors? where is catering?") == [
        Topic(Kind.FACT, "catering"),
        Topic(Kind.TIME, "doors"),
    ]


def test_a_fact_of_the_managers_own_is_known_once_it_is_kept() -> None:
    assert topic("where's the ghost light?") is None
    assert topic("where's the ghost light?", ["ghost light"]) == Topic(Kind.FACT, "ghost light")


@pytest.mark.parametrize("words", ["wi-fi", "WiFi", "wlan"])
def test_synonyms_are_kept_under_one_name(words: str) -> None:
    assert key_of(words) == "wifi"
    assert label(key_of(words)) == "Wi-Fi"


def test_every_key_fits_where_it_is_kept() -> None:
    assert all(len(key) <= KEY_MOST for key in FACTS)
    assert set(TIMES) == set(Anchor)
    assert set(PERSONS) <= set(Position)


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_a_topic_or_none(text: str) -> None:
    assert all(isinstance(each, Topic) for each in topics(text, ["ghost (light"]))
    assert len(key_of(text)) <= KEY_MOST


@pytest.mark.parametrize(
    ("text", "is_real"),
    [
        ("can we move load in to 13:00?", True),
        ("do you have a spare DI box?", True),
        ("<@U0TESS> did you book the hotel?", True),
        ("<@U0BO> where are you?", False),
        ("what could go wrong?", False),
        ("who's excited?", False),
        ("how are we all?", False),
        ("ok?", False),
        ("why did I get this?", False),
    ],
)
def test_only_a_real_question_to_whoever_leads_is_passed_on(text: str, is_real: bool) -> None:
    assert is_for_the_lead(text, "U0TESS") is is_real


@pytest.mark.parametrize(
    ("text", "is_why"),
    [
        ("why did I get this?", True),
        ("Why am I getting this message??", True),
        ("why me", True),
        ("Warum bekomme ich das?", True),
        ("why did I get this gig, I wonder", False),
        ("why is doors so late?", False),
    ],
)
def test_why_is_asked_by_these_words_and_no_more(text: str, is_why: bool) -> None:
    assert asks_why(text) is is_why


@pytest.mark.parametrize(
    ("text", "days"), [("doors tomorrow?", 1), ("what time tonight", 0), ("wann morgen?", 1), ("doors?", None)]
)
def test_the_day_that_is_named_is_counted_from_today(text: str, days: int | None) -> None:
    today = date(2026, 9, 1)
    assert day_named(text, today) == (None if days is None else today + timedelta(days=days))


def test_a_message_gathers_ten_minutes_from_its_first_question() -> None:
    start = datetime(2026, 9, 1, 12, tzinfo=UTC)
    asked = [start + timedelta(minutes=each) for each in (0, 3, 9, 10, 15, 40)]
    assert [window_of(asked[: n + 1]) for n in range(6)] == [start, start, start, asked[3], asked[3], asked[5]]
