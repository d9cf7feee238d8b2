"""Reads canaries.txt: short plain texts by intent that every model which may go live must get right, and that none is trained on.

Not here: the judging (models/gate.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from models.corpus.reader import BadSheet, Row

CANARIES = Path(__file__).parent / "corpus" / "canaries.txt"
HAND = "t0"  # a test hand: whatever keeps test rows out of training keeps these out too
_LINE = re.compile(r"([A-Z][A-Z_]*)/([a-z0-9-]+): (\S.*)")


@dataclass(frozen=True, slots=True)
class Canary:
    """One text; `intent` is "DEPARTMENT/matter"."""

    intent: str
    department: str
    text: str


def read_canaries(path: Path = CANARIES) -> list[Canary]:
    """All canaries in the file's order. Raises BadSheet for a line of another form."""
    found: list[Canary] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise BadSheet(f"{path.name}:{number}: write DEPARTMENT/matter: text")
        found.append(Canary(f"{matched[1]}/{matched[2]}", matched[1], matched[3]))
    return found


def as_rows(canaries: list[Canary]) -> list[Row]:
    """Canaries in the form of rows of a test hand, for the checks that keep test rows out of training."""
    return [
        Row(
            id=f"{HAND}-0:{number}",
            hand=HAND,
            department=canary.department,
            style="oneline",
            difficulty="easy",
            state="up",
            area="unknown",
            rules=(),
            secondary=(),
            addressed_to=None,
            text=canary.text,
        )
        for number, canary in enumerate(canaries, start=1)
    ]
