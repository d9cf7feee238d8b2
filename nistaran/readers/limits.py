"""What a file may cost before it is refused.

Here: the numbers, with defaults fit for a district's office PC. Not here: the checks (each reader makes its own).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in characters or bytes as named; `search_rows` is how far down the header row is looked for."""

    max_file_bytes: int = 8_000_000_000
    max_field_chars: int = 100_000  #: for CSV never more than csv.field_size_limit() (131 072)
    max_row_chars: int = 1_000_000
    max_columns: int = 200
    search_rows: int = 30
    max_unpacked_bytes: int = 1_000_000_000
    max_shared_strings_bytes: int = 200_000_000
    max_ratio: int = 200  #: unpacked to packed bytes, for parts of more than 10 MB
    max_parts: int = 2_000
    max_json_array_bytes: int = 50_000_000
