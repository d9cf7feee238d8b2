"""`python -m models.reports.train`: hand-written reports → the shipped judge. Deterministic: equal corpus and recipe, equal bytes.

Thresholds come from scores of hands by models that saw none of their texts. Not here: measuring on the test hand (evaluate.py).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import sklearn
from numpy.typing import NDArray

from models.artefact import Artefact
from models.registry import Registry, load_artefact
from models.reports.augment import augmented
from models.reports.corpus import REPORTS, ReportRow, hands, read_reports
from models.reports.evaluate import judge_rows, precision_recall_f1
from models.reports.fit import COLUMNS, Recipe, as_examples, fit_reports, held_out
from models.reports.judge import ReportJudge
from models.reports.labels import GateRefused, against, read_labels
from models.reports.phrases import TABLE, read_table
from models.reports.shelf import SHIPPED
from models.settings import Guard, ModelSettings

ZERO = 1.0  # thresholds are kept as score + 1, because settings hold them between 0 and 2
#: The hands that wrote reports of every kind. The others wrote the hardest kinds only: they teach, but how severe the judge is with an
#: office's everyday reports is not for them to say. Without these hands (another corpus) all count.
BROAD = ("r1", "r2")
PRECISION = 0.97  # aimed at on hands held out: a report refused wrongly costs an officer a default
_NO_GUARD = Guard(
    min_known_words=0.0, min_known_share=0.0, max_foreign_share=1.0, min_damaged_words=0.0, max_damaged_share=1.0
)


def train(rows: Sequence[ReportRow], recipe: Recipe) -> Artefact:
    """The judge of these rows. Raises ValueError when they are of fewer than two hands."""
    if len(hands(rows)) < 2:
        raise ValueError("reports of one hand only: thresholds need two; write a second hand")
    table = read_table()
    examples = as_examples(rows, table)
    everything = [*examples, *as_examples(augmented(rows), table)]
    fitted = fit_reports(everything, recipe)
    scores = held_out(everything, recipe)[: len(examples)]
    targets = np.vstack([example.targets for example in examples]) > 0
    broad = (
        np.isin([example.hand for example in examples], BROAD)
        if set(BROAD) & set(hands(rows))
        else np.ones(len(rows), bool)
    )
    thresholds = [reject_threshold(scores[broad, 0], targets[broad, 0])]
    rejected = targets[:, 0]
    thresholds += [
        best_f1_threshold(scores[rejected, column], targets[rejected, column]) for column in range(1, len(COLUMNS))
    ]
    corpus_sha256 = _hash_of(rows)
    settings = ModelSettings(
        version=f"reports-{hashlib.sha256(f'{corpus_sha256}{recipe}{_table_hash()}'.encode()).hexdigest()[:10]}",
        departments=COLUMNS,
        temperature=_temperature(scores[:, 0] - thresholds[0], targets[:, 0]),
        curve=((0.0, 0.0), (1.0, 1.0)),
        thresholds=tuple(float(np.clip(round(value + ZERO, 4), 0.0, 2.0)) for value in thresholds),
        guard=_NO_GUARD,
        training={
            "rows": len(rows),
            "hands": ",".join(hands(rows)),
            "features": len(fitted.space.weights),
            "corpus_sha256": corpus_sha256,
            "phrases_sha256": _table_hash(),
            "scikit_learn": sklearn.__version__,
            **{f"recipe_{name}": value for name, value in asdict(recipe).items()},
        },
    )
    return Artefact(settings=settings, space=fitted.space, coefficients=fitted.coefficients)


def reject_threshold(scores: NDArray[np.float32], is_reject: NDArray[np.bool_]) -> float:
    """The score with the best F1 of REJECT among those with the precision aimed at (the best F1 at all when there is none)."""
    candidates = _f1_of_thresholds(scores, is_reject)
    precise = [found for found in candidates if found[1] >= PRECISION] or candidates
    return max(precise)[2]


def best_f1_threshold(scores: NDArray[np.float32], is_true: NDArray[np.bool_]) -> float:
    """The score with the best F1 of a reason among rejected reports; 1.0 (never) for a reason without a row."""
    return max(_f1_of_thresholds(scores, is_true))[2] if is_true.any() else 1.0


def _f1_of_thresholds(scores: NDArray[np.float32], is_true: NDArray[np.bool_]) -> list[tuple[float, float, float]]:
    """(F1, precision, threshold) for every cut between two scores."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(is_true[order])
    said = np.arange(1, len(scores) + 1)
    f1 = 2 * hits / (said + is_true.sum())
    ranked = scores[order]
    cuts = (ranked + np.append(ranked[1:], ranked[-1] - 0.01)) / 2
    return [
        (float(value), float(precision), float(cut))
        for value, precision, cut in zip(f1, hits / said, cuts, strict=True)
    ]


def _temperature(margins: NDArray[np.float32], is_reject: NDArray[np.bool_]) -> float:
    """The slope that makes margins of held-out reports likeliest as logits."""
    signs = np.where(is_reject, 1.0, -1.0)
    tried = np.geomspace(0.02, 1.0, 60)
    losses = [float(np.logaddexp(0.0, -signs * margins / temperature).sum()) for temperature in tried]
    return float(round(tried[int(np.argmin(losses))], 4))


def _hash_of(rows: Sequence[ReportRow]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row.id}\t{row.is_reject}\t{row.reasons}\t{row.complaint}\t{row.report}\n".encode())
    return digest.hexdigest()


def _table_hash() -> str:
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()


def hold_to_the_gate(trained: Artefact, current: Artefact, measured: Sequence[ReportRow]) -> None:
    """Raises GateRefused when the new judge is worse on the test hand than the current one."""
    table = read_table()
    before, after = (
        precision_recall_f1(judge_rows(ReportJudge(one, table), measured)[0]) for one in (current, trained)
    )
    if found := against(before, after):
        raise GateRefused("; ".join(found))


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains on all training hands, saves the version and makes it current; with labels only when the gate finds nothing against it."""
    parser = argparse.ArgumentParser(prog="python -m models.reports.train", description=main.__doc__)
    parser.add_argument("--registry", type=Path, default=SHIPPED, help="folder of versions of the judge")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the reports' corpus")
    parser.add_argument("--labels", type=Path, help="people's words on the judge: a file of `nistaran report-labels`")
    chosen = parser.parse_args(arguments)
    started = time.perf_counter()
    corpus, registry = read_reports(chosen.reports), Registry(chosen.registry)
    if chosen.labels is None:
        trained = train(corpus, Recipe())
    else:
        measured = read_reports(chosen.reports, test=True)
        trained = train([*corpus, *read_labels(chosen.labels, corpus, measured=measured)], Recipe())
        hold_to_the_gate(trained, load_artefact(registry.current()), measured)
    folder = registry.save(trained)
    registry.promote(trained.settings.version)
    facts = trained.settings.training
    sys.stdout.write(
        f"{folder.name}: {facts['rows']} rows, {facts['features']} features, {time.perf_counter() - started:.1f} s\n"
    )


if __name__ == "__main__":
    main()
