"""The command line: `python -m bot --help`."""

import gc
import importlib
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.config import BadSettings, read_environment, read_what_is_right
from checklists.errors import Refusal

app = typer.Typer(
    help="Buscall gets live gigs ready: a Slack bot that plans, asks, chases and runs the day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")


def room(name: str) -> Any:
    """A module of the bot, opened when its command is typed: `--help` needs none of them.

    What is imported stays, so nobody looks for garbage in it: neither while it is made, nor ever after.
    """
    gc.disable()
    try:
        return importlib.import_module(f"bot.{name}")
    finally:
        gc.freeze()
        gc.enable()


def plainly(act: Callable[[], int | None]) -> None:
    """Do it and leave with its exit code; a no is said in one plain sentence, with exit code 1."""
    try:
        code = act()
    except BadSettings as wrong:
        typer.echo("\n".join(["These settings need a look:", *(f"  {one}" for one in wrong.problems)]), err=True)
        code = 1
    except Refusal as no:
        typer.echo(str(no), err=True)
        code = 1
    raise typer.Exit(code or 0)


@app.command()
def serve() -> None:
    """Run the bot for one workspace, over HTTP or Socket Mode, until SIGTERM or Ctrl-C."""
    plainly(lambda: room("serving").serve(read_environment()))


@app.command("try")
def try_it(
    story: Annotated[bool, typer.Option("--story", help="Play a whole tour and check every message.")] = False,
    lines: Annotated[bool, typer.Option("--lines", help="Type what people do, line by line, without a page.")] = False,
    browse: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
) -> None:
    """Try the bot in a Slack of its own on this machine: no account, no token, nothing kept.

    A page opens in your browser, with a sample tour half planned. Ctrl-C ends it.
    """
    open_slack = room("sandbox.sandbox").Sandbox
    trying = room("trying")
    if story:
        outcome = trying.play_story(open_slack, typer.echo)
        raise typer.Exit(0 if outcome.is_clean else 1)
    if lines:
        trying.talk(open_slack, _ask, typer.echo)
    else:
        trying.show(open_slack, typer.echo, _wait, browse=browse)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns date, city, country, venue.")],
    tour: Annotated[str, typer.Option(help="The tour's name; the file's name without it.")] = "",
    workspace: Annotated[str, typer.Option(help="The Slack workspace (T…), when there are several.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be kept, keep nothing.")] = False,
    as_list: Annotated[bool, typer.Option("--json", help="Print a JSON list instead of a table.")] = False,
) -> None:
    """Import a tour from its spreadsheet. `/gig here TOUR` in Slack then gives it a channel and a manager."""

    def act() -> None:
        settings, now = read_environment(needs_slack=False), room("clock").RealClock().now()
        room("importing").import_file(settings, file, tour, workspace, now, dry_run=dry_run, as_list=as_list)

    plainly(act)


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="The bot's https address, for HTTP; Socket Mode without it.")] = "",
) -> None:
    """Print the app's manifest: paste it where Slack asks for one, when you create the app."""
    plainly(lambda: typer.echo(room("manifest").as_text(url), nl=False))


@db.command()
def upgrade() -> None:
    """Make the database, or bring it to this version's shape. Keeps everything in it."""

    def act() -> None:
        store = importlib.import_module("storage.store").Store.open(read_environment(needs_slack=False).database_url)
        before = store.revision()
        store.upgrade()
        typer.echo(f"The database is at {store.head()}{' already' if before == store.head() else ''}.")
        store.close()

    plainly(act)


@db.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; a name with the date in this folder without it.")
    ] = None,
) -> None:
    """Put the whole database into one file, for either engine. `serve` may go on meanwhile."""
    plainly(lambda: room("backing").back_up(read_environment(needs_slack=False), file, _now(), typer.echo))


@db.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `db backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there now.")] = False,
) -> None:
    """Make the database what it was when the file was made. Stop `serve` first."""
    settings = partial(read_environment, needs_slack=False)
    plainly(lambda: room("backing").restore(settings(), file, _now(), typer.echo, replace=replace))


@db.command()
def check() -> None:
    """Is the database whole, and does everything in it make sense? Exit code 1 when not."""
    plainly(lambda: room("backing").check(read_environment(needs_slack=False), typer.echo))


@app.command("read")
def read_reply(text: Annotated[str, typer.Argument(help="What somebody wrote, in quotes.")]) -> None:
    """How is a reply read? Prints what it means and the rule that decided."""
    plainly(lambda: room("reading").read_out(text, typer.echo))


@app.command()
def doctor() -> None:
    """Is everything in place? Settings, tokens, scopes, clock, time zones, disk, database: a line each."""
    settings, problems = read_what_is_right()
    plainly(lambda: room("doctor").examine(settings, problems, room("clock").RealClock().now, typer.echo))


@app.command()
def selftest(
    channel: Annotated[str, typer.Option(help="Post into this channel (C...).")] = "",
    person: Annotated[str, typer.Option(help="Post to this member (U...); else to the first tour manager.")] = "",
) -> None:
    """Does your Slack do what Buscall relies on? Posts, looks back, edits, reacts, and tidies up."""
    plainly(lambda: room("selftest").test(read_environment(), channel, person, _now(), typer.echo))


def _now() -> Any:
    return room("clock").RealClock().now()


def _wait() -> None:
    threading.Event().wait()


def _ask() -> str:
    typer.echo("> ", nl=False)
    return sys.stdin.readline()


if __name__ == "__main__":
    app()
