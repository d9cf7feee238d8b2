"""Ingest: read a kept file, refuse bad rows by name, know what is known, number the rest.

Not here: how a file is kept (keep.py) or read (readers/), what a row means (accept.py), numbering (numbering.py).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError, WorldAway
from nistaran.domain.records import FileCounts, FileState, KeptFile
from nistaran.domain.refusals import Refusal
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.read import read_records
from nistaran.readers.record import Note, Record
from nistaran.steps.accept import Intake
from nistaran.steps.batch import BatchWriter
from nistaran.steps.house import House
from nistaran.steps.rejected import OURS
from nistaran.steps.remarks import notes_to_keep
from nistaran.steps.world import Progress

log = logging.getLogger(__name__)


@dataclass(slots=True)
class FileOutcome:
    """What became of one file: `counts` in all, `new` the cases that this reading of it registered. `notes` are remarks for
    the clerk: unknown headers, encodings guessed, conversions."""

    sha256: str
    name: str
    counts: FileCounts = FileCounts()
    new: int = 0
    notes: list[Note] = field(default_factory=list)
    already_read: bool = False


def ingest_file(house: House, sha256: str, progress: Progress, *, again: bool = False) -> FileOutcome:
    """Read a kept file to the end, in batches that each commit on their own. Safe to repeat at any point.

    Args:
        again: read a file once more that was read to the end (after a table was corrected).

    Raises:
        ObjectMissing, ObjectDamaged: when the raw bytes are not what was kept.
    """
    with house.read() as work:
        kept = work.files.get(sha256)
    if kept is None:
        raise KeyError(f"no file {sha256} is kept: `nistaran ingest FILE` keeps it")
    outcome = FileOutcome(sha256=sha256, name=kept.name)
    if kept.state is FileState.READ and not again:
        outcome.counts, outcome.already_read = kept.counts, True
        return outcome
    with TemporaryDirectory(dir=house.spool) as folder:
        copy = Path(folder) / f"file{_ending(kept.name)}"
        house.objects.fetch(kept.object_key, copy, sha256=sha256)
        _read_all(house, kept, copy, outcome, progress, again=again)
    with house.work() as work:
        work.files.finish(sha256, outcome.counts, notes=notes_to_keep(outcome.notes))
        work.commit()
    return outcome


def read_files(
    house: House, kept: Sequence[KeptFile], progress: Callable[[], Progress], *, again: bool = False
) -> tuple[list[FileOutcome], dict[str, str]]:
    """Read several files. One that fails for a reason nobody foresaw does not keep the others: it stays unread and is named.

    Returns the outcomes, and file name → what went wrong. WorldAway ends it at once: the others would fail alike.
    """
    outcomes: list[FileOutcome] = []
    failed: dict[str, str] = {}
    for file in kept:
        try:
            outcomes.append(ingest_file(house, file.sha256, progress(), again=again))
        except WorldAway:
            raise
        except Exception as error:  # noqa: BLE001 - the rest must go on; the file stays unread and doctor names it
            log.error("a file could not be read", extra={"file": file.sha256, "error": type(error).__name__})
            failed[file.name] = str(error) if isinstance(error, NistaranError) else type(error).__name__
    return outcomes, failed


def _read_all(
    house: House, kept: KeptFile, copy: Path, outcome: FileOutcome, progress: Progress, *, again: bool
) -> None:
    intake = Intake(
        pack=house.pack,
        district=house.district.facts.code,
        vault=house.vault,
        today=day_in_india(house.clock.now()),
        file=kept.name,
        kept_on=day_in_india(kept.received_at),
        channel=kept.source.partition(":")[2],
    )
    writer = BatchWriter(house=house, kept=kept, intake=intake, again=again)
    progress.start(kept.name, _lines(copy))
    for batch in _batches(_rows(house, kept, copy, outcome), house.batch):
        outcome.counts = _add(outcome.counts, writer.write(batch))
        outcome.new = writer.new
        progress.advance(len(batch))
    progress.finish()


def _rows(house: House, kept: KeptFile, copy: Path, outcome: FileOutcome) -> Iterator[Record | Refusal]:
    aliases = HeaderAliases(house.pack.headers)
    for item in read_records(copy, name=kept.name, aliases=aliases, limits=Limits()):
        if isinstance(item, Note):
            if not item.detail.startswith(OURS):
                outcome.notes.append(item)
        else:
            yield item


def _batches(items: Iterator[Record | Refusal], size: int) -> Iterator[list[Record | Refusal]]:
    batch: list[Record | Refusal] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(path: Path) -> int | None:
    """About how many rows there are, for the progress bar; None for a workbook, which does not say."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            return None
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _ending(name: str) -> str:
    """The ending of a user's file name, when it is one that a reader could know; names are otherwise only data (P29)."""
    ending = Path(name).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""


def _add(total: FileCounts, more: FileCounts) -> FileCounts:
    return FileCounts(
        rows=total.rows + more.rows,
        accepted=total.accepted + more.accepted,
        known=total.known + more.known,
        refused=total.refused + more.refused,
    )
