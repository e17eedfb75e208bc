"""The writing end of the app's WebSockets."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

Frame = tuple[str, Callable[[], None]]


class Wire(Protocol):
    """An open WebSocket of the door's."""

    async def send_str(self, data: str) -> None: ...
    async def close(self) -> bool: ...


class WireSocket:
    """One WebSocket of the app's; frames may be pushed from any thread."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._loop = asyncio.get_running_loop()
        self._frames: asyncio.Queue[Frame | None] = asyncio.Queue()

    def push(self, text: str, note_sent: Callable[[], None]) -> None:
        self._loop.call_soon_threadsafe(self._frames.put_nowait, (text, note_sent))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._frames.put_nowait, None)

    async def write_frames(self) -> None:
        """Write what is pushed, in order, until told to close or the other side is gone."""
        with contextlib.suppress(ConnectionError):
            while (frame := await self._frames.get()) is not None:
                text, note_sent = frame
                note_sent()
                await self._wire.send_str(text)
            await self._wire.close()
