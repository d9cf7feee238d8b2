"""Trusted corrections → rows that may be trained on: each case once, near-duplicates once, and nobody's voice too loud (promise P22).

Here: what is taken, what is set aside for measuring, what is left out and why. Not here: which corrections are trusted
(nistaran/domain/correction.py), suspects among them (models/noise.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.corpus.overlap import duplicate_groups
from models.corpus.reader import Row
from models.text import tokens
from nistaran.domain.cleaning import clean
from nistaran.domain.correction import Source, TrustedLabel
from nistaran.domain.deadlines import day_in_india

HAND = "c"  # the hand of every correction: none of the sheets' hands begins so
FEWEST_TOKENS = 2


class LeftOut(StrEnum):
    """Why a trusted correction is not trained on."""

    MEASURED = "MEASURED"  #: set aside: newest of all, or read in an audit
    OLDER_WORD = "OLDER_WORD"  #: a newer correction of the same case stands in its place
    NO_WORDS = "NO_WORDS"
    UNKNOWN_DEPARTMENT = "UNKNOWN_DEPARTMENT"
    LIKE_THE_CORPUS = "LIKE_THE_CORPUS"  #: nearly repeats a row of the corpus or a text that is measured on
    REPEAT = "REPEAT"  #: nearly repeats another correction
    DISPUTED = "DISPUTED"  #: near-duplicates of which no department has the most votes
    OPERATOR_LIMIT = "OPERATOR_LIMIT"
    DEPARTMENT_LIMIT = "DEPARTMENT_LIMIT"
    TOTAL_LIMIT = "TOTAL_LIMIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Shares of the training rows (P22). `department` times its rows in the corpus is what a department may have in all."""

    total: float = 0.20
    operator: float = 0.05
    department: float = 2.0
    newest: float = 0.20  #: this share of the corrections, the newest, is measured on and never trained on
    newest_most: int = 2_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """`taken` may be trained on; `newest` and `audited` are only measured on; `left_out` counts the rest by reason."""

    taken: tuple[TrustedLabel, ...]
    newest: tuple[TrustedLabel, ...]
    audited: tuple[TrustedLabel, ...]
    left_out: Counter[LeftOut]

    @property
    def rows(self) -> list[Row]:
        """The corrections that are taken, as rows beside the corpus's."""
        return [as_row(label) for label in self.taken]


def as_row(label: TrustedLabel) -> Row:
    """A correction in the form of a corpus row; what nobody noted of a citizen's text is said to be unknown."""
    return Row(
        id=f"{HAND}:{label.case}",
        hand=HAND,
        department=label.department,
        style="operator",
        difficulty="medium",
        state="up",
        area="unknown",
        rules=(),
        secondary=(),
        addressed_to=label.addressed_to or None,
        text=label.text,
    )


def clean_labels(
    labels: Sequence[TrustedLabel],
    corpus: Sequence[Row],
    measured: Sequence[Row],
    *,
    limits: Limits = LIMITS,
) -> Cleaned:
    """What may be trained on beside `corpus`; `measured` are texts on which models are measured anyway (test hands, canaries).

    Deterministic: equal labels in any order give the same answer. Where a limit is passed, the week with the most rows gives way
    first and in it its newest row: a flood of one week yields to steady work, and a cell that has reached the limit goes on learning.
    """
    left_out: Counter[LeftOut] = Counter()
    usual = Counter(row.department for row in corpus)
    usable = [label for label in _one_a_case(labels, left_out) if _is_usable(label, usual, left_out)]
    audited = tuple(label for label in usable if label.source == Source.AUDIT)
    others = [label for label in usable if label.source != Source.AUDIT]
    aside = min(int(len(others) * limits.newest), limits.newest_most)
    newest = tuple(others[len(others) - aside :])
    left_out[LeftOut.MEASURED] = len(audited) + len(newest)
    unlike = _unlike(others[: len(others) - aside], corpus, [*measured, *map(as_row, (*newest, *audited))], left_out)
    taken = _within_limits(unlike, usual, limits, left_out)
    return Cleaned(taken=tuple(taken), newest=newest, audited=audited, left_out=+left_out)


