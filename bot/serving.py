"""`serve`: run until told to stop."""

import os
import signal
import threading
from types import FrameType

from slack_sdk.errors import SlackApiError

from bot.app import Program, build
from bot.clock import RealClock
from bot.config import Settings
from bot.log import logger, start_logging
from bot.wire import NotSent, Unclear

log = logger("buscall")


def serve(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; gives the exit code."""
    start_logging(settings.log_level)
    told = threading.Event()

    def hear(_: int, __: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, hear)
    program = build(settings, RealClock())
    started = _start(program)
    if started:
        told.wait()
    return _stop(program) if started else 1


def _start(program: Program) -> bool:
    try:
        program.start()
    except (SlackApiError, NotSent, Unclear, OSError) as error:
        log.error("not started", why=_why(error))  # noqa: TRY400 - the sentence is the whole story
        program.stop()
        return False
    return True


def _why(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack says {error.response.get('error')}: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN"
    return f"Slack cannot be reached: {error}"


def _stop(program: Program) -> int:
    log.info("stopping")
    if program.stop():
        log.info("stopped")
        return 0
    log.error("stopped hard", busy=", ".join(program.busy()))
    # A thread that does not end would keep the process for ever.
    os._exit(1)
