"""What README and the help print is typed here as it is printed, and does what is said there."""

import re
import subprocess
from collections.abc import Iterable, Iterator

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from bot.__main__ import app
from handlers.tours import import_sheet
from handlers.verbs import VERBS
from storage.store import Store
from tests.architecture.trees import ROOT
from tests.handlers.told import Told
from tests.handlers.troupe import START, Actor, Troupe, on_tour, starts

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
AFTER_THE_SHOW = "/gig out"
ON_THE_DAY = "/gig doors"
TYPED = re.compile(r"`(/(?:gig|buscall)\b[^`]*)`")
COMMAND_LINE = re.compile(r"python -m bot\b([^`#\n]*)")
MADE = re.compile(r"(?:^|`)make ([a-z]+)((?: [A-Z]+=[^\s`]+)*)", re.MULTILINE)
CITIES = (
    ("Porto", "Portugal"), ("Madrid", "Spain"), ("Barcelona", "Spain"), ("Paris", "France"), ("Brussels", "Belgium"),
    ("Berlin", "Germany"), ("Hamburg", "Germany"), ("Vienna", "Austria"), ("Prague", "Czechia"),
    ("Zurich", "Switzerland"), ("Milan", "Italy"), ("Lisbon", "Portugal"),
)  # fmt: skip
SHEET = "date,city,country,venue\n" + "".join(
    f"2026-10-{16 + n},{city},{country},Hall\n" for n, (city, country) in enumerate(CITIES)
)
"""Twelve gigs; the last is Lisbon's."""


def section(title: str) -> str:
    """README's words under a heading."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each row of the table under a heading."""
    for line in section(title).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 2 and cells[0].startswith("`"):
            yield cells[0], cells[1]


def variants() -> Iterator[str]:
    """What the table says may be typed instead: `@ana off` for the people, `sent` for `done`."""
    for typed, about in rows("What a tour manager types"):
        command = typed.strip("`")
        for part in re.findall(r"`([^`]+)`", about):
            if part.startswith("@"):
                yield command[: command.index("@")] + part
            elif part.endswith(" all"):
                yield f"/gig check va.power {part}"
            else:
                yield f"{command.rpartition(' ')[0]} {part}"


def in_order(commands: Iterable[str]) -> list[str]:
    """Each once, as printed; what ends the gig comes last. What is typed on the day and after it has its own test."""
    before = [typed for typed in commands if not typed.startswith((AFTER_THE_SHOW, ON_THE_DAY))]
    return sorted(dict.fromkeys(before), key=lambda typed: typed.startswith("/gig cancel"))


def stage(troupe: Troupe, tess: Actor, command: str) -> str:
    """Whatever the text takes for granted: a dropped file, a tour that waits. Gives the channel to type in."""
    if command == "/gig import":
        tess.drops(SHEET)
    if not command.startswith("/gig here"):
        return troupe.channel
    store = Store.open(f"sqlite:///{troupe.book}")
    with store.begin(troupe.slack.names.team_id) as book:
        name = f"tour-{len(book.tours.all())}"
        import_sheet(book, SHEET.encode(), f"{name}.csv", "", START)
    store.close()
    return troupe.slack.add_channel(name, [tess.id])


def kept(troupe: Troupe) -> int:
    """How many things were taken: what is refused leaves no trace in the inbox."""
    found: int = troupe.rows("SELECT count(*) FROM inbox")[0][0]
    return found


def is_taken(troupe: Troupe, tess: Actor, command: str) -> bool:
    """Types it as printed; False when it was refused, asked about, or got neither words nor a form."""
    channel, before, since = stage(troupe, tess, command), kept(troupe), troupe.mark()
    told = tess.types(command, channel)
    if command.startswith("/gig cancel"):
        told = tess.presses("Yes", told)
    asks = any(control.startswith("choose") for control in actions(told))
    answered = bool(told.text) or bool(troupe.slack.open_views(tess.id))
    for view in troupe.slack.open_views(tess.id):
        troupe.slack.hands.close(view.id)
    assert troupe.slack.ledger.errors(since) == []
    return answered and not asks and kept(troupe) > before


