"""Verbs by which cases go from desk to desk: answer, forwards, rule, brief, tasks, second-look.

Not here: any rule (routing/transfer.py), what each verb does (steps/office_answer.py, release.py, ruling.py, tasks.py, second_look.py),
printing (desk_tables.py), what misrouting costs (transfers.py).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from nistaran.cli.output import print_json, say

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who answers, e.g. up.xen-bansi; no name, no phone")]
Case = Annotated[str, typer.Argument(help="case number, or only its serial")]
File = Annotated[
    Path | None, typer.Option("--file", help="many answers: a .csv or .xlsx file", exists=True, dir_okay=False)
]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (answer, forwards, rule, brief, tasks):
        app.command()(verb)
    app.command("second-look")(second_look)


def answer(
    by: By = "",
    case: Case = "",
    kind: Annotated[str, typer.Option(help="code of the answer; a wrong one is answered with the list")] = "",
    office: Annotated[str, typer.Option(help="code of the office that answers")] = "",
    department: Annotated[str, typer.Option(help="whose it is, or who else is needed: code or full name")] = "",
    place: Annotated[str, typer.Option(help="where it is: code or name in the district's table")] = "",
    file: File = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", help="write the cases on --office's desk as a sheet to fill", dir_okay=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """An office says of a case on its desk: not ours, not our territory, another department too … and what follows is done at once.

    With --file for many; --export writes the sheet that comes back so. Exit 1 when rows were refused or the cell must release a forward.
    """
    from nistaran.bootstrap import open_house
    from nistaran.cli.desk_tables import show_answered, show_answers
    from nistaran.settings import load
    from nistaran.steps.answers import answer_from
    from nistaran.steps.find_case import full_number
    from nistaran.steps.office_answer import answer_case
    from nistaran.steps.verify import checkpoint

    if export is not None:
        _export(export, office, as_json=as_json)
        return
    if bool(case) == (file is not None):
        raise typer.BadParameter("प्रकरण संख्या या --file, दोनों में से एक दें / give a case number or --file, one of them")
    if not by.strip():
        raise typer.BadParameter("--by भी दें / give --by too", param_hint="--by")
    if case and not (kind.strip() and office.strip()):
        raise typer.BadParameter("--kind और --office भी दें / give --kind and --office too", param_hint="--kind")
    with open_house(load()) as house:
        if file is not None:
            outcome = answer_from(house, file, office=office, by=by, number_of=partial(full_number, house))
            checkpoint(house)
            needs_a_person = show_answers(outcome, as_json=as_json)
        else:
            number = full_number(house, case)
            done = answer_case(house, number, office=office, kind=kind, by=by, department=department, place=place)
            checkpoint(house)
            needs_a_person = show_answered(house, done, as_json=as_json)
    if needs_a_person:
        raise typer.Exit(1)


def _export(target: Path, office: str, *, as_json: bool) -> None:
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.answer_sheet import write_answer_sheet

    if target.suffix.lower() != ".xlsx" or not office.strip():
        raise typer.BadParameter(
            "--export के साथ .xlsx नाम और --office दें / give a name that ends with .xlsx, and --office",
            param_hint="--export",
        )
    with open_house(load()) as house:
        count = write_answer_sheet(house, office, target)
    if as_json:
        print_json({"file": str(target), "cases": count})
    else:
        say(
            f"{target}: {count} प्रकरण / cases",
            f"भरकर लौटाएँ / fill it and hand it back: nistaran answer --file {target} --by LOGIN",
        )


def forwards(
    release: Annotated[list[str] | None, typer.Option(help="id of a task: its forward may go")] = None,
    keep: Annotated[list[str] | None, typer.Option(help="id of a task: the case stays where it is")] = None,
    arbiter: Annotated[list[str] | None, typer.Option(help="id of a task: the arbiter shall rule")] = None,
    by: Annotated[str, typer.Option(help="login of who decides; not who disclaimed")] = "",
    as_json: Json = False,
) -> None:
    """List forwards that wait for the cell; release them, keep the cases, or send them to the arbiter. Exit 1 while any waits."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.desk_tables import show_forwards
    from nistaran.domain.task import TaskKind
    from nistaran.settings import load
    from nistaran.steps.find_case import full_id
    from nistaran.steps.release import Word, decide_forwards
    from nistaran.steps.tasks import open_tasks
    from nistaran.steps.verify import checkpoint

    words = {Word.RELEASE: release or [], Word.KEEP: keep or [], Word.ARBITER: arbiter or []}
    if any(words.values()) != bool(by.strip()):
        raise typer.BadParameter("कार्य का क्रमांक और --by साथ दें / give the id of a task and --by together")
    with open_house(load()) as house:
        wanted = {word: [full_id(house, one) for one in ids] for word, ids in words.items() if ids}
        decided = [one for word, ids in wanted.items() for one in decide_forwards(house, ids, word=word, by=by)]
        if decided:
            checkpoint(house)
        waiting = list(open_tasks(house, kind=TaskKind.RELEASE))
        show_forwards(house, waiting, decided, as_json=as_json)
    if waiting:
        raise typer.Exit(1)


