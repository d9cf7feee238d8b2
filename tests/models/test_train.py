"""Training repeats to the byte, keeps names and numbers out, holds folds apart, and its thresholds keep their promise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from models.artefact import Artefact, write
from models.calibrate import NEVER, department_thresholds, fit_curve, fit_temperature, threshold_for
from models.corpus.descriptions import read_descriptions
from models.corpus.reader import Row
from models.features import WORD_MARK
from models.fit import Example, Recipe, fit
from models.probability import mended, probabilities
from models.solve import ridge
from models.text import distinct_words, tokens
from models.train import as_examples, train, training_rows
from models.vectorise import fit_space, rows


def test_training_again_gives_the_same_bytes(few_rows: list[Row], trained: Artefact, tmp_path: Path) -> None:
    again = train(few_rows, read_descriptions(), Recipe())
    write(trained, tmp_path / "first")
    write(again, tmp_path / "second")
    for name in ("model.npz", "model.json"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_no_test_hand_is_trained_on() -> None:
    assert {row.hand[0] for row in training_rows()} == {"h"}


def test_rare_words_and_numbers_are_not_in_the_model(few_rows: list[Row], trained: Artefact) -> None:
    texts = [set(tokens(" ".join(distinct_words(row.text)))) for row in few_rows]
    phrases = [set(tokens(phrase.text)) for phrase in read_descriptions()]
    rare = [
        word
        for word in set.union(*texts)
        if sum(word in text for text in (*texts, *phrases)) < 3 and word.isascii() is False
    ]
    assert len(rare) > 500
    assert not [word for word in rare if WORD_MARK + word in trained.space.index]
    assert not [name for name in trained.space.index if any(sign.isdecimal() for sign in name)]


def test_held_out_scores_know_nothing_of_their_hand() -> None:
    texts = {"A": "बिजली ट्रांसफार्मर", "B": "राशन कोटेदार", "C": "पुलिस थाना"}
    examples = [
        Example(
            id=f"{code}{turn}",
            tokens=tuple(tokens(f"{text} {'खंभा' if turn else 'मीटर'}")),
            department=code,
            hand=f"h{turn % 2}",
        )
        for code, text in texts.items()
        for turn in range(4)
    ]
    odd = [Example(id="odd", tokens=("अनोखा", "अजूबा"), department="A", hand="h9")] * 3
    seen = [Example(id="seen", tokens=("बिजली",), department="A")]
    fitted = fit([*examples, *seen, *odd], ("A", "B", "C"), Recipe(folds=3, min_rows=1))
    assert fitted.is_held_out.tolist() == [True] * 12 + [False] + [True] * 3
    assert np.argmax(fitted.scores([("अनोखा", "अजूबा")])) == 0
    assert np.abs(fitted.held_out[-1]).max() < 0.5, "a hand's own words say nothing when the hand is held out"
    assert np.abs(fitted.scores([odd[0].tokens])).max() > 0.5
    np.testing.assert_array_equal(fitted.held_out[-1], fitted.held_out[-2])


def test_the_solver_finds_what_scikit_learns_ridge_finds(few_rows: list[Row]) -> None:
    texts = [example.tokens for example in as_examples(few_rows[::3])]
    weighted = rows(texts, fit_space(texts, range(len(texts)), min_rows=2))
    generator = np.random.default_rng(3)
    targets = np.sign(generator.normal(size=(len(texts), 4))).astype(np.float32)
    roots = generator.uniform(0.5, 1.5, len(texts)).astype(np.float32)
    reference = Ridge(alpha=1.0, fit_intercept=False, solver="lsqr", tol=1e-8, max_iter=2000)
    reference.fit(weighted, targets, sample_weight=roots**2)
    np.testing.assert_allclose(ridge(weighted, targets, roots, alpha=1.0, steps=200), reference.coef_.T, atol=5e-3)
    assert not np.allclose(ridge(weighted, targets, roots, alpha=3.0, steps=200), reference.coef_.T, atol=5e-3)


def test_temperature_makes_overconfident_scores_honest() -> None:
    generator = np.random.default_rng(1)
    scores = generator.normal(size=(4000, 5)).astype(np.float32)
    chances = probabilities(scores, 1.0)
    codes = np.asarray([generator.choice(5, p=row) for row in chances])
    assert fit_temperature(scores * 3, codes) == pytest.approx(3, rel=0.1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60), st.floats(0.5, 1))
def test_above_the_threshold_the_precision_holds(answers: list[tuple[float, bool]], precision: float) -> None:
    confidence = np.asarray([round(own, 4) for own, _ in answers])
    is_right = np.asarray([right for _, right in answers], dtype=bool)
    threshold = threshold_for(confidence, is_right, precision)
    above = is_right[confidence >= threshold]
    assert threshold == NEVER or above.mean() >= precision


def test_a_department_that_is_often_wrong_gets_a_floor_of_its_own() -> None:
    confidence = np.asarray([0.9] * 200 + [0.95] * 10 + [0.8] * 10)
    predicted = np.asarray([0] * 200 + [1] * 20)
    is_right = np.asarray([True] * 200 + [True] * 10 + [False] * 10)
    first, second, third = department_thresholds(
        confidence, predicted, is_right, departments=3, precision=0.95, floor_precision=0.9
    )
    assert first == third == 0.8
    assert second == 0.95


def test_the_curve_makes_confidence_what_was_right_and_keeps_the_order() -> None:
    generator = np.random.default_rng(4)
    chances = generator.dirichlet([0.3] * 6, size=5000)
    is_right = generator.random(5000) < chances.max(axis=1) * 0.8 + 0.1
    curve = fit_curve(chances.max(axis=1), is_right)
    after = mended(chances, curve)
    np.testing.assert_allclose(after.sum(axis=1), 1)
    np.testing.assert_array_equal(after.argmax(axis=1), chances.argmax(axis=1))
    sure = after.max(axis=1) > 0.8
    assert after[sure].max(axis=1).mean() == pytest.approx(is_right[sure].mean(), abs=0.02)
    rising = np.argsort(chances.max(axis=1))
    assert (np.diff(after.max(axis=1)[rising]) >= -1e-12).all()
