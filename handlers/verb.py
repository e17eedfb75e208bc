"""A word after `/gig`: the function that takes it, and how help tells it."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.asked import Asked, Reply
from handlers.spreadsheet import FileKind
from handlers.typed import EDGES, tidy
from storage.book import Book

Act = Callable[[Book, Asked], Reply]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word after `/gig`: the function that takes it, what to type, and what it does.

    `more` is told by `/gig help` about this one word only: other lines to type, each with what it does.
    """

    act: Act
    usage: str
    about: str
    takes_file: FileKind | None = None
    file_word: str = ""
    more: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def file_for(self, rest: str) -> FileKind | None:
        """The kind of dropped file that this line takes, None for none; with a `file_word` only that line does."""
        is_wanted = not self.file_word or tidy(rest).strip(EDGES).casefold() == self.file_word
        return self.takes_file if is_wanted else None
