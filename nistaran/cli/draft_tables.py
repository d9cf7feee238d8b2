"""Printing letters for a signature: tables for people, objects for programs. Not here: the verbs (drafts.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.deadlines import IST
from nistaran.domain.drafts import ActKind, Draft, DraftKind, DraftState
from nistaran.domain.paper_wording import ACT_HI, DRAFT_HI, DRAFT_STATE_HI

if TYPE_CHECKING:
    from nistaran.steps.house import House


def kind_of(written: str) -> DraftKind | None:
    """The kind that was meant; None for none. Raises typer.BadParameter."""
    return DraftKind(_one_of(written, [one.value for one in DraftKind], "--kind")) if written.strip() else None


def state_of(written: str) -> DraftState | None:
    """The state that was meant; None for none. Raises typer.BadParameter."""
    return DraftState(_one_of(written, [one.value for one in DraftState], "--state")) if written.strip() else None


def show_drafts(house: House, found: Sequence[Draft], *, as_json: bool, none: str) -> None:
    """Letters as a table, or as one object."""
    if as_json:
        print_json({"letters": [draft_json(one) for one in found]})
        return
    if not found:
        say(none)
        return
    print_table(
        f"पत्र / letters: {len(found)}",
        ["क्रमांक / id", "पत्र / letter", "किसे / to", "प्रकरण / cases", "स्थिति / state", "उत्तर तक / answer by"],
        [
            (
                one.id,
                both(DRAFT_HI[one.kind.value], one.kind.value),
                " ".join(_lines(one, "to")) if one.kind is DraftKind.TO_SUPERIOR or not one.office else one.office,
                len(one.cases),
                both(DRAFT_STATE_HI[one.state.value], one.state.value),
                _answer(one),
            )
            for one in found
        ],
        whole=("क्रमांक / id",),
    )
    say("देखें, छापें / look, print: nistaran drafts show ID --pdf FILE.pdf")


def show_one(house: House, draft: Draft, *, as_json: bool) -> None:
    """One letter with what stands on it."""
    if as_json:
        print_json({**draft_json(draft), "facts": dict(draft.facts)})
        return
    say(told(draft), "")
    say(f"{draft.facts['number_label']}: {draft.facts['number']}", *_lines(draft, "to"), "")
    say(f"विषय: {draft.facts['subject']}", *_lines(draft, "references"), "")
    say(*_lines(draft, "paragraphs"), "")
    rows = draft.facts.get("rows")
    if isinstance(rows, list) and rows:
        print_table(str(draft.facts["annex"]), _lines(draft, "columns"), rows)
    for act in draft.acts:
        on = f" ({act.on:%d.%m.%Y})" if act.on else ""
        say(
            f"{act.at.astimezone(IST):%d.%m.%Y %H:%M} {both(ACT_HI[act.kind.value], act.kind.value)}{on}: {act.by} {act.why}"
        )


def told(draft: Draft) -> str:
    """How a letter stands, in a line."""
    answer = f"; उत्तर {draft.reply_by:%d.%m.%Y} तक / answer by then" if draft.reply_by else ""
    return (
        f"{draft.id}: {DRAFT_HI[draft.kind.value]}, {DRAFT_STATE_HI[draft.state.value]} / {draft.state.value}{answer}"
    )


def next_step(draft: Draft) -> list[str]:
    """What a person does with it now; nothing when it has gone all its way."""
    if draft.state is DraftState.SIGNED:
        return [
            f"छापें / print: nistaran drafts show {draft.id} --pdf FILE.pdf",
            f"भेजने के बाद / once it is sent: nistaran drafts sent {draft.id} --by LOGIN --on DD.MM.YYYY",
        ]
    if draft.reply_by is not None and draft.act(ActKind.ANSWERED) is None:
        return [f"उत्तर आने पर / when its answer comes: nistaran drafts answered {draft.id} --by LOGIN --on DD.MM.YYYY"]
    return []


def draft_json(draft: Draft) -> dict[str, Any]:
    """A letter for programs."""
    return {
        "id": draft.id,
        "kind": draft.kind.value,
        "number": draft.facts["number"],
        "office": draft.office,
        "department": draft.department,
        "cases": len(draft.cases),
        "basis": draft.basis,
        "state": draft.state.value,
        "reply_by": draft.reply_by,
        "acts": [
            {"act": one.kind.value, "by": one.by, "at": one.at, "on": one.on, "why": one.why} for one in draft.acts
        ],
    }


def _answer(draft: Draft) -> str:
    if draft.reply_by is None:
        return ""
    came = draft.act(ActKind.ANSWERED)
    return f"{draft.reply_by:%d.%m.%Y}" + (f"\nप्राप्त / came {came.on:%d.%m.%Y}" if came and came.on else "")


def _lines(draft: Draft, name: str) -> list[str]:
    lines = draft.facts.get(name)
    return [str(one) for one in lines] if isinstance(lines, list) else []


def _one_of(written: str, known: Sequence[str], hint: str) -> str:
    code = written.strip().upper().replace("-", "_")
    if code not in known:
        raise typer.BadParameter(", ".join(known), param_hint=hint)
    return code
