"""Why did I get this? The rule behind every kind of message, in one sentence, and what stops it."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.letters import Letter


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that sends a message, and what ends it."""

    rule: str
    stops: str


ANSWERING = "It stops when you answer: by a button, by a word in the thread, or by a thumbs-up."
ONCE = "It comes once; there is nothing to stop."
WHYS: Mapping[Letter, Why] = {
    Letter.CARD: Why(
        "Every gig has one card in the tour's channel, posted two weeks before its date or with its first call; it is "
        "edited, never posted again.",
        "It stops changing when the gig is over or cancelled.",
    ),
    Letter.OVERVIEW: Why("A tour that comes into its channel is told once, with its gigs.", ONCE),
    Letter.ASK: Why(
        "You were called to a gig, or your call changed: one message asks all who are concerned.", ANSWERING
    ),
    Letter.ASK_AGAIN: Why(
        "Three days before a gig, at noon where it is, and when the tour manager has it asked again, the thread asks "
        "those who have not answered their call.",
        ANSWERING,
    ),
    Letter.ASK_DM: Why(
        "Two days before a gig, at noon where it is, whoever has not answered his call is asked by direct message.",
        ANSWERING,
    ),
    Letter.SILENT_LIST: Why(
        "The day before a gig, at noon where it is, the tour manager hears who has not confirmed.",
        "It does not come when everybody called has confirmed.",
    ),
    Letter.DECLINED: Why(
        "Whenever somebody called says no, the tour manager hears it at once: the position is open again.",
        "It does not come again for the same answer.",
    ),
    Letter.DAY_SHEET: Why("The day before a gig, at 18:00 where it is, everybody called gets the day sheet.", ONCE),
    Letter.ON_YOUR_WAY: Why(
        "Ninety minutes before his call, everybody called who has not confirmed is asked whether he is coming.",
        ANSWERING,
    ),
    Letter.NOT_HERE: Why(
        "Ten minutes after a call, the thread asks for those who have not checked in.",
        "It stops when you write `here`, or how late you are.",
    ),
    Letter.NO_SHOW: Why(
        "Fifteen minutes after a call, the tour manager hears who has not come.",
        "It does not come when everybody has checked in or said how late he is.",
    ),
    Letter.DOORS: Why(
        "Sixty minutes before doors, and thirty and ten while something keeps them shut, the thread says what.",
        "Ticking what is still open ends it, and so does `/gig doors CITY open`.",
    ),
    Letter.CURFEW: Why("Fifteen minutes before curfew, the stage manager is told the time left.", ONCE),
    Letter.LOAD_OUT: Why("When load-out begins, everybody called is told.", ONCE),
    Letter.TIMES: Why("A time of the day was changed: everybody called is told once, and nobody is asked.", ONCE),
    Letter.MOVED: Why("The gig has another date: everybody called is asked again, for that date.", ANSWERING),
    Letter.CANCELLED: Why(
        "The gig is cancelled: everybody called is told, and whoever had said yes is waited for.",
        "It stops when you have seen it: press *Seen*, or write `ok` in the thread.",
    ),
    Letter.CALLED_OFF: Why(
        "A call was taken off: everybody concerned is told, and whoever had said yes is waited for.",
        "It stops when you have seen it: press *Seen*, or write `ok` in the thread.",
    ),
    Letter.DROP: Why(
        "The gig's readiness got worse, and nobody was told it privately.", "It comes once for each step down."
    ),
    Letter.DIGEST: Why(
        "Once a day, at 09:00 where you are, the owner of checklist items hears what is late or due before the next.",
        "It does not come on a day on which nothing of yours is late or due: `/gig check ITEM done`.",
    ),
    Letter.HELD: Why(
        "Something was said in the thread between 23:00 and 08:00 where you are: it comes at 08:00 instead of a ping.",
        "It does not come when you have answered by then.",
    ),
    Letter.MISSED: Why(
        "Reminders fell due while the bot was away, or could not be sent: the tour manager hears which.",
        "It comes once for each time that happens.",
    ),
    Letter.INVITE_ME: Why(
        "Slack does not let me into the tour's channel, so everything for it waits.", "Inviting me ends it."
    ),
    Letter.FAILED: Why("A message could not be posted in Slack: the tour manager must tell those concerned.", ONCE),
    Letter.WELCOME: Why("Somebody has typed his first command here: he is told once what this is.", ONCE),
    Letter.REACTION: Why("I mark a reply with a sign that says how I read it.", "An edit of the reply is read again."),
    Letter.DID_IT_ARRIVE: Why(
        "Slack did not say whether a message was posted, and I cannot look: the tour manager is asked.",
        "It stops when one of its buttons is pressed.",
    ),
    Letter.SELFTEST: Why("You typed `/gig selftest`.", ONCE),
    Letter.OFFER: Why(
        "You stand in for somebody who cannot come, and it is your turn to be asked.",
        "It stops when you say yes or no, or when somebody else has taken it.",
    ),
    Letter.FILLED: Why("You were asked to stand in, and somebody else has taken it.", ONCE),
    Letter.UNFILLED: Why(
        "Every stand-in for a position was asked, and none can: the tour manager hears it.",
        "Calling somebody to the position ends it.",
    ),
    Letter.HANDOVER: Why(
        "The tour manager has not answered in time: the deputy gets everything that waits for a word.",
        "It stops when what waits has been seen to, or *Got it* is pressed.",
    ),
    Letter.BOSS: Why(
        "Somebody has left two asks unanswered: the tour manager is told, and he is not asked a third time.",
        "It comes once for each call.",
    ),
    Letter.LATE: Why(
        "Somebody called says that he comes late: the tour manager sees what that does to soundcheck, doors and "
        "curfew, as soon as the minutes are known.",
        "It comes once for each call; the minutes change it.",
    ),
    Letter.SHIFTED: Why("The schedule was shifted: those whose work hangs on it are told, and nobody else.", ONCE),
    Letter.HOURS: Why(
        "After the show, hours in and out are asked for that nobody has given.",
        "It does not come when everybody's hours are known.",
    ),
    Letter.QUESTION: Why(
        "Somebody asks in a gig's thread what I do not know: the tour manager gets it, from one person at most every "
        "ten minutes.",
        "Keeping the answer ends it: `/gig fact CITY wifi ...`",
    ),
    Letter.ANSWER: Why(
        "Somebody asked this of the gig, and what is kept for it has the answer.", "It comes once for a question."
    ),
    Letter.SEEN_ASK: Why(
        "You had said yes to a call that was taken off, and an hour later you had not said that you have seen it.",
        "It stops when you press *Seen*, or write `ok`.",
    ),
    Letter.UNSEEN: Why(
        "Somebody whose call was taken off has not said that he has seen it, although he was asked: the tour manager "
        "rings him.",
        "It comes once.",
    ),
    Letter.WEEKLY: Why(
        "Every Monday, at 09:00 where you are, the executive producer hears which gigs of the next 28 days are at "
        "risk, why, and what has changed since the week before.",
        "It does not come while no gig is ahead; `/gig producer off` ends it.",
    ),
    Letter.DOORS_OPEN: Why(
        "Somebody called the doors open, or shut them again: the thread hears it, with who said go.", ONCE
    ),
    Letter.RENTAL: Why(
        "Somebody wants to rent what is missing, a rental was decided or has to go back, or the number of cases is not "
        "what it should be: whoever answers for it is told.",
        "It stops when the rental is decided or given back, or the right number is written.",
    ),
}
"""Each kind of message has one."""
