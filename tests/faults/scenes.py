"""What goes wrong in a run. A scene plays on a stage whose plan it commits, and leaves one worker alive."""

import signal
from collections import Counter
from datetime import timedelta

from checklists.cues import USEFUL_FOR, CueKind
from tests.faults.kept import read_ledger
from tests.faults.stage import FACTOR, Stage
from tests.faults.weather import LONG_AFTER, POST
from tests.faults.workers import Worker, rest, wait_until

LEASE = 16.0 * FACTOR
DOWN_FOR = (0.0, 1.3)
OUTLIVED_AFTER = timedelta(seconds=9)
"""A worker must have begun to say them before they are too late, on a busy machine too: else they are missed, and told
in the summary alone."""
HEALED_WITHIN = 60.0


def killed(stage: Stage) -> None:
    """kill -9 around the due instant, once or twice; the next worker comes at once or after a while."""
    _kill_around(stage, 0.6)


def killed_in_bad_weather(stage: Stage) -> None:
    """The same, while 30 % of all posts fail in every way there is."""
    stage.gamble(0.3)
    _kill_around(stage, 2.0)


def bad_weather(stage: Stage) -> None:
    """60 % of all posts fail, and nobody dies."""
    stage.gamble(0.6)
    stage.commit()
    stage.start_ready()


def _kill_around(stage: Stage, most: float) -> None:
    stage.commit()
    _kill_some(stage, most)


def _kill_some(stage: Stage, most: float) -> None:
    for _ in range(stage.dice.choice((1, 1, 2))):
        worker = stage.start_ready()
        stage.until(stage.dice.uniform(-0.05, most))
        worker.kill()
        rest(stage.dice.choice(DOWN_FOR))
    stage.start_ready()


def deployed(stage: Stage) -> None:
    """SIGTERM at the due instant, and the next worker at once."""
    stage.commit(spread=timedelta(seconds=0.1))
    worker = stage.start_ready()
    stage.until(stage.dice.uniform(-0.05, 0.15))
    stage.exits.append(worker.stop())
    stage.start_ready()


def stopped(stage: Stage) -> None:
    """Two workers; the one that sends is stopped past its lease, and goes on afterwards."""
    stage.commit(lead=timedelta(seconds=2.5))
    pair = [stage.start_ready(), stage.start_ready()]
    if stage.dice.random() < 0.5:
        stage.gamble(0.3, ("time-out after accept", "closed after accept"))
    stage.until(stage.dice.uniform(-0.05, 0.5))
    for worker in pair[: stage.dice.choice((1, 1, 2))]:
        worker.signal(signal.SIGSTOP)
    rest(2.5 * LEASE)
    for worker in pair:
        worker.signal(signal.SIGCONT)
    _have_one(stage, pair)


def crowded(stage: Stage) -> None:
    """Two to four workers at once; each kill is followed by another worker."""
    stage.commit(lead=timedelta(seconds=2.5))
    crowd = [stage.start() for _ in range(stage.dice.randint(2, 4))]
    for worker in crowd:
        worker.wait_ready()
    for _ in range(stage.dice.randint(1, 3)):
        stage.until(stage.dice.uniform(-0.05, 0.4))
        worker = crowd.pop(stage.dice.randrange(len(crowd)))
        worker.kill()
        crowd.append(stage.start())
    _have_one(stage, crowd)


def _have_one(stage: Stage, crowd: list[Worker]) -> None:
    if not any(worker.is_alive for worker in crowd):
        stage.start_ready()


def slack_down(stage: Stage) -> None:
    """Slack is away around the due instant: nobody listens, or every call breaks; then it comes back."""
    stage.commit()
    stage.start_ready()
    stage.until(stage.dice.uniform(-0.3, 0.2))
    words = stage.dice.choice((("down", "up"), ("plan", "clear")))
    told = {"method": "*", "trouble": "server_error", "times": 1_000_000} if words[0] == "plan" else {}
    stage.house.do(words[0], **told)
    rest(stage.dice.uniform(0.5, 4.0))
    stage.house.do(words[1])


def storm(stage: Stage) -> None:
    """Slack answers 429 to every post for a while, and the worker is killed in the middle of it."""
    stage.house.do("plan", method="chat.postMessage", trouble="rate_limited", times=stage.dice.randint(5, 40))
    _kill_around(stage, 1.5)


def dripping(stage: Stage) -> None:
    """Answers that come byte by byte, are 300 MB long, or never come."""
    stage.gamble(0.5, ("slow bytes", "a giant answer", "time-out without accept", "reset without accept"))
    stage.commit()
    stage.start_ready()


