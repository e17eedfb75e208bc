"""files.*: the three steps of an upload, and what is known of a file."""

from bot.sandbox import posting
from bot.sandbox.api_chat import write_as_bot
from bot.sandbox.records import Json, StoredFile
from bot.sandbox.web_api import ApiError, Call, Method

LARGEST_FILE = 1_000_000_000


def start_upload(call: Call) -> Json:
    """files.getUploadURLExternal: announces name and length."""
    workspace = call.slack.workspace
    length = call.whole("length", 0, LARGEST_FILE)
    key = workspace.new_id("F")
    name = call.text("filename")
    workspace.files[key] = StoredFile(key, name, workspace.names.bot_user, workspace.epoch(), length)
    return {"upload_url": f"{call.slack.base_url}/upload/{key}", "file_id": key}


def finish_upload(call: Call) -> Json:
    """files.completeUploadExternal: shares the uploaded files, in one message, where channel_id says."""
    told = [_uploaded(call, asked) for asked in call.nested("files") or []]
    if not told:
        raise ApiError("invalid_arguments")
    if call.optional("channel_id"):
        _share(call, told)
    return {"files": [file.to_json(call.slack.base_url) for file in told]}


def _uploaded(call: Call, asked: Json) -> StoredFile:
    file = call.slack.workspace.files.get(str(asked.get("id")))
    if file is None or file.content is None or file.channels:
        raise ApiError("file_not_found")
    file.title = str(asked.get("title") or file.name)
    return file


def _share(call: Call, files: list[StoredFile]) -> None:
    here = call.open_channel("channel_id")
    message = write_as_bot(call.slack, here.id, call.optional("initial_comment"), [])
    message.subtype, message.files = "file_share", [file.id for file in files]
    message.thread_ts = call.optional("thread_ts") or None
    if message.thread_ts and message.thread_ts not in here.messages:
        raise ApiError("thread_not_found")
    posting.post(call.slack, message, call.method)


def describe_file(call: Call) -> Json:
    """files.info: only of files the bot shared or can see in a channel."""
    workspace = call.slack.workspace
    file = workspace.files.get(call.text("file"))
    if file is None or file.content is None:
        raise ApiError("file_not_found")
    seen = any(workspace.bot_is_in(workspace.channels[key]) for key in file.channels)
    if not seen and file.user != workspace.names.bot_user:
        raise ApiError("file_not_found")
    return {"file": file.to_json(call.slack.base_url)}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": start_upload,
    "files.completeUploadExternal": finish_upload,
    "files.info": describe_file,
}
