"""What a person can do in Slack, and what Slack lets nobody do. People and channels by id or by name."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import forms, posting
from bot.sandbox.controls import OPTIONS_STATE, Control, find_control, pick_option
from bot.sandbox.interactions import Answer, Place, ask_options, send_action, send_command, send_shortcut
from bot.sandbox.ledger import Kind
from bot.sandbox.markup import write_as_command, write_as_message
from bot.sandbox.records import Channel, ChannelKind, Json, Message, StoredFile, View
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import RefusedError


class Hands:
    """The driving side. Commands, presses and forms wait for the ack (or Slack's time-out)."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._workspace = slack.workspace

    def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Answer:
        """Type a slash command (`text` with its /name). Raises RefusedError where Slack does: in a thread,
        from outside the team, a name nobody registered, a channel this person is not in."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        command, _, rest = text.strip().partition(" ")
        if thread_ts is not None:
            raise RefusedError(f"{command} is not supported in threads. Sorry!")
        if self._workspace.is_external(who.id):
            raise RefusedError("People from another organisation cannot use this team's slash commands.")
        if command not in self._slack.names.commands:
            raise RefusedError(f"{command} is not a valid command. In Slack, all messages that start with a / do.")
        workspace = self._workspace
        typed = write_as_command(rest.strip(), workspace.mentionable(), workspace.linkable(False))
        return send_command(self._slack, who.id, here, command, typed)

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message; gives its ts. `@name`, `#name`, `@here` become mentions, the rest is escaped."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        self._check_thread(here, thread_ts)
        return self._write(who.id, here, text, thread_ts).ts

    def _write(
        self, user: str, here: Channel, text: str, thread_ts: str | None, files: tuple[str, ...] = ()
    ) -> Message:
        workspace = self._workspace
        typed = write_as_message(text, workspace.mentionable(), workspace.linkable())
        message = Message(here.id, workspace.stamp(), user, typed, thread_ts=thread_ts, files=list(files))
        message.client_msg_id = workspace.new_id("CM")
        message.subtype = "file_share" if files else None
        return posting.post(self._slack, message, "hands")

    def _check_thread(self, here: Channel, thread_ts: str | None) -> None:
        parent = here.messages.get(thread_ts) if thread_ts else None
        if thread_ts and (parent is None or parent.deleted or parent.in_thread):
            raise RefusedError("There is no thread there.")

    def _reach(self, user: str, channel: str) -> Channel:
        who = self._workspace.person(user)
        here = self._workspace.channel(channel)
        if who.deleted:
            raise RefusedError(f"{who.name} has no account any more.")
        if who.id not in here.members:
            raise RefusedError(f"{who.name} is not in {here.name}.")
        if here.is_archived:
            raise RefusedError(f"{here.name} is archived.")
        return here

    def _find(self, user: str, channel: str, ts: str) -> tuple[str, Message]:
        who, here = self._workspace.person(user).id, self._reach(user, channel)
        message = self._workspace.message(here.id, ts)
        if message is None or message.seen_by not in ("", who):
            raise RefusedError("There is no such message to see.")
        return who, message

    def _find_own(self, user: str, channel: str, ts: str) -> Message:
        who, message = self._find(user, channel, ts)
        if message.user != who:
            raise RefusedError("Only your own messages.")
        return message

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change an own message."""
        message, workspace = self._find_own(user, channel, ts), self._workspace
        typed = write_as_message(text, workspace.mentionable(), workspace.linkable())
        posting.edit(self._slack, message, {"text": typed}, "hands")

    def remove(self, user: str, channel: str, ts: str) -> None:
        """Delete an own message."""
        message = self._find_own(user, channel, ts)
        posting.remove(self._slack, message, "hands", message.user)

    def react(self, user: str, channel: str, ts: str, name: str) -> bool:
        """Add a reaction; False when it was there."""
        who, message = self._find(user, channel, ts)
        if message.seen_by:
            raise RefusedError("Nobody can react to a private answer.")
        return posting.react(self._slack, message, who, name.strip(":"), "hands")

    def unreact(self, user: str, channel: str, ts: str, name: str) -> bool:
        """Take an own reaction away; False when it was not there."""
        who, message = self._find(user, channel, ts)
        return posting.unreact(self._slack, message, who, name.strip(":"), "hands")

    def press(self, user: str, channel: str, ts: str, control: str, value: str | None = None) -> Answer:
        """Press a button, by action_id or by what is read on it; alike ones are told apart by `value`.
        Works on messages everybody sees and on this person's private answers."""
        who, message = self._find(user, channel, ts)
        return self._press(Place(who, message=message), control, value)

    def shortcut(self, user: str, channel: str, ts: str, name: str) -> Answer:
        """Choose in a message's own menu what the app offers there, by callback_id or by its words. Raises
        RefusedError where Slack does: from outside the team, on a private answer, for what nobody registered."""
        who, message = self._find(user, channel, ts)
        if self._workspace.is_external(who):
            raise RefusedError("People from another organisation cannot use this team's shortcuts.")
        if message.seen_by:
            raise RefusedError("A private answer has no menu.")
        offered = self._workspace.shortcuts
        chosen = next((key for key, words in offered.items() if name in (key, words)), "")
        if not chosen:
            raise RefusedError(f"No app offers {name!r} on a message.")
        return send_shortcut(self._slack, who, message, chosen)

    def press_in_view(self, view_id: str, control: str, value: str | None = None) -> Answer:
        """Press a button in an open modal, or in a home tab."""
        return self._press(self._view_place(view_id), control, value)

    def _press(self, place: Place, name: str, value: str | None) -> Answer:
        control = find_control(place.blocks, name, value)
        if control.kind != "button":
            raise RefusedError(f"{name!r} is a {control.kind}: choose, do not press.")
        held = control.element.get("value")
        return send_action(self._slack, place, control, {} if held is None else {"value": held})

    def _view_place(self, view_id: str) -> Place:
        for home in self._workspace.homes.values():
            if home.id == view_id:
                return Place(home.user, view=home)
        view = forms.top_view(self._slack, view_id)
        return Place(view.user, view=view)

    def choose(self, user: str, channel: str, ts: str, control: str, option: Any) -> Answer:
        """Choose in a menu or picker of a message: an option by value or label, a person, a date."""
        who, message = self._find(user, channel, ts)
        return self._choose(Place(who, message=message), control, option)

    def choose_in_view(self, view_id: str, control: str, option: Any) -> Answer:
        """Choose in a modal (whose input blocks must dispatch actions) or in a home tab."""
        place = self._view_place(view_id)
        found = find_control(place.blocks, control)
        if place.view is not None and found.kind != "overflow":
            forms.fill(self._slack, place.view, {control: option})
        if found.block["type"] == "input" and not found.block.get("dispatch_action"):
            raise RefusedError(f"{control!r} tells nobody until the form is submitted.")
        return self._choose(place, control, option)

    def _choose(self, place: Place, name: str, option: Any) -> Answer:
        control = find_control(place.blocks, name)
        chosen = self._read_choice(place, control, option)
        return send_action(self._slack, place, control, {control.key: chosen})

    def _read_choice(self, place: Place, control: Control, option: Any) -> Any:
        if control.kind in OPTIONS_STATE:
            return [self._read_option(place, control, part) for part in option]
        if control.key == "selected_option":
            return self._read_option(place, control, option)
        return self._workspace.person(option).id if control.kind == "users_select" else option

    def _read_option(self, place: Place, control: Control, option: Any) -> Json:
        if "external" in control.kind and isinstance(option, str):
            return pick_option(ask_options(self._slack, place, control, option), option)
        return control.pick(option)

    def suggest(self, view_id: str, control: str, query: str) -> list[Json]:
        """Type into an external select of a view; gives the options the app offers."""
        place = self._view_place(view_id)
        return ask_options(self._slack, place, find_control(place.blocks, control), query)

    def suggest_in_message(self, user: str, channel: str, ts: str, control: str, query: str) -> list[Json]:
        """Type into an external select of a message."""
        who, message = self._find(user, channel, ts)
        return ask_options(self._slack, Place(who, message=message), find_control(message.blocks, control), query)

    def submit(self, view_id: str, values: Mapping[str, Any]) -> forms.Submitted:
        """Fill in and submit a modal (see forms.submit)."""
        return forms.submit(self._slack, view_id, values)

    def close(self, view_id: str) -> None:
        """Close a modal without submitting it."""
        forms.close_by_hand(self._slack, view_id)

    def drop_file(
        self, user: str, channel: str, name: str, content: bytes, text: str = "", thread_ts: str | None = None
    ) -> str:
        """Drop a file into a channel; gives the file id. Sends message/file_share and file_shared."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        self._check_thread(here, thread_ts)
        key = self.upload(who.id, name, content)
        message = self._write(who.id, here, text, thread_ts, (key,))
        self._slack.note(Kind.FILE_SHARED, user=who.id, channel=here.id, ts=message.ts, name=key, text=name)
        return key

    def upload(self, user: str, name: str, content: bytes) -> str:
        """Store a file, as a form's file field does; gives its id. Nobody is told."""
        who, key = self._workspace.person(user), self._workspace.new_id("F")
        self._workspace.files[key] = StoredFile(key, name, who.id, self._workspace.epoch(), len(content), content)
        return key

    def open_home(self, user: str, tab: str = "home") -> View | None:
        """Open the app's home tab; waits for the ack and gives what is published by then."""
        who = self._workspace.person(user)
        direct, _ = self._workspace.open_direct(who.id, self._slack.names.bot_user)
        self._slack.note(Kind.HOME_OPENED, user=who.id, name=tab)
        event: Json = {"type": "app_home_opened", "user": who.id, "channel": direct.id, "tab": tab}
        envelope = self._slack.tell(event)
        if envelope is not None:
            self._slack.line.wait_for(envelope)
        return self._workspace.homes.get(who.id)

    def open_direct(self, user: str, *others: str) -> str:
        """The id of this person's conversation with others; with nobody named, with the app."""
        people = [self._workspace.person(name).id for name in (user, *others)]
        people = people if others else [*people, self._slack.names.bot_user]
        return self._workspace.open_direct(*people)[0].id

    def change_person(self, user: str, **facts: Any) -> None:
        """Change somebody (name, tz, deleted, is_restricted ...) and send user_change."""
        person = self._workspace.person(user)
        with self._slack.pulse:
            for name, value in facts.items():
                if not hasattr(person, name):
                    raise ValueError(f"a person has no {name}")
                setattr(person, name, value)
            self._slack.note(Kind.PERSON_CHANGED, user=person.id, detail=facts)
            told = person.to_json(self._workspace.now(), self._slack.names.team_id)
            self._slack.tell({"type": "user_change", "user": told, "cache_ts": self._workspace.epoch()})

    def join(self, user: str, channel: str) -> None:
        """Join a public channel."""
        who, here = self._workspace.person(user), self._workspace.channel(channel)
        if here.kind is not ChannelKind.PUBLIC or who.is_restricted or who.is_ultra_restricted:
            raise RefusedError(f"{who.name} has to be invited.")
        self._let_in(here, who.id)

    def invite(self, user: str, channel: str, guest: str) -> None:
        """Let somebody else (or the app) into a channel this person is in."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        self._let_in(here, self._workspace.person(guest).id, who.id)

    def _let_in(self, here: Channel, user: str, inviter: str = "") -> None:
        if user in here.members:
            raise RefusedError("Already in this channel.")
        posting.let_in(self._slack, here, user, inviter)

    def rename_channel(self, user: str, channel: str, name: str) -> None:
        """Rename a channel and send channel_rename."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        with self._slack.pulse:
            here.name = name
            self._slack.note(Kind.CHANNEL_CHANGED, user=who.id, channel=here.id, name="renamed", text=name)
            told = {"id": here.id, "name": name, "created": here.created}
            self._slack.tell({"type": "channel_rename", "channel": told}, here)

    def archive(self, user: str, channel: str) -> None:
        """Archive a channel."""
        who, here = self._workspace.person(user), self._reach(user, channel)
        with self._slack.pulse:
            here.is_archived = True
            self._slack.note(Kind.CHANNEL_CHANGED, user=who.id, channel=here.id, name="archived")
