"""Retrain: only with enough new trusted corrections, only through the gate, live only when those who must agree did (decision 9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from nistaran.domain.audit import AuditState, Reading
from nistaran.domain.correction import Source, TrustedLabel
from nistaran.domain.correction_refused import WrongLogin
from nistaran.domain.promotion import SCHEDULE, Approval, Kept, Promotion, Proposal
from nistaran.domain.verdict import Reason, Refused, Verdict
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.labels import trusted_labels
from nistaran.steps.retrain import Retrained, promote, retrain, rollback
from nistaran.steps.trust import accept_case
from tests.models.tiny import NOW
from tests.steps.people import CLERK, OFFICE, decided, in_memory, number


class Recorded:
    """Models that train nothing and write down what they are asked."""

    def __init__(self, *, passes: bool = True) -> None:
        self._passes = passes
        self.given: list[TrustedLabel] = []
        self.asked: list[tuple[str, str]] = []
        self._proposals: list[Proposal] = []
        self.audited, self.needed = AuditState(), 0

    def proposals(self) -> list[Proposal]:
        return self._proposals

    def audits(self) -> AuditState:
        return self.audited

    def audits_needed(self) -> int:
        return self.needed

    def challenge(self, labels: Sequence[TrustedLabel], *, by: str, at: datetime) -> Proposal:
        self.given = list(labels)
        reasons = () if self._passes else (Reason(code=Refused.CANARY_FELL, where="canaries", subject="ENERGY/bill"),)
        proposal = Proposal(
            kept=Kept(version=f"v{len(self._proposals)}", manifest_sha256=""),
            champion=Kept(version="shipped", manifest_sha256=""),
            verdict=Verdict(champion="shipped", challenger="v", reasons=reasons, figures=()),
            at=at,
            by=by,
            labels=len(labels),
            used=len(labels),
            up_to=max((label.at for label in labels), default=None),
            left_out={},
            noise={},
        )
        self._proposals.append(proposal)
        return proposal

    def promote(self, version: str, *, by: str, at: datetime, approval: Approval) -> Promotion | None:
        self.asked.append(("promote", by))
        return None if approval is Approval.TWO else promotion(version)

    def rollback(self, *, by: str, at: datetime) -> Promotion:
        self.asked.append(("rollback", by))
        return promotion("before")


def promotion(version: str) -> Promotion:
    from tests.domain.test_promotion import NOW, Move

    return Promotion(
        number=1,
        move=Move.PROMOTED,
        kept=Kept(version=version, manifest_sha256=""),
        before=Kept(version="shipped", manifest_sha256=""),
        at=NOW,
        by="a",
        people=(),
        verdict_sha256="",
    )


@pytest.fixture
def taught(house: House, tmp_path: Path) -> House:
    """Three corrections that the receiving office accepted, one that nobody accepted yet."""
    opened = decided(in_memory(house), tmp_path, count=8)
    for n in (1, 2, 3, 4):
        office = correct_case(opened, number(n), department="POLICE", by=CLERK).office
        if n < 4:
            accept_case(opened, number(n), office=office, by=OFFICE)
    return opened


def test_with_too_few_new_corrections_nothing_is_trained(taught: House) -> None:
    models = Recorded()
    outcome = retrain(taught, models, enough=4, approval=Approval.AUTO)  # type: ignore[arg-type]
    assert (outcome.state, outcome.labels, outcome.new, outcome.enough) == (Retrained.TOO_FEW, 3, 3, 4)
    assert models.given == []


def test_with_enough_the_trusted_ones_are_trained_on_and_no_others(taught: House) -> None:
    models = Recorded()
    outcome = retrain(taught, models, enough=3, approval=Approval.ASK)  # type: ignore[arg-type]
    assert outcome.state is Retrained.PROPOSED
    assert [label.case for label in models.given] == [number(1), number(2), number(3)]
    assert {label.department for label in models.given} == {"POLICE"}
    assert models.asked == []
    assert outcome.proposal is not None
    assert outcome.proposal.by == SCHEDULE


def test_without_enough_audited_cases_nothing_is_trained_and_nothing_counts_as_seen(taught: House) -> None:
    models = Recorded()
    models.needed = 1
    outcome = retrain(taught, models, enough=3, approval=Approval.ASK)  # type: ignore[arg-type]
    assert (outcome.state, outcome.audited, outcome.audits_needed) == (Retrained.NOT_AUDITED, 0, 1)
    assert models.given == []
    models.audited = AuditState(readings=(Reading(case=number(6), department="CANE", by="up.reader", at=NOW),))
    assert retrain(taught, models, enough=3, approval=Approval.ASK).state is Retrained.PROPOSED  # type: ignore[arg-type]
    assert [(label.case, label.department) for label in models.given if label.source == Source.AUDIT] == [
        (number(6), "CANE")
    ]
    assert len(models.given) == 4


def test_what_a_challenger_has_seen_is_not_new_again(taught: House) -> None:
    models = Recorded(passes=False)
    assert retrain(taught, models, enough=3, approval=Approval.ASK).state is Retrained.REFUSED  # type: ignore[arg-type]
    again = retrain(taught, models, enough=1, approval=Approval.ASK)  # type: ignore[arg-type]
    assert (again.state, again.new) == (Retrained.TOO_FEW, 0)
    accept_case(taught, number(4), office=_office(taught, 4), by=OFFICE)
    later = retrain(taught, models, enough=1, approval=Approval.ASK)  # type: ignore[arg-type]
    assert (later.new, len(models.given)) == (1, 4)


def _office(house: House, n: int) -> str:
    from tests.steps.people import office_of

    return office_of(house, n)


def test_what_the_gate_refused_is_not_promoted_even_by_the_machine(taught: House) -> None:
    models = Recorded(passes=False)
    outcome = retrain(taught, models, enough=0, approval=Approval.AUTO)  # type: ignore[arg-type]
    assert (outcome.state, outcome.promotion, models.asked) == (Retrained.REFUSED, None, [])


def test_auto_promotes_at_once(taught: House) -> None:
    models = Recorded()
    outcome = retrain(taught, models, enough=0, approval=Approval.AUTO, by="UP.Clerk1")  # type: ignore[arg-type]
    assert outcome.state is Retrained.PROMOTED
    assert models.asked == [("promote", "up.clerk1")]


@pytest.mark.parametrize("by", ["", "9988776655", "राम", "two words"])
def test_who_does_it_is_a_login_and_nothing_else(taught: House, by: str) -> None:
    for act in (
        lambda: retrain(taught, Recorded(), enough=0, approval=Approval.ASK, by=by),  # type: ignore[arg-type]
        lambda: promote(taught, Recorded(), "v0", by=by, approval=Approval.ASK),  # type: ignore[arg-type]
        lambda: rollback(taught, Recorded(), by=by),  # type: ignore[arg-type]
    ):
        with pytest.raises(WrongLogin):
            act()


def test_pages_of_labels_are_joined_without_a_gap(taught: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nistaran.steps.labels._PAGE", 2)
    assert [label.case for label in trusted_labels(taught)] == [number(1), number(2), number(3)]
