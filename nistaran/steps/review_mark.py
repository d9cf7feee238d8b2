"""The mark by which an answer tells what its writer saw: which case, and how often an office had it by then.

Here: writing and reading the mark, which stands in a hidden column of a review file. Not here: the file (review_file.py), refusing
an answer whose case has moved since (correct.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from nistaran.domain.correction_refused import MarkGone
from nistaran.steps.rejected import OURS

#: The heading of the hidden column, and the field under which readers give it.
MARK = f"{OURS}turn"


def mark_of(number: str, turn: int) -> str:
    """«SDR-2026-0000042:0»: of a case that no office has had yet."""
    return f"{number}:{turn}"


def turn_in(row: Mapping[str, str], number: str) -> int | None:
    """How often an office had the case when this row was written; None in a file that has no such column.

    Raises:
        MarkGone: when the row's mark is blank or of another case: rows or cells were shifted, and whose answer it is nobody knows.
    """
    if MARK not in row:
        return None
    case, _, turn = row[MARK].strip().rpartition(":")
    if case != number or not (turn.isascii() and turn.isdecimal()) or len(turn) > 6:
        raise MarkGone
    return int(turn)