def rule(
    case: Case,
    by: Annotated[str, typer.Option(help="login of the arbiter")],
    department: Annotated[str, typer.Option(help="whose it is: code or full name")],
    office: Annotated[str, typer.Option(help="code of the office; empty: the one that takes such cases first")] = "",
    as_json: Json = False,
) -> None:
    """The arbiter rules whose a frozen case is. Nobody but he moves it again; his word teaches the model."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.desk_tables import show_ruled
    from nistaran.settings import load
    from nistaran.steps.find_case import full_number
    from nistaran.steps.ruling import rule_case
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        done = rule_case(house, full_number(house, case), department=department, office=office, by=by)
        checkpoint(house)
        show_ruled(house, done, as_json=as_json)


def brief(case: Case, as_json: Json = False) -> None:
    """The arbiter's page on a frozen case: who had it, who disclaimed and why, what the written rule of the departments says."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.brief import brief_of
    from nistaran.steps.find_case import full_number

    with open_house(load()) as house:
        number = full_number(house, case)
        page, text = brief_of(house, number)
    if as_json:
        print_json({"case": number, "brief": page, "text": text})
    else:
        say(page, "शिकायत / complaint:", f"«{text}»")


def tasks(
    stuck: Annotated[bool, typer.Option("--stuck", help="only those whose day is over")] = False,
    kind: Annotated[
        str, typer.Option(help="one kind only, e.g. RELEASE, PART, HEARING; a wrong one is answered with the list")
    ] = "",
    done: Annotated[
        str, typer.Option(help="id of a part, a fact, a return or a hearing that is done; needs --by")
    ] = "",
    by: Annotated[str, typer.Option(help="with --done: login of who says so")] = "",
    as_json: Json = False,
) -> None:
    """List what is owed on cases beside their answers, the first due first. Exit 1 when something is past its day."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.desk_tables import show_tasks
    from nistaran.domain.task import TaskKind
    from nistaran.domain.wording import TASK_HI
    from nistaran.settings import load
    from nistaran.steps.find_case import full_id
    from nistaran.steps.tasks import close_task, open_tasks
    from nistaran.steps.verify import checkpoint

    if bool(done) != bool(by.strip()):
        raise typer.BadParameter("--done और --by साथ दें / give --done and --by together")
    if kind and kind.upper() not in TaskKind.__members__:
        raise typer.BadParameter(", ".join(TaskKind), param_hint="--kind")
    with open_house(load()) as house:
        if done:
            closed = close_task(house, full_id(house, done), by=by)
            checkpoint(house)
            if not as_json:
                say(f"{closed.id}: {TASK_HI[closed.kind.value]} — पूर्ण / done")
        found = list(open_tasks(house, kind=TaskKind[kind.upper()] if kind else None, stuck=stuck))
        overdue = show_tasks(house, found, as_json=as_json)
    if overdue:
        raise typer.Exit(1)


def second_look(as_json: Json = False) -> None:
    """Doubt cases that a person or an older model sent where model and rules say they do not belong; the cell decides. Exit 1 if any."""
    from dataclasses import asdict

    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.second_look import look_again
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        looked = look_again(house)
        checkpoint(house)
    if as_json:
        print_json(asdict(looked))
    else:
        say(
            f"देखे / looked at: {looked.looked_at}   संदेह / doubted: {looked.doubted}   प्रकोष्ठ के समक्ष / put to the cell: "
            f"{looked.proposed}   केवल निर्णायक अधिकारी भेज सकते हैं / only the arbiter could send: {looked.barred}"
        )
        if looked.proposed:
            say("देखें / look: nistaran forwards")
    if looked.proposed:
        raise typer.Exit(1)
