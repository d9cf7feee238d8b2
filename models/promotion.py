"""Which of the house's versions is live: proposals with their verdicts, approvals, promotions and rollbacks, each a journal entry.

Here: compare-and-swap by the promotion's number. Not here: how many people must agree (nistaran/domain/promotion.py), the files
(models/shelf.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.journal import Journal, JournalMoved, Objects, Sign
from nistaran.domain.errors import UntrustedModel
from nistaran.domain.promotion import (
    AlreadyLive,
    Approval,
    GateRefused,
    Kept,
    Move,
    NothingBefore,
    Promotion,
    PromotionLost,
    Proposal,
    UnknownVersion,
    agreed,
    live_stack,
)
from nistaran.domain.verdict import Verdict

_TRIES = 20  # of entries that do not compete: another proposal came first, ours takes the next number


class Promotions:
    """The two journals of a house: what was proposed and agreed to, and what went live."""

    def __init__(self, objects: Objects, sign: Sign) -> None:
        """Nothing is read yet."""
        self._proposed = Journal(objects, "models/proposals/", sign)
        self._live = Journal(objects, "models/promotions/", sign)

    def propose(self, proposal: Proposal) -> None:
        """Keep a challenger's verdict, whatever it is."""
        self._note({"kind": "proposal", **_proposal_json(proposal)})

    def proposals(self) -> list[Proposal]:
        """All that was ever proposed, oldest first."""
        return [_proposal(entry.body) for entry in self._proposed.entries() if entry.body.get("kind") == "proposal"]

    def approvals(self, version: str) -> tuple[str, ...]:
        """The logins that agreed to this version beside its proposer."""
        noted = [entry.body for entry in self._proposed.entries() if entry.body.get("kind") == "approval"]
        return tuple(str(body["by"]) for body in noted if body["version"] == version)

    def history(self) -> list[Promotion]:
        """Every change of the live model, oldest first."""
        return [_promotion(entry.number, entry.body) for entry in self._live.entries()]

    def live(self) -> Promotion | None:
        """The newest change; None while the shipped model is live. Reads one entry however long the history is."""
        last = self._live.last()
        return _promotion(last.number, last.body) if last is not None else None

    def promote(self, version: str, *, by: str, at: datetime, approval: Approval, shipped: Kept) -> Promotion | None:
        """Make a proposed version live; None when it still waits for a second person (that this one agreed is kept).

        Raises:
            UnknownVersion: when it was never proposed.
            AlreadyLive: when it is live.
            GateRefused: when the gate refused it.
            PromotionLost: when the model that it was judged against is not live any more.
        """
        proposal = self._of(version)
        if not proposal.verdict.promote:
            raise GateRefused(version)
        history = self.history()
        now_live = (live_stack(history) or (shipped,))[-1]
        if proposal.kept == now_live:
            raise AlreadyLive(version)
        if proposal.champion != now_live:
            raise PromotionLost(f"{version}: {proposal.champion.version} → {now_live.version}")
        people = agreed(proposal.by, (*self.approvals(version), by))
        if len(people) < approval.people:
            if by in people:
                self._note({"kind": "approval", "version": version, "by": by, "at": at.isoformat()})
            return None
        return self._move(
            Promotion(
                number=len(history) + 1,
                move=Move.PROMOTED,
                kept=proposal.kept,
                before=now_live,
                at=at,
                by=by,
                people=people,
                verdict_sha256=proposal.verdict.sha256,
            )
        )

    def rollback(self, *, by: str, at: datetime) -> Promotion:
        """Make live what was live before. One person is enough: it brings back what was approved already.

        Raises:
            NothingBefore: when only the shipped model was ever live.
            PromotionLost: when something else went live in this moment.
        """
        history = self.history()
        stack = live_stack(history)
        if len(stack) < 2:
            raise NothingBefore
        return self._move(
            Promotion(
                number=len(history) + 1,
                move=Move.ROLLED_BACK,
                kept=stack[-2],
                before=stack[-1],
                at=at,
                by=by,
                people=(by,),
                verdict_sha256="",
            )
        )

    def _of(self, version: str) -> Proposal:
        """The newest proposal of a version: it was judged against the newest champion."""
        for proposal in reversed(self.proposals()):
            if proposal.kept.version == version:
                return proposal
        raise UnknownVersion(version)

    def _move(self, promotion: Promotion) -> Promotion:
        body = {
            "move": promotion.move.value,
            "kept": _kept_json(promotion.kept),
            "before": _kept_json(promotion.before),
            "at": promotion.at.isoformat(),
            "by": promotion.by,
            "people": list(promotion.people),
            "verdict_sha256": promotion.verdict_sha256,
        }
        try:
            self._live.append(body, after=promotion.number - 1)
        except JournalMoved:
            raise PromotionLost(promotion.kept.version) from None
        return promotion

    def _note(self, body: Mapping[str, Any]) -> None:
        for _ in range(_TRIES):
            last = self._proposed.last()
            try:
                self._proposed.append(body, after=last.number if last else 0)
            except JournalMoved:
                continue
            return
        raise PromotionLost


def _kept_json(kept: Kept) -> dict[str, str]:
    return {"version": kept.version, "manifest_sha256": kept.manifest_sha256}


def _kept(value: Mapping[str, Any]) -> Kept:
    return Kept(version=str(value["version"]), manifest_sha256=str(value["manifest_sha256"]))


def _proposal_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "kept": _kept_json(proposal.kept),
        "champion": _kept_json(proposal.champion),
        "verdict": proposal.verdict.to_json(),
        "at": proposal.at.isoformat(),
        "by": proposal.by,
        "labels": proposal.labels,
        "used": proposal.used,
        "up_to": proposal.up_to.isoformat() if proposal.up_to else None,
        "left_out": dict(proposal.left_out),
        "noise": dict(proposal.noise),
    }


def _proposal(body: Mapping[str, Any]) -> Proposal:
    try:
        return Proposal(
            kept=_kept(body["kept"]),
            champion=_kept(body["champion"]),
            verdict=Verdict.from_json(body["verdict"]),
            at=datetime.fromisoformat(body["at"]),
            by=str(body["by"]),
            labels=int(body["labels"]),
            used=int(body["used"]),
            up_to=datetime.fromisoformat(body["up_to"]) if body["up_to"] else None,
            left_out={str(reason): int(count) for reason, count in body["left_out"].items()},
            noise=dict(body["noise"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UntrustedModel("a proposal of the house is not of the expected form; restore it") from error


def _promotion(number: int, body: Mapping[str, Any]) -> Promotion:
    try:
        return Promotion(
            number=number,
            move=Move(body["move"]),
            kept=_kept(body["kept"]),
            before=_kept(body["before"]),
            at=datetime.fromisoformat(body["at"]),
            by=str(body["by"]),
            people=tuple(str(one) for one in body["people"]),
            verdict_sha256=str(body["verdict_sha256"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UntrustedModel("a promotion of the house is not of the expected form; restore it") from error
