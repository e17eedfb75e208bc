"""Answers that go wrong on the wire itself: broken off, cut short, dripping, without end, or none at all."""

import asyncio
import socket
import struct

from bot.sandbox.faults import Fault, Trouble

GIANT = 300 * 1024**2
CHUNK = b" " * 64 * 1024
LOOK_EVERY = 0.02
LONGEST_SILENCE = 60.0


async def spoil(wire: asyncio.Transport, fault: Fault, told: bytes) -> None:
    """Let the connection go wrong as the fault says, and close it; `told` is the answer it would have carried."""
    match fault.trouble:
        case Trouble.RESET:
            _reset(wire)
        case Trouble.CUT_SHORT:
            wire.write(_head(len(told)) + told[: len(told) // 2])
        case Trouble.SILENCE:
            await _keep_silent(wire, fault.seconds or LONGEST_SILENCE)
        case Trouble.SLOW:
            await _drip(wire, _head(len(told)) + told, fault.seconds)
        case Trouble.GIANT:
            await _pour(wire)
    if fault.trouble in (Trouble.CUT_SHORT, Trouble.SLOW):
        wire.close()
    else:
        wire.abort()


def _head(length: int) -> bytes:
    kind = "Content-Type: application/json; charset=utf-8"
    return f"HTTP/1.1 200 OK\r\n{kind}\r\nContent-Length: {length}\r\n\r\n".encode()


def _reset(wire: asyncio.Transport) -> None:
    # Closing without lingering sends a reset instead of a goodbye.
    wire.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def _keep_silent(wire: asyncio.Transport, seconds: float) -> None:
    for _ in range(int(seconds / LOOK_EVERY)):
        if wire.is_closing():
            return
        await asyncio.sleep(LOOK_EVERY)


async def _drip(wire: asyncio.Transport, told: bytes, seconds: float) -> None:
    for place in range(len(told)):
        if wire.is_closing():
            return
        wire.write(told[place : place + 1])
        await asyncio.sleep(seconds)


async def _pour(wire: asyncio.Transport) -> None:
    wire.write(_head(GIANT))
    for _ in range(GIANT // len(CHUNK)):
        while wire.get_write_buffer_size() > len(CHUNK) and not wire.is_closing():
            await asyncio.sleep(LOOK_EVERY / 20)
        if wire.is_closing():
            return
        wire.write(CHUNK)
