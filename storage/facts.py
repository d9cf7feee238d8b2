"""What both kinds of store read out of a case's context, and how much of a crowd they give.

Here: rules that hold for SQL and memory alike. Not here: the context itself (nistaran/steps/numbering.py makes it).
"""

from __future__ import annotations

from collections.abc import Mapping

#: So many cases that carry one reference number are given, the newest: a number that was copied into a whole file is no reference.
CARRIERS_EACH = 20


def origin_of(facts: Mapping[str, object]) -> tuple[str, int]:
    """The sha256 of the raw file and the row in it that a case came from; "" and 0 when it came from none."""
    file, row = facts.get("file"), facts.get("row")
    return (file, row) if isinstance(file, str) and isinstance(row, int) else ("", 0)
