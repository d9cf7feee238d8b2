"""How `nistaran model …` shows versions, verdicts and drift: tables for people, plain values for programs.

Not here: the verbs (models.py), the card's text (nistaran/domain/model_card.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import both, print_table, say
from nistaran.domain.deadlines import IST
from nistaran.domain.model_card import LEFT_OUT_HI
from nistaran.domain.wording import MOVE_HI, SIGN_HI, WATCHED_HI

if TYPE_CHECKING:
    from datetime import datetime

    from nistaran.domain.fallback import Watch
    from nistaran.domain.promotion import Kept, Promotion, Proposal
    from nistaran.steps.drift import DriftOutcome
    from nistaran.steps.retrain import RetrainOutcome

_NEWEST = 10
_VERSION = "मॉडल / version"


def versions_json(live: Kept, proposals: Sequence[Proposal], history: Sequence[Promotion]) -> dict[str, Any]:
    """All there is, oldest first."""
    return {
        "live": live.version,
        "manifest_sha256": live.manifest_sha256,
        "proposals": [
            {"version": one.kept.version, "at": one.at, "by": one.by, "promote": one.verdict.promote, "used": one.used}
            for one in proposals
        ],
        "promotions": [promotion_json(one) for one in history],
    }


def promotion_json(one: Promotion) -> dict[str, Any]:
    """One change of the live model."""
    return {
        "number": one.number,
        "move": one.move.value,
        "version": one.kept.version,
        "manifest_sha256": one.kept.manifest_sha256,
        "before": one.before.version,
        "at": one.at,
        "by": one.by,
        "people": list(one.people),
        "verdict_sha256": one.verdict_sha256,
    }


def proposal_json(one: Proposal) -> dict[str, Any]:
    """A challenger with its verdict, each reason with its sentences."""
    verdict = one.verdict.to_json()
    for told, reason in zip(verdict["reasons"], one.verdict.reasons, strict=True):
        told |= {"hi": reason.hindi, "en": reason.english}
    return {
        "version": one.kept.version,
        "champion": one.champion.version,
        "at": one.at,
        "by": one.by,
        "labels": one.labels,
        "used": one.used,
        "left_out": dict(one.left_out),
        "noise": dict(one.noise),
        "verdict": verdict,
    }


def retrained_json(outcome: RetrainOutcome) -> dict[str, Any]:
    """What a retraining came to."""
    return {
        "state": outcome.state.value,
        "labels": outcome.labels,
        "new": outcome.new,
        "enough": outcome.enough,
        "audited": outcome.audited,
        "audits_needed": outcome.audits_needed,
        "proposal": proposal_json(outcome.proposal) if outcome.proposal else None,
        "promotion": promotion_json(outcome.promotion) if outcome.promotion else None,
    }


def watch_json(watch: Watch, looked: DriftOutcome | None) -> dict[str, Any]:
    """How the drift watch stands."""
    told: dict[str, Any] = {
        "version": watch.version,
        "has_reference": watch.reference is not None,
        "whole": watch.fallback.whole,
        "departments": sorted(watch.fallback.departments),
        "alarms": [
            {"sign": one.sign.value, "department": one.department, "was": one.was, "now": one.now}
            for one in watch.alarms
        ],
        "cleared_by": watch.cleared_by,
    }
    if looked is not None:
        told |= {"state": looked.state.value, "looked_at": looked.looked_at, "new": len(looked.alarms)}
    return told


def print_versions(live: Kept, proposals: Sequence[Proposal], history: Sequence[Promotion]) -> None:
    """The live version, the newest proposals and changes."""
    say(f"लागू मॉडल / live: {live.version}", "")
    if proposals:
        print_table(
            "प्रस्ताव / proposals",
            [_VERSION, "कब / when", "किसने / by", "संशोधन / used", "जाँच / verdict"],
            [
                (one.kept.version, _when(one.at), one.by, one.used, _passed(one.verdict.promote))
                for one in reversed(proposals[-_NEWEST:])
            ],
            whole=[_VERSION],
        )
    else:
        say("अभी कोई नया मॉडल नहीं बना / none was trained yet: nistaran model retrain --by LOGIN")
    if not history:
        say("मूल मॉडल कभी बदला नहीं गया / the shipped model was never replaced")
        return
    print_table(
        "कब क्या लागू हुआ / what went live",
        ["क्रम / no.", _VERSION, "कब / when", "किसने / by", "कैसे / how"],
        [
            (
                one.number,
                one.kept.version,
                _when(one.at),
                ", ".join(one.people) or one.by,
                both(MOVE_HI[one.move], one.move),
            )
            for one in reversed(history[-_NEWEST:])
        ],
        whole=[_VERSION],
    )


def print_retrained(outcome: RetrainOutcome) -> None:
    """What became of a retraining, with every reason against it."""
    say(
        f"पुष्ट संशोधन / trusted corrections: {outcome.labels}   नये / new: {outcome.new}   चाहिए / needed: {outcome.enough}",
        f"जाँचे गये प्रकरण / audited cases: {outcome.audited}   चाहिए / needed: {outcome.audits_needed}",
    )
    proposal = outcome.proposal
    if proposal is None:
        say(_why_nothing(outcome))
        return
    say(f"{proposal.kept.version}: {_passed(proposal.verdict.promote)}   प्रशिक्षण में / trained on: {proposal.used}")
    for reason in proposal.verdict.reasons:
        say(f"   {reason.code.value}: {reason.hindi}", f"      {reason.english}")
    _print_left_out(proposal.left_out)
    if outcome.promotion is not None:
        say(f"लागू / live: {outcome.promotion.kept.version}")
    elif proposal.verdict.promote:
        say(f"लागू करने के लिए / to make it live: nistaran model promote {proposal.kept.version} --by LOGIN")


def _why_nothing(outcome: RetrainOutcome) -> str:
    if outcome.new < outcome.enough:
        return "नये संशोधन पर्याप्त नहीं, प्रशिक्षण नहीं हुआ / too few are new, nothing was trained (--force trains in any case)"
    return (
        "नये मॉडल को परखने हेतु जाँचे हुए प्रकरण पर्याप्त नहीं, प्रशिक्षण नहीं हुआ / too few cases were audited to judge a new model on, nothing was "
        "trained: nistaran model audit --export FILE.xlsx --by LOGIN"
    )


def print_watch(watch: Watch, looked: DriftOutcome | None, *, cleared: bool) -> None:
    """The watch's state, its alarms and what to do."""
    say(f"मॉडल / model: {watch.version}")
    if looked is not None:
        say(f"{WATCHED_HI[looked.state]} / {looked.state}   निर्णय देखे / decisions looked at: {looked.looked_at}")
    if cleared:
        say(
            "मॉडल फिर निर्णय करेगा; रुके प्रकरणों के लिए चलाएँ / the model decides again; for the cases that wait: nistaran route --asked DRIFT"
        )
    if not watch.alarms:
        say("कोई चेतावनी नहीं / no alarm stands")
        return
    print_table(
        "व्यक्ति देखेंगे / goes to people",
        ["संकेत / sign", "विभाग / department", "पहले / was", "अब / now"],
        [
            (both(SIGN_HI[one.sign], one.sign), one.department or "सभी / all", f"{one.was:.2f}", f"{one.now:.2f}")
            for one in watch.alarms
        ],
    )
    say("देख लेने पर / once you have looked: nistaran model drift --clear --by LOGIN")


def _print_left_out(left_out: Mapping[str, int]) -> None:
    if left_out:
        print_table(
            "छोड़े गये संशोधन / corrections left out",
            ["कारण / why", "संख्या / count"],
            [(both(LEFT_OUT_HI[code], code), count) for code, count in sorted(left_out.items())],
        )


def _passed(promote: bool) -> str:
    return "स्वीकृत / passed" if promote else "अस्वीकृत / refused"


def _when(at: datetime) -> str:
    return f"{at.astimezone(IST):%d.%m.%Y %H:%M}"
