"""The inbox: what came in, so that the same envelope is answered the same and changes nothing twice."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.pen import Pen, here
from storage.schema_said import InboxRow
from storage.tables import table

INBOX = table(InboxRow)
SEEN = select(INBOX.c.reply).where(here(INBOX, INBOX.c.key == bindparam("of_key")))
KEEP = insert(INBOX).returning(INBOX.c.key)


class Inbox:
    """What came in to one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def seen(self, key: str) -> str | None:
        """The reply (JSON text) that this envelope got before, or None."""
        found: str | None = self._pen.value(SEEN, of_key=key)
        return found

    def keep(self, key: str, reply: str, now: datetime) -> None:
        """Keeps the reply. The database refuses a key that another transaction kept meanwhile."""
        self._pen.add(KEEP, key=key, reply=reply, came_at=now)
