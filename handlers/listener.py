"""Bolt in, Bolt out: what happened becomes `Asked`, one transaction, and only then the ack.

The only module that knows Bolt. An ack means it is written down. When it fails: an event gets no ack, so
that Slack sends it again; a command or a button is answered "Not saved", with a reference the log has too.
"""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond

from checklists.errors import Refusal
from handlers import envelopes, questions, routes
from handlers.asked import NOTHING, Asked, Dropped, Reply
from handlers.cards.ids import Action, action_of
from handlers.cards.prose import escape
from handlers.spreadsheet import FileKind, newest_file
from handlers.which import Question
from storage.book import Book
from storage.store import Store

log = logging.getLogger("buscall.listener")

Fetch = Callable[[str], Dropped | None]
Introduce = Callable[[str], None]
Act = Callable[[Book, Asked], Reply]
WITHIN = 1.5
"""Seconds that a write may wait for other writers: a person waits for his answer."""
STALE_AFTER = timedelta(hours=1)
"""Nobody is answered privately about what he said that long ago."""
DROPPED_WITHIN = timedelta(minutes=15)
FILES_TRIED = 2
"""How many of somebody's last files are looked at for his spreadsheet: each may take a second of the ack."""
NOT_SAVED = "Not saved (ref {}). Send it again; if it fails again, tell whoever runs the bot the ref."


