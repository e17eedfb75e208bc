"""Somebody who sits on a workspace's seat until he is ended: `python -m tests.bot.sitter URL TEAM FACTOR`."""

import logging
import sys
import threading

from bot.clock import RealClock
from bot.log import start_logging
from bot.patience import USUAL
from bot.seat import Holding, who_am_i
from storage.store import Store


def main() -> None:
    """Says `sits` once he does, and beats on."""
    url, team, factor = sys.argv[1:]
    start_logging(logging.INFO)
    seat = Holding(Store.open(url).seat(team), who_am_i(), RealClock(), USUAL.scaled(float(factor)))
    if seat.is_mine():
        seat.start(lambda: None)
        print("sits", flush=True)  # noqa: T201 - whoever started it waits for the word
    threading.Event().wait(60)


if __name__ == "__main__":
    main()
