"""The tour that `try` opens with: who is on it, and what they have done so far; half planned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.story.cast import Member

CHANNEL = "winter-run"
BEGAN = timedelta(hours=30)
"""How long before now the tour was brought in: enough for a few reminders to have gone out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the tour: `role` is what the switcher says of him."""

    member: Member
    real_name: str
    role: str


COMPANY = (
    Part(Member("tess", "Europe/London"), "Tess Okafor", "Tour manager"),
    Part(Member("pia", "Europe/Berlin"), "Pia Lindner", "Production manager"),
    Part(Member("ana", "Europe/Berlin"), "Ana Duarte", "FOH engineer"),
    Part(Member("bo", "Europe/Athens"), "Bo Stavrou", "Monitor engineer"),
    Part(Member("lou", "America/New_York"), "Lou Reyes", "Lighting designer"),
    Part(Member("kit", "Europe/London"), "Kit Marsh", "Backline"),
    Part(Member("max", "Europe/Berlin"), "Max Brandt", "Stagehand"),
    Part(Member("dee", "Europe/London", is_guest=True), "Dee Walsh", "Merch, guest"),
    Part(Member("eve", "America/New_York"), "Eve Larsen", "Executive producer"),
    Part(Member("rob", "Europe/Berlin", is_outsider=True), "Rob Visser", "Promoter, from outside"),
)
ROUTE = (
    (2, "Amsterdam", "Netherlands", "Paradiso", 1500),
    (4, "Hamburg", "Germany", "Docks", 1250),
    (6, "Copenhagen", "Denmark", "Vega", 1550),
    (9, "Stockholm", "Sweden", "Debaser", 700),
    (21, "Paris", "France", "Le Trianon", 1091),
    (35, "London", "United Kingdom", "Electric Ballroom", 1500),
    (49, "Lisbon", "Portugal", "LAV", 1500),
)
CALLS = (
    "/gig call amsterdam @pia PM 10:00, @ana FOH 14:00, @bo MON 14:00, @lou LD 12:00, @kit BL 12:00",
    "/gig call hamburg @ana FOH 14:00, @bo MON 14:00, @kit BL 12:30",
    "/gig times amsterdam load-in 12:00 doors 19:00 curfew 23:00 hard",
)
ANSWERS = (
    ("amsterdam", "pia", "confirmed"),
    ("amsterdam", "ana", "in, see you there"),
    ("amsterdam", "bo", "yes, but running 20 late"),
    ("amsterdam", "kit", "sorry, can't make it"),
    ("hamburg", "ana", "confirmed"),
)
CHECKS = (
    "/gig check amsterdam va.power problem the house has only 63 A, we need 125",
    "/gig check amsterdam cr.drive_check done 4.5 h",
    "/gig check amsterdam va.final_call done",
    "/gig check amsterdam cr.rest_check done 11 h",
    "/gig check hamburg cr.drive_check done 4.5 h",
    "/gig check copenhagen cr.drive_check done 4.5 h",
    "/gig check copenhagen eq.source_must done Jonas, rental house: yes, by mail",
    "/gig check copenhagen eq.spares done",
    "/gig check stockholm eq.subs_ok done Ana, FOH: yes",
    "/gig check stockholm va.inputs_version done Elin, house PM: v3 read back",
    "/gig check stockholm va.sound_limit done 100 dB(A)",
    "/gig check stockholm va.catering done Elin, house: yes, for nine",
)


class Slack(Protocol):
    """The hands and the memory of the Slack that the tour is played in."""

    @property
    def hands(self) -> Any: ...
    def posts(self, channel: str = "", thread_ts: str | None = None) -> Sequence[Any]: ...


def play_sample(slack: Slack, channel: str, now: datetime, settle: Callable[[], object]) -> None:
    """Bring the tour in, call, answer, tick; `settle` lets what was started come to rest."""
    hands = slack.hands
    hands.drop_file("tess", channel, "winter_run.csv", spreadsheet(now).encode())
    settle()
    told = hands.command("tess", channel, "/gig import")
    settle()
    if told.blocks:
        hands.press("tess", channel, told.ts, "Already done")
    for typed in (*CALLS, *CHECKS):
        hands.command("tess", channel, typed)
    settle()
    for city, who, words in ANSWERS:
        hands.say(who, channel, words, card_of(slack, channel, city))
    settle()


def spreadsheet(now: datetime) -> str:
    """The route as a tour manager's CSV; its dates count from the day that `try` shows as today."""
    today = (now + BEGAN).date()
    rows = [f"{today + timedelta(days=n)},{city},{land},{venue},{cap}" for n, city, land, venue, cap in ROUTE]
    return "\n".join(["date,city,country,venue,capacity", *rows, ""])


def card_of(slack: Slack, channel: str, city: str) -> str | None:
    """The ts of a gig's card, by its city; None when it is not posted."""
    cards = [post.ts for post in slack.posts(channel) if not post.thread_ts and f" {city}," in post.text.lower()]
    return cards[-1] if cards else None


def suggestions(slack: Slack, channel: str) -> list[tuple[str, str, str, str]]:
    """(title, who, where, text): three things to do first."""
    thread = f"{CHANNEL}/{card_of(slack, channel, 'amsterdam')}"
    return [
        ("Why is Amsterdam not ready?", "tess", CHANNEL, "/gig ready amsterdam"),
        ("Answer a call, as the lighting designer", "lou", thread, "confirmed, but 15 late"),
        ("Call somebody to backline instead of Kit", "tess", CHANNEL, "/gig call amsterdam @max BL 12:00"),
    ]
