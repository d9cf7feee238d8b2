"""Drift: the live model's latest decisions beside its reference; what drifted goes to people until somebody has looked.

Here: reading decisions from the ledger, page by page, and keeping what came out. Not here: comparing (nistaran/domain/drift.py),
sending cases to people (nistaran/domain/fallback.py, which stands over the live model).
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nistaran.domain.cleaning import clean
from nistaran.domain.correction_refused import login_of
from nistaran.domain.decision import AskReason
from nistaran.domain.drift import LIMITS, Alarm, DriftLimits, Picture, Sign, compare
from nistaran.domain.events import EventKind, Link
from nistaran.domain.fallback import Watch
from nistaran.steps.house import House
from nistaran.steps.model_ports import Models
from nistaran.steps.ports import UnitOfWork

WINDOW = 2_000  #: the newest decisions that are looked at
_EVENTS = 60_000  #: events among which they are looked for
_TEXTS = 200  #: cases of the window whose words are counted
#: The model had an answer and the case went to a person for another cause; of ERROR and the like nothing is known.
_ANSWERED = frozenset(
    {AskReason.NO_OFFICE, AskReason.AMBIGUOUS_PLACE, AskReason.NO_PLACE, AskReason.DRIFT, AskReason.RESPONDENT}
)
_ASKED = frozenset(
    {
        AskReason.LOW_CONFIDENCE,
        AskReason.TOO_LITTLE_EVIDENCE,
        AskReason.UNKNOWN_SCRIPT,
        AskReason.DAMAGED_TEXT,
        AskReason.NOT_A_GRIEVANCE,
    }
)
#: What can be compared with the texts that a model was made with: the departments' shares there are not those of life.
_AT_TRAINING = frozenset({Sign.COVERAGE_FELL, Sign.SURENESS_FELL, Sign.WORDS_UNKNOWN})


class Watched(StrEnum):
    """What came of one look."""

    TOO_FEW = "TOO_FEW"  #: too few decisions of this version since the last reference
    REFERENCE = "REFERENCE"  #: its first whole window: kept as the reference
    QUIET = "QUIET"
    ALARM = "ALARM"


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftOutcome:
    """`looked_at` decisions of `version`; `alarms` are new, `watch` is how it stands now."""

    state: Watched
    version: str
    looked_at: int
    alarms: tuple[Alarm, ...]
    watch: Watch


def look(house: House, models: Models, limits: DriftLimits = LIMITS) -> DriftOutcome:
    """Compare the newest decisions of the live version with its reference, and keep what drifted.

    A version's first window is held against how it was at its training and then becomes the reference; after a clearing too, but
    without that comparison: a person has said that this is how it is.
    """
    watch = models.watch()
    with house.read() as work:
        seq = work.ledger.head().seq
        picture = _window(work, models, watch, seq)
    count = picture.whole.count
    if count < limits.window:
        return _outcome(Watched.TOO_FEW, watch, count)
    now = house.clock.now()
    if watch.reference is None:
        alarms = (
            []
            if watch.cleared_by
            else [one for one in compare(models.at_training(), picture, limits) if one.sign in _AT_TRAINING]
        )
        if not alarms:
            models.keep_reference(watch.version, picture, seq=seq, at=now)
            return _outcome(Watched.REFERENCE, models.watch(), count)
    else:
        alarms = compare(watch.reference, picture, limits)
    standing = {(one.sign, one.department) for one in watch.alarms}
    new = [one for one in alarms if (one.sign, one.department) not in standing]
    if not new:
        return _outcome(Watched.QUIET, watch, count)
    models.keep_alarms(watch.version, new, at=now)
    return _outcome(Watched.ALARM, models.watch(), count, new)


def clear(house: House, models: Models, *, by: str) -> Watch:
    """A person has looked at the alarms: the model decides again. Returns how the watch stood before.

    Cases that waited for a person meanwhile are decided anew by `nistaran route --asked DRIFT`.

    Raises:
        WrongLogin: when `by` is no login.
    """
    who, watch = login_of(by), models.watch()
    with house.read() as work:
        seq = work.ledger.head().seq
    models.clear_alarms(watch.version, by=who, seq=seq, at=house.clock.now())
    return watch


def _outcome(state: Watched, watch: Watch, looked_at: int, alarms: Iterable[Alarm] = ()) -> DriftOutcome:
    return DriftOutcome(state=state, version=watch.version, looked_at=looked_at, alarms=tuple(alarms), watch=watch)


def _window(work: UnitOfWork, models: Models, watch: Watch, seq: int) -> Picture:
    picture = Picture()
    cases: list[str] = []
    newest = deque(_decided(work.ledger.links(after=max(watch.seq, seq - _EVENTS)), watch.version), maxlen=WINDOW)
    for case, department, confidence, covered in newest:
        picture.add(department, confidence, covered=covered)
        cases.append(case)
    every = max(len(cases) // _TEXTS, 1)
    found = (work.cases.by_number(number) for number in cases[::every])
    picture.known, picture.words = models.known_words([clean(case.text) for case in found if case is not None])
    return picture


def _decided(links: Iterable[Link], version: str) -> Iterator[tuple[str, str, float, bool]]:
    """(case, department, confidence, whether the model would have assigned it) of the first decisions by this version."""
    for link in links:
        if link.kind not in {EventKind.ROUTED, EventKind.PERSON_ASKED}:
            continue
        body = json.loads(link.body)
        if body.get("model") != version or not body.get("department") or "again" in body:
            continue
        covered = _covered(body.get("reason", ""))
        if covered is not None:
            yield link.case, str(body["department"]), float(body["confidence"]), covered


def _covered(reason: str) -> bool | None:
    """Whether the model was sure enough; None where the decision does not tell."""
    if not reason or reason in _ANSWERED:
        return True
    return False if reason in _ASKED else None
