"""Verbs by which cases are closed: report, reports, overrule, recall, approve.

Not here: any rule (domain/report_checks.py), what each verb does (steps/submit_report.py, report_words.py), printing
(closing_tables.py), judging texts without a house (reports.py), what complainants say (feedback.py).
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, say
from nistaran.domain.office_report import ReportState

if TYPE_CHECKING:
    from nistaran.steps.report_words import Said

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who says so; no name, no phone")]
Case = Annotated[str, typer.Argument(help="case number, or only its serial")]
Report = Annotated[str, typer.Argument(help="id of a report, e.g. SDR-2026-0000042/r1, or 42/r1")]
File = Annotated[Path | None, typer.Option("--file", help="many: a .csv or .xlsx file", exists=True, dir_okay=False)]
#: What follows a person's word on a report.
_NEXT = {
    ReportState.ACCEPTED: "प्रकरण बन्द हुआ; कार्यालय आवेदक से सम्पर्क करेगा / the case is closed; the office rings the complainant: nistaran calls",
    ReportState.OVERRULED: "प्रकरण निस्तारित हुआ; कार्यालय आवेदक से सम्पर्क करेगा / disposed of; the office rings the complainant: nistaran calls",
    ReportState.RECALLED: "प्रकरण पुनः खुला; कार्यालय को पत्र गया / reopened; the office owes a new report: nistaran tasks",
    ReportState.REJECTED: "आख्या वापस; कार्यालय को कारण सहित पत्र गया / it went back; the office is told why",
}
EITHER = "प्रकरण संख्या या --file, दोनों में से एक दें / give a case number or --file, one of them"


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (report, reports, overrule, recall, approve):
        app.command()(verb)
    app.command("report-labels")(report_labels)


def report(
    by: By,
    case: Case = "",
    office: Annotated[str, typer.Option(help="code of the office that reports")] = "",
    text: Annotated[str, typer.Option(help="file with the report's text, or - for standard input")] = "",
    facts: Annotated[
        list[str] | None,
        typer.Option(
            "--fact",
            help="NAME=VALUE: officer, rank, visited_on, action, action_on, orders, court, court_case, next_date …",
        ),
    ] = None,
    attach: Annotated[
        list[Path] | None, typer.Option(help="a photo or PDF that belongs to it", exists=True, dir_okay=False)
    ] = None,
    interim: Annotated[bool, typer.Option("--interim", help="says how far it has come and closes nothing")] = False,
    special: Annotated[str, typer.Option(help="category of a special close; needs --evidence")] = "",
    evidence: Annotated[str, typer.Option(help="with --special: what shows it")] = "",
    file: File = None,
    as_json: Json = False,
) -> None:
    """An office hands in its report (आख्या): judged at once, it disposes of the case or goes back with the reasons. Exit 1 when it goes back.

    With --file for many.
    """
    if bool(case) == (file is not None):
        raise typer.BadParameter(EITHER)
    if case and not (office.strip() and text):
        raise typer.BadParameter("--office और --text भी दें / give --office and --text too", param_hint="--text")
    if interim and special:
        raise typer.BadParameter("--interim और --special में से एक / give --interim or --special, not both")
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_reports import open_report_judge
    from nistaran.cli.closing_tables import show_rows, show_submitted
    from nistaran.domain.office_report import CloseKind
    from nistaran.settings import load
    from nistaran.steps.attach import keep_attachments
    from nistaran.steps.find_case import full_number
    from nistaran.steps.report_files import fields_of, report_from
    from nistaran.steps.submit_report import Handed, submit_report
    from nistaran.steps.verify import checkpoint

    known, judge = _facts(facts or []), open_report_judge()
    with open_house(load()) as house:
        if file is not None:
            rows = report_from(house, judge, file, office=office, by=by, number_of=partial(full_number, house))
            checkpoint(house)
            sent_back = show_rows(rows, as_json=as_json)
        else:
            close = CloseKind.INTERIM if interim else CloseKind.SPECIAL if special else CloseKind.ORDINARY
            handed = Handed(
                text=_read(text),
                fields=fields_of(known),
                close=close,
                category=special,
                evidence=evidence,
                attachments=keep_attachments(house, attach or []),
            )
            done = submit_report(house, judge, full_number(house, case), office=office, by=by, handed=handed)
            checkpoint(house)
            sent_back = show_submitted(house, done, as_json=as_json)
    if sent_back:
        raise typer.Exit(1)


def _read(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    return Path(name).read_text(encoding="utf-8-sig", errors="replace")


def _facts(given: list[str]) -> dict[str, str]:
    from routing.headings import REPORT_FIELDS

    pairs = [one.partition("=")[::2] for one in given]
    unknown = [name for name, _ in pairs if name.strip() not in REPORT_FIELDS]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]}: {', '.join(REPORT_FIELDS)}", param_hint="--fact")
    return {name.strip(): value.strip() for name, value in pairs}


def reports(
    case: Case = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="special closes that wait for the level above")] = False,
    as_json: Json = False,
) -> None:
    """List the reports on a case, or with --waiting those that a person must decide. Never their text."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.closing_tables import show_reports
    from nistaran.settings import load
    from nistaran.steps.find_case import full_number
    from nistaran.steps.report_words import reports_of, reports_waiting

    if bool(case) == waiting:
        raise typer.BadParameter("प्रकरण संख्या या --waiting दें / give a case number or --waiting, one of them")
    with open_house(load()) as house:
        found = reports_waiting(house) if waiting else reports_of(house, full_number(house, case))
        show_reports(house, found, as_json=as_json)
    if waiting and found:
        raise typer.Exit(1)


