"""What the import contracts cannot say: sizes, who alone may use a library, quiet imports."""

import ast
import statistics
import subprocess
import sys

import pytest

from tests.architecture.trees import PACKAGES, ROOT, functions, imports, sources

FILE_MOST, FUNCTION_MOST, MEDIAN_MOST = 300, 40, 8

ALONE = {
    "yaml": {"checklists.library"},
    "jinja2": {"handlers.cards.prose"},
    "slack_bolt": {"handlers.listener", "bot.door", "bot.web"},
    "waitress": {"bot.doorstep"},
    "aiohttp": {"bot.sandbox.server"},
    "structlog": {"bot.log"},
    "apscheduler": {"bot.clock"},
    "geopy": {"checklists.venue"},
}
"""Libraries that exactly these modules may import."""


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_file_is_longer_than_two_screens() -> None:
    files = [
        p for package in (*PACKAGES, "tests") for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts
    ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lengths.items() if count > FILE_MOST} == {}


def test_no_function_is_long() -> None:
    long = {f"{name}.{f.name}": length(f) for name, tree in sources().items() for f in functions(tree)}
    assert {name: count for name, count in long.items() if count > FUNCTION_MOST} == {}


def test_functions_are_a_few_lines() -> None:
    lengths = [length(function) for tree in sources().values() for function in functions(tree)]
    assert statistics.median(lengths) <= MEDIAN_MOST


@pytest.mark.parametrize("library", ALONE)
def test_a_library_has_one_home(library: str) -> None:
    users = {name for name, tree in sources().items() for used in imports(tree) if used.split(".")[0] == library}
    assert users <= ALONE[library]


def test_the_rules_import_only_their_own_few_libraries() -> None:
    allowed = {"checklists", "yaml", "geopy", *sys.stdlib_module_names}
    for name, tree in sources().items():
        if name.startswith("checklists"):
            assert {used.split(".")[0] for used in imports(tree)} <= allowed, name


def test_only_the_distance_of_geopy_is_a_rule() -> None:
    used = {
        u for name, tree in sources().items() if name.startswith("checklists") for u in imports(tree) if "geopy" in u
    }
    assert all(each.startswith("geopy.distance") for each in used)


def test_only_main_opens_the_sandbox() -> None:
    openers = {
        name
        for name, tree in sources().items()
        for used in imports(tree)
        if used.startswith("bot.sandbox") and not name.startswith("bot.sandbox")
    }
    assert openers <= {"bot.__main__"}


def test_no_module_is_named_for_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "common", "misc"}
    assert {name for name in sources() if name.rsplit(".", maxsplit=1)[-1] in empty} == set()


def test_nobody_prints_or_reads_the_clock_below_bot() -> None:
    banned = {"time.time", "time.monotonic", "os.environ"}
    for name, tree in sources().items():
        if not name.startswith("bot"):
            assert not banned & set(imports(tree)), name


def test_every_module_imports_quietly() -> None:
    modules = [name for name in sources() if not name.endswith("__main__") and "make_places" not in name]
    program = (
        "import socket, sys, threading\n"
        "def deny(*a, **k): raise AssertionError('a socket at import')\n"
        "socket.socket.connect = deny\n"
        "socket.socket.bind = deny\n"
        f"for name in {modules!r}: __import__(name)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
