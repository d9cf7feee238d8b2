"""Who must agree, what is live after a row of promotions and rollbacks, and what a verdict says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.model_card import LEFT_OUT_HI, card
from nistaran.domain.promotion import SCHEDULE, Approval, Kept, Move, Promotion, Proposal, agreed, live_stack
from nistaran.domain.verdict import Figure, Reason, Refused, Verdict

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def kept(name: str) -> Kept:
    return Kept(version=name, manifest_sha256=name * 2)


@given(st.lists(st.booleans(), max_size=30))
def test_going_back_undoes_exactly_the_promotions(moves: list[bool]) -> None:
    history: list[Promotion] = []
    stack = [kept("shipped")]
    for number, forward in enumerate(moves, start=1):
        if not forward and len(stack) < 2:
            continue
        before = stack[-1]
        stack = [*stack, kept(f"v{number}")] if forward else stack[:-1]
        move = Move.PROMOTED if forward else Move.ROLLED_BACK
        history.append(
            Promotion(
                number=number, move=move, kept=stack[-1], before=before, at=NOW, by="a", people=(), verdict_sha256=""
            )
        )
    assert live_stack(history) == (tuple(stack) if history else ())


def test_the_schedule_is_nobody_and_one_person_counts_once() -> None:
    assert agreed(SCHEDULE, ["a", "a"]) == ("a",)
    assert agreed("a", ["b"]) == ("a", "b")
    assert [one.people for one in (Approval.AUTO, Approval.ASK, Approval.TWO)] == [0, 1, 2]


@pytest.mark.parametrize("code", list(Refused))
def test_every_reason_is_a_sentence_in_both_languages(code: Refused) -> None:
    reason = Reason(code=code, where="audited", subject="ENERGY", was=0.91, now=0.82, limit=0.03, count=120)
    assert "{" not in reason.hindi + reason.english
    assert any("\u0900" <= letter <= "\u097f" for letter in reason.hindi)
    assert not any("\u0900" <= letter <= "\u097f" for letter in reason.english)


def verdict(*reasons: Reason) -> Verdict:
    figure = Figure(name="macro_f1", where="sheets", champion=0.85, challenger=0.86, count=900)
    return Verdict(champion="a", challenger="b", reasons=reasons, figures=(figure,))


def test_a_verdict_survives_the_journal_and_its_hash_names_it() -> None:
    against = verdict(Reason(code=Refused.RECALL_FELL, where="open", subject="CANE", was=0.9, now=0.8, limit=0.03))
    assert Verdict.from_json(against.to_json()) == against
    assert verdict().promote
    assert not against.promote
    assert verdict().sha256 != against.sha256


def test_the_card_tells_reasons_figures_and_what_was_left_out() -> None:
    told = card(
        Proposal(
            kept=kept("departments-b"),
            champion=kept("departments-a"),
            verdict=verdict(Reason(code=Refused.CANARY_FELL, where="canaries", subject="ENERGY/bill", was=1, now=0.75)),
            at=NOW,
            by="up.sdr-cell",
            labels=300,
            used=210,
            up_to=NOW,
            left_out=dict.fromkeys(LEFT_OUT_HI, 1),
            noise={"looked_at": 210, "suspects": 4},
        )
    )
    for word in ("CANARY_FELL", "ENERGY/bill", "macro_f1", "OPERATOR_LIMIT", "22.11.2026 11:30", "4 / 210"):
        assert word in told


def test_the_card_tells_a_curator_departments_limits_and_who_agreed() -> None:
    recall = Figure(name="recall", where="open", subject="CANE", champion=0.9, challenger=0.95, count=40)
    judged = replace(verdict(), figures=(*verdict().figures, recall))
    proposal = Proposal(
        kept=kept("departments-b"),
        champion=kept("departments-a"),
        verdict=judged,
        at=NOW,
        by="up.sdr-cell",
        labels=300,
        used=210,
        up_to=NOW,
        left_out={},
        noise={"looked_at": 210, "suspects": 1, "cases": ["SDR-2026-0000007"]},
    )
    history = [
        Promotion(
            number=1,
            move=Move.PROMOTED,
            kept=proposal.kept,
            before=proposal.champion,
            at=NOW,
            by="up.one",
            people=("up.one", "up.two"),
            verdict_sha256="",
        )
    ]
    told = card(proposal, history=history, names={"CANE": "गन्ना विकास"})
    for word in (
        "गन्ना विकास / CANE | 90.0 % | 95.0 % | 40",
        "up.one, up.two",
        "SDR-2026-0000007",
        "सीमाएँ / limits",
        "/ live",
    ):
        assert word in told
    back = Promotion(
        number=2, move=Move.ROLLED_BACK, kept=proposal.champion, before=proposal.kept, at=NOW, by="up.one", people=("up.one",),
        verdict_sha256="",
    )  # fmt: skip
    assert "लागू नहीं / not live" in card(proposal, history=[*history, back])
    assert "not live" in card(proposal)


def test_evidence_stands_in_words_in_the_sentences() -> None:
    reason = Reason(code=Refused.EVIDENCE_TOO_SMALL, where="audited", count=3, limit=100.0)
    assert "«यादृच्छिक जाँच के प्रकरण» में सब विभागों के 3 पाठ हैं" in reason.hindi
    assert "«audited cases» has 3 texts of all departments" in reason.english
