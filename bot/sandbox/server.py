"""The sandbox's door: HTTP and WebSocket on the loopback, in a thread with its own event loop."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.bad_answers import spoil
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.ledger import Kind
from bot.sandbox.page_desk import HEADERS, Page, Request
from bot.sandbox.records import Json
from bot.sandbox.response_url import DOOR, answer_url
from bot.sandbox.slack import Slack
from bot.sandbox.sockets import WireSocket
from bot.sandbox.web_api import ApiError, FrontDesk

BEAT = 0.05
LARGEST_BODY = 64 * 1024**2
PAGE_THREADS = 32
SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>"


class Door:
    """Starts in a thread of its own; `port` 0 takes a free one."""

    def __init__(self, slack: Slack, desk: FrontDesk, port: int) -> None:
        self._slack = slack
        self._desk = desk
        self._port = port
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._failure: BaseException | None = None
        self.page: Page | None = None

    def open(self) -> None:
        """Listen; once more after `shut`, at the same port. Raises OSError when the port is taken."""
        self._ready.clear()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def shut(self) -> None:
        """Close every connection and end the thread."""
        if self._loop is not None and self._stopping is not None and self._thread is not None:
            self._slack.line.hang_up()
            if self.page is not None:
                self.page.close()
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._loop = None

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as failure:
            self._failure = failure
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_default_executor(ThreadPoolExecutor(PAGE_THREADS, "page"))
        runner = web.AppRunner(self._build(), access_log=None, handle_signals=False, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self._port = runner.addresses[0][1]
            self._slack.workspace.base_url = f"http://127.0.0.1:{self._port}"
            self._ready.set()
            await self._beat(self._stopping)
        finally:
            await runner.cleanup()

    async def _beat(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            self._slack.line.expire()
            self._slack.line.tick()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), BEAT)

    def _build(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", self._take_call)
        app.router.add_get("/link", self._take_socket)
        app.router.add_post("/response/{token}", self._take_answer)
        app.router.add_post("/upload/{file}", self._take_upload)
        app.router.add_get("/files/{file}/{name}", self._give_file)
        app.router.add_get("/page/stream", self._stream_page)
        app.router.add_route("*", "/{rest:(page/.*)?}", self._take_page)
        return app

    async def _take_page(self, request: web.Request) -> web.Response:
        if self.page is None:
            return web.Response(status=404, text="There is no page here.")
        asked = await _read_request(request)
        told = await asyncio.to_thread(self.page.answer, asked)
        return web.Response(
            status=told.status, body=told.body, content_type=told.kind, charset="utf-8", headers=HEADERS
        )

    async def _stream_page(self, request: web.Request) -> web.StreamResponse:
        page = self.page
        if page is None:
            return web.Response(status=404, text="There is no page here.")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        feed = page.open_feed(request.query.get("since", ""))
        with contextlib.suppress(ConnectionError):
            while not page.closed:
                frame = await asyncio.to_thread(feed.read)
                await stream.write(f"data: {frame}\n\n".encode() if frame else b": quiet\n\n")
        return stream

    async def _take_call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            args = await _read_args(request)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        channel = str(args.get("channel") or "")
        return await self._try(request, method, lambda: self._answer(method, _read_token(request, args), args), channel)

    async def _try(
        self, request: web.Request, what: str, answer: Callable[[], web.Response], channel: str = ""
    ) -> web.StreamResponse:
        fault = self._slack.faults.take(what, channel)
        return await self._go_wrong(request, fault, answer) if fault else answer()

    def _answer(self, method: str, token: str, args: Mapping[str, Any]) -> web.Response:
        try:
            return web.json_response(self._desk.answer(method, token, args))
        except ApiError as error:
            if error.retry_after:
                return _rate_limited(error.retry_after)
            return web.json_response(error.to_json())

    async def _go_wrong(
        self, request: web.Request, fault: Fault, answer: Callable[[], web.Response]
    ) -> web.StreamResponse:
        if fault.trouble is Trouble.LATE:
            asyncio.get_running_loop().call_later(fault.seconds, answer)
        elif not fault.is_paced:
            await asyncio.sleep(fault.seconds)
        told = answer() if fault.accepted or fault.trouble is Trouble.DELAY else web.Response(text="{}")
        if fault.trouble is Trouble.DELAY:
            return told
        self._slack.note(Kind.API_ERROR, via=fault.method, name=fault.trouble.value)
        plain = _fail(fault)
        if plain is None and request.transport is not None:
            await spoil(request.transport, fault, told.body if isinstance(told.body, bytes) else b"")
        return plain or told

    async def _take_socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._slack.line.open_tickets:
            return web.Response(status=403, text="invalid ticket")
        self._slack.line.open_tickets.discard(ticket)
        wire = web.WebSocketResponse(timeout=1.0, autoping=False)
        await wire.prepare(request)
        link = WireSocket(wire)
        if not self._slack.line.join(link, self._hello()):
            link.close()
        writer = asyncio.create_task(link.write_frames())
        try:
            await self._read_acks(wire, request, link)
        finally:
            self._slack.line.leave(link)
            writer.cancel()
        return wire

    async def _read_acks(self, wire: web.WebSocketResponse, request: web.Request, link: WireSocket) -> None:
        _confirm_quickly(request)
        async for message in wire:
            # A socket that the line has forgotten is deaf: it stands, and nothing comes back.
            if message.type is WSMsgType.PING and link in self._slack.line.sockets:
                await wire.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                with contextlib.suppress(ValueError, AttributeError):
                    self._slack.line.acknowledge(json.loads(message.data))
            _confirm_quickly(request)

    def _hello(self) -> Json:
        where = {"host": "sandbox", "approximate_connection_time": 18060}
        told: Json = {"type": "hello", "debug_info": where}
        return told | {"connection_info": {"app_id": self._slack.names.app_id}}

    async def _take_answer(self, request: web.Request) -> web.StreamResponse:
        text, token = await request.text(), request.match_info["token"]
        return await self._try(request, DOOR, lambda: self._answer_url(token, text))

    def _answer_url(self, token: str, text: str) -> web.Response:
        try:
            answer_url(self._slack, token, _read_json(text))
        except ApiError as error:
            status = 404 if error.code.endswith("_url") else 400
            return web.json_response(error.to_json(), status=status)
        return web.Response(text="ok")

    async def _take_upload(self, request: web.Request) -> web.Response:
        file = self._slack.workspace.files.get(request.match_info["file"])
        content = await _read_upload(request)
        if file is None or file.content is not None or len(content) != file.upload_length:
            return web.Response(status=400, text="upload refused")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _give_file(self, request: web.Request) -> web.StreamResponse:
        return await self._try(request, "files", lambda: self._hand_over(request))

    def _hand_over(self, request: web.Request) -> web.Response:
        if _read_token(request, {}) != self._slack.names.bot_token:
            # Without its token Slack answers 200 with a sign-in page, which is not the file.
            return web.Response(text=SIGN_IN, content_type="text/html")
        file = self._slack.workspace.files.get(request.match_info["file"])
        if file is None or file.content is None:
            return web.Response(status=404, text="file_not_found")
        return web.Response(body=file.content, content_type="application/octet-stream")


def _confirm_quickly(request: web.Request) -> None:
    # slack_sdk leaves Nagle on for plain sockets: with delayed TCP confirmations every second ack from
    # the app would come 40 ms late. Linux forgets this switch, so it is set again after each frame.
    wire = request.transport.get_extra_info("socket") if request.transport else None
    if wire is not None and hasattr(socket, "TCP_QUICKACK"):
        with contextlib.suppress(OSError):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


async def _read_request(request: web.Request) -> Request:
    heads = request.headers
    kind = request.content_type if "Content-Type" in heads else ""
    body = await request.read()
    return Request(
        request.method, request.path, request.query, kind, heads.get("Host", ""), heads.get("Origin", ""), body
    )


def _fail(fault: Fault) -> web.Response | None:
    """A whole answer that tells of a failure; None when the connection itself goes wrong."""
    match fault.trouble:
        case Trouble.RATE_LIMITED:
            return _rate_limited(fault.retry_after)
        case Trouble.SERVER_ERROR:
            return web.Response(status=500, text="Internal Server Error")
        case Trouble.NAMED_ERROR:
            return web.json_response({"ok": False, "error": fault.error})
        case Trouble.GARBAGE:
            return web.Response(text=SIGN_IN, content_type="text/html")
    return None


def _rate_limited(seconds: int) -> web.Response:
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _read_token(request: web.Request, args: Mapping[str, Any]) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or str(args.get("token") or "")


async def _read_args(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        told = json.loads(text) if text else {}
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return args | told
    return args | dict(await request.post())


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


async def _read_upload(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
