"""Which model is live: proposals that the gate judged, people who agreed, promotions and rollbacks, in the order they happened.

Here: values, how many people must agree, what is live after them all. Not here: keeping them (models/promotion.py), the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from nistaran.domain.errors import NistaranError
from nistaran.domain.verdict import Verdict

#: Who proposes where no person does: the scheduled flow.
SCHEDULE = "schedule"


class PromotionLost(NistaranError):
    """इस बीच दूसरा मॉडल लागू हो गया: `nistaran model list` देखें; नया मॉडल अब उसी से तुलना करके बनाना होगा / Another model went live
    meanwhile: look at `nistaran model list`; this one was judged against the one before, so train anew."""


class AlreadyLive(PromotionLost):
    """यह मॉडल पहले से लागू है, कुछ करना शेष नहीं / This model is live already: nothing is left to do."""


class GateRefused(NistaranError):
    """जाँच में यह मॉडल अस्वीकृत हुआ है, इसलिए लागू नहीं हो सकता: `nistaran model show` में कारण देखें / The gate refused this model, so
    it cannot go live: see the reasons with `nistaran model show`."""


class UnknownVersion(NistaranError):
    """इस नाम का कोई मॉडल नहीं है: `nistaran model list` से नाम देखें / There is no model of this name: look it up with
    `nistaran model list`."""


class NothingBefore(NistaranError):
    """इससे पहले कोई मॉडल लागू नहीं था, लौटने को कुछ नहीं है / No other model was live before this one: there is nothing to go
    back to."""


class PinnedModel(NistaranError):
    """सेटिंग NISTARAN_MODEL में मॉडल का फ़ोल्डर तय है, इसलिए न नया मॉडल बनेगा, न बदला जाएगा: पहले वह सेटिंग खाली करें / The setting
    NISTARAN_MODEL names a model's folder, so none is trained or made live: empty that setting first."""


class Approval(StrEnum):
    """How a model that the gate let pass goes live; the value of the setting `promote`."""

    AUTO = "auto"  #: at once
    ASK = "ask"  #: when one person says so
    TWO = "two"  #: when two different persons say so; who started the training counts as one

    @property
    def people(self) -> int:
        """How many different persons must agree."""
        return {Approval.AUTO: 0, Approval.ASK: 1, Approval.TWO: 2}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version whose files are kept: `manifest_sha256` names every file's hash, so it names the model to the last bit."""

    version: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A challenger with the gate's verdict. `labels` trusted corrections were there, `up_to` is the newest one's moment (None: none);
    `used` of them were trained on, `left_out` counts the others by reason, `noise` is the report on those that the rest contradict
    (case numbers, logins, counts). `by` is a login or SCHEDULE."""

    kept: Kept
    champion: Kept
    verdict: Verdict
    at: datetime
    by: str
    labels: int
    used: int
    up_to: datetime | None
    left_out: Mapping[str, int]
    noise: Mapping[str, Any]


class Move(StrEnum):
    """How a version became live."""

    PROMOTED = "PROMOTED"
    ROLLED_BACK = "ROLLED_BACK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """One change of the live model. `number` counts them from 1; `before` is what was live until then; `people` are those who
    agreed ("" hash and nobody for a rollback's verdict)."""

    number: int
    move: Move
    kept: Kept
    before: Kept
    at: datetime
    by: str
    people: tuple[str, ...]
    verdict_sha256: str


def agreed(proposed_by: str, approvals: Iterable[str]) -> tuple[str, ...]:
    """The different persons who stand behind a proposal, sorted; the schedule is nobody."""
    return tuple(sorted({proposed_by, *approvals} - {SCHEDULE}))


def live_stack(promotions: Sequence[Promotion]) -> tuple[Kept, ...]:
    """What was live and can be gone back to, oldest first, the live version last; empty when nothing was ever promoted.

    A rollback takes the last one off, so that rolling back twice goes back two steps and not there and back again.
    """
    stack: list[Kept] = []
    for one in promotions:
        match one.move:
            case Move.PROMOTED:
                stack = [*(stack or [one.before]), one.kept]
            case Move.ROLLED_BACK:
                stack.pop()
    return tuple(stack)
