"""Verify: the ledger holds together, agrees with the cases, is as long as its last signed checkpoint, and raw files are whole.

Not here: mending. What is found broken is named; a person restores the backup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from nistaran.domain.events import GENESIS, EventKind, Link, chain_hash
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.steps.house import House

_PREFIX = "checkpoints/"


@dataclass(slots=True)
class VerifyOutcome:
    """What was looked at and what was wrong; `faults` empty means that all is well."""

    events: int = 0
    cases: int = 0
    files: int = 0
    checkpoint: int = 0
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
    """Look at everything. Never stops at the first fault of another kind."""
    outcome = VerifyOutcome()
    marks = _checkpoints(house, outcome)
    statuses: dict[str, str] = {}
    with house.read() as work:
        for link in _chained(work.ledger.links(), marks, outcome):
            status = LEADS_TO[EventKind(link.kind)]
            if status is not None:
                statuses[link.case] = status.value
        last = 0
        while page := work.cases.page(after_id=last, limit=2000):
            last = page[-1].id
            for case in page:
                outcome.cases += 1
                if statuses.pop(case.number, None) != case.status.value:
                    outcome.faults.append(
                        f"case {case.number}: status {case.status.value} is not the fold of its events"
                    )
        for number in statuses:
            outcome.faults.append(f"case {number}: has events but no row")
    _check_files(house, outcome)
    return outcome


def _chained(links: Iterator[Link], marks: dict[int, str], outcome: VerifyOutcome) -> Iterator[Link]:
    previous, seq = GENESIS, 0
    for link in links:
        seq += 1
        if link.seq != seq or chain_hash(previous, link.seq, link.case, link.kind, link.at, link.body) != link.hash:
            outcome.faults.append(f"ledger: the chain breaks at event {seq}")
            return
        if marks.get(seq, link.hash) != link.hash:
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
        said = json.loads(house.objects.read_bytes(key))
        body = json.dumps({"seq": said["seq"], "hash": said["hash"]}, sort_keys=True).encode()
        if house.vault.sign(body) != said["signature"]:
            outcome.faults.append(f"checkpoint {key}: the signature is not ours")
            continue
        marks[int(said["seq"])] = str(said["hash"])
    outcome.checkpoint = max(marks, default=0)
    return marks


def _check_files(house: House, outcome: VerifyOutcome) -> None:
    with house.read() as work:
        files = work.files.page(limit=1_000_000)
    for kept in files:
        outcome.files += 1
        if not house.objects.exists(kept.object_key):
            outcome.faults.append(f"file {kept.sha256[:12]}: its raw object is missing")
