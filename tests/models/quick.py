"""A house's real journals, files and live model, with challengers that take a millisecond instead of minutes.

Not here: training (tests/models/test_challenger.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from models.house import HouseModels
from nistaran.bootstrap import open_objects
from nistaran.domain.correction import TrustedLabel
from nistaran.domain.promotion import Proposal
from nistaran.domain.verdict import Figure, Reason, Refused, Verdict
from nistaran.settings import Settings
from storage.vault import FileVault
from tests.models.tiny import artefact, shipped


class Quick(HouseModels):
    """The n-th challenger is departments-n; the gate refuses those that `refuses` names."""

    refuses: frozenset[str] = frozenset()
    needs: int = 0

    def audits_needed(self) -> int:
        """Audited cases before anything is trained."""
        return self.needs

    def challenge(self, labels: Sequence[TrustedLabel], *, by: str, at: datetime) -> Proposal:
        """As the real one, but made by hand."""
        champion, version = self.live(), f"departments-{len(self.proposals()) + 1}"
        reason = Reason(
            code=Refused.CANARY_FELL, where="canaries", subject="ENERGY/bill", was=1.0, now=0.75, limit=0.05, count=4
        )
        proposal = Proposal(
            kept=self._shelf.keep(artefact(version, tilt=1.0 + len(self.proposals()))),
            champion=champion,
            verdict=Verdict(
                champion=champion.version,
                challenger=version,
                reasons=(reason,) if version in self.refuses else (),
                figures=(Figure(name="macro_f1", where="sheets", champion=0.85, challenger=0.86, count=900),),
            ),
            at=at,
            by=by,
            labels=len(labels),
            used=len(labels),
            up_to=max((label.at for label in labels), default=None),
            left_out={"REPEAT": 3},
            noise={"looked_at": len(labels), "suspects": 0, "cases": []},
        )
        self._promotions.propose(proposal)
        return proposal


def open_quick(settings: Settings, *, refuses: frozenset[str] = frozenset()) -> Quick:
    """In place of nistaran.bootstrap_model.open_models."""
    folder = settings.home / "shipped"
    registry = shipped(folder)
    found = Quick(
        objects=open_objects(settings),
        sign=FileVault.open_file(settings.key_file).sign,
        folder=settings.home / "models",
        pinned=Path(settings.model) if settings.model else None,
        shipped=registry.current,
    )
    found.refuses = refuses
    return found
