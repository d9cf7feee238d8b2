"""Corpus and cleaned corrections → a challenger, and the evidence on which it meets the champion. Deterministic.

Here: what is trained on and what only measured on. Not here: cleaning (models/labels.py), the verdict (models/gate.py), keeping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.artefact import Artefact
from models.canaries import Canary, as_rows, read_canaries
from models.classifier import DepartmentClassifier
from models.corpus.descriptions import Phrase, read_descriptions
from models.corpus.reader import Row, read_sheets
from models.evidence import Answering, Evidence, Where, evidence
from models.fit import Recipe
from models.gate import LIMITS as GATE
from models.gate import GateLimits, judge
from models.held_out import HeldOut, held_out
from models.labels import LIMITS, Cleaned, Limits, clean_labels
from models.noise import NoiseReport, noise_report
from models.train import train, training_rows
from nistaran.domain.correction import TrustedLabel
from nistaran.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What does not come from the house: rows to train on, rows of test hands, phrases, canaries, and how it is done."""

    corpus: Sequence[Row]
    sheets: Sequence[Row]
    phrases: Sequence[Phrase]
    canaries: Sequence[Canary]
    recipe: Recipe = field(default_factory=Recipe)
    limits: Limits = LIMITS
    gate: GateLimits = GATE

    def without_corrections(self) -> HeldOut:
        """The held-out hands' answers by models of the corpus alone."""
        return held_out(self.corpus, (), self.phrases, self.recipe)


def shipped_material() -> Material:
    """All that comes with the project."""
    return Material(
        corpus=training_rows(),
        sheets=[row for row in read_sheets() if row.is_test],
        phrases=read_descriptions(),
        canaries=read_canaries(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A trained challenger, what it was made from and what the gate says."""

    artefact: Artefact
    cleaned: Cleaned
    noise: NoiseReport
    verdict: Verdict


def challenge(labels: Sequence[TrustedLabel], champion: Answering, material: Material) -> Challenge:
    """Clean the labels, train the challenger with the recipe of the shipped model, and judge it against the champion."""
    cleaned = cleaned_of(labels, material)
    artefact = trained_on(cleaned, material)
    return Challenge(
        artefact=artefact,
        cleaned=cleaned,
        noise=noise_report(cleaned.taken, material.corpus, material.phrases, material.recipe),
        verdict=verdict_on(artefact, cleaned, champion, material, material.without_corrections()),
    )


def cleaned_of(labels: Sequence[TrustedLabel], material: Material) -> Cleaned:
    """The labels that may be trained on, none of them like what is measured on."""
    measured = [*material.sheets, *as_rows(list(material.canaries))]
    return clean_labels(labels, material.corpus, measured, limits=material.limits)


def verdict_on(
    artefact: Artefact, cleaned: Cleaned, champion: Answering, material: Material, without: HeldOut
) -> Verdict:
    """The gate's verdict on a challenger made from these corrections; `without` is material.without_corrections()."""
    beside = held_out(material.corpus, cleaned.rows, material.phrases, material.recipe, temperature=without.temperature)
    return judge(
        champion,
        DepartmentClassifier(artefact),
        offered(cleaned, material),
        (without.answers, beside.answers),
        material.gate,
    )


def trained_on(cleaned: Cleaned, material: Material) -> Artefact:
    """The model of the corpus and the corrections that are taken; its settings say how many there were."""
    made = train([*material.corpus, *cleaned.rows], material.phrases, material.recipe)
    facts = {**made.settings.training, "corrections": len(cleaned.taken)}
    return replace(made, settings=replace(made.settings, training=facts))


def offered(cleaned: Cleaned, material: Material) -> list[Evidence]:
    """The evidence: test hands, canaries, the audited sample and the newest corrections. None of it was trained on."""
    canaries = material.canaries
    return [
        evidence(Where.SHEETS, [(row.text, row.department) for row in material.sheets]),
        evidence(Where.AUDITED, [(label.text, label.department) for label in cleaned.audited]),
        evidence(Where.NEWEST, [(label.text, label.department) for label in cleaned.newest]),
        evidence(
            Where.CANARIES,
            [(canary.text, canary.department) for canary in canaries],
            [canary.intent for canary in canaries],
        ),
    ]
