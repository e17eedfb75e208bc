"""Fetching a dropped file: the bytes, or a plain sentence, within a second."""

import time

import pytest

from bot.config import Settings
from bot.fetching import MOST, Fetcher
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from checklists.errors import Refusal

LATE = 5.0
"""Far from the one second that a fetch has: others may hold the machine."""


def drop(slack: Sandbox, content: bytes) -> str:
    return slack.hands.drop_file("tess", "wild-god", "tour.csv", content)


def test_a_dropped_file_is_fetched_with_its_name(settings: Settings, slack: Sandbox) -> None:
    file = drop(slack, b"date,city\n")
    dropped = Fetcher(settings).fetch(file)
    assert (dropped.id, dropped.name, dropped.content) == (file, "tour.csv", b"date,city\n")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("tour.csv", "Drop a smaller file, or use `python -m bot import`."),
        ("own list.yaml", "Drop a smaller file."),
        ("Truck.JPG", "Drop a smaller file."),
    ],
)
def test_a_file_over_one_megabyte_is_refused_by_its_name_and_the_limit(
    settings: Settings, slack: Sandbox, name: str, more: str
) -> None:
    file = slack.hands.drop_file("tess", "wild-god", name, b"x" * (MOST + 1))
    with pytest.raises(Refusal) as no:
        Fetcher(settings).fetch(file)
    assert str(no.value) == f"{name} is larger than 1 MB, which is the most I read. {more}"


def test_a_file_that_is_gone_is_refused(settings: Settings) -> None:
    with pytest.raises(Refusal, match="does not give me"):
        Fetcher(settings).fetch("F0NOBODY")


@pytest.mark.parametrize("method", ["files.info", "files"])
def test_a_file_that_comes_late_is_refused_after_one_second_in_all(
    settings: Settings, slack: Sandbox, method: str
) -> None:
    slack.faults.plan(method, Trouble.DELAY, seconds=LATE)
    file, begun = drop(slack, b"date,city\n"), time.monotonic()
    with pytest.raises(Refusal, match="in time"):
        Fetcher(settings).fetch(file)
    assert time.monotonic() - begun < LATE


def test_a_sign_in_page_is_not_taken_for_the_file(settings: Settings, slack: Sandbox) -> None:
    slack.faults.plan("files", Trouble.GARBAGE)
    with pytest.raises(Refusal, match="does not let me read"):
        Fetcher(settings).fetch(drop(slack, b"date,city\n"))
