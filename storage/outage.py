"""Is it the database that failed, or what was asked of it?"""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

OUT = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
PRIMARY = 0xFF
"""An extended result code of SQLite has the plain one in its low byte."""
OUT_CLASSES = ("08", "25006", "40", "53", "55P03", "57", "58")
"""Beginnings of SQLSTATEs: no connection, read-only, rolled back for others, no room, locked, shut down, disk."""


def is_outage(error: BaseException) -> bool:
    """True when the database is not there, has no room or no time, so that nobody who writes is to blame."""
    if isinstance(error, TimeoutError | NoConnection):
        return True
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & PRIMARY in OUT
    state = getattr(error.orig, "sqlstate", "")
    # A connection that broke before the server said anything has no state.
    return error.connection_invalidated or state is None or state.startswith(OUT_CLASSES)
