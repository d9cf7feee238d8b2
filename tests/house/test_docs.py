"""The house keeps its own rules: verbs are documented, settings listed, modules say what belongs in them, files are small."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.main import get_command

from nistaran.bootstrap import project_root
from nistaran.cli import app
from nistaran.settings import Settings

ROOT = project_root()
SOURCES = sorted(
    path
    for folder in ("nistaran", "routing", "models", "storage", "flows")
    for path in (ROOT / folder).rglob("*.py")
    if "house_root" not in path.parts
)


def test_every_verb_is_documented_and_has_help() -> None:
    told = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.help, f"nistaran {name} has no help"
        assert f"`nistaran {name}" in told, f"docs/command-line.md does not name {name}"


def test_every_setting_is_in_the_example() -> None:
    told = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert {f"NISTARAN_{name.upper()}" for name in Settings.model_fields} == set(
        re.findall(r"^(NISTARAN_\w+)=", told, re.M)
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_what_belongs_in_it_and_is_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said, "no module docstring"
    assert len(said.splitlines()) <= 6, "a module's docstring is at most six lines"
    assert len(text.splitlines()) <= 250, "a file is at most 250 lines: is it one thing?"


def test_nothing_that_runs_code_on_loading_is_imported() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"pickle", "joblib", "cloudpickle", "dill", "marshal"} & {
                name.split(".")[0] for name in names
            }, path


def test_texts_of_the_project_name_no_path_of_a_working_place() -> None:
    working_place = re.compile(r"/wor[k]/|/roo[t]/|\.\./share[d]")
    for path in [*SOURCES, ROOT / "README.md", ROOT / "Makefile", *(ROOT / "docs").rglob("*.md")]:
        assert not working_place.search(path.read_text(encoding="utf-8")), path
