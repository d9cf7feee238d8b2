"""A small district's learning loop: a corpus, traffic that is not in it, honest clerks, and attackers who flip corrections.

Not here: what must come of it (test_poison.py).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from models.canaries import read_canaries
from models.challenger import Material, cleaned_of, trained_on, verdict_on
from models.classifier import DepartmentClassifier
from models.corpus.descriptions import read_descriptions
from models.corpus.reader import Row, calibrating_hands, read_sheets
from models.gate import GateLimits
from models.held_out import HeldOut
from models.train import train, training_rows
from nistaran.domain.cleaning import clean
from nistaran.domain.correction import TrustedLabel
from nistaran.domain.verdict import Verdict

DEPARTMENTS = ("ENERGY", "FOOD_CIVIL_SUPPLIES", "POLICE", "HEALTH", "PANCHAYATI_RAJ", "NONE")
EACH = 110  # corpus rows a department
ATTACKED, TARGET = "ENERGY", "PANCHAYATI_RAJ"
TOPIC = re.compile("मीटर|meter|बिल|bill", re.IGNORECASE)
START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
CLERKS = tuple(f"up.clerk{number}" for number in range(10))
#: Six departments have less evidence than a State's 41, and confidence learned from 330 texts promises less. A hundred corrections
#: are a seventh of what is trained on here and a fortieth there, so honest ones move a department's probability by up to 4.4 points
#: (seeds 7 to 9; there 2.8). The rest as ever.
LIMITS = GateLimits(
    sheets=100, audited=60, newest=10, hands=100, precision=0.90, sureness_with_recall=0.05, sureness=0.06
)


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """What the simulation runs on. `truth` are texts that neither training nor gate ever sees: what an attack really did."""

    material: Material
    champion: DepartmentClassifier
    without: HeldOut
    traffic: Sequence[Row]
    truth: Sequence[Row]
    audits: Sequence[TrustedLabel]
    mistakes: Sequence[Row]  # of the traffic, what the champion gets wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One retraining: the gate's verdict, and the recall (in points) on the texts of `truth`, of the topic and of all."""

    verdict: Verdict
    topic: float
    department: float


def district(seed: int) -> District:
    """The same for the same seed."""
    rows = [row for row in training_rows() if row.department in DEPARTMENTS]
    random.Random(seed).shuffle(rows)
    corpus = _corpus(rows)
    own = {row.id for row in corpus}
    rest = [row for row in rows if row.id not in own]
    audited, rest = rest[:150], rest[150:]
    truth = [row for number, row in enumerate(rest) if row.department == ATTACKED and number % 2]
    aside = {row.id for row in truth}
    traffic = [row for row in rest if row.id not in aside]
    material = Material(
        corpus=corpus,
        sheets=[row for row in read_sheets() if row.is_test and row.department in DEPARTMENTS],
        phrases=[phrase for phrase in read_descriptions() if phrase.department in DEPARTMENTS],
        canaries=[canary for canary in read_canaries() if canary.department in DEPARTMENTS],
        gate=LIMITS,
    )
    champion = DepartmentClassifier(train(material.corpus, material.phrases, material.recipe))
    right = _right(champion, traffic)
    return District(
        material=material,
        champion=champion,
        without=material.without_corrections(),
        traffic=traffic,
        truth=truth,
        audits=[_label(row, n, by="up.auditor", source="AUDIT") for n, row in enumerate(audited)],
        mistakes=[row for row, is_right in zip(traffic, right, strict=True) if not is_right],
    )


def _corpus(rows: Sequence[Row]) -> list[Row]:
    """So many rows a department, half of them by hands that calibrate."""
    hands = calibrating_hands()
    found: list[Row] = []
    for department in DEPARTMENTS:
        own = [row for row in rows if row.department == department]
        found += [row for row in own if row.hand in hands][: EACH // 2]
        found += [row for row in own if row.hand not in hands][: EACH // 2]
    return found


def honest(area: District, seed: int, count: int) -> list[TrustedLabel]:
    """Corrections by ten clerks: half of what the champion gets wrong, half of all traffic; one in fifty is a slip."""
    rng = random.Random(seed)
    wrong = rng.sample(list(area.mistakes), min(count // 2, len(area.mistakes)))
    rows = wrong + rng.sample(list(area.traffic), count - len(wrong))
    rng.shuffle(rows)
    return [
        _label(row, n, by=rng.choice(CLERKS), department=rng.choice(DEPARTMENTS) if rng.random() < 0.02 else None)
        for n, row in enumerate(rows)
    ]


def flipped(area: District, kind: str, count: int, people: int) -> list[TrustedLabel]:
    """An attack: corrections of one topic, or of a whole department, that give it to another department."""
    rng = random.Random(count + people)
    pool = [row for row in area.traffic if row.department == ATTACKED and (kind == "department" or _is_topic(row))]
    rows = rng.sample(pool, min(count, len(pool)))
    rows += [_crossed(rng, pool, number) for number in range(count - len(rows))]
    return [_label(row, n, by=f"up.bad{n % people}", department=TARGET) for n, row in enumerate(rows)]


def retrained(area: District, labels: Sequence[TrustedLabel], *, gate: GateLimits = LIMITS) -> Outcome:
    """Clean, train, judge; and measure on the truth."""
    material = replace(area.material, gate=gate)
    cleaned = cleaned_of([*labels, *area.audits], material)
    made = trained_on(cleaned, material)
    model = DepartmentClassifier(made)
    return Outcome(
        verdict=verdict_on(made, cleaned, area.champion, material, area.without),
        topic=100 * float(_right(model, [row for row in area.truth if _is_topic(row)]).mean()),
        department=100 * float(_right(model, area.truth).mean()),
    )


def _right(model: DepartmentClassifier, rows: Sequence[Row]) -> np.ndarray:
    said = model.classify([clean(row.text) for row in rows])
    return np.asarray([one.best.department == row.department for one, row in zip(said, rows, strict=True)])


def _is_topic(row: Row) -> bool:
    return TOPIC.search(row.text) is not None


def _crossed(rng: random.Random, pool: Sequence[Row], number: int) -> Row:
    """A new text of the topic: the beginning of one and the end of another, so that it is nobody's near-duplicate."""
    first, second = rng.choice(pool), rng.choice(pool)
    words, others = first.text.split(), second.text.split()
    text = " ".join(words[: max(4, len(words) * 2 // 3)] + others[len(others) // 2 :])
    return replace(first, id=f"crossed{number}", text=text)


def _label(row: Row, number: int, *, by: str, department: str | None = None, source: str = "CELL") -> TrustedLabel:
    return TrustedLabel(
        case=f"{by}/{row.id}/{number}",
        at=START + timedelta(hours=3 * number),
        by=by,
        office="OFFICE-1",
        source=source,
        department=department or row.department,
        said="",
        text=row.text,
        addressed_to="",
    )