def overrule(
    report: Report, by: By, why: Annotated[str, typer.Option(help="code of the reason")], as_json: Json = False
) -> None:
    """Let a refused report dispose of its case all the same; who and why is kept for ever, and teaches the judge."""
    from nistaran.steps.report_words import overrule as act

    _said(report, partial(act, by=by, why=why), as_json=as_json)


def recall(
    report: Report, by: By, why: Annotated[str, typer.Option(help="code of the reason")], as_json: Json = False
) -> None:
    """Take a disposal back: the case goes to its office again, with a day for a report that differs."""
    from nistaran.steps.report_words import recall as act

    _said(report, partial(act, by=by, why=why), as_json=as_json)


def approve(
    report: Report,
    by: By,
    refuse: Annotated[bool, typer.Option("--refuse", help="send it back instead")] = False,
    as_json: Json = False,
) -> None:
    """The level above approves a special close."""
    from nistaran.steps.report_words import approve_special

    _said(report, partial(approve_special, by=by, approve=not refuse), as_json=as_json)


def report_labels(
    output: Annotated[Path, typer.Option("--output", help="JSON Lines, readable by you alone", dir_okay=False)],
    as_json: Json = False,
) -> None:
    """Write people's words on the judge (overruled, recalled) for its training. Citizens' words unmasked: the file never leaves the house."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.report_labels import write_report_labels

    with open_house(load()) as house:
        count = write_report_labels(house, output)
    if as_json:
        print_json({"labels": count, "file": str(output)})
    else:
        say(
            f"{count} → {output}: नागरिकों के मूल शब्द, केवल आपके पढ़ने हेतु (0600); प्रशिक्षण के बाद मिटा दें / citizens' own words, readable by "
            "you alone (0600); delete it after training"
        )


def _said(report: str, act: partial[Said], *, as_json: bool) -> None:
    from nistaran.bootstrap import open_house
    from nistaran.domain.wording import REPORT_STATE_HI
    from nistaran.settings import load
    from nistaran.steps.find_case import full_id
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        one = act(house, full_id(house, report)).report
        checkpoint(house)
    if as_json:
        print_json({"report": one.id, "case": one.case, "state": one.state.value, "by": one.decided_by, "why": one.why})
    else:
        say(f"{one.id}: {REPORT_STATE_HI[one.state.value]} / {one.state.value} — {one.decided_by}")
        say(_NEXT[one.state])
