"""Reads the corpus sheets (`<hand>-<n>.txt`) into typed rows with provenance; refuses bad lines by file and line.

Not here: what the fields mean for learning (models/train.py) or whether two rows are too alike (models/corpus/overlap.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHEETS = Path(__file__).parent / "sheets"
HANDS = Path(__file__).parent / "hands.toml"
STYLES = frozenset(
    ["formal", "oneline", "operator", "roman", "mixed", "voice", "misspelt", "dialect", "angry", "multi", "joint"]
)
DIFFICULTIES = frozenset({"easy", "medium", "hard"})
STATES = frozenset({"up", "raj"})
AREAS = frozenset({"rural", "town", "unknown"})
SEPARATOR = " | "
FIELDS = 9


class BadSheet(ValueError):
    """A line of a sheet cannot be read. Mend that line of the sheet and run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One written complaint. `id` is "<hand>-<n>:<line>"; `department` the responsible one; `text` as its writer left it."""

    id: str
    hand: str
    department: str
    style: str
    difficulty: str
    state: str
    area: str
    rules: tuple[int, ...]
    secondary: tuple[str, ...]
    addressed_to: str | None
    text: str

    @property
    def is_test(self) -> bool:
        """Rows by the hands t1, t2 … are for measuring only and never trained on."""
        return self.hand.startswith("t")


def read_sheets(folder: Path = SHEETS, departments: frozenset[str] | None = None) -> list[Row]:
    """All rows of all sheets, sheets in the order of their names.

    `departments` are the codes that may stand in a row (None: any). Raises BadSheet at the first bad line.
    """
    paths = sorted(folder.glob("*.txt"))
    return [row for path in paths for row in _read_sheet(path, departments)]


def calibrating_hands(path: Path = HANDS) -> frozenset[str]:
    """The hands on which the model learns how sure it may be: they wrote for every department, in the shares of life."""
    hands = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(hand for hand, facts in hands.items() if facts["calibrates"])


def _read_sheet(path: Path, departments: frozenset[str] | None) -> Iterator[Row]:
    hand, dash, number = path.stem.partition("-")
    if not (dash and number.isdigit() and hand[:1] in {"h", "t"} and hand[1:].isdigit()):
        raise BadSheet(f"{path.name}: name a sheet <hand>-<n>.txt, with the hand h1, h2 … or t1, t2 …")
    for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield _read_line(line, hand, f"{path.stem}:{line_number}", departments)


def _read_line(line: str, hand: str, row_id: str, departments: frozenset[str] | None) -> Row:
    fields = [field.strip() for field in line.split(SEPARATOR, FIELDS - 1)]
    if len(fields) != FIELDS:
        raise BadSheet(f"{row_id}: {len(fields)} fields, {FIELDS} are needed")
    department, style, difficulty, state, area, rules, secondary, addressed_to, text = fields
    _refuse_unless(row_id, "style", style in STYLES)
    _refuse_unless(row_id, "difficulty", difficulty in DIFFICULTIES)
    _refuse_unless(row_id, "state", state in STATES)
    _refuse_unless(row_id, "area", area in AREAS)
    _refuse_unless(row_id, "rule", all(rule.isdigit() for rule in _listed(rules)))
    _refuse_unless(row_id, "text", bool(text))
    if departments is not None:
        _refuse_unless(row_id, "department", department in departments)
        _refuse_unless(row_id, "secondary", departments.issuperset(_listed(secondary)))
    return Row(
        id=row_id,
        hand=hand,
        department=department,
        style=style,
        difficulty=difficulty,
        state=state,
        area=area,
        rules=tuple(int(rule) for rule in _listed(rules)),
        secondary=_listed(secondary),
        addressed_to=None if addressed_to == "-" else addressed_to,
        text=text.replace("\\n", "\n"),
    )


def _listed(field: str) -> tuple[str, ...]:
    return () if field == "-" else tuple(part.strip() for part in field.split(","))


def _refuse_unless(row_id: str, field: str, is_good: bool) -> None:
    if not is_good:
        raise BadSheet(f"{row_id}: bad {field}; see the list of allowed values in models/corpus/README.md")
