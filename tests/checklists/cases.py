"""A gig written as the trade's readiness cases are, as the facts that readiness is judged from.

`facts(gig) -> (facts, now)`. A time without an offset is of the gig's `zone`, UTC where it names none.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from checklists.gig import CurfewKind, GigState
from checklists.items import Area, ItemState, Severity
from checklists.judging import ChangeFact, CrewFact, DriveFact, Facts, Flag, ItemFact, Reply
from checklists.walls import by_night, instant, zone_rules

SEVERITIES = {"S": Severity.STOPPER, "C": Severity.CRITICAL, "N": Severity.NORMAL}
STATES = {"na": ItemState.NA, "not applicable": ItemState.NA, "closed": ItemState.DONE, "chased": ItemState.SENT}
AREAS = {"promotion": Area.PROMO_GUEST, "legal": Area.DEAL_LEGAL, "deal": Area.DEAL_LEGAL}
REPLIES = {
    "confirm": Reply.CONFIRM,
    "confirmed": Reply.CONFIRM,
    "yes": Reply.CONFIRM,
    "late": Reply.CONFIRM,
    "arrived": Reply.CONFIRM,
    "released": Reply.CONFIRM,
    "decline": Reply.DECLINE,
    "declined": Reply.DECLINE,
    "no": Reply.DECLINE,
    "no_show": Reply.DECLINE,
    "maybe": Reply.MAYBE,
}
BLOCKERS = ("blocker", "blockers", "flag", "flags", "blocker_flag", "blocker_flags", "open_blockers")
CHANGES = ("change", "changes", "published_change", "published_changes", "unacknowledged_change", "unacknowledged")
CHANGED = ("changed", "changed_at", "change_published", "change_at", "published_change", "change", "published")
PUBLISHED = ("published", "published_at", "at", "changed", "changed_at", "since", "time", "when")
ACKNOWLEDGED = ("acknowledged", "ack", "acked", "acknowledged_at", "acked_at")
LIFTED = ("resolved", "closed", "lifted", "cleared", "resolved_at")
USUAL_LIMIT = 9.0


def facts(gig: Mapping[str, Any]) -> tuple[Facts, datetime]:
    """The facts of a case's gig, and the instant at which it is judged (UTC)."""
    zone = str(gig.get("zone") or gig.get("tz") or gig.get("timezone") or "UTC")
    at = Times(zone, gig.get("show") or gig.get("date"))
    now = at.read(gig["now"]) or datetime.min.replace(tzinfo=UTC)
    return (
        Facts(
            state=GigState(word(gig.get("status") or gig.get("state") or "advancing")),
            items=tuple(item_fact(line, at) for line in gig.get("items") or ()),
            crew=tuple(crew_fact(n, line, at) for n, line in enumerate(gig.get("crew") or ())),
            drives=tuple(drive_fact(line, at) for line in gig.get("drives") or ()),
            flags=tuple(flags(gig)),
            set_end=at.read(gig.get("set_end")),
            curfew=at.read(gig.get("curfew")),
            curfew_kind=curfew_kind(gig),
            changes=tuple(changes(gig, at)),
            zone=zone,
        ),
        now,
    )


class Times:
    """Reads the times of one gig: whole instants, or clock times of its show day."""

    def __init__(self, zone: str, show: object) -> None:
        self.zone = zone
        self.show = date.fromisoformat(str(show)[:10]) if show else None

    def read(self, said: object) -> datetime | None:
        """The UTC instant of what a case says; None for nothing."""
        if not said or isinstance(said, bool):
            return None
        text = str(said)
        if len(text) <= len("23:59:59") and self.show:
            return instant(self.show, by_night(time.fromisoformat(text)), self.zone)
        there = datetime.fromisoformat(text)
        return (there if there.tzinfo else there.replace(tzinfo=zone_rules(self.zone))).astimezone(UTC)


def word(said: object) -> str:
    return str(said).strip().lower().replace(" ", "_").replace("-", "_")


def first(line: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The first of these fields that says something."""
    return next((line[name] for name in names if line.get(name) not in (None, "", [], {})), None)


def item_fact(line: Mapping[str, Any], at: Times) -> ItemFact:
    severity = str(line.get("sev") or line.get("severity") or "N")
    state = str(line.get("state") or "open").lower()
    area = str(line["area"])
    return ItemFact(
        key=str(line["key"]),
        text=str(line.get("text") or line["key"]),
        area=AREAS.get(area) or Area(area),
        severity=SEVERITIES.get(severity) or Severity(severity),
        due_at=at.read(line.get("due")),
        state=STATES.get(state) or ItemState(state),
        is_minute=line.get("clock") == "minute",
        owner=str(line.get("owner") or ""),
    )


def crew_fact(number: int, line: Mapping[str, Any], at: Times) -> CrewFact:
    changed = first(line, CHANGED)
    if isinstance(changed, Mapping):
        line = {**line, **changed}
        changed = first(changed, PUBLISHED)
    return CrewFact(
        position=str(line["position"]),
        person=str(line.get("person") or line.get("name") or f"{line['position']} {number}"),
        required=bool(line.get("required", True)),
        reply=REPLIES.get(word(line.get("reply")), Reply.NONE),
        call_at=at.read(line["call"]) or datetime.max.replace(tzinfo=UTC),
        released=at.read(line.get("released")),
        changed_at=None if first(line, ACKNOWLEDGED) else at.read(changed),
        answered_at=at.read(first(line, ("answered", "answered_at", "replied", "replied_at", "reply_at"))),
    )


def drive_fact(line: Mapping[str, Any], at: Times) -> DriveFact:
    relief = bool(line.get("relief") or line.get("relief_driver") or int(line.get("drivers") or 1) > 1)
    departs = at.read(line.get("departs") or line.get("depart"))
    return DriveFact(float(line["hours"]), float(line.get("limit") or USUAL_LIMIT), relief, departs)


def curfew_kind(gig: Mapping[str, Any]) -> CurfewKind:
    hard = gig.get("curfew_hard") or word(gig.get("curfew_kind")) == "hard"
    return CurfewKind.HARD if hard and not gig.get("curfew_soft") else CurfewKind.SOFT


def listed(said: object) -> list[Any]:
    return list(said) if isinstance(said, list | tuple) else [] if said in (None, False, "") else [said]


def flags(gig: Mapping[str, Any]) -> Iterable[Flag]:
    """The blockers that are still open: a word, a list of words, or what a flag is about."""
    for said in (one for name in BLOCKERS for one in listed(gig.get(name))):
        if not isinstance(said, Mapping):
            yield Flag("blocker" if said is True else str(said))
        elif said.get("open", True) and not first(said, LIFTED) and said.get("state") not in ("closed", "resolved"):
            yield Flag(
                str(first(said, ("text", "what", "why", "reason", "key")) or "blocker"), said.get("owner") or "TM"
            )


def changes(gig: Mapping[str, Any], at: Times) -> Iterable[ChangeFact]:
    """The published changes that nobody has acknowledged: an instant, or its fields, one or many."""
    for said in (one for name in CHANGES for one in listed(gig.get(name))):
        line = said if isinstance(said, Mapping) else {"at": said}
        hours = first(line, ("hours", "hours_ago", "age_hours"))
        published = at.read(first(line, PUBLISHED))
        if published is None and hours is not None:
            published = (at.read(gig["now"]) or datetime.min.replace(tzinfo=UTC)) - timedelta(hours=float(hours))
        if published is not None and not first(line, ACKNOWLEDGED):
            yield ChangeFact(str(first(line, ("text", "what", "field")) or "change"), published)
