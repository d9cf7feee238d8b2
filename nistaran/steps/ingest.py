"""Ingest: read a kept file, refuse bad rows by name, know what is known, number the rest.

Not here: how a file is kept (keep.py) or read (readers/), what a row means (accept.py), numbering (numbering.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.complaint import NewComplaint
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.records import FileCounts, FileState, KeptFile, RefusedRow
from nistaran.domain.refusals import Refusal
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.read import read_records
from nistaran.readers.record import Note, Record
from nistaran.steps.accept import Intake
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.numbering import number_complaints
from nistaran.steps.rejected import REFUSAL_ID, refused_row
from nistaran.steps.world import Progress


@dataclass(slots=True)
class FileOutcome:
    """What became of one file. `notes` are remarks for the clerk: unknown headers, encodings guessed, conversions."""

    sha256: str
    name: str
    counts: FileCounts = FileCounts()
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
        copy = Path(folder) / ("file" + Path(kept.name).suffix)
        house.objects.fetch(kept.object_key, copy, sha256=sha256)
        _read_all(house, kept, copy, outcome, progress)
    with house.work() as work:
        work.files.finish(sha256, outcome.counts)
        work.commit()
    return outcome


def _read_all(house: House, kept: KeptFile, copy: Path, outcome: FileOutcome, progress: Progress) -> None:
    today = day_in_india(house.clock.now())
    intake = Intake(pack=house.pack, district=house.district.facts.code, vault=house.vault, today=today, file=kept.name)
    progress.start(kept.name, None)
    for batch in _batches(_rows(house, kept, copy, outcome), house.batch):
        outcome.counts = _add(outcome.counts, _write(house, kept, intake, batch))
        progress.advance(len(batch))
    progress.finish()


def _rows(house: House, kept: KeptFile, copy: Path, outcome: FileOutcome) -> Iterator[Record | Refusal]:
    aliases = HeaderAliases(house.pack.headers)
    for item in read_records(copy, name=kept.name, aliases=aliases, limits=Limits()):
        if isinstance(item, Note):
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


def _write(house: House, kept: KeptFile, intake: Intake, batch: Sequence[Record | Refusal]) -> FileCounts:
    """One batch, one transaction: cases, sealed complainants, links, events, refusals and corrections together."""
    complaints: dict[str, NewComplaint] = {}
    refused: list[RefusedRow] = []
    corrected: dict[str, str] = {}
    doubles = 0
    for item in batch:
        judged = item if isinstance(item, Refusal) else intake.accept(item)
        if isinstance(judged, Refusal):
            refused.append(refused_row(house, kept, judged, item))
            continue
        doubles += judged.key in complaints
        complaints.setdefault(judged.key, judged)
        if REFUSAL_ID in judged.extras:
            corrected[judged.extras[REFUSAL_ID]] = judged.key
    sealed = {key: house.vault.seal(complaint.complainant, to=key) for key, complaint in complaints.items()}
    with house.work() as work:
        work.ledger.lock()
        known = work.cases.known(list(complaints))
        new = [complaint for key, complaint in complaints.items() if key not in known]
        number_complaints(house, work, kept, new, sealed)
        work.refusals.add(refused)
        if corrected:
            work.refusals.correct(list(corrected))
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return FileCounts(rows=len(batch), accepted=len(new), known=len(known) + doubles, refused=len(refused))


def _add(total: FileCounts, more: FileCounts) -> FileCounts:
    return FileCounts(
        rows=total.rows + more.rows,
        accepted=total.accepted + more.accepted,
        known=total.known + more.known,
        refused=total.refused + more.refused,
    )
