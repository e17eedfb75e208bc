"""The inbox: what came in, so that the same envelope is answered the same and changes nothing twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.among import among
from storage.pen import Either, Pen, here
from storage.schema_said import InboxRow
from storage.tables import table

INBOX = table(InboxRow)
BY_KEY = here(INBOX, INBOX.c.key == bindparam("of_key"))
CLAIM = Either(lambda insert_into: insert_into(INBOX).on_conflict_do_nothing().returning(INBOX.c.key))
REPLY = select(INBOX.c.reply).where(BY_KEY)
KNOWN = select(INBOX.c.key).where(here(INBOX, among(INBOX.c.key, "keys")))
KEEP = update(INBOX).where(BY_KEY)
FORGET = delete(INBOX).where(BY_KEY)


class Inbox:
    """What came in to one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def claim(self, key: str, now: datetime) -> bool:
        """True when this envelope is ours to answer; False when it was answered before.

        Waits for another transaction that is just answering it.
        """
        return self._pen.add(CLAIM, key=key, reply="", came_at=now) is not None

    def reply(self, key: str) -> str:
        """What this envelope was answered (JSON text); "" for nothing."""
        return str(self._pen.value(REPLY, of_key=key) or "")

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of these keys that came in before."""
        return {row.key for row in self._pen.rows(KNOWN, keys=list(keys))}

    def keep(self, key: str, reply: str) -> None:
        """What an envelope of ours was answered."""
        self._pen.change(KEEP, of_key=key, reply=reply)

    def forget(self, key: str) -> None:
        """This envelope may come again and be answered anew."""
        self._pen.change(FORGET, of_key=key)
