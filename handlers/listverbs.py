"""What can be typed about a gig's list."""

from collections.abc import Mapping

from handlers import checklist, lists
from handlers.spreadsheet import FileKind
from handlers.verb import Verb

LISTS: Mapping[str, Verb] = {
    "check": Verb(
        lists.check,
        "/gig check lisbon va.power done 63 A",
        "closes an item of the checklist, with what proves it",
        more=(
            ("/gig check lisbon", "the whole list, with what is late"),
            ("/gig check lisbon venue", "one area; so too `late`, `mine` and `waiting`"),
            ("/gig check lisbon va.power", "one item in full"),
            ("/gig check lisbon va.power sent", "it is asked for, no answer yet"),
            ("/gig check lisbon va.power problem no three-phase", "it stays open, and everybody sees why"),
            ("/gig check lisbon va.power waive house generator agreed", "it is not needed here, and why"),
            ("/gig check lisbon va.power open", "it is open again"),
            ("/gig check va.power done all", "on every gig of the tour"),
        ),
        note="What closes an item is its evidence: a document or its link, a named person's yes, a number with its "
        "unit, a name and a phone number, a payment reference, a photo, or your word. A photo or document dropped into "
        "the gig's thread with the item's name closes it too.",
    ),
    "checklist": Verb(
        checklist.checklist,
        "/gig checklist lisbon wider",
        "puts on everything that such a show has, and asks what only you know",
        more=(
            ("/gig checklist lisbon", "what the list is made by, and what is still to be decided"),
            ("/gig checklist lisbon arena", "another kind of show: club, theatre, arena, festival, fly date, session"),
            ("/gig checklist lisbon home support", "no travel and no promotion; `away` and `headline` put them on"),
            ("/gig checklist lisbon border yes", "answers for this gig; `unknown` takes it back"),
            ("/gig checklist tour in-ears yes", "answers for every gig"),
            ("/gig checklist lisbon add PM T-2d doc Guest list signed off", "puts a line on this gig alone"),
            ("/gig checklist tour add PM T-10d critical doc equipment Pyro plan signed", "a line for every gig"),
            ("/gig checklist tour due va.parking T-21d", "another day for a line; so too `owner`, `reword` and `drop`"),
            ("/gig checklist tour reset va.parking", "as everybody's list has it"),
            ("/gig checklist tour", "what this tour has of its own"),
            ("/gig checklist lisbon lite", "only what a list cannot do without"),
        ),
        takes_file=FileKind.LIST,
        file_word="import",
        note="`checklist import` takes the YAML that you dropped in this channel as the tour's own lines, all or none. "
        "What somebody has worked on stays as it is. Lines that no fact decides are asked for once.",
    ),
}
