"""What every reader gives: records and notes, beside the refusals of domain/refusals.py.

Here: values. Not here: how a file is read (read.py is the door; separated.py, workbook.py, jsonlines.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FIELDS = (
    "reference", "channel", "received_on", "text", "subject", "name", "phone", "address", "district", "tehsil", "block",
    "thana", "town", "village", "addressed_to", "category",
)  # fmt: skip
SERIAL = "serial"  #: a running number: known, so that it is not reported, and ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One complaint as it stands in a file.

    `row` counts from 1 as Excel does (as lines in JSON Lines). `values` has every one of FIELDS, "" where nothing stands:
    legacy fonts decoded, numbers as their digits, Devanagari digits in `reference` and `phone` as ASCII. `received_on` is
    the parsed `values["received_on"]`, None where that is "". `originals` has what stood in the file wherever decoding
    changed it, by field or header; `extras` the non-empty values of columns that no alias names, by header. `sheet` is
    the sheet's name where a workbook has several, else "".
    """

    row: int
    values: Mapping[str, str]
    received_on: date | None
    originals: Mapping[str, str]
    extras: Mapping[str, str]
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something an operator should know about a file that was read all the same. Never citizens' text.

    `detail` is the bare fact (a header, an encoding, a count) for programs; the messages are sentences for people.
    """

    file: str
    code: str
    detail: str
    message_hi: str
    message_en: str
