"""Classifications: candidates, deciding words, when a person is asked, and that nothing makes the classifier fall over."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.classifier import DepartmentClassifier
from models.corpus.reader import Row, read_sheets
from nistaran.domain.cleaning import clean
from nistaran.domain.decision import AskReason

CLEAR = "हमारे मोहल्ले का ट्रांसफार्मर जल गया है, बिजली विभाग का लाइनमैन बदलने के पैसे मांगता है"


def test_a_clear_complaint_is_assigned_with_its_words(classifier: DepartmentClassifier) -> None:
    (found,) = classifier.classify([CLEAR])
    assert found.best.department == "ENERGY"
    assert found.ask is None
    assert found.model == classifier.version
    assert {"ट्रांसफार्मर", "बिजली"} & set(found.words[:3])
    assert all(word in CLEAR for word in found.words)


def test_candidates_are_five_departments_best_first(classifier: DepartmentClassifier) -> None:
    for found in classifier.classify([CLEAR, "", "राशन नहीं मिला"]):
        chances = [candidate.confidence for candidate in found.candidates]
        assert len({candidate.department for candidate in found.candidates}) == 5
        assert chances == sorted(chances, reverse=True)
        assert 0 < sum(chances) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", AskReason.TOO_LITTLE_EVIDENCE),
        ("   \n ", AskReason.TOO_LITTLE_EVIDENCE),
        ("😀😀 👍", AskReason.TOO_LITTLE_EVIDENCE),
        ("...???!!!", AskReason.TOO_LITTLE_EVIDENCE),
        ("9876543210", AskReason.TOO_LITTLE_EVIDENCE),
        ("xqzv wkjq zzxv qqwx pfft vbnk", AskReason.TOO_LITTLE_EVIDENCE),
        ("रस्तो है નથી પાણી રસ્તો ખરાબ", AskReason.UNKNOWN_SCRIPT),
        ("سڑک خراب ہے پانی بھرا ہے", AskReason.UNKNOWN_SCRIPT),
        ("विभगाों िकसान ेमरा पािनी कािम", AskReason.DAMAGED_TEXT),
        ("धन्यवाद आपका मेरी समस्या का समाधान हो गया", AskReason.NOT_A_GRIEVANCE),
    ],
)
def test_asks_when_it_cannot_know(classifier: DepartmentClassifier, text: str, reason: AskReason) -> None:
    (found,) = classifier.classify([text])
    assert found.ask is reason


def test_below_its_threshold_it_asks(classifier: DepartmentClassifier, few_rows: list[Row]) -> None:
    found = classifier.classify([row.text for row in few_rows[:300]])
    floor = min(classifier.settings.thresholds)
    assert all(one.best.confidence >= floor for one in found if one.ask is None)
    assert all(one.ask is not None for one in found if one.best.confidence < floor)


def test_order_and_company_change_nothing(classifier: DepartmentClassifier, few_rows: list[Row]) -> None:
    texts = [row.text for row in few_rows[:50]]
    together = classifier.classify(texts)
    assert together == [classifier.classify([text])[0] for text in texts]
    assert together[::-1] == classifier.classify(texts[::-1])


def test_the_addressee_is_accepted_and_not_used(classifier: DepartmentClassifier) -> None:
    assert classifier.classify([CLEAR], ["पुलिस अधीक्षक"]) == classifier.classify([CLEAR], [None])
    with pytest.raises(ValueError, match="2 addressees for 1 texts"):
        classifier.classify([CLEAR], [None, None])


def test_many_texts_are_scored_in_chunks(classifier: DepartmentClassifier) -> None:
    assert len(classifier.classify([CLEAR] * 4_500)) == 4_500
    assert classifier.classify([]) == []


def test_taking_the_deciding_words_away_moves_the_score(classifier: DepartmentClassifier, few_rows: list[Row]) -> None:
    texts = [row.text for row in few_rows if len(row.text.split()) > 12][:150]
    falls, others = [], []
    for text, found in zip(texts, classifier.classify(texts), strict=True):
        column = classifier.departments.index(found.best.department)
        gone = [word for word in text.split() if not any(own in word for own in found.words[:3])]
        spared = text.split()[len(text.split()) - len(gone) :]
        before, after, plain = classifier.probabilities([text, " ".join(gone), " ".join(spared)])[:, column]
        falls.append(before - after)
        others.append(before - plain)
    assert np.mean(falls) > 0.1  # the texts were trained on: many stay at the top without three of their words
    assert np.mean(falls) > 2 * np.mean(others)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_no_text_is_too_strange(classifier: DepartmentClassifier, text: str) -> None:
    (found,) = classifier.classify([text])
    assert found.candidates


@pytest.mark.parametrize("text", ["क" + "ं" * 80_000, "ं " * 40_000, "a" * 200_000, "बिजली " * 30_000, "\x00\ud800"])
def test_no_text_is_too_big(classifier: DepartmentClassifier, text: str) -> None:
    started = time.perf_counter()
    assert classifier.classify([text])[0].candidates
    assert time.perf_counter() - started < 1


def test_serving_imports_no_scikit_learn_and_is_light(version_folder: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from models.classifier import DepartmentClassifier
classifier = DepartmentClassifier.load(Path({str(version_folder)!r}))
classifier.classify(["राशन नहीं मिला"])
assert not {{"sklearn", "pandas", "joblib", "prefect"}} & set(sys.modules), "heavy import"
status = Path("/proc/self/status")
peak = next((line.split()[1] for line in status.open() if line.startswith("VmHWM")), "0") if status.exists() else "0"
assert int(peak) < 120_000, f"too much memory: {{peak}} kB"
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_shipped_model_loads_and_knows_every_department_of_the_sheets() -> None:
    shipped = DepartmentClassifier.load()
    assert len(shipped.departments) == 41
    assert shipped.classify([CLEAR])[0].best.department == "ENERGY"


def _without(text: str, words: Sequence[str]) -> str:
    """The text without words that, bare of punctuation, are among these."""
    return " ".join(word for word in text.split() if word.strip("।॥|.,;:!?\"'“”‘’()[]{}<>-–—/\\*_«»…") not in words)


def test_without_the_deciding_words_the_score_moves_more_than_without_others(classifier: DepartmentClassifier) -> None:
    """The explanation is what decided: taking it away costs confidence, taking as many other words away mostly does not."""
    rows = [row for row in read_sheets() if row.is_test and row.department in classifier.departments]
    texts = [text for row in rows if len((text := clean(row.text)).split()) >= 12]
    said = classifier.classify(texts)
    others = [
        random.Random(text).sample(words, min(len(words), len(found.words)))
        for text, found in zip(texts, said, strict=True)
        if (words := sorted(set(text.split()) - set(found.words)))
    ]
    columns = np.asarray([classifier.departments.index(found.best.department) for found in said])
    rank = np.arange(len(texts))
    before = classifier.probabilities(texts)[rank, columns]
    deciding = [_without(text, found.words) for text, found in zip(texts, said, strict=True)]
    chance = [_without(text, words) for text, words in zip(texts, others, strict=True)]
    fall = before - classifier.probabilities(deciding)[rank, columns]
    fall_by_chance = before - classifier.probabilities(chance)[rank, columns]
    assert fall.mean() > 4 * max(fall_by_chance.mean(), 0.01)
    assert (fall > 0).mean() > 0.9


def test_a_text_of_two_matters_names_the_other_department(classifier: DepartmentClassifier) -> None:
    text = (
        "हमारे मोहल्ले का ट्रांसफार्मर पन्द्रह दिन से जला पड़ा है लाइनमैन और अवर अभियन्ता नहीं आते बिजली नहीं है "
        "और कोटेदार राशन कम तौलता है अंगूठा लगवाकर गेहूं चावल नहीं देता राशन कार्ड से नाम काट दिया"
    )
    assert classifier.also([text], ["ENERGY"]) == [("FOOD_CIVIL_SUPPLIES",)]
    assert classifier.also(["ट्रांसफार्मर जला है"], ["ENERGY"]) == [()]
