"""Rejected rows: kept with the reason in Hindi and English, handed out for correction, marked when they come back.

Not here: judging rows (accept.py, readers/).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nistaran.domain.records import KeptFile, RefusedRow
from nistaran.domain.refusals import Refusal
from nistaran.readers.record import Record
from nistaran.steps.house import House

#: A column that `nistaran rejected --export` writes: rows that carry it are corrections of that refusal.
REFUSAL_ID = "nistaran_refusal_id"
#: Columns that the export adds begin so; they are never exported twice nor reported as unknown.
OURS = "nistaran_"


def refused_row(house: House, kept: KeptFile, refusal: Refusal, item: Record | Refusal) -> RefusedRow:
    identity = f"{kept.sha256}|{refusal.row}|{refusal.field}|{refusal.code}"
    row = {**item.values, **item.extras} if isinstance(item, Record) else dict(refusal.cells)
    refusal_id = hashlib.blake2b(identity.encode(), digest_size=8).hexdigest()
    return RefusedRow(
        id=refusal_id,
        file_sha256=kept.sha256,
        file=kept.name,
        row=refusal.row,
        field=refusal.field or "",
        code=refusal.code.value,
        reason_hi=refusal.reason_hi,
        reason_en=refusal.reason_en,
        remedy_hi=refusal.remedy_hi,
        remedy_en=refusal.remedy_en,
        sealed_row=house.vault.seal_bytes(json.dumps(row, ensure_ascii=False).encode(), to=refusal_id),
        at=house.clock.now(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A refused row as a clerk reads it, with the row as it came where it was kept."""

    refused: RefusedRow
    values: dict[str, str]


def open_rejections(house: House) -> list[Rejection]:
    """Rows that still wait for correction, oldest first, opened for the clerk who corrects them."""
    with house.read() as work:
        rows = work.refusals.open_rows()
    return [
        Rejection(refused=row, values=json.loads(house.vault.open_bytes(row.sealed_row, to=row.id))) for row in rows
    ]


def export_rejections(rejections: Sequence[Rejection], target: Path) -> int:
    """Write them as a CSV that the clerk corrects in place and feeds back with `nistaran ingest`. Returns how many rows.

    Whole-file refusals have no row to correct and are left out: their remedy is a new file.
    """
    correctable = [rejection for rejection in rejections if rejection.values]
    fields = list(
        dict.fromkeys(field for rejection in correctable for field in rejection.values if not field.startswith(OURS))
    )
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([REFUSAL_ID, *fields, _REASON, _REMEDY])
        for rejection in correctable:
            row = rejection.refused
            cells = [rejection.values.get(field, "") for field in fields]
            writer.writerow([row.id, *map(as_text_cell, cells), row.reason_hi, row.remedy_hi])
    return len(correctable)


_REASON = "nistaran_reason"
_REMEDY = "nistaran_remedy"
_FORMULA_STARTS = "=+-@\t\r＝＋－＠"


def as_text_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (promise P27): an apostrophe goes before a dangerous beginning."""
    return f"'{text}" if text.lstrip(" \"'").startswith(tuple(_FORMULA_STARTS)) else text
