"""One frozen case before the arbiter: the run is suspended with the brief and a drop-down of departments until he rules.

Not here: the ruling (nistaran/steps/ruling.py), the brief (routing/brief.py), who starts these runs (release_forwards.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, NoReturn

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from pydantic import Field

from flows.asking import Unreadable, another_waits, answer_of, ask, forget_answer, keep_login, tell, turn_answered
from flows.edge import batch_task, code_cell, guard_logs
from flows.forms import RulingForm, ruling_form
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.correction_refused import CorrectionRefused, NoSuchDepartment, NoSuchOffice, WrongLogin, login_of
from nistaran.domain.letters import Letter
from nistaran.domain.registry_refused import NotYourOffice
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer_refused import NotOnADesk, NotTheArbiter
from nistaran.settings import load
from nistaran.steps.house import House
from nistaran.steps.ruling import Ruled, rule_case

_NUMBER = r"^[A-Z]{2,8}-\d{4}-\d{7}$"
#: What Markdown would take for marks of its own: also the dot and bracket of a numbered line, which it would number anew.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!]|(?<=^\d)[.)])")
_OVER = "प्रकरण अब निर्णायक अधिकारी के समक्ष नहीं है; कुछ करना शेष नहीं / the case is not before the arbiter (any more): nothing is to be done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A frozen case as it lies before the arbiter."""

    task: Task
    brief: str


@batch_task("frozen", run_name="frozen-case")
def before_the_arbiter(case: str) -> Before | None:
    """The open question on this case with its brief; None when there is none."""
    house = standing_house(load())
    with house.read() as work:
        found = work.cases.by_number(case)
        if found is None:
            return None
        tasks = [one for one in work.tasks.of(found.id) if one.kind is TaskKind.RULING and one.state is TaskState.OPEN]
        letters = [notice for notice, _, _ in work.outbox.of(found.id) if notice.kind == Letter.FROZEN.value]
    if not tasks or not letters:
        return None
    enclosed = letters[-1].body.get("enclosed")
    return Before(task=tasks[-1], brief=str(enclosed["brief"]) if isinstance(enclosed, dict) else "")


@batch_task("rule", run_name="rule-case")
def rule(case: str, department: str, office: str, by: str) -> Ruled:
    """The ruling, written."""
    return rule_case(standing_house(load()), case, department=department, office=office, by=by)


def _run_name() -> str:
    from prefect.runtime import flow_run

    return f"निर्णायक अधिकारी / ruling: {flow_run.parameters.get('case')}"


@flow(
    name="arbiter_ruling",
    flow_run_name=_run_name,
    persist_result=False,
    log_prints=False,
    on_completion=[leave_heartbeat],
)
def arbiter_ruling(
    case: Annotated[str, Field(pattern=_NUMBER, title="प्रकरण संख्या / case number")],
) -> dict[str, str]:
    """Ask the arbiter whose this case is and write his ruling. Returns what became of it, the case's number and its office."""
    guard_logs()
    turn, before = turn_answered(), before_the_arbiter(case)
    if before is None:
        return _over(case)
    if turn == 0 and another_waits({"case": case}):
        get_run_logger().info("ruling: an older run waits for the arbiter on this case")
        return {"state": "WAITS_ELSEWHERE", "case": case}
    house = standing_house(load())
    if turn == 0:
        _ask(house, before)
    try:
        answer = answer_of(_form(house), turn)
        ruled = rule(case, answer.department, answer.office, login_of(answer.by))
    except (Unreadable, WrongLogin, NotYourOffice, NoSuchDepartment, NoSuchOffice) as refused:
        forget_answer(turn)
        _ask(house, before, because=refused)
    except (NotTheArbiter, NotOnADesk):
        return _over(case)  # in this very moment
    keep_login(answer.by)
    _publish(house, ruled)
    return {"state": "RULED", "case": ruled.case, "office": ruled.office}


def _over(case: str) -> dict[str, str]:
    tell("ruling", f"{code_cell(case)}: {_OVER}\n")
    return {"state": "OVER", "case": case}


def _form(house: House) -> type[RulingForm]:
    return ruling_form([row.name_hi for row in house.pack.departments.values()])


def _ask(house: House, before: Before, *, because: CorrectionRefused | None = None) -> NoReturn:
    """Show the brief and suspend."""
    number = code_cell(before.task.case)
    brief = "  \n".join(_MARKS.sub(r"\\\1", line.strip()) for line in before.brief.splitlines())
    create_markdown_artifact(brief, key="arbiter-brief", description=f"टिप्पणी / brief: {number}")
    lines = [
        brief,
        f"नियत दिन / due: {before.task.due_on:%d.%m.%Y}; शिकायत का पाठ / the complaint's text: `nistaran show {number}`",
    ]
    if because is not None:
        tell("ruling-refused", f"**{number}: उत्तर नहीं लिया गया / the answer was not taken**\n\n{because}\n")
        get_run_logger().warning("ruling: the answer was not taken; asking again")
        lines.insert(0, f"**पिछला उत्तर नहीं लिया गया / the answer before was not taken:** {because}")
    now = house.clock.now()
    ask(_form(house), "\n\n".join(lines), due=before.task.due_on, now=now, shown=[before.task.id])


def _publish(house: House, ruled: Ruled) -> None:
    row = {
        "प्रकरण": code_cell(ruled.case),
        "विभाग": house.pack.departments[ruled.department].name_hi,
        "कार्यालय": code_cell(ruled.office),
        "एक स्तर ऊपर, क्योंकि शिकायत इन पदों के विरुद्ध है": ", ".join(code_cell(post) for post in ruled.respondents) or "-",
    }
    create_table_artifact(table=[row], key="ruling", description="निर्णायक अधिकारी का निर्णय / the arbiter's ruling")
    get_run_logger().info("ruling: %s lies with %s", ruled.case, ruled.office)
