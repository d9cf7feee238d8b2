"""Why a file or a row cannot be taken: a value with the reason and the remedy in Hindi and English, never an exception.

Here: codes, the value, and `refuse`. The sentences stand in refusal_sentences.py. Not here: failures that stop work (errors.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from nistaran.domain.refusal_sentences import FIELD_NAMES_HI, SENTENCES


class RefusalCode(StrEnum):
    """One code a cause. Codes are kept in the database and in exports: a code is never renamed or reused."""

    # the whole file
    EMPTY_FILE = "EMPTY_FILE"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    WRONG_EXTENSION = "WRONG_EXTENSION"
    UNSUPPORTED_FILE = "UNSUPPORTED_FILE"
    HTML_TABLE = "HTML_TABLE"
    OLD_XLS = "OLD_XLS"
    PASSWORD_PROTECTED = "PASSWORD_PROTECTED"
    TRUNCATED_XLSX = "TRUNCATED_XLSX"
    DAMAGED_XLSX = "DAMAGED_XLSX"
    ZIP_BOMB = "ZIP_BOMB"
    UNSAFE_XML = "UNSAFE_XML"
    NOT_DECODABLE = "NOT_DECODABLE"
    NUL_BYTES = "NUL_BYTES"
    NO_HEADER = "NO_HEADER"
    NO_TEXT_COLUMN = "NO_TEXT_COLUMN"
    NO_ROWS = "NO_ROWS"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"
    JSON_TOO_LARGE = "JSON_TOO_LARGE"
    # one row, found while reading
    FIELD_TOO_LONG = "FIELD_TOO_LONG"
    ROW_TOO_WIDE = "ROW_TOO_WIDE"
    UNCLOSED_QUOTE = "UNCLOSED_QUOTE"
    BAD_JSON = "BAD_JSON"
    NESTED_VALUE = "NESTED_VALUE"
    FORMULA_CELL = "FORMULA_CELL"
    NUMBER_DAMAGED = "NUMBER_DAMAGED"
    BAD_DATE = "BAD_DATE"
    NO_TEXT = "NO_TEXT"
    # one row, judged by the ingest step, which knows the pack, the district and today
    FUTURE_DATE = "FUTURE_DATE"
    TOO_OLD_DATE = "TOO_OLD_DATE"
    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file (row None) or a row that was not taken. `row` is the row as Excel or an editor counts it, from 1.

    `field` is a canonical field name or a column's header. Only `cells` holds a citizen's words, and never shows in a repr.
    """

    file: str
    row: int | None
    field: str | None
    code: RefusalCode
    reason_hi: str
    reason_en: str
    remedy_hi: str
    remedy_en: str
    cells: Mapping[str, str] = dataclass_field(
        default_factory=dict, repr=False
    )  #: the row as read, for the clerk who corrects it


class _Facts(dict[str, object]):
    """A fact that the caller does not know is shown as a dash, so that a refusal can always be made."""

    def __missing__(self, key: str) -> str:
        return "–"


def refuse(
    code: RefusalCode,
    *,
    file: str,
    row: int | None = None,
    field: str | None = None,
    cells: Mapping[str, str] | None = None,
    **facts: object,
) -> Refusal:
    """Build the refusal for `code` from the one catalogue of sentences.

    `facts` fill the sentences: numbers, limits, names of columns, kinds of files. Never citizens' text. `cells` is the row.
    """
    known = _Facts(facts)
    known_hi = _Facts(facts)
    if field is not None:
        known.setdefault("field", field)
        known_hi.setdefault("field", FIELD_NAMES_HI.get(field, field))
    reason_hi, reason_en, remedy_hi, remedy_en = SENTENCES[code.value]
    return Refusal(
        file=file,
        row=row,
        field=field,
        code=code,
        reason_hi=reason_hi.format_map(known_hi),
        reason_en=reason_en.format_map(known),
        remedy_hi=remedy_hi.format_map(known_hi),
        remedy_en=remedy_en.format_map(known),
        cells=cells or {},
    )
