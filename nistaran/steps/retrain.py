"""Retrain: enough new trusted corrections → a challenger → the gate's verdict → live, proposed, or refused with reasons.

Not here: training and judging (models/, through the Models port), how corrections become trusted (trust.py), going back (the port).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nistaran.domain.correction import TrustedLabel
from nistaran.domain.correction_refused import login_of
from nistaran.domain.promotion import SCHEDULE, Approval, Promotion, Proposal
from nistaran.steps.house import House
from nistaran.steps.model_ports import Models

_PAGE = 2_000


class Retrained(StrEnum):
    """What became of it."""

    TOO_FEW = "TOO_FEW"  #: too few new corrections since the last challenger: nothing was trained
    REFUSED = "REFUSED"  #: the gate found something against the challenger
    PROPOSED = "PROPOSED"  #: the gate let it pass; people must agree before it goes live
    PROMOTED = "PROMOTED"  #: it is live


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrainOutcome:
    """`new` trusted corrections came since the last challenger, of `labels` in all; `enough` were needed."""

    state: Retrained
    labels: int
    new: int
    enough: int
    proposal: Proposal | None = None
    promotion: Promotion | None = None


def retrain(house: House, models: Models, *, enough: int, approval: Approval, by: str = SCHEDULE) -> RetrainOutcome:
    """Train and judge a challenger when at least `enough` trusted corrections came since the last one; 0: in any case.

    Raises:
        WrongLogin: when `by` is neither SCHEDULE nor a login.
        PinnedModel, UntrustedModel: when the settings name a model, or the live one cannot be trusted.
    """
    who = by if by == SCHEDULE else login_of(by)
    labels = trusted_labels(house)
    new = new_since(labels, models.proposals())
    if new < enough:
        return RetrainOutcome(state=Retrained.TOO_FEW, labels=len(labels), new=new, enough=enough)
    proposal = models.challenge(labels, by=who, at=house.clock.now())
    if not proposal.verdict.promote:
        return RetrainOutcome(state=Retrained.REFUSED, labels=len(labels), new=new, enough=enough, proposal=proposal)
    promotion = None
    if approval is Approval.AUTO:
        promotion = models.promote(proposal.kept.version, by=who, at=house.clock.now(), approval=approval)
    return RetrainOutcome(
        state=Retrained.PROMOTED if promotion else Retrained.PROPOSED,
        labels=len(labels),
        new=new,
        enough=enough,
        proposal=proposal,
        promotion=promotion,
    )


def trusted_labels(house: House) -> list[TrustedLabel]:
    """All corrections that may teach, page by page, in the order in which they became trusted. A label may be withdrawn later, so
    every training reads from the beginning."""
    found: list[TrustedLabel] = []
    after: tuple[datetime, str] | None = None
    with house.read() as work:
        while page := work.corrections.trusted(after=after, limit=_PAGE):
            found += page
            after = page[-1].key
    return found


def new_since(labels: list[TrustedLabel], proposals: list[Proposal]) -> int:
    """How many labels became trusted after the newest one that a challenger has seen."""
    seen = max((one.up_to for one in proposals if one.up_to is not None), default=None)
    return sum(seen is None or label.at > seen for label in labels)


def promote(house: House, models: Models, version: str, *, by: str, approval: Approval) -> Promotion | None:
    """A person makes a proposed version live; None when a second person must agree as well.

    Raises:
        WrongLogin: when `by` is no login.
        UnknownVersion, GateRefused, PromotionLost, PinnedModel: as the port.
    """
    return models.promote(version, by=login_of(by), at=house.clock.now(), approval=approval)


def rollback(house: House, models: Models, *, by: str) -> Promotion:
    """A person brings back the model that was live before.

    Raises:
        WrongLogin: when `by` is no login.
        NothingBefore, PromotionLost, PinnedModel: as the port.
    """
    return models.rollback(by=login_of(by), at=house.clock.now())
