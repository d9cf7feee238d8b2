"""Every order of the source documents has a row that tells what does it, and a test that carries its id."""

from __future__ import annotations

import re

from nistaran.bootstrap import project_root

ROOT = project_root()
_ID = re.compile(r"S\d-\d+")


def told() -> set[str]:
    """The ids of the table of docs/demands.md."""
    return set(re.findall(r"^\| (S\d-\d+) \|", (ROOT / "docs" / "demands.md").read_text("utf-8"), re.MULTILINE))


def carried() -> set[str]:
    """The ids that tests carry."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for marked in re.findall(r"mark\.demand\(([^)]*)\)", path.read_text("utf-8")):
            found |= set(_ID.findall(marked))
    return found


def test_every_demand_is_told_and_carried() -> None:
    assert len(told()) == 27
    assert told() - carried() == set()


def test_no_test_carries_an_id_that_nobody_demanded() -> None:
    assert carried() - told() == set()
