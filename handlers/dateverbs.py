"""What can be typed about a gig's date, and about the days ahead."""

from collections.abc import Mapping

from handlers import changes, rehearsal, whatif
from handlers.verb import Verb

DATES: Mapping[str, Verb] = {
    "move": Verb(
        whatif.or_only_try(changes.move),
        "/gig move lisbon 28 Oct",
        "another date; everybody called is asked again",
        more=(
            (
                "/gig move lisbon 2 Nov --dry-run",
                "changes nothing: who is asked again, clashes, overdue items, the way; then one button does it",
            ),
        ),
        note="Call times keep their hour, and every reminder moves along. In place of `--dry-run` write `dry run` or "
        "`what if`.",
    ),
    "cancel": Verb(
        changes.cancel,
        "/gig cancel lisbon because the venue flooded",
        "calls the gig off and tells everybody",
        note="I ask once whether you are sure.",
    ),
    "rehearse": Verb(
        rehearsal.rehearse,
        "/gig rehearse lisbon",
        "who would get what, when and why, if nobody answered; nothing is sent",
        more=(("/gig rehearse", "all gigs of the tour, for the next 48 h"),),
        note="One gig is played from 36 h before its doors until it is over, and only those who may change the tour "
        "see it.",
    ),
}
