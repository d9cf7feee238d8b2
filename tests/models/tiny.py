"""Models of a few words, made by hand in a millisecond, and a house of models in a folder."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from models.artefact import Artefact
from models.features import FeatureSpace, features
from models.house import HouseModels
from models.registry import Registry
from models.settings import Guard, ModelSettings
from nistaran.domain.promotion import Kept, Proposal
from nistaran.domain.verdict import Reason, Refused, Verdict
from storage.objects import FolderObjects

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
DEPARTMENTS = ("ENERGY", "POLICE")
WORDS = {"बिजली": 0, "मीटर": 0, "थाना": 1, "चोरी": 1}
TEXTS = ["बिजली मीटर", "थाना चोरी", "बिजली चोरी", "मीटर"]


def sign(data: bytes) -> str:
    """As a house's key would."""
    return hashlib.sha256(b"key of a test" + data).hexdigest()


def artefact(version: str, *, tilt: float = 0.0) -> Artefact:
    """A model that knows four words; `tilt` speaks for POLICE in every word."""
    names = sorted({name for word in WORDS for name in features(word)})
    coefficients = np.zeros((len(names), 2), dtype=np.float32)
    for word, department in WORDS.items():
        for name in features(word):
            coefficients[names.index(name), department] += 1
    coefficients[:, 1] += tilt
    return Artefact(
        settings=ModelSettings(
            version=version,
            departments=DEPARTMENTS,
            temperature=1.0,
            curve=((0.0, 0.0), (1.0, 1.0)),
            thresholds=(0.6, 0.6),
            guard=Guard(
                min_known_words=1,
                min_known_share=0.4,
                max_foreign_share=0.5,
                min_damaged_words=2,
                max_damaged_share=0.25,
            ),
            training={"rows": 4, "precision_target": 0.95},
        ),
        space=FeatureSpace(
            index={name: row for row, name in enumerate(names)}, weights=np.ones(len(names), dtype=np.float32)
        ),
        coefficients=coefficients.astype(np.float16).astype(np.float32),
    )


def shipped(folder: Path) -> Registry:
    """A registry with a tiny shipped model."""
    registry = Registry(folder)
    registry.save(artefact("departments-shipped"))
    registry.promote("departments-shipped")
    return registry


def house_models(root: Path, *, machine: str = "one", pinned: Path | None = None) -> HouseModels:
    """The models of the house below `root`, as one of its machines sees them."""
    registry = Registry(root / "shipped")
    if not (root / "shipped").exists():
        registry = shipped(root / "shipped")
    return HouseModels(
        objects=FolderObjects(root / "objects"),
        sign=sign,
        folder=root / machine,
        pinned=pinned,
        shipped=registry.current,
    )


def propose(models: HouseModels, version: str, *, tilt: float, by: str = "schedule", passes: bool = True) -> Proposal:
    """A challenger of the live model, trained by nobody."""
    champion = models.live()
    reasons = () if passes else (Reason(code=Refused.RECALL_FELL, where="open", subject="POLICE", was=0.9, now=0.5),)
    proposal = Proposal(
        kept=models._shelf.keep(artefact(version, tilt=tilt)),
        champion=champion,
        verdict=Verdict(champion=champion.version, challenger=version, reasons=reasons, figures=()),
        at=NOW,
        by=by,
        labels=10,
        used=5,
        up_to=NOW,
        left_out={"REPEAT": 1},
        noise={"looked_at": 5, "suspects": 0},
    )
    models._promotions.propose(proposal)
    return proposal


def answers(models: HouseModels) -> list[tuple[str, float]]:
    """What the live model says of a few texts, to the last bit."""
    return [(one.best.department, one.best.confidence) for one in models.classifier().classify(TEXTS)]


def names(kept: list[Kept]) -> list[str]:
    """The versions."""
    return [one.version for one in kept]
