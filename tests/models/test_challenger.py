"""A challenger from a small corpus and corrections: deterministic, learns what is new, and the report names what is contradicted."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from models.canaries import read_canaries
from models.challenger import Challenge, Material, challenge, cleaned_of, trained_on
from models.classifier import DepartmentClassifier
from models.corpus.descriptions import read_descriptions
from models.corpus.reader import Row, calibrating_hands, read_sheets
from models.evidence import Where
from models.noise import noise_report
from models.train import train
from nistaran.domain.correction import TrustedLabel
from nistaran.domain.verdict import Refused

DEPARTMENTS = ("ENERGY", "POLICE", "HEALTH")
START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows(few_rows: list[Row]) -> list[Row]:
    """Rows of three departments: at most a hundred each, half of them by hands that calibrate."""
    hands = calibrating_hands()
    found: list[Row] = []
    for department in DEPARTMENTS:
        own = [row for row in few_rows if row.department == department]
        random.Random(4).shuffle(own)
        found += [row for row in own if row.hand in hands][:50] + [row for row in own if row.hand not in hands][:110]
    return found


@pytest.fixture(scope="module")
def material(rows: list[Row]) -> Material:
    seen = {row.id for row in rows if row.hand in calibrating_hands()}
    others: dict[str, int] = dict.fromkeys(DEPARTMENTS, 0)
    corpus = []
    for row in rows:
        if row.id in seen or others[row.department] < 50:
            corpus.append(row)
            others[row.department] += row.id not in seen
    return Material(
        corpus=corpus,
        sheets=[row for row in read_sheets() if row.is_test and row.department in DEPARTMENTS],
        phrases=[phrase for phrase in read_descriptions() if phrase.department in DEPARTMENTS],
        canaries=[canary for canary in read_canaries() if canary.department in DEPARTMENTS],
    )


@pytest.fixture(scope="module")
def labels(rows: list[Row], material: Material) -> list[TrustedLabel]:
    """Corrections of rows that are not in the corpus; every fifth by «bad» and wrong."""
    own = {row.id for row in material.corpus}
    free = [row for row in rows if row.id not in own]
    random.Random(5).shuffle(free)
    return [
        TrustedLabel(
            case=row.id,
            at=START + timedelta(hours=number),
            by="bad" if number % 5 == 0 else f"good{number % 4}",
            office="OFFICE-1",
            source="CELL",
            department=_other(row.department) if number % 5 == 0 else row.department,
            said="",
            text=row.text,
            addressed_to="",
        )
        for number, row in enumerate(free)
    ]


def _other(department: str) -> str:
    return DEPARTMENTS[(DEPARTMENTS.index(department) + 1) % len(DEPARTMENTS)]


@pytest.fixture(scope="module")
def champion(material: Material) -> DepartmentClassifier:
    return DepartmentClassifier(train(material.corpus, material.phrases, material.recipe))


@pytest.fixture(scope="module")
def challenged(labels: list[TrustedLabel], champion: DepartmentClassifier, material: Material) -> Challenge:
    return challenge(labels, champion, material)


def test_the_order_in_which_labels_are_read_changes_not_a_byte(
    challenged: Challenge, labels: list[TrustedLabel], material: Material
) -> None:
    again = trained_on(cleaned_of(labels[::-1], material), material)
    assert again.settings == challenged.artefact.settings
    assert again.coefficients.tobytes() == challenged.artefact.coefficients.tobytes()


def test_the_version_is_another_one_and_says_how_many_corrections(
    challenged: Challenge, champion: DepartmentClassifier
) -> None:
    assert challenged.artefact.settings.version != champion.version
    assert challenged.artefact.settings.training["corrections"] == len(challenged.cleaned.taken) > 50


def test_without_an_audited_sample_the_gate_stays_shut(challenged: Challenge) -> None:
    assert Refused.EVIDENCE_TOO_SMALL in {reason.code for reason in challenged.verdict.reasons}
    assert {figure.where for figure in challenged.verdict.figures} >= {Where.SHEETS, Where.HANDS, Where.CANARIES}


def test_the_noise_report_points_at_the_login_that_was_wrong(challenged: Challenge) -> None:
    told = challenged.noise
    bad, of_bad = told.operators["bad"]
    good = sum(count for login, (count, _) in told.operators.items() if login != "bad")
    of_good = sum(count for login, (_, count) in told.operators.items() if login != "bad")
    assert bad / of_bad > 0.5
    assert good / of_good < 0.25
    assert sum(told.pairs.values()) == len(told.suspects)


def test_the_report_holds_numbers_and_codes_and_no_words(challenged: Challenge, labels: list[TrustedLabel]) -> None:
    written = str(challenged.noise.to_json())
    assert not any("\u0900" <= letter <= "\u097f" for letter in written)
    assert not any(word in written for label in labels for word in label.text.split() if len(word) > 6)


def test_no_corrections_make_an_empty_report(material: Material) -> None:
    assert noise_report((), material.corpus, material.phrases, material.recipe).looked_at == 0


def test_several_alike_corrections_teach_a_new_word(material: Material, labels: list[TrustedLabel]) -> None:
    """«सौभाग्यकिट» is in no corpus; fifteen accepted corrections say that it is the electricity board's."""
    plain = ["नहीं", "मिली", "दी", "गयी", "कब", "देंगे", "हमें", "अभी", "तक", "गाँव", "में", "किसी", "को"]
    texts = [f"सौभाग्यकिट {' '.join(random.Random(number).sample(plain, 8))}" for number in range(15)]
    new = [
        TrustedLabel(
            case=f"new{number}",
            at=START,
            by=f"good{number % 4}",
            office="O",
            source="CELL",
            department="ENERGY",
            said="HEALTH",
            text=text,
            addressed_to="",
        )
        for number, text in enumerate(texts)
    ]
    cleaned = cleaned_of([*new, *labels], material)
    learned = DepartmentClassifier(trained_on(cleaned, material)).classify(["हमें सौभाग्यकिट चाहिए"])[0]
    assert learned.best.department == "ENERGY"
