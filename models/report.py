"""The model card and the evaluation page as Markdown tables.

Not here: the measuring (models/evaluate.py) and the arithmetic (models/metrics.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.metrics import Share, calibration_error, coverage_at, macro_f1, top
from models.settings import ModelSettings

if TYPE_CHECKING:
    from models.evaluate import Measured

MOST_PAIRS = 20


def card(settings: ModelSettings, measured: Measured) -> str:
    """The model card: what it is, what it was made from and measured on, its figures, what it must not be used for."""
    facts = settings.training
    return "\n".join(
        [
            f"# {settings.version}",
            "",
            "Names the responsible department of a public complaint in Hindi (Devanagari, roman, mixed), or asks a person.",
            "",
            f"- **Made from** {facts['rows']} complaints written by hand for this project by the training hands, and "
            f"{facts['phrases']} short phrases that describe the departments; each with a copy in Latin letters made by rule. "
            "No citizen's text and no public data set went into it.",
            f"- **Kind**: linear (ridge) over character n-grams, words and phonetic folds; {facts['features']} features, "
            f"{len(settings.departments)} departments; one temperature ({settings.temperature:.3f}); thresholds for "
            f"{facts['precision_target']:.0%} precision set out of fold on the training hands.",
            f"- **Measured on** {_measured_on(measured)}",
            "- **Limits**: all texts, training and test, are composed; none was sent by a citizen. Outside texts will do worse. The "
            "thresholds must be set again on audited traffic before the model acts alone anywhere.",
            "- **Privacy**: features that occur in fewer than three training texts and all numbers are left out.",
            "",
            *_summary(measured),
            "",
        ]
    )


def evaluation_page(settings: ModelSettings, measured: Measured) -> str:
    """docs/evaluation.md: the card's summary, then every breakdown, then the pairs most often confused."""
    rows = measured.rows
    parts = [
        "# How good the department model is",
        "",
        f"Model `{settings.version}`. Written by `make evaluate`; do not edit. Measured on {_measured_on(measured)}",
        "",
        f"On training hands that wrote for every department, each scored by a model that saw none of its texts, top-1 is "
        f"{settings.training['other_hands_top1']:.3f}; on these the confidence and the thresholds are learned.",
        "",
        *_summary(measured),
        "",
        "![Is the confidence honest?](pictures/reliability.png) ![How much may it send alone?](pictures/coverage.png)",
        "",
        *_breakdown("Style", [row.style for row in rows], measured),
        *_breakdown("Difficulty", [row.difficulty for row in rows], measured),
        *_breakdown("State", [row.state for row in rows], measured),
        *_breakdown("Area", [row.area for row in rows], measured),
        *_departments(measured),
        *_confusions(measured),
        "![Most confused departments](pictures/confusion.png)",
        "",
        *_asked(measured),
        *_several(measured),
        "How the gate stands against poisoned corrections: "
        "[decision 8](decisions/0008-a-gate-that-looks-at-each-department.md).",
        "",
    ]
    return "\n".join(parts)


def _measured_on(measured: Measured) -> str:
    hands = sorted({row.hand for row in measured.rows})
    hard = sum(row.difficulty == "hard" for row in measured.rows)
    return (
        f"{len(measured.rows)} complaints by the test hand(s) {', '.join(hands)}, by other hands than the training "
        f"texts and never trained on, {hard} of them hard (the surface words mislead). One case more or less right moves a "
        f"figure by {100 / len(measured.rows):.1f} points; the standard error of top-1 is about "
        f"{100 * _standard_error(measured.is_right):.1f} points."
    )


def _standard_error(is_right: NDArray[np.bool_]) -> float:
    return float(np.sqrt(is_right.mean() * (1 - is_right.mean()) / len(is_right)))


