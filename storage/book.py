"""The book: one transaction on the tour book of one workspace."""

from storage.crew import Crew
from storage.cues import Cues
from storage.drops import Drops
from storage.gigs import Gigs
from storage.inbox import Inbox
from storage.items import Items
from storage.journal import Journal
from storage.outbox import Outbox
from storage.pen import Pen
from storage.people import People
from storage.places import Places
from storage.questions import Questions
from storage.tours import Tours


class Book:
    """Everything a handler may read and write; made by Store.begin and Store.read.

    `team` is the workspace's Slack id, "" for the one that waits for a team.
    """

    def __init__(self, pen: Pen) -> None:
        self.team = pen.team
        self.tours = Tours(pen)
        self.gigs = Gigs(pen)
        self.crew = Crew(pen)
        self.items = Items(pen)
        self.cues = Cues(pen)
        self.outbox = Outbox(pen)
        self.people = People(pen)
        self.inbox = Inbox(pen)
        self.journal = Journal(pen)
        self.questions = Questions(pen)
        self.drops = Drops(pen)

    @property
    def places(self) -> Places:
        """The offline gazetteer, opened at its first use."""
        return Places.load()