def actions(told: Told) -> list[str]:
    """The action ids of a private answer."""
    return [element["action_id"] for block in told.blocks for element in block.get("elements", [])]


def test_the_text_holds_what_is_looked_for_here() -> None:
    assert len(list(rows("What a tour manager types"))) >= 12
    assert {"/gig call lisbon @ana off", "/gig check lisbon va.power waive WHY"} <= set(variants())
    assert len(TYPED.findall(README)) > len(VERBS)


@pytest.mark.parametrize("wrong", ["/gig shwo lisbon", "/gig show atlantis", "/gig new", "/gig times zzz doors 19:00"])
def test_what_does_not_work_would_be_found_out(troupe: Troupe, tess: Actor, wrong: str) -> None:
    assert is_taken(troupe, tess, "/gig import")
    assert is_taken(troupe, tess, wrong) is (wrong == "/gig new")


def test_every_command_in_the_readme_works_as_printed(troupe: Troupe, tess: Actor) -> None:
    beginnings = [f"/gig show {name}" for name in re.findall(r"`(lis|#12)`", section("What a tour manager types"))]
    assert len(beginnings) == 2
    printed = in_order([*TYPED.findall(README), *variants(), *beginnings])
    assert [command for command in printed if not is_taken(troupe, tess, command)] == []


def test_every_command_in_the_help_works_as_printed(troupe: Troupe, tess: Actor) -> None:
    said = [tess.types(command).text for command in ("/gig help", *(f"/gig help {verb}" for verb in VERBS))]
    printed = in_order(["/gig import", *(command for text in said for command in TYPED.findall(text))])
    told = [typed for verb in VERBS.values() for typed in (verb.usage, *(more for more, _ in verb.more))]
    assert set(in_order(told)) <= set(printed)
    assert [command for command in printed if not is_taken(troupe, tess, command)] == []


@starts("2026-10-01 11:00")
def test_what_is_typed_after_the_show_works_as_printed(troupe: Troupe, tess: Actor, ana: Actor, bo: Actor) -> None:
    told = [tess.types(f"/gig help {verb}").text for verb in ("out", "hours")]
    printed = [typed for text in (README, *told) for typed in TYPED.findall(text) if typed.startswith(AFTER_THE_SHOW)]
    assert {"/gig out lisbon @ana 01:40", "/gig out lisbon all 02:10", "/gig out lisbon @ana off"} <= set(printed)
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types("/gig call lisbon @ana FOH 14:00, @bo MON 14:00")
    for person in (ana, bo):
        person.says("here")
    troupe.move("2026-10-02 01:30")
    for typed in dict.fromkeys(printed):
        before = kept(troupe)
        assert tess.types(typed).text, typed
        assert kept(troupe) > before, typed


@starts("2026-10-01 17:00")
def test_what_is_typed_on_the_day_works_as_printed(troupe: Troupe, tess: Actor) -> None:
    printed = [*TYPED.findall(README), *variants(), *TYPED.findall(tess.types("/gig help doors").text)]
    words = sorted({typed for typed in printed if typed.startswith(ON_THE_DAY)}, key=lambda typed: "shut" in typed)
    assert {"/gig doors lisbon open", "/gig doors lisbon shut WHY"} <= set(words)
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    for gate in ("ds.medics_in done Marta, medics: yes", "ds.exits done", "ds.clear_doors done Paulo, house: clear"):
        assert "is *done*" in tess.types(f"/gig check #1 {gate}").text
    for typed in words:
        assert is_taken(troupe, tess, typed), typed


@pytest.fixture(scope="module")
def crew_words() -> list[str]:
    """What README says crew write."""
    return re.findall(r"`([^`/]+)`", section("What crew do").partition("or just write:")[2].partition(". Buscall")[0])