def _summary(measured: Measured) -> list[str]:
    chances, truth, is_right = measured.chances, measured.truth, measured.is_right
    confidence, assigned, not_ours = chances.max(axis=1), measured.is_assigned, measured.is_not_ours
    said_not_ours = measured.predicted == measured.departments.index("NONE")
    sent = Share(int(is_right[assigned].sum()), int(assigned.sum()))
    values: list[tuple[str, str]] = [
        *((f"top-{size}", _percent(top(chances, truth, size).value)) for size in (1, 3, 5)),
        ("macro-F1", _percent(macro_f1(measured.predicted, truth))),
        ("calibration error (ECE)", _percent(calibration_error(confidence, is_right))),
        ("coverage at 95 % precision (best cut on this set)", _percent(coverage_at(confidence, is_right, 0.95))),
        ("coverage at 98 % precision (best cut on this set)", _percent(coverage_at(confidence, is_right, 0.98))),
        ("assigned without a person, thresholds as shipped", _percent(float(assigned.mean()))),
        ("right among these", f"{_percent(sent.value)} ({sent.right} of {sent.count})"),
        ("NONE recall", _percent(float(said_not_ours[not_ours].mean()) if not_ours.any() else 0.0)),
        ("real complaints called NONE", _percent(float(said_not_ours[~not_ours].mean()))),
    ]
    return _table(("figure", "value"), values)


def _breakdown(title: str, kinds: Sequence[str], measured: Measured) -> list[str]:
    own = np.asarray(kinds)
    lines = []
    for kind in sorted(set(kinds)):
        mask = own == kind
        chances, truth = measured.chances[mask], measured.truth[mask]
        first, third = top(chances, truth, 1), top(chances, truth, 3)
        lines.append((kind, str(first.count), _percent(first.value), _percent(third.value)))
    return [f"## {title}", "", *_table((title.lower(), "texts", "top-1", "top-3"), lines), ""]


def _departments(measured: Measured) -> list[str]:
    lines = []
    for code, department in enumerate(measured.departments):
        mask, said = measured.truth == code, measured.predicted == code
        recall, precision = measured.is_right[mask], measured.is_right[said]
        lines.append((department, str(int(mask.sum())), _mean(recall), str(int(said.sum())), _mean(precision)))
    header = ("department", "texts", "recall", "times said", "precision")
    return ["## Department", "", "A dozen texts a department: read these as hints.", "", *_table(header, lines), ""]


def _confusions(measured: Measured) -> list[str]:
    wrong = np.flatnonzero(~measured.is_right)
    codes = measured.departments
    pairs = Counter((codes[measured.truth[row]], codes[measured.predicted[row]]) for row in wrong)
    lines = [(right, said, str(count)) for (right, said), count in pairs.most_common(MOST_PAIRS)]
    return ["## Pairs most often confused", "", *_table(("responsible", "model said", "texts"), lines), ""]


def _asked(measured: Measured) -> list[str]:
    reasons = Counter(reason.value if reason is not None else "(assigned)" for reason in measured.asked)
    lines = []
    for reason, count in reasons.most_common():
        mask = np.asarray([(own.value if own is not None else "(assigned)") == reason for own in measured.asked])
        lines.append((reason, str(count), _percent(float(measured.is_right[mask].mean()))))
    return ["## When a person is asked", "", *_table(("reason", "texts", "first guess right"), lines), ""]


def _several(measured: Measured) -> list[str]:
    rows = list(zip(measured.rows, measured.also, strict=True))
    marked = [(set(row.secondary) - {row.department}, set(said)) for row, said in rows if row.secondary]
    both, named = sum(len(own & said) for own, said in marked), sum(len(said) for _, said in marked)
    wanted = sum(len(own) for own, _ in marked)
    single = [said for row, said in rows if not row.secondary]
    values = [
        ("texts whose writer marked a second department (often one that is only mentioned)", str(len(marked))),
        ("of the marked departments named", _percent(both / max(wanted, 1))),
        ("of the named departments marked", _percent(both / max(named, 1))),
        ("other texts for which a second department is named", _percent(sum(map(bool, single)) / max(len(single), 1))),
    ]
    return ["## Several issues in one text", "", *_table(("figure", "value"), values), ""]


def _mean(is_right: NDArray[np.bool_]) -> str:
    return _percent(float(is_right.mean())) if len(is_right) else "–"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "| " + " | ".join("---" for _ in header) + " |",
        *("| " + " | ".join(line) + " |" for line in lines),
    ]
