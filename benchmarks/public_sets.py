"""The text layer and the training recipe on public Hindi sets with their official splits, beside published numbers.

`python -m benchmarks.public_sets FOLDER`: FOLDER holds sib200/ (dadelani/sib-200, CC BY-SA 4.0: topics of Hindi sentences) and
hinglish_top/ (google-research-datasets/Hinglish-TOP-Dataset, Apache-2.0: requests in roman Hindi). Neither is shipped, and the
product's model is never trained on them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.__main__ import machine, write
from models.fit import Example, Recipe, fit
from models.text import distinct_words, tokens
from nistaran.domain.cleaning import clean

Labelled = tuple[str, str]


def sib200(folder: Path, split: str, language: str = "hin_Deva") -> list[Labelled]:
    """(text, topic) rows."""
    return [(row["text"], row["category"]) for row in _rows(folder / "sib200" / f"{language}.{split}.tsv")]


def hinglish_top(folder: Path, split: str) -> list[Labelled]:
    """(request in roman Hindi, domain) rows."""
    return [(row["cs_query"], row["domain"]) for row in _rows(folder / "hinglish_top" / f"{split}.tsv")]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)


def accuracy(train: Sequence[Labelled], tests: Sequence[Sequence[Labelled]], min_rows: int) -> list[float]:
    """Share right on each test set by a model of the shipped recipe fitted on `train` alone."""
    labels = tuple(sorted({label for _, label in train}))
    examples = [Example(id=str(n), tokens=_tokens(text), department=label) for n, (text, label) in enumerate(train)]
    fitted = fit(examples, labels, Recipe(min_rows=min_rows))
    found = []
    for test in tests:
        said = fitted.scores([_tokens(text) for text, _ in test]).argmax(axis=1)
        found.append(float(np.mean([labels[code] == label for code, (_, label) in zip(said, test, strict=True)])))
    return found


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(tokens(" ".join(distinct_words(clean(text)))))


def main() -> None:
    """Measure and write the section into results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    where = machine()
    topics = accuracy(
        [*sib200(folder, "train"), *sib200(folder, "dev")],
        [sib200(folder, "test", language) for language in ("hin_Deva", "awa_Deva", "bho_Deva")],
        min_rows=2,
    )
    (domains,) = accuracy(hinglish_top(folder, "train"), [hinglish_top(folder, "test")], min_rows=2)
    write(
        "public sets",
        [
            f"| SIB-200 Hindi, 7 topics, 800 training, 204 test sentences | {100 * topics[0]:.1f} % | zero-shot: GPT-3.5 65.7, GPT-4 86.8 |",
            f"| … the same model on Awadhi / Bhojpuri test sentences | {100 * topics[1]:.1f} / {100 * topics[2]:.1f} % | |",
            f"| Hinglish-TOP, roman Hindi, 8 domains, 2,993 training, 6,513 test | {100 * domains:.1f} % | |",
        ],
        where,
    )


if __name__ == "__main__":
    main()
