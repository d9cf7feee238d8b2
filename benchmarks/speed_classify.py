"""Speed of the department classifier beside the obvious scikit-learn pipeline, same texts, one run, one core.

`OMP_NUM_THREADS=1 python -m benchmarks.speed_classify`: both sides on one core. The pipeline is TfidfVectorizer(char_wb) +
LinearSVC over the same normalised tokens.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from models.classifier import DepartmentClassifier
from models.corpus.reader import Row, read_sheets
from models.text import tokens

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


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    started = time.perf_counter()
    classifier = DepartmentClassifier.load()
    load_seconds = time.perf_counter() - started
    rows = read_sheets()
    trained_on, tested = [row for row in rows if not row.is_test], [row for row in rows if row.is_test]
    texts = texts_of(rows, TEXTS, WORDS)
    say(f"model {classifier.version}, {len(texts)} texts of {WORDS} words, best of {REPEATS}, one core")
    say(f"load {load_seconds:.2f} s")

    started = time.perf_counter()
    classifier.classify(texts[:5_000])
    say(f"cold table, first 5,000 texts     {5_000 / (time.perf_counter() - started):>10,.0f} /s")
    scores_only = best_seconds(lambda: classifier.probabilities(texts))
    whole = best_seconds(lambda: classifier.classify(texts))
    say(f"probabilities only                {TEXTS / scores_only:>10,.0f} /s")
    say(f"classify (candidates and words)   {TEXTS / whole:>10,.0f} /s   {1e6 * whole / TEXTS:.1f} µs each")
    for words in (10, 100, 300):
        own = texts_of(rows, 2_000, words)
        classifier.classify(own)
        seconds = best_seconds(lambda own=own: classifier.classify(own))
        say(f"classify, {words:>3} words               {len(own) / seconds:>10,.0f} /s")
    single = best_seconds(lambda: [classifier.classify([text]) for text in texts[:500]])
    say(f"one at a time                     {500 / single:>10,.0f} /s   {1e6 * single / 500:.0f} µs each")

    pipeline = obvious_pipeline(trained_on)
    few = texts[:2_000]
    plain = best_seconds(lambda: pipeline.predict(few)) / len(few)
    say(f"TfidfVectorizer + LinearSVC       {1 / plain:>10,.0f} /s   {1e6 * plain:.1f} µs each")
    say(f"ratio: probabilities {plain * TEXTS / scores_only:.1f} x, classify {plain * TEXTS / whole:.1f} x")

    ours = [found.best.department for found in classifier.classify([row.text for row in tested])]
    theirs = list(pipeline.predict([row.text for row in tested]))
    agree = float(np.mean([one == other for one, other in zip(ours, theirs, strict=True)]))
    say(
        f"top-1 on the test hands: ours {accuracy(ours, tested):.3f}, the pipeline {accuracy(theirs, tested):.3f}, agreement {agree:.3f}"
    )
    say(f"peak memory of this run, both sides: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
