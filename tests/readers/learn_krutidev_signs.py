"""Learns the weights of nistaran/readers/krutidev_signs.py anew and prints them: a tool, not a test.

    python tests/readers/learn_krutidev_signs.py HINDI.txt OTHER.txt

HINDI.txt: Unicode Hindi, one text a line (this project's own complaint texts were used). OTHER.txt: roman Hindi, English,
names, codes, one text a line (this project's roman complaint texts, Python's own documentation, office words and names).
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tests.readers.krutidev_encoder import encode

CELLS = 50_000
FEWEST = 8  #: cells in which a pair must be seen


def pairs(cell: str) -> Counter[str]:
    """Pairs of characters of the cell's words, edges included."""
    counted: Counter[str] = Counter()
    for word in cell.split():
        edged = f"␣{re.sub('[0-9]+', '0', word)}␣"
        counted.update(edged[at : at + 2] for at in range(len(edged) - 1))
    return counted


def cells(path: Path, chance: random.Random) -> list[str]:
    """Short pieces of 1–8 words, as cells are."""
    texts = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = []
    for _ in range(CELLS):
        words = chance.choice(texts)
        size = chance.choice([1, 1, 2, 2, 3, 3, 4, 5, 8])
        start = chance.randrange(max(1, len(words) - size + 1))
        found.append(" ".join(words[start : start + size]))
    return found


def in_other_case(cell: str, chance: random.Random) -> str:
    return chance.choice([cell, cell, cell, cell.upper(), cell.title(), cell.lower()])


def main(hindi: Path, other: Path) -> dict[int, list[str]]:
    chance = random.Random(5)
    krutidev = [encode(cell) for cell in cells(hindi, chance)]
    others = [in_other_case(cell, chance) for cell in cells(other, chance)]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([pairs(cell) for cell in krutidev + others])
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST
    names = np.array(vectors.feature_names_)[often]
    wanted = np.r_[np.ones(len(krutidev)), np.zeros(len(others))]
    # a false alarm destroys a text, a miss leaves it to a person: other cells weigh three times
    weights = np.where(wanted == 1, 1.0, 3.0)
    model = LogisticRegression(C=0.05, solver="liblinear", l1_ratio=1.0)
    model.fit(matrix[:, often], wanted, sample_weight=weights)
    table: dict[int, list[str]] = defaultdict(list)
    for name, weight in zip(names, model.coef_[0], strict=True):
        if half_units := round(weight * 2):
            table[half_units].append(str(name))
    return table


if __name__ == "__main__":
    for weight, found in sorted(main(Path(sys.argv[1]), Path(sys.argv[2])).items(), reverse=True):
        sys.stdout.write(f"{weight}: {' '.join(sorted(found))}\n")
