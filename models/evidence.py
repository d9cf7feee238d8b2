"""Texts whose departments are known, and what a model answers on them: what the gate compares champion and challenger by.

Here: asking the models through the same `classify` that serves. Not here: statistics (models/harm.py), the verdict (models/gate.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.classifier import DepartmentClassifier
from nistaran.domain.cleaning import clean
from nistaran.domain.decision import Classification
from nistaran.domain.drift import Picture


class Where(StrEnum):
    """The kinds of evidence. SHEETS: the shipped test hands. AUDITED: a random sample of traffic, read by an auditor. NEWEST: the
    newest corrections, whatever the champion got wrong lately. CANARIES: plain texts by intent. OPEN: sheets, audited and canaries
    together. HANDS: corpus texts of writers left out in turn, with corrections and without (models/held_out.py)."""

    SHEETS = "sheets"
    AUDITED = "audited"
    NEWEST = "newest"
    CANARIES = "canaries"
    OPEN = "open"
    HANDS = "hands"


class Answering(Protocol):
    """What is needed of a model."""

    @property
    def version(self) -> str: ...

    @property
    def departments(self) -> tuple[str, ...]: ...

    def classify(self, texts: Sequence[str]) -> list[Classification]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Texts with the department responsible for each and what each is counted under (its department, or its canary intent)."""

    where: Where
    texts: tuple[str, ...]
    departments: tuple[str, ...]
    subjects: tuple[str, ...]


def evidence(where: Where, labelled: Sequence[tuple[str, str]], subjects: Sequence[str] | None = None) -> Evidence:
    """Evidence of (text, department) pairs."""
    departments = tuple(department for _, department in labelled)
    return Evidence(
        where=where,
        texts=tuple(clean(text) for text, _ in labelled),
        departments=departments,
        subjects=departments if subjects is None else tuple(subjects),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A model's answers, one a text: the department named, its confidence, the probability given to the right department (0 when it
    is not among the candidates), whether it would be assigned without asking."""

    truth: NDArray[np.str_]
    subjects: NDArray[np.str_]
    said: NDArray[np.str_]
    confidence: NDArray[np.float64]
    of_truth: NDArray[np.float64]
    assigned: NDArray[np.bool_]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which answers name the responsible department."""
        found: NDArray[np.bool_] = self.said == self.truth
        return found

    def __len__(self) -> int:
        return len(self.truth)


def ask(model: Answering, asked: Evidence) -> Answers:
    """The model's answers on the evidence."""
    said = model.classify(asked.texts)
    return Answers(
        truth=np.asarray(asked.departments, dtype=np.str_),
        subjects=np.asarray(asked.subjects, dtype=np.str_),
        said=np.asarray([one.best.department for one in said], dtype=np.str_),
        confidence=np.asarray([one.best.confidence for one in said], dtype=np.float64),
        of_truth=np.asarray(
            [_given_to(one, truth) for one, truth in zip(said, asked.departments, strict=True)], dtype=np.float64
        ),
        assigned=np.asarray([one.ask is None for one in said], dtype=np.bool_),
    )


def picture_of(model: DepartmentClassifier, texts: Sequence[str]) -> Picture:
    """How a model answers these texts, as the drift watch counts decisions."""
    cleaned = [clean(text) for text in texts]
    picture = Picture()
    for one in model.classify(cleaned):
        picture.add(one.best.department, one.best.confidence, covered=one.ask is None)
    picture.known, picture.words = model.known_words(cleaned)
    return picture


def joined(parts: Sequence[Answers]) -> Answers:
    """Several answers as one, counted under departments."""
    names = ("truth", "said", "confidence", "of_truth", "assigned")
    together = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Answers(subjects=together["truth"], **together)


def _given_to(said: Classification, department: str) -> float:
    return next((one.confidence for one in said.candidates if one.department == department), 0.0)
