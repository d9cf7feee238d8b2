"""The models of one house: which is live, training a challenger, promoting, going back, and the drift watch's journal.

The door that bootstrap opens for steps. Here: putting the parts together. Not here: any rule (labels, gate, nistaran/domain).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from models.audits import AuditJournal
from models.classifier import DepartmentClassifier
from models.evidence import picture_of
from models.journal import Objects, Sign
from models.promotion import Promotions
from models.registry import MANIFEST_FILE, Registry, load_artefact
from models.shelf import CARD_FILE, Shelf
from models.watch import DriftJournal
from nistaran.domain.audit import AuditState, Reading, Sample
from nistaran.domain.correction import Source, TrustedLabel
from nistaran.domain.drift import Alarm, Picture
from nistaran.domain.errors import UntrustedModel
from nistaran.domain.fallback import Fallback, Watch
from nistaran.domain.promotion import Approval, Kept, PinnedModel, Promotion, Proposal


@dataclass(frozen=True, slots=True)
class Newest:
    """The numbers of the newest entries: when they are the same as before, nothing has changed."""

    promotion: int
    drift: int


class HouseModels:
    """The house's versions and their journals. With `pinned` the operator has named a folder in the settings: that model is live
    whatever was promoted, and nothing can be promoted."""

    def __init__(
        self,
        *,
        objects: Objects,
        sign: Sign,
        folder: Path,
        pinned: Path | None = None,
        shipped: Callable[[], Path] | None = None,
    ) -> None:
        """`folder` holds this machine's copies of versions, `shipped` finds the model that comes with the project. Nothing is opened."""
        self._promotions = Promotions(objects, sign)
        self._drift = DriftJournal(objects, sign)
        self._audits = AuditJournal(objects, sign)
        self._shelf = Shelf(objects, folder)
        self._pinned, self._shipped = pinned, shipped or Registry().current

    def newest(self) -> Newest:
        """What to look at to see whether anything changed."""
        live = None if self._pinned else self._promotions.live()
        return Newest(live.number if live else 0, self._drift.newest())

    def live(self) -> Kept:
        """The live version. Raises UntrustedModel when its files or the journal are not what they should be."""
        if self._pinned:
            return _kept_in(self._pinned)
        live = self._promotions.live()
        return live.kept if live else _kept_in(self._shipped())

    def original(self) -> tuple[str, str]:
        """(version, card) of the model that needs no approval: the pinned or the shipped one; "" for a card that is not there."""
        folder = self._pinned or self._shipped()
        card = folder / CARD_FILE
        return _kept_in(folder).version, card.read_text(encoding="utf-8") if card.is_file() else ""

    def classifier(self) -> DepartmentClassifier:
        """The live model, loaded. Raises UntrustedModel as live() does."""
        return self._load(self.live())

    def history(self) -> list[Promotion]:
        """Every change of the live model, oldest first."""
        return self._promotions.history()

    def proposals(self) -> list[Proposal]:
        """All challengers with their verdicts, oldest first."""
        return self._promotions.proposals()

    def challenge(self, labels: Sequence[TrustedLabel], *, by: str, at: datetime) -> Proposal:
        """Train a challenger on the corpus and these labels, judge it against the live model, and keep both it and the verdict.

        It takes minutes and needs scikit-learn. Raises PinnedModel when the settings name a model.
        """
        from models.challenger import challenge, shipped_material

        self._refuse_pinned()
        champion = self.live()
        made = challenge(labels, self._load(champion), shipped_material())
        teaching = [label for label in labels if label.source != Source.AUDIT]
        proposal = Proposal(
            kept=self._shelf.keep(made.artefact),
            champion=champion,
            verdict=made.verdict,
            at=at,
            by=by,
            labels=len(teaching),
            used=len(made.cleaned.taken),
            up_to=max((label.at for label in teaching), default=None),
            left_out={reason.value: count for reason, count in made.cleaned.left_out.items()},
            noise=made.noise.to_json(),
        )
        self._promotions.propose(proposal)
        return proposal

    def audits_needed(self) -> int:
        """So many audited cases the gate wants."""
        from models.gate import LIMITS

        return LIMITS.audited

    def audits(self) -> AuditState:
        """Which cases were drawn, and what was read in them."""
        return self._audits.state()

    def keep_sample(self, sample: Sample) -> None:
        """Note which cases were drawn."""
        self._audits.keep_sample(sample)

    def keep_readings(self, readings: Sequence[Reading]) -> None:
        """Note what was read."""
        self._audits.keep_readings(readings)

    def promote(self, version: str, *, by: str, at: datetime, approval: Approval) -> Promotion | None:
        """Make a proposed version live, None when it waits for a second person; see Promotions.promote.

        The first time the shipped model is kept too, so that one can always go back to it, also after an update of the program.
        """
        self._refuse_pinned()
        folder = self._shipped()
        shipped = _kept_in(folder)
        if self._promotions.live() is None:
            self._shelf.keep_folder(folder, shipped.version)
        return self._promotions.promote(version, by=by, at=at, approval=approval, shipped=shipped)

    def rollback(self, *, by: str, at: datetime) -> Promotion:
        """Go back to the model that was live before. Raises NothingBefore, PromotionLost, PinnedModel."""
        self._refuse_pinned()
        return self._promotions.rollback(by=by, at=at)

    def known_words(self, texts: Sequence[str]) -> tuple[int, int]:
        """(known, all) content words of cleaned texts, as the live model sees them."""
        return self.classifier().known_words(texts)

    def at_training(self) -> Picture:
        """How the live model answers the shipped test texts: what it was like when it was made. The texts' departments are not in
        the shares of life, so only coverage, sureness and known words can be compared with it."""
        from models.corpus.reader import read_sheets

        return picture_of(self.classifier(), [row.text for row in read_sheets() if row.is_test])

    def watch(self) -> Watch:
        """How the drift watch over the live version stands."""
        return self._drift.of(self.live().version)

    def fallback(self) -> Fallback:
        """What the drift watch has given to people."""
        return self.watch().fallback

    def keep_reference(self, version: str, picture: Picture, *, seq: int, at: datetime) -> None:
        """The picture with which later windows of this version are compared; only ledger events after `seq` are looked at."""
        self._drift.reference(version, picture, seq=seq, at=at)

    def keep_alarms(self, version: str, alarms: Sequence[Alarm], *, at: datetime) -> None:
        """From now on people decide what the alarms cover."""
        self._drift.alarm(version, alarms, at=at)

    def clear_alarms(self, version: str, *, by: str, seq: int, at: datetime) -> None:
        """A person has looked: the model decides again, and the window after `seq` becomes the reference."""
        self._drift.clear(version, by=by, seq=seq, at=at)

    def _load(self, kept: Kept) -> DepartmentClassifier:
        if self._pinned:
            return DepartmentClassifier.load(self._pinned)
        if self._promotions.live() is None:
            return DepartmentClassifier.load(self._shipped())
        return DepartmentClassifier.load(self._shelf.fetch(kept))

    def _refuse_pinned(self) -> None:
        if self._pinned:
            raise PinnedModel


def _kept_in(folder: Path) -> Kept:
    try:
        manifest = (folder / MANIFEST_FILE).read_bytes()
    except OSError as error:
        raise UntrustedModel(f"{MANIFEST_FILE} of the model is missing; reinstall it") from error
    return Kept(version=load_artefact(folder).settings.version, manifest_sha256=sha256(manifest).hexdigest())
