"""Retrain: enough new trusted corrections → a challenger → the gate's verdict → live, proposed, or refused with reasons.

Not here: training and judging (models/, through the Models port), how corrections become trusted (trust.py), the audited sample on
which models are measured (audit.py), going back (the port).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from nistaran.domain.correction_refused import login_of
from nistaran.domain.promotion import SCHEDULE, Approval, Promotion, Proposal
from nistaran.steps.house import House
from nistaran.steps.labels import audited_labels, new_since, trusted_labels
from nistaran.steps.model_ports import Models


class Retrained(StrEnum):
    """What became of it."""

    TOO_FEW = "TOO_FEW"  #: too few new corrections since the last challenger: nothing was trained
    NOT_AUDITED = "NOT_AUDITED"  #: too few audited cases to judge a challenger on: nothing was trained
    REFUSED = "REFUSED"  #: the gate found something against the challenger
    PROPOSED = "PROPOSED"  #: the gate let it pass; people must agree before it goes live
    PROMOTED = "PROMOTED"  #: it is live


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrainOutcome:
    """`new` trusted corrections came since the last challenger, of `labels` in all; `enough` were needed. `audited` readings count, of
    `audits_needed`."""

    state: Retrained
    labels: int
    new: int
    enough: int
    audited: int
    audits_needed: int
    proposal: Proposal | None = None
    promotion: Promotion | None = None


def retrain(house: House, models: Models, *, enough: int, approval: Approval, by: str = SCHEDULE) -> RetrainOutcome:
    """Train and judge a challenger when at least `enough` trusted corrections came since the last one (0: in any case), and enough
    cases were audited: without these the gate refuses whatever is trained.

    Raises:
        WrongLogin: when `by` is neither SCHEDULE nor a login.
        PinnedModel, UntrustedModel: when the settings name a model, or the live one cannot be trusted.
    """
    who = by if by == SCHEDULE else login_of(by)
    labels, audited = trusted_labels(house), audited_labels(house, models)
    outcome = RetrainOutcome(
        state=Retrained.TOO_FEW,
        labels=len(labels),
        new=new_since(labels, models.proposals()),
        enough=enough,
        audited=len(audited),
        audits_needed=models.audits_needed(),
    )
    if outcome.new < enough:
        return outcome
    if outcome.audited < outcome.audits_needed:
        return replace(outcome, state=Retrained.NOT_AUDITED)
    proposal = models.challenge([*labels, *audited], by=who, at=house.clock.now())
    if not proposal.verdict.promote:
        return replace(outcome, state=Retrained.REFUSED, proposal=proposal)
    if approval is not Approval.AUTO:
        return replace(outcome, state=Retrained.PROPOSED, proposal=proposal)
    promotion = models.promote(proposal.kept.version, by=who, at=house.clock.now(), approval=approval)
    return replace(outcome, state=Retrained.PROMOTED, proposal=proposal, promotion=promotion)


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
