"""Who is called to what and when: `lisbon @ana FOH 14:00, @bo MON 14:00`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.crew import CallKind, CallStage, Position
from checklists.errors import Refusal
from handlers.callparts import KINDS, STAGES, Said, split_particulars, take_phrase
from handlers.clockwords import Clock, read_clock, refuse_half_said
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, tidy

EXAMPLE = "/gig call lisbon @ana FOH 14:00"
CLEAR_HOURS = range(6, 10)
MENTION = re.compile(r"<@([UW][A-Z0-9]{2,30})(?:\|([^<>]{0,100}))?>", re.ASCII)
PLAIN_AT = re.compile(r"@\s?[^\W\d]")
HALF_OR_PM = re.compile(r"(?<![0-9:.])((?:0?[0-9]|1[0-2])[:.]?[0-5][0-9]) pm\b", re.ASCII | re.IGNORECASE)
GLUED = re.compile(r"(?<![0-9:.])((?:0?[0-9]|1[0-2])(?:[:.][0-9]{2})?) ([ap])\.?m\b", re.ASCII | re.IGNORECASE)
SPLIT = re.compile(r"[\s,;+/&()=–—-]+")
FILLERS = frozenset({"at", "as", "for", "from", "call", "called", "to", "is", "and", "on", "the", "with", "@"})
OFF = frozenset({"off", "released", "cancel", "remove"})

SAID: Mapping[Position, tuple[str, ...]] = {
    Position.EP: ("executive producer", "executive", "producer"),
    Position.TM: ("tour manager", "tour mgr"),
    Position.PM: ("production manager", "production"),
    Position.SM: ("stage manager", "stage mgr"),
    Position.TA: ("tour accountant", "accountant"),
    Position.FOH: ("front of house", "sound engineer", "foh engineer", "engineer", "sound", "audio"),
    Position.MON: ("monitor engineer", "mon engineer", "monitors", "monitor", "mons", "ems"),
    Position.LD: ("lighting designer", "lighting director", "lighting", "lights", "light", "lx", "lampie"),
    Position.BL: ("backline tech", "backline", "guitar tech", "drum tech", "bass tech", "keys tech", "tech"),
    Position.ENG: ("recording engineer", "studio engineer", "eng"),
    Position.SYS: ("system tech", "systems tech", "system", "systems", "pa tech"),
    Position.RIG: ("head rigger", "rigger", "riggers", "rigging"),
    Position.VID: ("video", "screens", "video tech"),
    Position.PB: ("playback", "tracks", "playback tech"),
    Position.HAND: ("stage hands", "stage hand", "stagehands", "stagehand", "hands", "local crew", "loader"),
    Position.MERCH: ("merchandise", "merch seller", "swag"),
    Position.DRIVER: ("bus driver", "van driver", "truck driver", "drivers"),
    Position.CATERING: ("cook", "chef"),
    Position.WARDROBE: ("costume", "costumes", "dresser"),
    Position.SECURITY: ("guard", "sec"),
    Position.ARTIST: ("band", "musician", "singer", "player"),
    Position.MEDIC: ("medics", "first aid", "first aider", "paramedic"),
    Position.FX: ("effects", "special effects", "sfx", "pyro", "pyrotechnician"),
    Position.FORK: ("forklift", "forklift driver", "forklift operator", "fork lift", "forks"),
    Position.SPOT: ("spots", "followspot", "follow spot", "spot operator", "followspot operator"),
    Position.CARP: ("carpenter", "carpenters", "carps", "set carpenter"),
    Position.RUNNER: ("runners", "production runner", "gofer"),
}
POSITIONS = {said: position for position, ways in SAID.items() for said in (position.value.lower(), *ways)}


@dataclass(frozen=True, slots=True)
class Ask:
    """One person for one position.

    `off` calls him off: from every position when it is None. Without a position it is the one he has on the gig;
    without a clock, the time he is called for already.
    """

    person: str
    position: Position | None
    clock: Clock | None = None
    off: bool = False
    kind: CallKind = CallKind.CREW
    stage: CallStage = CallStage.CONFIRM


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Everybody asked in one line, and the particulars of all these calls; `gig` is "" when none was named."""

    gig: str
    asks: tuple[Ask, ...]
    said: Said = ()


def read_call(rest: str) -> CallRequest:
    """`gig @person position time, ...` with people as `<@U012ABC>`.

    People named one after another share what follows; several positions are one Ask each. Raises Refusal
    for a plain `@ana`, for what is missing or unknown, and for the same person and position twice.
    """
    text = tidy(rest)
    found = list(MENTION.finditer(text))
    if not found or PLAIN_AT.search(MENTION.sub(" ", text)):
        raise _no_mention(MENTION.sub(" ", text))
    text, said = split_particulars(text, found[0].end())
    found = [mention for mention in found if mention.end() <= len(text)]
    asks: list[Ask] = []
    sharing: list[str] = []
    ends = [following.start() for following in found[1:]] + [len(text)]
    for mention, end in zip(found, ends, strict=True):
        sharing.append(mention[1])
        tail = text[mention.end() : end]
        if _words(tail) or end == len(text):
            asks += _asks(sharing, tail, bool(said))
            sharing = []
    _refuse_twice(asks)
    return CallRequest(gig_of(text[: found[0].start()]), tuple(asks), said)


