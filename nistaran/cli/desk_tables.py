"""How the verbs of transfer.py show answers, forwards, rulings and tasks: tables for people, plain values for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import both, print_json, print_table, say, say_error
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    Freeze,
    NextDesk,
    ReturnToSender,
    StayWith,
)
from nistaran.domain.transfer_sentences import ANSWER, FORWARD, FREEZE, STAY
from nistaran.domain.wording import TASK_HI

if TYPE_CHECKING:
    from nistaran.domain.task import Task
    from nistaran.steps.answers import AnswersOutcome
    from nistaran.steps.house import House
    from nistaran.steps.office_answer import Answered
    from nistaran.steps.release import Decided
    from nistaran.steps.ruling import Ruled

_TASK = "कार्य / task"


def show_answered(house: House, done: Answered, *, as_json: bool) -> bool:
    """One answer and what followed. Returns whether the cell must do something now."""
    waits = done.changed and done.task is not None and done.task.kind == "RELEASE"
    if as_json:
        print_json(
            {
                "case": done.case,
                "office": done.office,
                "answer": done.kind.value,
                "changed": done.changed,
                "following": _following_json(done.following),
                "task": done.task.id if done.task else None,
                "trusted": list(done.trusted),
            }
        )
        return waits
    head = "" if done.changed else "पहले ही दर्ज, कुछ नहीं बदला / said before, nothing changed: "
    say(f"{head}{done.case}: {_name(house, done.office)} — {' / '.join(ANSWER[done.kind.value])}")
    say(_following(house, done.following))
    if waits and done.task is not None:
        word = "keep" if isinstance(done.following, AskCell) else "release"
        say(f"प्रकोष्ठ का निर्णय शेष / the cell must decide: nistaran forwards --{word} {done.task.id} --by LOGIN")
    if done.trusted:
        say(f"पुष्ट संशोधन / corrections that may teach: {', '.join(done.trusted)}")
    return waits


def _following(house: House, following: NextDesk) -> str:
    match following:
        case Forward():
            way = "अंतरित / forwarded" if following.automatic else "अंतरण प्रस्तावित / forward proposed"
            share = f", {following.share:.0%}" if following.share else ""
            return f"{way}: {_name(house, following.office)} ({' / '.join(FORWARD[following.why.value])}{share})"
        case AskCell():
            return "प्रकोष्ठ तय करेगा: यहीं रहे, किसे जाए, या निर्णायक अधिकारी / the cell decides: it stays, goes to whom, or the arbiter"
        case Freeze():
            why = " / ".join(FREEZE[following.why.value])
            return f"निर्णायक अधिकारी के समक्ष / to the arbiter: {_name(house, following.office)}; {why}"
        case ReturnToSender():
            sender = house.pack.channels[following.sender].sender_hi
            return f"प्रेषक को वापस / back to the sender: {sender}"
        case AddTask():
            return f"सहयोगी विभाग / co-department: {_name(house, following.office)}"
        case AskComplainant():
            return "आवेदक से तथ्य पूछे जाएं / the complainant is to be asked"
        case StayWith():
            return " / ".join(STAY[following.why.value])


def _following_json(following: NextDesk) -> dict[str, Any]:
    own: dict[str, Any] = {name: getattr(following, name) for name in following.__dataclass_fields__}
    return {"kind": type(following).__name__, **own}


def show_answers(outcome: AnswersOutcome, *, as_json: bool) -> bool:
    """What became of a file of answers. Returns whether a person must do something now."""
    if as_json:
        names = ("rows", "changed", "unchanged", "blank", "held_back", "trusted", "proposed")
        refused = [
            {"row": one.row, "field": one.field, "code": one.code, "reason": one.reason} for one in outcome.refused
        ]
        followed = {kind: count for kind, count in sorted(outcome.followed.items()) if count}
        print_json({**{name: getattr(outcome, name) for name in names}, "followed": followed, "refused": refused})
    else:
        say(
            f"पंक्तियाँ / rows: {outcome.rows}   लागू / taken: {outcome.changed}   पहले से वैसा / as before: {outcome.unchanged}   "
            f"उत्तर खाली / blank: {outcome.blank}   अस्वीकृत / refused: {len(outcome.refused)}"
        )
        if outcome.proposed:
            say(f"प्रकोष्ठ की स्वीकृति हेतु / for the cell to release: {outcome.proposed}   nistaran forwards")
        for one in outcome.refused:
            where = f"पंक्ति / row {one.row}, {one.field}" if one.row is not None else "फ़ाइल / file"
            say_error(f"{where}: {one.reason}")
    return bool(outcome.refused or outcome.proposed)


def show_forwards(house: House, waiting: Sequence[Task], decided: Sequence[Decided], *, as_json: bool) -> None:
    """What was decided now, and what still waits."""
    if as_json:
        told = [
            {"task": one.task, "case": one.case, "word": one.word, "office": one.office, "frozen": one.frozen}
            for one in decided
        ]
        print_json({"decided": told, "waiting": [_task_json(one) for one in waiting]})
        return
    for one in decided:
        why = f"; {' / '.join(FREEZE[one.frozen.value])}" if one.frozen else ""
        say(f"{one.case}: {_name(house, one.office)}{why}")
    if not waiting:
        say("कोई अंतरण प्रतीक्षा में नहीं / no forward waits")
        return
    rows = [
        (
            one.id,
            _name(house, str(one.body["from"])),
            _name(house, str(one.body["office"])) or "-",
            FORWARD[str(one.body["why"])][0],
            f"{float(str(one.body['share'])):.0%}" if one.body["share"] else "-",
            f"{one.due_on:%d.%m.%Y}",
        )
        for one in waiting
    ]
    headers = [_TASK, "वर्तमान / from", "प्रस्तावित / to", "आधार / why", "अंश / share", "तक / by"]
    print_table("स्वीकृति हेतु अंतरण / forwards that wait for the cell", headers, rows, whole=[_TASK])
    say(
        "निर्णय दें / decide: nistaran forwards --release ID | --keep ID | --arbiter ID --by LOGIN",
        "जहाँ «प्रस्तावित» रिक्त हो / where no office is proposed: nistaran correct CASE --department … | --keep | --arbiter",
    )


def show_ruled(house: House, done: Ruled, *, as_json: bool) -> None:
    """Where the ruling put the case."""
    if as_json:
        own = {"respondents": list(done.respondents), "correction": done.label}
        print_json({"case": done.case, "office": done.office, "department": done.department, **own})
        return
    say(f"{done.case} → {_name(house, done.office)} ({done.office}); निर्णय बाध्यकारी / the ruling binds")
    if done.respondents:
        names = ", ".join(house.transfers().respondents.rows[post].name_hi for post in done.respondents)
        say(f"शिकायत {names} के विरुद्ध है, इसलिए एक स्तर ऊपर / one level higher, since the complaint is about them")


def show_tasks(house: House, found: Sequence[Task], *, as_json: bool) -> bool:
    """The open tasks. Returns whether one is past its day."""
    today = day_in_india(house.clock.now())
    if as_json:
        print_json({"tasks": [{**_task_json(one), "stuck": one.due_on < today} for one in found]})
    elif not found:
        say("कोई कार्य लम्बित नहीं / nothing is owed")
    else:
        rows = [
            (
                one.id,
                both(TASK_HI[one.kind.value], one.kind.value),
                _name(house, one.office),
                f"{one.due_on:%d.%m.%Y}",
                max((today - one.due_on).days, 0) or "",
            )
            for one in found
        ]
        headers = [_TASK, "प्रकार / kind", "किसके पास / who owes", "तक / by", "विलम्ब (दिन) / days late"]
        print_table("लम्बित कार्य / open tasks", headers, rows, whole=[_TASK])
    return any(one.due_on < today for one in found)


def _task_json(one: Task) -> dict[str, Any]:
    own = {"task": one.id, "case": one.case, "kind": one.kind, "office": one.office, "department": one.department}
    return {**own, "since": one.since, "due": one.due_on, "body": dict(one.body)}


def _name(house: House, code: str) -> str:
    row = house.district.offices.get(code)
    return row.name_hi if row else code
