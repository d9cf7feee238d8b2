"""What a house keeps of its audits: which cases were drawn and what was read, each a signed journal entry: numbers, codes, logins.

Not here: which readings count (nistaran/domain/audit.py), drawing (nistaran/steps/audit.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.journal import Journal, JournalMoved, Objects, Sign
from nistaran.domain.audit import AuditState, Reading, Sample
from nistaran.domain.errors import UntrustedModel, WorldAway

_TRIES = 20


class AuditJournal:
    """Samples and readings, in the order in which they came."""

    def __init__(self, objects: Objects, sign: Sign) -> None:
        """Nothing is read yet."""
        self._journal = Journal(objects, "models/audits/", sign)

    def state(self) -> AuditState:
        """All of it. Raises UntrustedModel for an entry that this house did not write."""
        samples: list[Sample] = []
        readings: list[Reading] = []
        for entry in self._journal.entries():
            _fold(entry.body, samples, readings)
        return AuditState(samples=tuple(samples), readings=tuple(readings))

    def keep_sample(self, sample: Sample) -> None:
        """Note which cases were drawn."""
        self._note({"kind": "sample", "cases": list(sample.cases), "by": sample.by, "at": sample.at.isoformat()})

    def keep_readings(self, readings: Sequence[Reading]) -> None:
        """Note what was read."""
        told = [[one.case, one.department, one.by, one.at.isoformat()] for one in readings]
        if told:
            self._note({"kind": "readings", "readings": told})

    def _note(self, body: Mapping[str, Any]) -> None:
        for _ in range(_TRIES):
            last = self._journal.last()
            try:
                self._journal.append(body, after=last.number if last else 0)
            except JournalMoved:
                continue
            return
        raise WorldAway("many write the audit journal at once")


def _fold(body: Mapping[str, Any], samples: list[Sample], readings: list[Reading]) -> None:
    try:
        match body["kind"]:
            case "sample":
                cases = tuple(str(case) for case in body["cases"])
                samples.append(Sample(cases=cases, at=datetime.fromisoformat(body["at"]), by=str(body["by"])))
            case "readings":
                readings += [
                    Reading(case=str(case), department=str(code), by=str(by), at=datetime.fromisoformat(at))
                    for case, code, by, at in body["readings"]
                ]
            case _:
                raise UntrustedModel("an entry of the audit journal is of a kind that is not known; update the program")
    except (KeyError, TypeError, ValueError) as error:
        raise UntrustedModel("an entry of the audit journal is not of the expected form; restore it") from error
