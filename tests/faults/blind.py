"""`serve` without look-back: every look comes back whole and empty, so that whatever is unknown goes out again.

`python -m tests.faults.blind`, told by the environment like `python -m bot serve`. The checker must bite it.
"""

from bot import app, serving
from bot.config import read_environment
from bot.lookback import LookBack
from bot.proof import Sighting
from storage.outbox import Delivery


class Blind(LookBack):
    """Sees nothing, and says that it saw everything."""

    def find(self, said: Delivery) -> Sighting:  # noqa: ARG002 - the signature is the real one's
        return Sighting(is_whole=True)


def main() -> int:
    """Runs until SIGTERM; gives the exit code."""
    vars(app)["LookBack"] = Blind
    return serving.serve(read_environment())


if __name__ == "__main__":
    raise SystemExit(main())