def _one_a_case(labels: Sequence[TrustedLabel], left_out: Counter[LeftOut]) -> list[TrustedLabel]:
    """The newest word on each case, in the order of time; an audit's reading stands before any other, since it is measured on."""
    best: dict[str, TrustedLabel] = {}
    for label in sorted(labels, key=lambda one: (one.source == Source.AUDIT, one.at, one.by, one.department)):
        best[label.case] = label
    left_out[LeftOut.OLDER_WORD] = len(labels) - len(best)
    return sorted(best.values(), key=lambda one: (one.at, one.case))


def _is_usable(label: TrustedLabel, known: Collection[str], left_out: Counter[LeftOut]) -> bool:
    if label.department not in known:
        left_out[LeftOut.UNKNOWN_DEPARTMENT] += 1
        return False
    if len(tokens(clean(label.text))) < FEWEST_TOKENS:
        left_out[LeftOut.NO_WORDS] += 1
        return False
    return True


def _unlike(
    candidates: Sequence[TrustedLabel], corpus: Sequence[Row], measured: Sequence[Row], left_out: Counter[LeftOut]
) -> list[TrustedLabel]:
    """One correction a group of near-duplicates, the oldest with the department that most of the group's logins name; none
    that is like the corpus (it adds nothing, and a poisoned copy would fight with it) or like what is measured on."""
    texts = [row.text for row in (*corpus, *measured)] + [label.text for label in candidates]
    groups = duplicate_groups([tuple(tokens(clean(text))) for text in texts])
    first = len(texts) - len(candidates)
    elsewhere = set(groups[:first])
    members: dict[int, list[TrustedLabel]] = defaultdict(list)
    for label, group in zip(candidates, groups[first:], strict=True):
        if group in elsewhere:
            left_out[LeftOut.LIKE_THE_CORPUS] += 1
        else:
            members[group].append(label)
    kept = [_spokesman(own, left_out) for own in members.values()]
    return sorted((label for label in kept if label is not None), key=lambda one: (one.at, one.case))


def _spokesman(group: Sequence[TrustedLabel], left_out: Counter[LeftOut]) -> TrustedLabel | None:
    votes = Counter(department for department, _ in {(label.department, label.by) for label in group})
    (department, most), *rest = votes.most_common()
    if rest and rest[0][1] == most:
        left_out[LeftOut.DISPUTED] += len(group)
        return None
    left_out[LeftOut.REPEAT] += len(group) - 1
    return next(label for label in group if label.department == department)


def _within_limits(
    labels: list[TrustedLabel], usual: Counter[str], limits: Limits, left_out: Counter[LeftOut]
) -> list[TrustedLabel]:
    corpus = usual.total()
    # Shares of all training rows are kept by counting on the corpus alone: corrections only make the whole larger.
    operator_most = int(limits.operator * corpus)
    total_most = int(limits.total / (1 - limits.total) * corpus)
    kept = _each(labels, lambda label: label.by, lambda _: operator_most, LeftOut.OPERATOR_LIMIT, left_out)
    kept = _each(
        kept,
        lambda label: label.department,
        lambda code: int((limits.department - 1) * usual[code]),
        LeftOut.DEPARTMENT_LIMIT,
        left_out,
    )
    return _each(kept, lambda _: "", lambda _: total_most, LeftOut.TOTAL_LIMIT, left_out)


def _each(
    labels: Sequence[TrustedLabel],
    key: Callable[[TrustedLabel], str],
    most: Callable[[str], int],
    reason: LeftOut,
    left_out: Counter[LeftOut],
) -> list[TrustedLabel]:
    groups: dict[str, list[TrustedLabel]] = defaultdict(list)
    for label in labels:
        groups[key(label)].append(label)
    kept = [label for code, own in sorted(groups.items()) for label in _thinned(own, most(code))]
    left_out[reason] += len(labels) - len(kept)
    return sorted(kept, key=lambda one: (one.at, one.case))


def _thinned(labels: Sequence[TrustedLabel], most: int) -> list[TrustedLabel]:
    """At most so many: the fullest week gives way first (of two the later), its newest row first."""
    weeks: dict[tuple[int, int], list[TrustedLabel]] = defaultdict(list)
    for label in labels:
        year, week, _ = day_in_india(label.at).isocalendar()
        weeks[year, week].append(label)
    for _ in range(len(labels) - most):
        fullest = max(weeks, key=lambda week: (len(weeks[week]), week))
        weeks[fullest].pop()
    return [label for own in weeks.values() for label in own]
