"""What the bot says: the kinds of message, and the kinds of cue that say them."""

from enum import StrEnum


class Letter(StrEnum):
    """One kind of lasting message. Each has one author, listed in handlers/routes.py."""

    CARD = "card"
    OVERVIEW = "overview"
    ASK = "ask"
    ASK_AGAIN = "ask_again"
    ASK_DM = "ask_dm"
    SILENT_LIST = "silent_list"
    DECLINED = "declined"
    DAY_SHEET = "day_sheet"
    ON_YOUR_WAY = "on_your_way"
    NOT_HERE = "not_here"
    NO_SHOW = "no_show"
    DOORS = "doors"
    CURFEW = "curfew"
    LOAD_OUT = "load_out"
    TIMES = "times"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    DROP = "drop"
    DIGEST = "digest"
    HELD = "held"
    MISSED = "missed"
    INVITE_ME = "invite_me"
    FAILED = "failed"
    WELCOME = "welcome"
    REACTION = "reaction"
