"""Finding the row of headers below a portal's title lines, and knowing lines of totals.

Not here: what a header means (headers.py), what is done with the rows (columns.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nistaran.readers.headers import HeaderAliases, header_key

_TOTALS = ("कुल", "योग", "महायोग", "total", "grandtotal", "subtotal")
_MOST_TOTAL_CELLS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRow:
    """`headers` without empty ones at the end, `width` with them; how many of the rows looked at stand above the data."""

    headers: tuple[str, ...]
    width: int
    rows_above: int
    score: int


def find_header(rows: Sequence[Sequence[str]], aliases: HeaderAliases) -> HeaderRow | None:
    """The row among `rows` that names the most fields; a header of two rows (a group above, names below) is taken as one.

    None when no row names two fields, or one where it is the table's only column.
    """
    best: HeaderRow | None = None
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        for headers, used in ((_trimmed(row), 1), (_stacked(row, below), 2)):
            score = _score(headers, aliases)
            enough = score >= 2 or (score == 1 and sum(map(bool, headers)) == 1)
            if enough and (best is None or score > best.score):
                best = HeaderRow(headers=headers, width=len(row), rows_above=at + used, score=score)
    return best


def is_total_line(cells: Sequence[str]) -> bool:
    """Whether a row without text is a line of totals: few cells, the first of them «कुल योग» or the like."""
    filled = [cell for cell in cells if cell]
    return 0 < len(filled) <= _MOST_TOTAL_CELLS and any(header_key(cell).startswith(_TOTALS) for cell in filled[:2])


def _score(headers: Sequence[str], aliases: HeaderAliases) -> int:
    return len({aliases.field_of(h) for h in headers if h and len(h) < 200} - {None})


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
    return tuple(row[:last])


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    up = [*upper, *[""] * (width - len(upper))]
    low = [*lower, *[""] * (width - len(lower))]
    return _trimmed([b or a for a, b in zip(up, low, strict=True)])
