"""`serve`: run until told to stop."""

import errno
import gc
import os
import signal

from slack_sdk.errors import SlackApiError

from bot.app import Program, build
from bot.clock import RealClock
from bot.config import Settings
from bot.log import logger, start_logging
from bot.wire import NotSent, Unclear

TAKEN = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)
ENOUGH = (signal.SIGTERM, signal.SIGINT)
log = logger("buscall")


def serve(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; gives the exit code."""
    start_logging(settings.log_level)
    # Kept back from here on, in every thread, and taken below: a handler could only wake a wait by a lock that
    # the very same thread may hold.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENOUGH)
    program = build(settings, RealClock())
    program.on_lost(lambda: os.kill(os.getpid(), signal.SIGTERM))
    started = _start(program)
    if started:
        signal.sigwait(ENOUGH)
    return _stop(program) or int(bool(program.lost)) if started else 1


def _start(program: Program) -> bool:
    try:
        program.start()
        # What stands now stays: the collector need not walk it again and again while somebody waits for an ack.
        gc.freeze()
    except (SlackApiError, NotSent, Unclear, OSError) as error:
        log.error("not started", why=why(error))  # noqa: TRY400 - the sentence is the whole story
        program.stop()
        return False
    return True


def why(error: Exception) -> str:
    """What kept it from starting, and what to do."""
    if isinstance(error, SlackApiError):
        return f"Slack says {error.response.get('error')}: check SLACK_BOT_TOKEN and SLACK_APP_TOKEN"
    if isinstance(error, OSError) and error.errno in TAKEN:
        reason = os.strerror(error.errno).lower()
        return f"nobody can listen at HOST and PORT: {reason}. Give another PORT, or stop who has it"
    return f"Slack cannot be reached: {error}"


def _stop(program: Program) -> int:
    log.info("stopping")
    if program.stop():
        log.info("stopped")
        return 0
    log.error("stopped hard", busy=", ".join(program.busy()))
    # A thread that does not end would keep the process for ever.
    os._exit(1)
