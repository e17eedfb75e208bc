"""The book: one transaction on the tour book of one workspace."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from checklists.cues import Cue
from storage.boards import Boards
from storage.crew import Crew
from storage.cues import Cues
from storage.deals import Deals
from storage.drops import Drops
from storage.facts import Facts
from storage.gigs import Gigs
from storage.houses import Houses
from storage.inbox import Inbox
from storage.items import Items
from storage.journal import Journal
from storage.kit import Kit
from storage.licences import Licences
from storage.lists import Lists
from storage.looks import Looks
from storage.loops import Loops
from storage.needs import Needs
from storage.outbox import Outbox
from storage.pen import WORKSPACE, Pen
from storage.people import People
from storage.places import Places
from storage.pretence import pretending
from storage.previews import Previews
from storage.questions import Questions
from storage.rentals import Rentals
from storage.rules import Rules
from storage.sayings import Sayings
from storage.schema import WorkspaceRow
from storage.standins import Standins
from storage.tables import table
from storage.tours import Tours

WORKSPACES = table(WorkspaceRow)
RESTORED = select(WORKSPACES.c.restored_at).where(WORKSPACES.c.id == WORKSPACE)
OUR_USER = select(WORKSPACES.c.bot_user).where(WORKSPACES.c.id == WORKSPACE)


class Book:
    """Everything a handler may read and write; made by Store.begin and Store.read.

    `team` is the workspace's Slack id, "" for the one that waits for a team.
    """

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self.seen: dict[int, tuple[object, object, Any]] = {}
        """By gig, what handlers made of it and its calls: good while those are the very same."""
        self.team = pen.team
        self.tours = Tours(pen)
        self.gigs = Gigs(pen)
        self.crew = Crew(pen)
        self.needs = Needs(pen)
        self.items = Items(pen)
        self.cues = Cues(pen)
        self.outbox = Outbox(pen)
        self.looks = Looks(pen, self.outbox)
        self.people = People(pen)
        self.inbox = Inbox(pen)
        self.sayings = Sayings(pen)
        self.journal = Journal(pen)
        self.questions = Questions(pen)
        self.drops = Drops(pen)
        self.boards = Boards(pen)
        self.facts = Facts(pen)
        self.licences = Licences(pen)
        self.lists = Lists(pen)
        self.standins = Standins(pen)
        self.loops = Loops(pen)
        self.kit = Kit(pen)
        self.houses = Houses(pen)
        self.rentals = Rentals(pen)
        self.rules = Rules(self.journal)
        self.deals = Deals(pen)
        self.previews = Previews(pen)

    @cached_property
    def restored_at(self) -> datetime | None:
        """What fell due until then (UTC) may be in Slack already, said by the book that was lost; None as a rule."""
        restored: datetime | None = self._pen.value(RESTORED)
        return restored

    @cached_property
    def our_user(self) -> str:
        """The Slack user that we are in this workspace; "" while it waits for a team."""
        return str(self._pen.value(OUR_USER))

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Inside, messages and settled cues are written together, before anything else is asked or written."""
        self._pen.is_gathering = True
        yield
        self._pen.write_held()
        self._pen.is_gathering = False

    @contextmanager
    def pretending(self) -> Iterator["Book"]:
        """A book of its own to try things out in: when the block ends nothing of it has ever happened.

        This book, and what it has read, stay as they were; use it again afterwards. Only in a writing transaction.
        """
        with pretending(self._pen) as pen:
            yield Book(pen)

    def reopened(self) -> "Book":
        """The same transaction with nothing read yet: as the next transaction would find it."""
        return Book(self._pen)

    def load(self, cues: Sequence[Cue]) -> None:
        """Reads ahead what these cues, taken in this transaction, speak about: gigs, tours, calls and people."""
        gigs = self.gigs.load_held({cue.gig_id for cue in cues if cue.gig_id is not None})
        calls = self.crew.load([gig.id for gig in gigs])
        tours = self.tours.load({gig.tour_id for gig in gigs} | {cue.tour_id for cue in cues if cue.tour_id})
        called = {call.person for each in calls.values() for call in each}
        self.people.many((called | {tour.lead for tour in tours}) - {""})

    @property
    def places(self) -> Places:
        """The offline gazetteer, opened at its first use."""
        return Places.load()