def refused(stage: Stage) -> None:
    """Two conversations do not take the bot's posts, for good: the tour manager must be told of each."""
    cast = stage.house.cast
    closed = stage.dice.sample([*cast.directs, *cast.channels], 2)
    for channel in closed:
        told = {"trouble": "named_error", "error": "restricted_action", "times": 1_000_000, "channel": channel}
        stage.house.do("plan", method=POST, **told)
    stage.commit()
    stage.start_ready()
    stage.settle()
    kinds = [post.kind for post in read_ledger(stage.ledger)]
    wanted = sum(each.channel in closed for each in stage.plan)
    if kinds.count("failed") != wanted:
        stage.notes.append(f"{wanted} were refused, and {kinds.count('failed')} of them told")


def unreadable(stage: Stage) -> None:
    """Posts fail after they arrived, and Slack lets nobody look: critical ones are repeated, others are asked."""
    for method in ("conversations.history", "conversations.replies"):
        stage.house.do("plan", method=method, trouble="server_error", times=1_000_000)
    for channel in stage.house.cast.channels:
        stage.house.do("plan", method=POST, trouble="server_error", accepted=True, channel=channel)
    stage.gamble(0.2, ("closed after accept", "500 without accept"))
    stage.commit()
    stage.start_ready()


def acknowledged(stage: Stage) -> None:
    """kill -9 the moment the ack of a typed command is in; what was acknowledged must be there afterwards."""
    stage.commit()
    worker = stage.start_ready()
    typed = []
    for n in range(stage.dice.randint(1, 4)):
        last = stage.dice.random() < 0.5
        told = {"pid": worker.pid} if last else {}
        text = f"/gig new Night {n}, Musicbox Lisbon, 2030-0{n + 1}-1{n}"
        typed.append(stage.house.do("command", who="tess", channel=stage.house.cast.channels[0], text=text, **told))
        if last:
            break
    worker.kill()
    stage.start_ready()
    kept = {row["name"] for row in stage.book.ask("SELECT name FROM gigs")}
    # "Not saved (ref ...)" is an honest answer of a machine that is too busy.
    acked = {f"Night {n}" for n, told in enumerate(typed) if told["acked"] and not told["text"].startswith("Not saved")}
    if acked - kept:
        stage.notes.append(f"acknowledged but lost: {', '.join(sorted(acked - kept))}")


def outlived(stage: Stage) -> None:
    """Slack takes no post until the reminders are of no more use, and the worker is killed meanwhile: none of them
    goes out any more, and the tour manager hears of each."""
    stage.house.do("plan", method=POST, trouble="rate_limited", times=1_000_000)
    stage.commit(lead=OUTLIVED_AFTER, age=USEFUL_FOR[CueKind.ASK_DM])
    _kill_some(stage, 0.2)
    stage.until(1.0)
    stage.house.do("clear")
    stage.settle()
    lapsed = stage.lapsed()
    told = sum(post.kind == "failed" for post in read_ledger(stage.ledger))
    if told != lapsed:
        stage.notes.append(f"{lapsed} came too late, and {told} of them were told")


def accepted_long_after(stage: Stage) -> None:
    """Some posts arrive long after their connection is gone, when they went out once more: the second copy is
    found, and taken back."""
    stage.gamble(0.4, ("accepted long after",))
    stage.commit()
    stage.start_ready()
    stage.settle()
    rest(LONG_AFTER * FACTOR)
    if not wait_until(lambda: _stands_once(stage), HEALED_WITHIN, every=0.25):
        stage.notes.append(f"not healed within {HEALED_WITHIN:.0f} s")


def _stands_once(stage: Stage) -> bool:
    standing = Counter(post.key for post in read_ledger(stage.ledger) if not post.deleted)
    return max(standing.values(), default=0) == 1


def talkative(stage: Stage) -> None:
    """Sockets are asked to come again, closed, or go deaf, and every event comes once more, in any order."""
    cast = stage.house.cast
    stage.commit()
    stage.start_ready()
    for who, card in zip(cast.people[:4], [card for cards in cast.cards for card in cards], strict=False):
        where = next(channel for channel, cards in zip(cast.channels, cast.cards, strict=True) if card in cards)
        stage.house.do("say", who=who, channel=where, text="what a lovely day", thread=card)
    stage.house.do("disconnect", rudely=stage.dice.random() < 0.5)
    stage.house.do("replay", seed=stage.dice.random())
    stage.until(0.2)
    stage.house.do("replay", seed=stage.dice.random())
