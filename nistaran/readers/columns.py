"""From a row's cells to a record, by the columns of its table: the part that all readers share.

Here: which cell is which field, decoding of KrutiDev, numbers and dates. Not here: finding the header (header_row.py),
getting cells out of a file (separated.py, workbook.py, jsonlines.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.dates import parse_date
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.krutidev import decode, krutidev_cells
from nistaran.readers.notes import note
from nistaran.readers.numbers import plain_number
from nistaran.readers.record import FIELDS, SERIAL, Note, Record

_BLANK: dict[str, str] = dict.fromkeys(FIELDS, "")
_JOINED_WITH = {"text": "\n", "address": ", "}  # other fields take their first filled column
_NOT_TEXT = frozenset({"reference", "phone", "received_on", SERIAL})
_DEVANAGARI_FIRST = re.compile("[\u0900-\u097f]")
_MOJIBAKE = re.compile("à[¤¥]")


@dataclass(slots=True, kw_only=True)
class Seen:
    """What was met in a file so far, for its notes."""

    file: str
    krutidev_cells: int = 0
    phone_damaged_from: int | None = None
    headers: set[str] = field(default_factory=set)

    def notes(self) -> list[Note]:
        """The notes to give when the file is at its end."""
        notes = []
        if self.krutidev_cells:
            notes.append(note("KRUTIDEV", file=self.file, detail=str(self.krutidev_cells)))
        if self.phone_damaged_from is not None:
            notes.append(note("PHONE_DAMAGED", file=self.file, detail=str(self.phone_damaged_from)))
        return notes


class Columns:
    """The columns of one table. Built once from its header, then asked for each row."""

    def __init__(self, headers: Sequence[str], *, aliases: HeaderAliases, seen: Seen, sheet: str = "") -> None:
        self.width = len(headers)
        self.fields = [aliases.field_of(header) if header else None for header in headers]
        self._labels = _labels(headers)
        self._seen = seen
        self._sheet = sheet
        places: dict[str, list[int]] = {}
        for at, name in enumerate(self.fields):
            if name is not None and name != SERIAL:
                places.setdefault(name, []).append(at)
        self._single = [(name, ats[0]) for name, ats in places.items() if len(ats) == 1]
        self._several = [(name, ats) for name, ats in places.items() if len(ats) > 1]
        self._unknown = [(self._labels[at], at) for at, name in enumerate(self.fields) if name is None]
        self._text_at = [at for at, name in enumerate(self.fields) if name == "text"]
        self._textual = [at for at, name in enumerate(self.fields) if name not in _NOT_TEXT]

    @property
    def has_text(self) -> bool:
        """Whether there is a column with the complaint's words."""
        return "text" in self.fields or "subject" in self.fields

    def lacks_text(self, cells: Sequence[str]) -> bool:
        """Whether the row's text columns are empty."""
        return all(not cells[at] for at in self._text_at)

    def label(self, at: int) -> str:
        """How to name the column to an operator."""
        return self.fields[at] or self._labels[at]

    def notes(self) -> list[Note]:
        """Unknown headers and joined columns, each told once a file."""
        told = [("UNKNOWN_HEADER", label) for label, at in self._unknown] + [
            ("COLUMNS_JOINED", name) for name, _ in self._several
        ]
        new = [(code, detail) for code, detail in told if f"{code} {detail}" not in self._seen.headers]
        self._seen.headers.update(f"{code} {detail}" for code, detail in new)
        return [note(code, file=self._seen.file, detail=detail) for code, detail in new]

    def record(self, row: int, cells: list[str]) -> Record | Refusal:
        """The record of a row. `cells` are stripped, at least as many as the headers; the list may be changed.

        What stands beyond the last header goes to the extras under the column's number.
        """
        originals = self._decode_krutidev(cells)
        values = _BLANK.copy()
        for name, at in self._single:
            values[name] = cells[at]
        extras = {label: cells[at] for label, at in self._unknown if cells[at]} if self._unknown else {}
        if len(cells) > self.width:
            extras |= {f"column {at + 1}": cells[at] for at in range(self.width, len(cells)) if cells[at]}
        if self._several:
            self._join(cells, values, extras)
        return self._finish(row, values, originals, extras)

    def _decode_krutidev(self, cells: list[str]) -> dict[str, str]:
        originals: dict[str, str] = {}
        for at in krutidev_cells(cells, self._textual):
            label, cell = self.label(at), cells[at]
            originals[label] = f"{originals[label]}\n{cell}" if label in originals else cell
            cells[at] = decode(cell)
            self._seen.krutidev_cells += 1
        return originals

    def _join(self, cells: list[str], values: dict[str, str], extras: dict[str, str]) -> None:
        for name, ats in self._several:
            filled = list(dict.fromkeys(cells[at] for at in ats if cells[at]))
            if name in _JOINED_WITH:
                values[name] = _JOINED_WITH[name].join(filled)
                continue
            values[name] = filled[0] if filled else ""
            extras.update({self._labels[at]: cells[at] for at in ats if cells[at] and cells[at] != values[name]})

    def _finish(
        self, row: int, values: dict[str, str], originals: dict[str, str], extras: dict[str, str]
    ) -> Record | Refusal:
        received_on = None
        if values["received_on"]:
            received_on = parse_date(values["received_on"])
            if received_on is None:
                return self._refuse(RefusalCode.BAD_DATE, row, "received_on", values | extras)
        if values["reference"]:
            reference = plain_number(values["reference"])
            if reference is None:
                return self._refuse(RefusalCode.NUMBER_DAMAGED, row, "reference", values | extras)
            values["reference"] = reference
        if values["phone"]:
            self._mend_phone(row, values, originals)
        if _is_lost(values["text"]):
            return self._refuse(RefusalCode.NOT_DECODABLE, row, "text", values | extras)
        return Record(
            row=row, values=values, received_on=received_on, originals=originals, extras=extras, sheet=self._sheet
        )

    def _mend_phone(self, row: int, values: dict[str, str], originals: dict[str, str]) -> None:
        phone = plain_number(values["phone"])
        if phone is None:
            # Rounded numbers are alike: kept, they would make strangers one person.
            originals["phone"] = values["phone"]
            self._seen.phone_damaged_from = self._seen.phone_damaged_from or row
        values["phone"] = phone or ""

    def _refuse(self, code: RefusalCode, row: int, name: str, read: Mapping[str, str]) -> Refusal:
        cells = {field: cell for field, cell in read.items() if cell}
        return refuse(code, file=place(self._seen.file, self._sheet), row=row, field=name, cells=cells)


def place(file: str, sheet: str) -> str:
    """How a refusal names where it stands: the file, and the sheet where there are several."""
    return f"{file} › {sheet}" if sheet else file


def _is_lost(text: str) -> bool:
    """Hindi that an earlier program saved in an encoding without it: only question marks are left, or two-byte debris."""
    if not text or _DEVANAGARI_FIRST.search(text):
        return False
    return text.count("?") * 2 > len(text) or len(_MOJIBAKE.findall(text[:500])) > 2


def _labels(headers: Sequence[str]) -> list[str]:
    """A name for each column: its header, the column's number where it has none, numbered where it comes twice."""
    labels: list[str] = []
    for at, header in enumerate(headers, start=1):
        base = " ".join(header.split())[:100] or f"column {at}"
        label, copy = base, 2
        while label in labels:
            label, copy = f"{base} ({copy})", copy + 1
        labels.append(label)
    return labels
