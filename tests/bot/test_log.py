"""Lines of the log: one per event, without tokens."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.log import logger, new_reference, one_line, start_logging


@pytest.fixture(autouse=True)
def leave_no_trace() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@given(st.text())
def test_a_value_never_makes_a_second_line(text: str) -> None:
    assert one_line(text).isprintable()


@pytest.mark.parametrize("token", ["xoxb-1-2-abc", "xoxp-9", "xapp-1-A0-x", "xoxe.xoxb-1-Mi0y"])
def test_tokens_are_hidden(token: str) -> None:
    assert token not in one_line(f"auth failed for {token}, sorry")


def test_an_event_is_one_line_with_its_author(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(logging.INFO)
    logger("courier").info("sent", why="a\nb", token="xoxb-1-2")
    logger("courier").debug("not shown")
    logging.getLogger("elsewhere").error("bad\nthing %s", "xapp-1")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "info courier sent" in lines[0]
    assert "xoxb" not in lines[0]
    assert "xapp" not in lines[1]


def test_a_traceback_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(logging.INFO)
    try:
        int("two\nlines xoxb-1-2")
    except ValueError:
        logger("bell").exception("failed", ref=new_reference())
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "ValueError" in told
    assert "xoxb-" not in told
