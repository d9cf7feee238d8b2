"""Verify: the ledger holds together, agrees with the cases, is as long as its last signed checkpoint, and raw files are whole.

Not here: holding cases against their events (verify_cases.py), mending. What is found broken is named; a person restores
the backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.errors import ObjectDamaged, ObjectMissing, RowRefused
from nistaran.domain.events import GENESIS, Link, chain_hash
from nistaran.domain.records import KeptFile
from nistaran.steps.house import House
from nistaran.steps.verify_cases import CaseCheck

_PREFIX = "checkpoints/"
#: So many faults of one part are told one by one; the rest are counted.
_TOLD = 1000


@dataclass(slots=True)
class VerifyOutcome:
    """What was looked at and what was wrong; `faults` empty means that all is well.

    `unsealed` cases were registered by a version that did not yet seal reference, category and places: these were not compared.
    """

    events: int = 0
    cases: int = 0
    files: int = 0
    checkpoint: int = 0
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)


def checkpoint(house: House) -> int:
    """Sign the end of the ledger and keep it, create-only, where the database cannot reach. Returns the events covered."""
    with house.read() as work:
        head = work.ledger.head()
    key = f"{_PREFIX}{head.seq:012d}.json"
    if head.seq and not house.objects.exists(key):
        body = json.dumps({"seq": head.seq, "hash": head.hash}, sort_keys=True).encode()
        signed = {"seq": head.seq, "hash": head.hash, "signature": house.vault.sign(body)}
        house.objects.put_bytes(key, json.dumps(signed, sort_keys=True).encode())
    return head.seq


def verify(house: House) -> VerifyOutcome:
    """Look at everything. Never stops at the first fault, and no altered row or object makes it raise.

    Raises:
        WorldAway: when the database or the object store does not answer.
    """
    outcome = VerifyOutcome()
    marks = _checkpoints(house, outcome)
    try:
        with house.read() as work:
            check = CaseCheck(house, work)
            _tell(outcome, "ledger", check.read(_chained(work.ledger.links(), marks, outcome)))
            _tell(outcome, "cases", check.faults())
            outcome.cases, outcome.unsealed = check.cases, check.unsealed
    except RowRefused:  # what the database itself cannot decode ends its unit of work
        outcome.faults.append("database: a row cannot be read; what comes after it was not looked at")
    _check_files(house, outcome)
    return outcome


def _tell(outcome: VerifyOutcome, part: str, faults: Iterable[str]) -> None:
    """Take the faults of one part over: a house that is wrong all over must not fill the memory or the screen."""
    count = 0
    for count, fault in enumerate(faults, start=1):
        if count <= _TOLD:
            outcome.faults.append(fault)
    if count > _TOLD:
        outcome.faults.append(f"{part}: {count - _TOLD} more faults")


def _chained(links: Iterator[Link], marks: dict[int, str], outcome: VerifyOutcome) -> Iterator[Link]:
    """Every event, the chain checked up to its first break. What follows a break is handed on unchecked: cases whose own
    events were left alone then do not stand in the list of faults for it."""
    previous, seq, differs = GENESIS, 0, False
    for link in links:
        seq += 1
        if link.seq != seq or chain_hash(previous, link.seq, link.case, link.kind, link.at, link.body) != link.hash:
            outcome.faults.append(f"ledger: the chain breaks at event {seq}")
            yield link
            yield from links
            return
        if not differs and marks.get(seq, link.hash) != link.hash:
            differs = True
            outcome.faults.append(f"ledger: event {seq} differs from its signed checkpoint")
        previous = link.hash
        outcome.events = seq
        yield link
    if marks and max(marks) > seq:
        outcome.faults.append(
            f"ledger: {max(marks) - seq} events after {seq} are missing (signed checkpoint {max(marks)})"
        )


def _checkpoints(house: House, outcome: VerifyOutcome) -> dict[int, str]:
    marks: dict[int, str] = {}
    for key in house.objects.keys(_PREFIX):
        try:
            said = json.loads(house.objects.read_bytes(key))
            seq, end, signature = int(said["seq"]), str(said["hash"]), str(said["signature"])
        except (ValueError, KeyError, TypeError, ObjectDamaged, ObjectMissing):
            outcome.faults.append(f"checkpoint {key}: cannot be read")
            continue
        body = json.dumps({"seq": seq, "hash": end}, sort_keys=True).encode()
        if house.vault.sign(body) != signature:
            outcome.faults.append(f"checkpoint {key}: the signature is not ours")
            continue
        marks[seq] = end
    outcome.checkpoint = max(marks, default=0)
    return marks


def _check_files(house: House, outcome: VerifyOutcome) -> None:
    try:
        with house.read() as work:
            files = work.files.page(limit=1_000_000)
            given_up = {*work.erasures.given_up(done=True), *work.erasures.given_up(done=False)}
    except (ValueError, KeyError, TypeError, RowRefused):
        outcome.faults.append("files: a row cannot be read; the raw files were not looked at")
        return
    outcome.files = len(files)
    with TemporaryDirectory(dir=house.spool) as folder:
        whole = [kept for kept in files if kept.object_key not in given_up]
        _tell(outcome, "files", _damaged(house, whole, Path(folder) / "raw"))


def _damaged(house: House, files: Iterable[KeptFile], copy: Path) -> Iterator[str]:
    """Every raw object is read again and its hash taken: that it is there says nothing about what is in it."""
    for kept in files:
        try:
            house.objects.fetch(kept.object_key, copy, sha256=kept.sha256)
        except ObjectMissing:
            yield f"file {kept.sha256[:12]}: its raw object is missing"
        except (ObjectDamaged, ValueError):
            yield f"file {kept.sha256[:12]}: its raw object is not what was kept"
        copy.unlink(missing_ok=True)
