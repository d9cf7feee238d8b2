"""A name that begins with «_» belongs to its own module: no module of the project takes another's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_docs import ROOT, SOURCES

OURS = ("nistaran", "routing", "models", "storage", "flows")


def taken(source: str) -> Iterator[str]:
    """Private names that a module takes from others, by import or by attribute of an imported module."""
    tree = ast.parse(source)
    imported: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.asname or alias.name for alias in node.names if alias.name.split(".")[0] in OURS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS:
            imported |= {alias.asname or alias.name for alias in node.names}
            yield from (alias.name for alias in node.names if _private(alias.name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in imported:
            yield from [node.attr] if _private(node.attr) else []


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_private_name_of_another_module_is_taken(path: Path) -> None:
    assert list(taken(path.read_text(encoding="utf-8"))) == []


def test_one_that_is_taken_is_caught() -> None:
    source = "from nistaran.a import _b, c\nfrom storage import e\nimport flows.g\nimport os\ne._h(c.i, self._j)\nflows.g._k\nos._exit\n"
    assert sorted(taken(source)) == ["_b", "_h", "_k"]
