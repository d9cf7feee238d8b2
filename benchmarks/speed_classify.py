"""Speed of the department classifier beside the obvious scikit-learn pipeline and fastText: same texts, one run, one core.

`OMP_NUM_THREADS=1 taskset -c 0 python -m benchmarks.speed_classify`. The pipeline is TfidfVectorizer(char_wb) + LinearSVC over the
same normalised tokens; fastText learns the same rows, with and without character n-grams, and gets the raw texts (no
normalisation: in its favour). Normalisation is inside our own time.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from benchmarks.__main__ import machine, measured, write
from models.classifier import DepartmentClassifier
from models.corpus.reader import Row, read_sheets
from models.text import tokens
from nistaran.bootstrap import calm_the_collector
from nistaran.domain.cleaning import clean

TEXTS, WORDS, REPEATS = 10_000, 40, 3


def texts_of(rows: Sequence[Row], count: int, words: int) -> list[str]:
    """Texts of exactly `words` words, cut from corpus texts of one department each, laid end to end in seeded order."""
    shuffled = random.Random(7)
    by_department: dict[str, list[str]] = {}
    for row in rows:
        by_department.setdefault(row.department, []).extend(row.text.split())
    pools = list(by_department.values())
    made = []
    for _ in range(count):
        pool = shuffled.choice(pools)
        start = shuffled.randrange(max(len(pool) - words, 1))
        made.append(" ".join(pool[start : start + words]))
    return made


def obvious_pipeline(rows: Sequence[Row]) -> Pipeline:
    """What one would write first; fitted on the training hands."""
    vectoriser = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        min_df=3,
        sublinear_tf=True,
        preprocessor=lambda text: " ".join(tokens(text)),
    )
    pipeline = make_pipeline(vectoriser, LinearSVC(C=0.5, class_weight="balanced", random_state=1))
    return pipeline.fit([row.text for row in rows], [row.department for row in rows])


def best_seconds(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """The best of several repeats, in seconds."""
    found = []
    for _ in range(repeats):
        started = time.perf_counter()
        run()
        found.append(time.perf_counter() - started)
    return min(found)


def accuracy(said: Sequence[str], rows: Sequence[Row]) -> float:
    return float(np.mean([one == row.department for one, row in zip(said, rows, strict=True)]))


def fasttext_beside(
    rows: Sequence[Row], texts: Sequence[str], truth: Sequence[str], folder: Path, kind: str
) -> tuple[float, list[str]]:
    """(texts a second, the departments of `truth`) by fastText of the same rows; `kind`: "words" or "letters"."""
    lines = [f"__label__{row.department} {' '.join(row.text.split())}\n" for row in rows]
    random.Random(3).shuffle(lines)
    files = {"train": "".join(lines), "texts": _one_a_line(texts), "truth": _one_a_line(truth)}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    found = measured(
        "benchmarks.fasttext_beside", *(str(folder / name) for name in files), kind, str(REPEATS), env={}, core=0
    )
    return len(texts) / found["seconds"], found["said"]


def _one_a_line(texts: Sequence[str]) -> str:
    return "".join(" ".join(text.split()) + "\n" for text in texts)


def our_speeds(classifier: DepartmentClassifier, rows: Sequence[Row], texts: Sequence[str]) -> dict[str, float]:
    """Texts a second in several ways of asking."""
    found: dict[str, float] = {}
    started = time.perf_counter()
    classifier.classify(texts[:5_000])
    found["cold table, first 5,000 texts, candidates and words"] = 5_000 / (time.perf_counter() - started)
    found["probabilities, 40 words"] = len(texts) / best_seconds(lambda: classifier.probabilities(texts))
    found["candidates and deciding words, 40 words"] = len(texts) / best_seconds(lambda: classifier.classify(texts))
    for words in (10, 100, 300):
        own = texts_of(rows, 2_000, words)
        classifier.probabilities(own)
        found[f"probabilities, {words} words"] = len(own) / best_seconds(partial(classifier.probabilities, own))
    found["one at a time, candidates and words"] = 500 / best_seconds(
        lambda: [classifier.classify([text]) for text in texts[:500]]
    )
    return found


def main() -> None:
    """Measure all sides and write the section into results.md."""
    where = machine()
    calm_the_collector()  # as every door of the house does
    started = time.perf_counter()
    classifier = DepartmentClassifier.load()
    load_seconds = time.perf_counter() - started
    rows = read_sheets()
    trained_on, tested = [row for row in rows if not row.is_test], [row for row in rows if row.is_test]
    texts, truth = texts_of(rows, TEXTS, WORDS), [row.text for row in tested]
    ours = our_speeds(classifier, rows, texts)
    right = accuracy([found.best.department for found in classifier.classify(list(map(clean, truth)))], tested)
    bulk = ours["probabilities, 40 words"]
    lines = [f"| ours: {way} | {speed:,.0f} /s | {_aim(way)} |" for way, speed in ours.items()]
    lines.append(f"| ours: top-1 on the test hands; loading | {100 * right:.1f} %; {load_seconds:.2f} s | |")

    pipeline = obvious_pipeline(trained_on)
    few = texts[:2_000]
    plain = len(few) / best_seconds(lambda: pipeline.predict(few))
    said = accuracy(list(pipeline.predict(truth)), tested)
    lines.append(f"| TfidfVectorizer + LinearSVC: speed; top-1 | {plain:,.0f} /s; {100 * said:.1f} % | |")
    lines.append(f"| ratio of our probabilities to it | {bulk / plain:.1f} × | ≥ 20 × |")
    with TemporaryDirectory() as folder:
        for kind, told in (("words", "whole words only"), ("letters", "with letters' n-grams 3–5")):
            speed, labels = fasttext_beside(trained_on, texts, truth, Path(folder), kind)
            lines.append(
                f"| fastText, {told}: speed; top-1 | {speed:,.0f} /s; {100 * accuracy(labels, tested):.1f} % | |"
            )
            lines.append(
                f"| ratio of our probabilities to it | {bulk / speed:.1f} × | {'≥ 1.5 ×' if kind == 'letters' else ''} |"
            )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    lines.append(f"| peak memory of this run, all sides | {memory:.0f} MB | |")
    write("classify speed", lines, where)
    sys.stdout.write("\n".join(lines) + "\n")


def _aim(way: str) -> str:
    return {"probabilities, 40 words": "≥ 60,000 /s", "one at a time, candidates and words": "≥ 1,000 /s"}.get(way, "")


if __name__ == "__main__":
    main()
