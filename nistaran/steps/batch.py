"""One batch of rows, one transaction: cases, sealed complainants, links, events, refusals and corrections together.

Not here: where rows come from (ingest.py), what a row means (accept.py), numbering (numbering.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nistaran.domain.complaint import NewComplaint
from nistaran.domain.identity import copy_key
from nistaran.domain.records import FileCounts, KeptFile, RefusedRow
from nistaran.domain.refusals import Refusal
from nistaran.readers.record import Record
from nistaran.steps.accept import Intake
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.numbering import number_complaints
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.rejected import REFUSAL_ID, refused_row


@dataclass(slots=True)
class _Judged:
    """What became of the rows of a batch before the database is asked."""

    complaints: dict[str, NewComplaint] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)  #: refusals whose correction these rows are
    doubles: int = 0


@dataclass(slots=True, kw_only=True)
class BatchWriter:
    """Writes the batches of one file. With `again` a row that became a case before is none anew, whatever its key is now."""

    house: House
    kept: KeptFile
    intake: Intake
    again: bool
    nameless: Counter[str] = field(default_factory=Counter)  #: rows that nothing tells apart and that name nobody
    new: int = field(default=0, init=False)  #: cases that these batches registered
    #: Keys that count as accepted already: rows of several sheets have like numbers, so the row alone does not tell.
    _on_sheets: set[str] = field(default_factory=set, init=False)

    def write(self, batch: Sequence[Record | Refusal]) -> FileCounts:
        """Judge the rows, then write all that follows in one transaction.

        Returns what became of them, whichever reading of this file did it: a row that a reading before a crash made a case is
        accepted, not known, and a batch that comes twice counts alike.
        """
        judged = self._judge(batch)
        seal = self.house.vault.seal
        sealed = {key: seal(complaint.complainant, to=key) for key, complaint in judged.complaints.items()}
        with self.house.work() as work:
            work.ledger.lock()
            known = work.cases.known(list(judged.complaints))
            before = self._brought_before(work, judged, known)
            new = [one for key, one in judged.complaints.items() if key not in known and key not in before]
            number_complaints(self.house, work, self.kept, new, sealed)
            work.refusals.correct(judged.answered + self._mended(work, judged))
            work.refusals.add(judged.refused)
            fault("before_commit")
            work.commit()
        fault("after_commit")
        self.new += len(new)
        self._on_sheets.update(one.key for one in new if one.sheet)
        return FileCounts(
            rows=len(batch),
            accepted=len(new) + len(before),
            known=len(known - before) + judged.doubles,
            refused=len(judged.refused),
        )

    def _judge(self, batch: Sequence[Record | Refusal]) -> _Judged:
        judged = _Judged()
        for item in batch:
            said = item if isinstance(item, Refusal) else self.intake.accept(item)
            if isinstance(item, Record) and REFUSAL_ID in item.extras:
                judged.answered.append(item.extras[REFUSAL_ID])
            if isinstance(said, Refusal):
                judged.refused.append(refused_row(self.house, self.kept, said, item))
                continue
            complaint = self._told_apart(said)
            judged.doubles += complaint.key in judged.complaints
            judged.complaints.setdefault(complaint.key, complaint)
        return judged

    def _told_apart(self, complaint: NewComplaint) -> NewComplaint:
        if complaint.reference or complaint.person:
            return complaint
        self.nameless[complaint.key] += 1
        copy = self.nameless[complaint.key]
        return complaint if copy == 1 else replace(complaint, key=copy_key(complaint.key, copy))

    def _brought_before(self, work: UnitOfWork, judged: _Judged, known: set[str]) -> set[str]:
        """Keys of rows that an earlier reading of this very file made cases: asked of the cases, since counts may be lost."""
        rows = work.cases.rows_of(self.kept.sha256, list(known)) if known else {}
        before = {key for key, row in rows.items() if judged.complaints[key].row == row} - self._on_sheets
        if self.again:
            by_row = {one.row: key for key, one in judged.complaints.items() if not one.sheet}
            before |= {by_row[row] for row in work.cases.by_rows(self.kept.sha256, list(by_row))}
        self._on_sheets.update(key for key in before if judged.complaints[key].sheet)
        return before

    def _mended(self, work: UnitOfWork, judged: _Judged) -> list[str]:
        """Refusals of rows of this very file that are taken now, because a table was corrected."""
        if not self.again:
            return []
        taken = {complaint.row for complaint in judged.complaints.values()}
        rows = work.refusals.open_rows()
        return [row.id for row in rows if row.file_sha256 == self.kept.sha256 and row.row in taken]
