"""What steps need of the models of a house beside the classifier of world.py, as a protocol.

Not here: any implementation (models/house.py), any rule (nistaran/domain/{promotion,drift,fallback}.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from nistaran.domain.audit import AuditState, Reading, Sample
from nistaran.domain.correction import TrustedLabel
from nistaran.domain.drift import Alarm, Picture
from nistaran.domain.fallback import Watch
from nistaran.domain.promotion import Approval, Kept, Promotion, Proposal


class Models(Protocol):
    """The house's versions, which of them is live, and the watch over it."""

    def live(self) -> Kept:
        """The live version. Raises UntrustedModel."""

    def history(self) -> list[Promotion]:
        """Every change of the live model, oldest first."""

    def proposals(self) -> list[Proposal]:
        """All challengers with their verdicts, oldest first."""

    def challenge(self, labels: Sequence[TrustedLabel], *, by: str, at: datetime) -> Proposal:
        """Train a challenger, judge it, keep it and the verdict. Takes minutes. Raises PinnedModel, UntrustedModel."""

    def audits_needed(self) -> int:
        """So many audited cases must be there before a challenger can be judged."""

    def audits(self) -> AuditState:
        """Which cases were drawn, and what was read in them."""

    def keep_sample(self, sample: Sample) -> None:
        """Note which cases were drawn."""

    def keep_readings(self, readings: Sequence[Reading]) -> None:
        """Note what was read."""

    def promote(self, version: str, *, by: str, at: datetime, approval: Approval) -> Promotion | None:
        """Make a proposed version live; None while it waits for a second person. Raises UnknownVersion, GateRefused,
        PromotionLost, PinnedModel."""

    def rollback(self, *, by: str, at: datetime) -> Promotion:
        """Go back to the version before. Raises NothingBefore, PromotionLost, PinnedModel."""

    def watch(self) -> Watch:
        """How the drift watch over the live version stands."""

    def at_training(self) -> Picture:
        """How the live model answers the shipped test texts; its departments' shares mean nothing."""

    def known_words(self, texts: Sequence[str]) -> tuple[int, int]:
        """(known, all) content words of cleaned texts, as the live model sees them."""

    def keep_reference(self, version: str, picture: Picture, *, seq: int, at: datetime) -> None:
        """The picture for later windows of this version; only ledger events after `seq` are looked at."""

    def keep_alarms(self, version: str, alarms: Sequence[Alarm], *, at: datetime) -> None:
        """From now on people decide what the alarms cover."""

    def clear_alarms(self, version: str, *, by: str, seq: int, at: datetime) -> None:
        """The model decides again, and the window after `seq` becomes the reference."""