class Listener:
    """Takes what Slack says. `now` gives UTC; `fetch` brings a dropped file by its id, or raises Refusal;
    `introduce` finds out and keeps who somebody is, within a second, or leaves it to the errands."""

    def __init__(self, store: Store, now: Callable[[], datetime], fetch: Fetch, introduce: Introduce) -> None:
        self.store = store
        self.now = now
        self.fetch = fetch
        self.introduce = introduce
        self._met: set[tuple[str, str]] = set()
        self._whispers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="whisper")
        self.taken = 0
        """How many things came in."""
        self._open = 0
        self._lock = Lock()

    def attach(self, app: App) -> None:
        """Registers for everything that `routes` lists."""
        for command in ("/gig", "/buscall"):
            app.command(command)(self.command)
        app.action(re.compile(".*"))(self.action)
        app.message_shortcut(re.compile(".*"))(self.action)
        app.view(re.compile(".*"))(self.form)
        app.options(re.compile(".*"))(self.options)
        app.event("message")(self.message)
        app.event("app_mention")(self.message)
        app.event("reaction_added")(self.reaction)
        app.event("reaction_removed")(self.reaction)
        app.event("file_shared")(self.file)
        app.event("user_change")(self.user)
        app.event("member_joined_channel")(self.joined)
        app.event("app_home_opened")(self.home)
        app.event(re.compile(".*"))(self.other)

    def is_idle(self) -> bool:
        """True while no private answer is on its way."""
        with self._lock:
            return self._open == 0

    def close(self) -> None:
        """Waits for the private answers on their way."""
        self._whispers.shutdown(wait=True)

    def command(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """A slash command: answered privately in the ack itself, or by a form."""
        asked = envelopes.command(body, self.now())
        reply = self._safely(team_of(context), asked, self._typed)
        if reply.form:
            self._whisper(client.views_open, trigger_id=body["trigger_id"], view=reply.form)
        if reply.text:
            ack(text=reply.text, blocks=[dict(block) for block in reply.blocks] or None)
        else:
            ack()

    def _typed(self, team: str, asked: Asked) -> Reply:
        _, verb, rest = routes.verb_of(asked.text)
        if kind := verb.file_for(rest):
            asked = replace(asked, dropped=self._dropped(team, asked, kind))
        return self.take(team, asked, routes.typed)

    def _dropped(self, team: str, asked: Asked, kind: FileKind) -> Dropped | None:
        with self.store.read(team) as book:
            recent = book.drops.recent(asked.where, asked.who, asked.now - DROPPED_WITHIN, FILES_TRIED)
        return newest_file(kind, recent, self.fetch)

    def action(self, ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond, client: Any) -> None:
        """A button or a menu: acked, then answered privately; in the home tab the tab itself is the answer."""
        asked, action = envelopes.action(body, self.now())
        if body.get("container", {}).get("type") == "view":
            self._press_at_home(ack, context, client, asked, action_of(action))
            return
        reply = self._safely(team_of(context), asked, lambda team, it: self._pressed(team, it, action_of(action)))
        ack()
        if reply.form:
            self._whisper(client.views_open, trigger_id=body["trigger_id"], view=reply.form)
        if reply.text:
            self._whisper(respond, text=reply.text, blocks=list(reply.blocks) or None, replace_original=reply.replaces)

    def _press_at_home(self, ack: Ack, context: BoltContext, client: Any, asked: Asked, action: Action | None) -> None:
        if action is not Action.PAGE:
            reply = self._safely(team_of(context), asked, lambda team, it: self._pressed(team, it, action))
            asked = replace(asked, value="", text=reply.text)
        ack()
        self._publish_home(context, client, asked)

    def _pressed(self, team: str, asked: Asked, action: Action | None) -> Reply:
        if action is Action.CHOOSE:
            return self.take(team, asked, questions.choose)
        return self.take(team, asked, lambda book, it: routes.pressed(book, it, action))

    def form(self, ack: Ack, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """A form that was sent: errors stand at its fields, a receipt comes privately into its channel."""
        asked, form = envelopes.form(body, self.now())
        reply = self._sent(team_of(context), asked, form)
        if reply.errors:
            ack(response_action="errors", errors=dict(reply.errors))
            return
        ack()
        if reply.text:
            self._whisper(client.chat_postEphemeral, channel=asked.where, user=asked.who, text=reply.text)

    def _sent(self, team: str, asked: Asked, form: str) -> Reply:
        first = next(iter(asked.fields), "")
        try:
            return self.take(team, asked, lambda book, it: routes.sent(book, it, form))
        except Refusal as no:
            return Reply(errors={first: str(no)})
        except Exception:
            ref = secrets.token_hex(2).upper()
            log.exception("not saved", extra={"ref": ref, "key": asked.key})
            return Reply(errors={first: NOT_SAVED.format(ref)})

    def options(self, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """The choices of a menu that is searched by typing."""
        with self.store.read(team_of(context)) as book:
            ack(options=routes.OPTIONS(book, str(body.get("value", ""))))

    def message(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """A message, an edit or a deletion: words in a thread may be an answer."""
        found = envelopes.message(body, self.now())
        if found is None:
            return
        asked, is_edit = found
        if not asked.thread and not asked.where.startswith("D"):
            return  # the channel's own talk is none of our business, and is not kept
        self._event(context, client, asked, routes.EDIT if is_edit else routes.REPLY)

    def reaction(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """A reaction put or taken away."""
        asked = envelopes.reaction(body, self.now())
        gone = body["event"]["type"] == "reaction_removed"
        self._event(context, client, asked, routes.REACTION_GONE if gone else routes.REACTION)

    def file(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """A dropped file: only its id is kept."""
        asked = envelopes.file(body, self.now())
        self._event(context, client, asked, routes.DROP)

    def user(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """Somebody's profile changed: name, zone, guest."""
        person = envelopes.person(body["event"]["user"], team_of(context))
        asked = envelopes.event(body, self.now(), person.id)
        self._event(context, client, asked, lambda book, it: _met(book, it, person))

    def joined(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """The bot itself has joined a channel: what waited for it goes out."""
        event = body["event"]
        if event.get("user") == context.bot_user_id:
            asked = envelopes.event(body, self.now(), event["user"], event["channel"])
            self._event(context, client, asked, _let_in)

    def home(self, body: dict[str, Any], context: BoltContext, client: Any) -> None:
        """Somebody opened the home tab: it is published for him, as things stand."""
        if body["event"].get("tab", "home") == "home":
            self._publish_home(context, client, envelopes.event(body, self.now(), body["event"]["user"]))

    def _publish_home(self, context: BoltContext, client: Any, asked: Asked) -> None:
        with self.store.read(team_of(context)) as book:
            view = routes.HOME(book, asked)
        self._whisper(client.views_publish, user_id=asked.who, view=view)

    def other(self) -> None:
        """Whatever else Slack sends is acked and left alone."""

    def _event(self, context: BoltContext, client: Any, asked: Asked, act: Act) -> None:
        reply = self.hear(team_of(context), asked, act)
        if reply.text and asked.now - asked.said_at < STALE_AFTER:
            where = {"channel": asked.where, "user": asked.who, "thread_ts": asked.thread or None}
            self._whisper(client.chat_postEphemeral, text=reply.text, blocks=list(reply.blocks) or None, **where)

    def hear(self, team: str, asked: Asked, act: Act) -> Reply:
        """Takes what somebody said or did in Slack, once; what comes again is answered by silence."""
        try:
            return self.take(team, asked, act, again=lambda _: NOTHING)
        except Refusal as no:
            with self.store.begin(team, WITHIN) as book:
                return Reply(escape(str(no))) if book.inbox.claim(asked.key, asked.now) else NOTHING

    def take(self, team: str, asked: Asked, act: Act, again: Callable[[str], Reply] = Reply.decode) -> Reply:
        """One transaction: the replay key, the facts, the cues, the deliveries and the saved reply.

        A key that was seen gets its earlier reply. A question is put after everything was rolled back.
        """
        try:
            return self._take_once(team, asked, act, again)
        except Question as question:
            posed = question
            return self._take_once(team, asked, lambda book, it: questions.pose(book, it, posed), again)

    def _take_once(self, team: str, asked: Asked, act: Act, again: Callable[[str], Reply]) -> Reply:
        self.taken += 1
        with self.store.begin(team, WITHIN) as book:
            if not book.inbox.claim(asked.key, asked.now):
                return again(book.inbox.reply(asked.key))
            book.people.meet({asked.who}, asked.now)
            reply = act(book, asked)
            if reply.errors:  # a form with errors stays open and is sent again under the same key
                book.inbox.forget(asked.key)
            elif reply != NOTHING:
                book.inbox.keep(asked.key, reply.encode())
            return reply

    def _safely(self, team: str, asked: Asked, act: Callable[[str, Asked], Reply]) -> Reply:
        """What a person did with a command or a button is always answered, whatever happens."""
        try:
            self._meet(team, asked.who)
            return act(team, asked)
        except Refusal as no:
            return Reply(escape(str(no)))
        except Exception:
            ref = secrets.token_hex(2).upper()
            log.exception("not saved", extra={"ref": ref, "key": asked.key})
            return Reply(NOT_SAVED.format(ref))

    def _meet(self, team: str, who: str) -> None:
        """Who commands or presses is known before: a guest whom nobody has met may not do more than others."""
        if (team, who) in self._met:
            return
        with self.store.read(team) as book:
            is_known = book.people.get(who).is_known
        if is_known:
            self._met.add((team, who))
        else:
            self.introduce(who)

    def _whisper(self, tell: Callable[..., object], **words: Any) -> None:
        """Answers privately, after the ack, on a thread of its own."""
        with self._lock:
            self._open += 1
        self._whispers.submit(self._tell, tell, words)

    def _tell(self, tell: Callable[..., object], words: Mapping[str, Any]) -> None:
        try:
            tell(**words)
        except Exception:
            log.exception("private answer lost")
        finally:
            with self._lock:
                self._open -= 1


def team_of(context: BoltContext) -> str:
    """The workspace whose installation Slack names; never the team of whoever acted."""
    known = context.authorize_result
    return (known.team_id if known else None) or context.team_id or ""


def _met(book: Book, asked: Asked, person: Any) -> Reply:
    routes.met(book, person, asked.now)
    return NOTHING


def _let_in(book: Book, asked: Asked) -> Reply:
    routes.let_in(book, asked.where, asked.now)
    return NOTHING
