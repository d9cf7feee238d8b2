"""The written pairs are well formed, hold no personal number, and the shipped likeness keeps what was measured on its unseen half."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.near.fit import judged_pairs, measured, precision_recall
from models.near.likeness import FACTS, shipped_likeness
from models.near.weights import count, shipped_weights
from models.near.words import stems
from models.near.written import OTHER, SAME, BadPairs, pairs_of, read_written

LINE = "g01 | base | - | A | बेलवा | बिजली नहीं है"


def test_there_are_enough_of_every_kind() -> None:
    groups = read_written()
    written = [pair for group in groups for pair in pairs_of(group) if pair.written]
    assert len(written) >= 150
    assert {pair.kind for pair in written} == SAME | OTHER
    assert 0.4 < sum(group[0].is_for_fitting for group in groups) / len(groups) < 0.6


def test_no_phone_or_identity_number_stands_in_them() -> None:
    for group in read_written():
        for row in group:
            assert not re.search(r"\d{6,}", row.text.replace(",", "")), f"group {row.group}"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([LINE, "g01 | same | copy"], "p9.txt:2: 3 fields"),
        ([LINE, LINE.replace("base | -", "same | other_object")], "p9.txt:2: same and other_object"),
        ([LINE, LINE.replace("base | -", "perhaps | copy")], "p9.txt:2: perhaps and copy"),
        ([LINE, LINE], "one base"),
        ([LINE.replace("base | -", "same | copy")], "one base"),
        ([LINE, LINE.replace("g01", "g02"), LINE], "two places"),
    ],
)
def test_a_bad_line_is_refused_by_place(tmp_path: Path, lines: list[str], said: str) -> None:
    (tmp_path / "p9.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(BadPairs, match=said):
        read_written(tmp_path)


def test_the_unseen_half_is_judged_as_measured() -> None:
    likeness, held = shipped_likeness(), judged_pairs(fitting=False)
    assert set(likeness.factors) == set(FACTS)
    precision, recall = precision_recall(likeness, [pair for pair in held if pair.written])
    assert precision >= 0.93
    assert recall >= 0.62
    right = {kind: found / of for kind, of, found in measured(likeness, held)}
    for kind in ("copy", "signatories", "salutation"):
        assert right[kind] == 1.0, kind
    for kind in ("edited", "roman", "operator", *OTHER):
        assert right[kind] >= 0.8, kind


def test_weights_fall_with_the_number_of_texts() -> None:
    weights = shipped_weights()
    common, telling, rare = (weights.of(stems(word)[0]) for word in ("है", "ट्रांसफार्मर", "झुमरीतलैयाखेड़ा"))
    assert common == 0.0 < telling < rare == 1.0


def test_few_texts_leave_no_word_in_the_table() -> None:
    number, counts = count(["सोनमती का राशन", "बिरजू का राशन", "मंगरू का राशन 214"])
    assert (number, set(counts)) == (3, set(stems("का राशन")))
