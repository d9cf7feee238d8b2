"""Remarks: what the reader noticed in a file that it read all the same, kept with the file and told to the clerk again.

Not here: noticing it (readers/), the sentences (readers/notes.py), refused rows (rejected.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nistaran.domain.cleaning import clean
from nistaran.domain.privacy import mask_text
from nistaran.domain.records import FileNote, KeptFile
from nistaran.readers.notes import note
from nistaran.readers.record import Note
from nistaran.steps.house import House

#: So many notes are kept with a file: a file of totals or of strange columns must not fill its row.
_KEPT = 200
_MORE = "MORE_NOTES"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRemarks:
    """A kept file and what its reader noticed, as sentences."""

    file: KeptFile
    notes: Sequence[Note]


def notes_to_keep(notes: Sequence[Note]) -> tuple[FileNote, ...]:
    """The notes as they are kept with the file, the first 200; the last then says how many more there were. Numbers of people
    in a header are masked: where no header stands, a reader may take a citizen's row for one."""
    kept = [FileNote(code=one.code, detail=mask_text(clean(one.detail))) for one in notes[:_KEPT]]
    if len(notes) > _KEPT:
        kept.append(FileNote(code=_MORE, detail=str(len(notes) - _KEPT)))
    return tuple(kept)


def count_notes(notes: Sequence[Note]) -> dict[str, int]:
    """How many notes of each code."""
    return dict(Counter(one.code for one in notes))


def newest_files(house: House, *, limit: int) -> list[FileRemarks]:
    """The newest files, newest first, with what their readers noticed."""
    with house.read() as work:
        files = work.files.page(limit=limit)
    return [
        FileRemarks(file=file, notes=[note(one.code, file=file.name, detail=one.detail) for one in file.notes])
        for file in files
    ]