@starts("2026-10-01 12:00")
def test_what_crew_are_told_to_write_is_an_answer(troupe: Troupe, tess: Actor, crew_words: list[str]) -> None:
    told = tess.types("/gig help").text.rpartition("thread of the gig's card:")[2].partition(".")[0]
    welcome = troupe.post("welcome").text.partition("thread of a gig's card:")[2].partition(".")[0]
    words = sorted({*crew_words, *re.findall(r"`([^`]+)`", told), *re.findall(r"`([^`]+)`", welcome)})
    assert {"in", "confirmed", "can't make it", "running 20 late", "here"} <= set(words)
    people = [troupe.person(name) for name in ("ana", "bo", "lou", "kit", "max")]
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types("/gig call #1 " + ", ".join(f"@{person.name} HAND 15:30" for person in people))
    for person, word in zip(people, words, strict=True):
        person.says(word)
    said = troupe.rows("SELECT person, state, answer_ref FROM calls ORDER BY id")
    assert [person for person, state, ref in said if state == "called" or not ref] == []


def test_the_buttons_that_crew_are_told_of_are_there(troupe: Troupe, tess: Actor, ana: Actor, bo: Actor) -> None:
    labels = re.findall(r"\*([A-Z][^*]+)\*", section("What crew do").partition("react")[0])
    assert len(labels) == 2
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00, @lou LD 14:00")
    for person, label in zip((ana, bo), labels, strict=True):
        person.presses(label)
    troupe.person("lou").reacts("thumbsup")
    assert troupe.rows("SELECT count(*) FROM calls WHERE state = 'called'") == [(0,)]


def commands_of(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the command line, with the words that lead to it."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands_of(command, (*before, name))
        else:
            yield (*before, name)


def whole_line() -> TyperGroup:
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def printed_lines() -> list[str]:
    """What README and the Procfile write after `python -m bot`."""
    procfile = (ROOT / "Procfile").read_text(encoding="utf-8")
    return sorted({found.strip() for found in COMMAND_LINE.findall(README + procfile)} - {""})


@pytest.mark.parametrize("line", printed_lines())
def test_every_command_line_in_the_readme_is_one(line: str) -> None:
    words = tuple(re.findall(r"^[a-z]+(?: [a-z]+)*", line)[0].split(" "))
    assert words in set(commands_of(whole_line()))
    told = CliRunner().invoke(app, [*words, "--help"])
    assert told.exit_code == 0
    assert [option for option in re.findall(r"--[a-z-]+", line) if option not in told.output] == []


@pytest.mark.parametrize("words", list(commands_of(whole_line())), ids=" ".join)
def test_every_command_line_there_is_is_in_the_readme(words: tuple[str, ...]) -> None:
    assert re.search(rf"(?:`|python -m bot ){' '.join(words)}\b", README)


@pytest.mark.parametrize(("target", "given"), sorted(set(MADE.findall(README))))
def test_every_make_target_in_the_readme_is_one(target: str, given: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)
    asked = ["make", "--dry-run", "--always-make", target, *given.split()]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert told.returncode == 0
    assert ("--story" in told.stdout) == ("STORY" in given)


def test_every_path_in_the_readme_is_there() -> None:
    paths = re.findall(r"`([a-z_]+(?:/[a-z_.]+)+/?|[A-Za-z]+\.(?:md|json|toml))`", README)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.fixture
def troupe(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Troupe]:
    with on_tour(sqlite_url, getattr(request, "param", START)) as here:
        yield here


@pytest.fixture
def tess(troupe: Troupe) -> Actor:
    return troupe.person("tess")


@pytest.fixture
def ana(troupe: Troupe) -> Actor:
    return troupe.person("ana")


@pytest.fixture
def bo(troupe: Troupe) -> Actor:
    return troupe.person("bo")
