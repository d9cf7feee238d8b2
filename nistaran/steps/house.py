"""The house as steps see it: tables of the pack and the district, and every port, opened by bootstrap.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nistaran.steps.ports import UnitOfWork
from nistaran.steps.world import Classifier, Clock, Courier, ObjectStore, Vault
from routing.choose import Router
from routing.closing import ClosingRules
from routing.district import District
from routing.escalation import EscalationRules
from routing.letters import LetterRules
from routing.pack import Pack
from routing.transfer_rules import TransferRules
from routing.weekly import WeeklyRules


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything a step needs. `work()` opens a writing unit of work, `read()` one that only reads.

    `transfers`, `closing`, `escalation` and `weekly` read their tables on first use. `classifier` opens the department model on first use and is
    None-returning when there is no trusted model: then every case goes to a person. `spool` is a folder for copies of files while they are read.
    """

    pack: Pack
    district: District
    router: Router
    transfers: Callable[[], TransferRules]
    closing: Callable[[], ClosingRules]
    escalation: Callable[[], EscalationRules]
    letters: Callable[[], LetterRules]
    weekly: Callable[[], WeeklyRules]
    work: Callable[[], UnitOfWork]
    read: Callable[[], UnitOfWork]
    objects: ObjectStore
    vault: Vault
    classifier: Callable[[], Classifier | None]
    courier: Courier
    clock: Clock
    spool: Path
    batch: int
