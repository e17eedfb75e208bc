"""One line per event on stderr: no tokens, no bodies, nothing that could forge a second line."""

import logging
import re
import secrets
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, cast

import structlog

TOKEN = re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+")
PLAIN = re.compile(r"[\w.,:/@#+*()<>=%-]+")
LONGEST = 300


def start_logging(level: int) -> None:
    """Send our lines, and the libraries' errors, to stderr."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    logging.basicConfig(level=logging.ERROR, handlers=[handler], force=True)
    # The SDK writes pieces of answers into its log; the courier tells each failure in our words.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)


def logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger whose lines carry the name of their author."""
    return cast("structlog.typing.FilteringBoundLogger", structlog.get_logger(by=name))


def new_reference() -> str:
    """Four characters by which a person's words and a log line are found together."""
    return secrets.token_hex(2).upper()


def _render(_: Any, __: str, line: MutableMapping[str, Any]) -> str:
    head = [str(line.pop(key, "")) for key in ("timestamp", "level", "by", "event")]
    return one_line(" ".join([*head, *_pairs(line)]), longest=0)


def _pairs(line: Mapping[str, Any]) -> list[str]:
    return [f"{key}={_value(value, key)}" for key, value in line.items()]


def _value(value: Any, key: str) -> str:
    said = one_line(str(value), longest=0 if key == "exception" else LONGEST)
    return said if PLAIN.fullmatch(said) else f'"{said}"'


def one_line(text: str, longest: int = LONGEST) -> str:
    """The text without tokens, its control characters escaped, cut at `longest` (0: never)."""
    hidden = TOKEN.sub("(token)", text)
    said = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in hidden)
    return said[: longest - 1] + "…" if longest and len(said) > longest else said


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        marks = "".join(f" {key}={_value(vars(record)[key], key)}" for key in ("ref", "key") if key in vars(record))
        said = f"{stamp} {record.levelname.lower()} {record.name} {super().format(record)}{marks}"
        return one_line(said, longest=0)
