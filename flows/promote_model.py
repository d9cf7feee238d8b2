"""A model that the gate let pass, before a person: the run is suspended with the model's card until somebody says yes or no.

Not here: how many must agree, and who counts (nistaran/domain/promotion.py); while a second person is lacking it asks again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, cast
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from pydantic import Field

from flows.asking import (
    Unreadable,
    another_waits,
    answer_of,
    ask,
    forget_answer,
    keep_login,
    shown_at,
    tell,
    turn_answered,
)
from flows.edge import batch_task, code_cell, guard_logs
from flows.forms import PromotionForm, PromotionWord
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.bootstrap_model import open_models
from nistaran.domain.correction_refused import WrongLogin, login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.model_card import card
from nistaran.domain.promotion import (
    SCHEDULE,
    GateRefused,
    PinnedModel,
    Promotion,
    PromotionLost,
    Proposal,
    UnknownVersion,
)
from nistaran.settings import load
from nistaran.steps.retrain import promote

_DAYS = 7
_SECOND = "सहमति दर्ज हुई; दूसरे अधिकारी की सहमति शेष है, वही फ़ॉर्म दूसरे लॉगिन से भरें / noted; a second person must agree: the same form, another login"


@batch_task("proposed", run_name="proposed-model")
def proposed(version: str) -> Proposal | None:
    """The newest challenger ("" for any version) that passed and was judged against the model that is live now; None: none waits."""
    models = open_models(load())
    live = models.live()
    found = [
        one
        for one in models.proposals()
        if one.verdict.promote and one.champion == live and version in {"", one.kept.version}
    ]
    return found[-1] if found else None


@batch_task("promote", run_name="promote-model")
def make_live(version: str, by: str) -> Promotion | None:
    """Somebody agrees; None while a second person must."""
    settings = load()
    return promote(standing_house(settings), open_models(settings), version, by=by, approval=settings.promote)


@flow(
    name="promote_model",
    flow_run_name="नया मॉडल / new model",
    persist_result=False,
    log_prints=False,
    on_completion=[leave_heartbeat],
)
def promote_model(
    version: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$", title="मॉडल / version; खाली: नवीनतम / empty: newest")
    ] = "",
) -> dict[str, str]:
    """Ask whether a proposed model shall go live, and do so. Returns what became of it and the version."""
    guard_logs()
    turn = turn_answered()
    if turn == 0:
        if another_waits():
            get_run_logger().info("promote: an older run waits for a person")
            return {"state": "WAITS_ELSEWHERE", "version": version}
        return _ask(version)
    [named] = shown_at(turn)
    try:
        answer = answer_of(PromotionForm, turn)
        by = login_of(answer.by)
    except (Unreadable, WrongLogin) as refused:
        forget_answer(turn)
        return _ask(named, because=str(refused))
    keep_login(by)
    if answer.word is PromotionWord.NO:
        return _end("DECLINED", named, f"लागू नहीं किया गया / not made live; द्वारा / by: {by}")
    return _agree(named, by)


def _agree(version: str, by: str) -> dict[str, str]:
    try:
        promotion = make_live(version, by)
    except (UnknownVersion, GateRefused, PromotionLost, PinnedModel) as refused:
        return _end("LAPSED", version, str(refused))
    if promotion is None:
        return _ask(version, because=_SECOND)
    people = ", ".join(promotion.people) or promotion.by
    return _end(
        "LIVE", version, f"लागू / live; सहमति / agreed: {people}; पहले / before: {code_cell(promotion.before.version)}"
    )


def _end(state: str, version: str, sentence: str) -> dict[str, str]:
    tell("promotion", f"**{code_cell(version)}**: {sentence}\n")
    get_run_logger().info("promote: %s: %s", version, state)
    return {"state": state, "version": version}


def _ask(version: str, *, because: str = "") -> dict[str, str]:
    """Show the card and suspend. Comes back only when no such model waits."""
    found = proposed(version)
    if found is None:
        tell("promotion", "स्वीकृति हेतु कोई मॉडल नहीं है / no model waits for approval: `nistaran model list`\n")
        return {"state": "NONE", "version": version}
    house = standing_house(load())
    lines = [f"**{code_cell(found.kept.version)}**: {_figures(found)}"]
    lines.append(f"[पूरा विवरण देखें / see its card](/artifacts/artifact/{_show(found)})")
    if because:
        tell("promotion-asked-again", f"**{code_cell(found.kept.version)}**\n\n{because}\n")
        lines.insert(0, f"**{because}**")
    now = house.clock.now()
    due = day_in_india(now) + timedelta(days=_DAYS)
    return ask(PromotionForm, "\n\n".join(lines), due=due, now=now, shown=[found.kept.version])


def _show(found: Proposal) -> UUID:
    if found.by != SCHEDULE:
        login_of(found.by)  # the card names who trained it
    names = {code: row.name_hi for code, row in standing_house(load()).pack.departments.items()}
    history = open_models(load()).history()
    told = card(found, history=history, names=names)
    return cast(UUID, create_markdown_artifact(told, key="promotion-card", description="मॉडल का विवरण / card"))


def _figures(found: Proposal) -> str:
    told = [
        f"{code_cell(one.where)} {code_cell(one.name)} {100 * one.champion:.1f} % → {100 * one.challenger:.1f} %"
        for one in found.verdict.figures
        if not one.subject
    ]
    return "; ".join([*told, f"संशोधन / corrections: {found.used}"])
