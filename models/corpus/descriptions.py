"""Reads descriptions.txt: what each department answers for, as short phrases, which training takes as extra rows.

Not here: citizens' texts (models/corpus/reader.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.corpus.reader import BadSheet

DESCRIPTIONS = Path(__file__).parent / "descriptions.txt"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a department's description."""

    id: str
    department: str
    text: str


def read_descriptions(path: Path = DESCRIPTIONS) -> list[Phrase]:
    """All phrases, in the file's order. Lines are `DEPARTMENT: phrase; phrase; …`, or comments with `#`.

    Raises BadSheet for a line without a department.
    """
    found: list[Phrase] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        department, colon, phrases = line.partition(":")
        if not colon or not department.replace("_", "").isupper():
            raise BadSheet(f"{path.name}:{number}: begin the line with a department's code and a colon")
        for position, phrase in enumerate(phrases.split(";")):
            if phrase.strip():
                found.append(Phrase(f"d:{number}.{position}", department, phrase.strip()))
    return found