def _words(tail: str) -> list[str]:
    """The words that carry something: no separators, no `at`, no `and`."""
    words = [word.strip(EDGES) for word in SPLIT.split(plain(tail).casefold())]
    return [word for word in words if word and word not in FILLERS]


def _asks(people: Sequence[str], tail: str, told: bool) -> list[Ask]:
    """What the people before `tail` are asked; raises Refusal for what is missing, double or unknown.

    `told`: there are particulars, so that a call which stands needs neither position nor time.
    """
    said = plain(tail)
    if found := HALF_OR_PM.search(said):
        raise _half_or_manager(found[1])
    words = _words(GLUED.sub(r"\1\2m", said))
    off = any(word in OFF for word in words)
    times = [word for word in words if is_time(word)]
    positions, kind, stage = _roles([word for word in words if word not in OFF and not is_time(word)])
    if off and times:
        raise refusal(
            f"Called off, or called at {times[0][:20]}? I read both in {quote(said)}.", "/gig call lisbon @ana off"
        )
    if not off:
        _refuse_missing(said, positions or kind, times or stage is CallStage.CONFIRM or told, times)
    clock = read_call_clock(times[0]) if times else None
    named: Sequence[Position | None] = positions or [None]
    how = (clock, off, kind or CallKind.CREW, stage or CallStage.CONFIRM)
    return [Ask(who, position, *how) for who in people for position in named]


def is_time(word: str) -> bool:
    """True for what looks like a clock time."""
    return word[0].isdecimal() or word in ("noon", "midday", "midnight")


def read_call_clock(word: str) -> Clock:
    """The time of a call; raises Refusal for `2:00`, which is morning or afternoon."""
    refuse_half_said(word, CLEAR_HOURS, " for the call")
    return read_clock(word)


def _roles(words: list[str]) -> tuple[list[Position], CallKind | None, CallStage | None]:
    """The positions in order, the kind and the stage, the longest names first: `stage manager` is one."""
    found: list[Position] = []
    kind: CallKind | None = None
    stage: CallStage | None = None
    while words:
        position, length = take_phrase(words, POSITIONS)
        if position in found:
            raise refusal(f"{position} is there twice for one person.", EXAMPLE)
        if position is not None:
            found.append(position)
        else:
            a_kind, length = take_phrase(words, KINDS)
            a_stage, length = (None, length) if a_kind else take_phrase(words, STAGES)
            kind, stage = a_kind or kind, a_stage or stage
        if not length:
            raise _unknown_position(words[0])
        words = words[length:]
    return found, kind, stage


def _refuse_missing(said: str, is_known: object, has_time: object, times: list[str]) -> None:
    after = f" in {quote(said.strip(EDGES))}" if said.strip(EDGES) else ""
    if not is_known and (times or not has_time):
        raise refusal(f"Called to do what? I found no position{after}. {_known()}", EXAMPLE)
    if not has_time:
        raise refusal(f"Called at what time? I found none{after}.", EXAMPLE)
    if len(times) > 1:
        raise refusal(f"One call has one time, but I read {len(times)}{after}.", EXAMPLE)


def _refuse_twice(asks: list[Ask]) -> None:
    """Raises Refusal for a person named twice for one position, or both called and called off."""
    seen: dict[tuple[str, CallKind], list[Position | None]] = {}
    for ask in asks:
        before = seen.setdefault((ask.person, ask.kind), [])
        if ask.position in before or None in before or (before and ask.position is None):
            what = ask.position or "off"
            raise refusal(f"The same person is there twice ({what}). Name each person and position once.", EXAMPLE)
        before.append(ask.position)


def _no_mention(text: str) -> Refusal:
    found = PLAIN_AT.search(text)
    typed = text[found.start() :].split()[0] if found else ""
    who = f"{quote(typed)} is plain text to me" if typed else "I found nobody in that line"
    return refusal(f"{who}: type @ and pick the person from Slack's list, so that the name turns blue.", EXAMPLE)


def _half_or_manager(typed: str) -> Refusal:
    morning = typed if len(typed.replace(".", ":").replace(":", "")) == 4 else f"0{typed}"
    return refusal(
        f"Is {quote(typed + ' PM')} in the evening, or the production manager at {morning}? Write the evening as "
        f"`{typed}pm` in one word, or put PM first.",
        f"/gig call lisbon @ana FOH {typed}pm",
    )


def _unknown_position(word: str) -> Refusal:
    meant = near(word, POSITIONS)
    guess = f" Did you mean {POSITIONS[meant]}?" if meant else ""
    return refusal(f"I do not know the position {quote(word)}.{guess} {_known()}", EXAMPLE)


def _known() -> str:
    return "Positions: " + ", ".join(Position) + "."
