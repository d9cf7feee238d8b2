"""Which character separates the fields of a text file.

csv.Sniffer is of no use on Hindi: here each candidate is tried and the header it brings out decides.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from nistaran.readers.header_row import find_header
from nistaran.readers.headers import HeaderAliases

_CANDIDATES = (",", ";", "\t", "|")


def separator_of(lines: Sequence[str], aliases: HeaderAliases) -> str:
    """The candidate whose header row names the most fields; among equals the one whose rows are most alike."""
    return max(_CANDIDATES, key=lambda candidate: _merit(lines, candidate, aliases))


def _merit(lines: Sequence[str], separator: str, aliases: HeaderAliases) -> tuple[int, float, int]:
    rows = _parsed(lines, separator)
    header = find_header(rows, aliases)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, rows_alike = max(widths.items(), key=lambda item: item[1], default=(1, 0))
    return header.score if header else 0, rows_alike / max(1, len(rows)), width


def _parsed(lines: Sequence[str], separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=separator, skipinitialspace=True):
            rows.append([cell.strip() for cell in row])
    except csv.Error:
        pass  # a field without end: judged by the rows before it
    return rows
