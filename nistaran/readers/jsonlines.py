"""JSON Lines, and small JSON arrays of objects → records. A bad line is refused and the rest goes on.

Not here: which key is which field (columns.py, headers.py). Numbers keep their digits: they are never made floats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.columns import Columns, Seen
from nistaran.readers.encodings import TextChunks, encoding_of
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.lines import LineTooLong, PhysicalLines
from nistaran.readers.notes import note
from nistaran.readers.record import Note, Record

_MOST_PLANS = 1_000


def read_json_lines(
    path: Path, *, name: str, aliases: HeaderAliases, limits: Limits
) -> Iterator[Record | Refusal | Note]:
    """One object a line; empty lines are passed over. `row` is the line's number."""
    encoding = encoding_of(path)
    lines = PhysicalLines(TextChunks(path, encoding), limit=limits.max_row_chars)
    yield from _Objects(name, aliases, limits).read(_parsed_lines(lines, name, limits))
    if lines.gave_up:
        yield note("REST_NOT_READ", file=name, detail="–")


def read_json_array(
    path: Path, *, name: str, aliases: HeaderAliases, limits: Limits
) -> Iterator[Record | Refusal | Note]:
    """An array of objects, read at once (read.py has checked its size). `row` is the object's place in it."""
    text = "".join(TextChunks(path, encoding_of(path)))
    value = _parse(text)
    if not isinstance(value, list):
        yield refuse(RefusalCode.BAD_JSON, file=name)
        return
    yield from _Objects(name, aliases, limits).read(enumerate(value, start=1))


class _Broken:
    """A line that is not JSON."""


def _parse(text: str) -> object:
    """The value, numbers as their text; a _Broken where it is not JSON."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return _Broken()


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _parsed_lines(lines: PhysicalLines, name: str, limits: Limits) -> Iterator[tuple[int, object]]:
    row = 0
    while True:
        row += 1
        lines.recent.clear()
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLong:
            yield row, refuse(RefusalCode.FIELD_TOO_LONG, file=name, row=row, limit=limits.max_row_chars)
            continue
        if line.strip():
            yield row, _parse(line)


class _Objects:
    """Objects with whatever keys; those with the same keys share their columns."""

    def __init__(self, name: str, aliases: HeaderAliases, limits: Limits) -> None:
        self._name = name
        self._aliases = aliases
        self._limits = limits
        self._seen = Seen(file=name)
        self._plans: dict[tuple[str, ...], Columns] = {}

    def read(self, objects: Iterable[tuple[int, object]]) -> Iterator[Record | Refusal | Note]:
        given = False
        for row, value in objects:
            given = True
            if isinstance(value, Refusal):
                yield value
            elif not isinstance(value, dict):
                yield refuse(RefusalCode.BAD_JSON, file=self._name, row=row)
            else:
                yield from self._object(row, value)
        if not given:
            yield refuse(RefusalCode.NO_ROWS, file=self._name)
        yield from self._seen.notes()

    def _object(self, row: int, value: dict[str, object]) -> Iterator[Record | Refusal | Note]:
        if len(value) > self._limits.max_columns:
            found, limit = len(value), self._limits.max_columns
            yield refuse(RefusalCode.ROW_TOO_WIDE, file=self._name, row=row, found=found, expected=limit)
            return
        columns = self._plans.get(tuple(value))
        if columns is None:
            columns = Columns(tuple(value), aliases=self._aliases, seen=self._seen)
            if len(self._plans) < _MOST_PLANS:
                self._plans[tuple(value)] = columns
                yield from columns.notes()
        yield self._record(row, columns, list(value.values()))

    def _record(self, row: int, columns: Columns, values: list[object]) -> Record | Refusal:
        cells: list[str] = []
        for at, value in enumerate(values):
            if isinstance(value, (list, dict)) and columns.fields[at] is not None:
                return refuse(RefusalCode.NESTED_VALUE, file=self._name, row=row, field=columns.fields[at])
            cell = _as_text(value)
            if len(cell) > self._limits.max_field_chars:
                limit = self._limits.max_field_chars
                return refuse(
                    RefusalCode.FIELD_TOO_LONG, file=self._name, row=row, field=columns.label(at), limit=limit
                )
            cells.append(cell)
        return columns.record(row, cells)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)  # under an unknown key: kept as it stands
