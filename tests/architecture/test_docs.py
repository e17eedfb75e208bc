"""The docs are in step with the code."""

import re

import pytest

from bot import config
from checklists.cues import CueKind
from checklists.letters import Letter
from handlers.cards.ids import Action
from handlers.cards.prose import TEMPLATES
from handlers.routes import BUTTONS, CUES, LETTERS
from handlers.verbs import VERBS
from tests.architecture.trees import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`/gig {verb}" in README


def test_every_setting_is_in_the_readme() -> None:
    source = (ROOT / "bot" / "config.py").read_text(encoding="utf-8")
    settings = set(re.findall(r'_read\(env, "([A-Z_]+)"', source))
    assert settings
    assert {name for name in settings if f"`{name}`" not in README} == set()
    assert config.SLACK_API in README


def test_the_list_is_whole() -> None:
    assert set(CUES) == set(CueKind)
    assert set(LETTERS) == set(Letter) - {Letter.REACTION}
    assert set(BUTTONS) == set(Action) - {Action.CHOOSE, Action.PAGE, Action.FIELD, Action.PLACE}


def test_every_template_has_an_author() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers").rglob("*.py"))
    orphans = {path.stem for path in TEMPLATES.glob("*.j2") if f'"{path.stem}"' not in sources}
    assert orphans == set()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "Makefile", "requirements.txt", "requirements-dev.txt"])
def test_nothing_names_an_index_or_a_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"--index-url|/(?:root|work|tmp)/[a-z]", text)
