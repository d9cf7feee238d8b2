"""Verbs by which people answer the machine: correct, accept, corrections.

Not here: any rule (nistaran/domain/correction.py), what the answers do (steps/correct.py, steps/trust.py, steps/answers.py).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import both, print_json, print_table, say, say_error
from nistaran.domain.wording import QUARANTINE_HI, TRUST_HI

if TYPE_CHECKING:
    from nistaran.domain.correction import Correction
    from nistaran.steps.answers import AnswersOutcome
    from nistaran.steps.correct import Corrected
    from nistaran.steps.house import House
    from nistaran.steps.trust import Accepted

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who answers, e.g. up.sdr-cell; no name, no phone")]
Case = Annotated[str, typer.Argument(help="case number, or only its serial")]
File = Annotated[
    Path | None, typer.Option("--file", help="many answers: a .csv or .xlsx file", exists=True, dir_okay=False)
]
_LISTED = 500


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (correct, accept, corrections):
        app.command()(verb)


def correct(
    by: By,
    case: Case = "",
    department: Annotated[str, typer.Option(help="code or full name; NONE: no grievance, then with --reason")] = "",
    reason: Annotated[str, typer.Option(help="code of the reason; a wrong one is answered with the list")] = "",
    file: File = None,
    as_json: Json = False,
) -> None:
    """Say whose case this is: it goes to that department's office. With --file for many. Exit 1 when rows were refused."""
    _either(case, file, ("--department", department))
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.answers import correct_from
    from nistaran.steps.correct import correct_case
    from nistaran.steps.find_case import full_number
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        if file is not None:
            outcome = correct_from(house, file, by=by, number_of=partial(full_number, house))
            checkpoint(house)
            _show_answers(outcome, ("प्रकरण / case", "विभाग / department"), as_json=as_json)
        else:
            done = correct_case(house, full_number(house, case), department=department, by=by, reason=reason)
            checkpoint(house)
            _show_corrected(house, done, as_json=as_json)


def accept(
    by: By,
    case: Case = "",
    office: Annotated[str, typer.Option(help="code of the office that takes the case")] = "",
    file: File = None,
    as_json: Json = False,
) -> None:
    """The office on whose desk a case lies says: it is ours. Corrections that named it may teach from then on."""
    _either(case, file, ("--office", office))
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.answers import accept_from
    from nistaran.steps.find_case import full_number
    from nistaran.steps.trust import accept_case
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        if file is not None:
            outcome = accept_from(house, file, office=office, by=by, number_of=partial(full_number, house))
            checkpoint(house)
            _show_answers(outcome, ("प्रकरण / case", "कार्यालय / office"), as_json=as_json)
        else:
            done = accept_case(house, full_number(house, case), office=office, by=by)
            checkpoint(house)
            _show_accepted(house, done, as_json=as_json)


def corrections(
    quarantined: Annotated[
        bool, typer.Option("--quarantined", help="list those that wait for a second person")
    ] = False,
    release: Annotated[list[str] | None, typer.Option(help="id of one that may count after all; needs --by")] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option(help="id of one that was wrong and shall not teach; needs --by")
    ] = None,
    by: Annotated[
        str, typer.Option(help="with --release: login of the second person; with --withdraw: of who says so")
    ] = "",
    as_json: Json = False,
) -> None:
    """Count what people corrected, by login and trust; never the citizens' words. Exit 1 when a second person must look."""
    if bool(release or withdraw) != bool(by.strip()):
        raise typer.BadParameter(
            "--release या --withdraw और --by साथ दें / give --release or --withdraw, and --by, together"
        )
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.trust import release as release_them
    from nistaran.steps.trust import withdraw as withdraw_them
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        let_go = release_them(house, release, by=by) if release else []
        let_go += withdraw_them(house, withdraw, by=by) if withdraw else []
        if let_go:
            checkpoint(house)
        with house.read() as work:
            counts = work.corrections.count_by_login()
            held = work.corrections.quarantined(limit=_LISTED)
    _show_corrections(counts, held if quarantined else [], let_go, as_json=as_json)
    if held:
        raise typer.Exit(1)


def _either(case: str, file: Path | None, needed: tuple[str, str]) -> None:
    if bool(case) == (file is not None):
        raise typer.BadParameter("प्रकरण संख्या या --file, दोनों में से एक दें / give a case number or --file, one of them")
    option, given = needed
    if case and not given.strip():
        raise typer.BadParameter(f"{option} भी दें / give {option} too", param_hint=option)
    if file is not None and given.strip() and option == "--department":
        raise typer.BadParameter(f"{option} फ़ाइल में है / {option} stands in the file", param_hint=option)


def _show_corrected(house: House, done: Corrected, *, as_json: bool) -> None:
    kept = done.correction
    if as_json:
        print_json(
            {
                "case": done.case,
                "department": done.department,
                "office": done.office,
                "due": done.due_on.isoformat(),
                "changed": done.changed,
                "correction": kept.id if kept else None,
                "trust": kept.trust.value if kept else None,
                "held_back": list(done.held_back),
            }
        )
        return
    office, department = house.district.offices[done.office], house.pack.departments[done.department]
    head = "" if done.changed else "पहले से वहीं है, कुछ नहीं बदला / stands there already, nothing changed: "
    say(
        f"{head}{done.case} → {department.name_hi} / {department.name_en}",
        f"कार्यालय / office: {office.name_hi} ({done.office})   नियत दिनांक वही / due as before: {done.due_on:%d.%m.%Y}",
    )
    if done.held_back:
        _tell_held_back(len(done.held_back))


def _tell_held_back(count: int) -> None:
    say(
        f"{count} संशोधन सीखने से पहले दूसरे व्यक्ति की जाँच हेतु रोके गये / {count} corrections wait for a second person before they "
        "teach: nistaran corrections --quarantined"
    )


def _show_accepted(house: House, done: Accepted, *, as_json: bool) -> None:
    if as_json:
        print_json({"case": done.case, "office": done.office, "trusted": list(done.trusted), "changed": done.changed})
        return
    state = "स्वीकार किया / accepted" if done.changed else "पहले ही स्वीकार / accepted before"
    say(f"{done.case}: {house.district.offices[done.office].name_hi} ({done.office}) — {state}")
    if done.trusted:
        say(f"पुष्ट संशोधन / corrections that may teach: {', '.join(done.trusted)}")


def _show_answers(outcome: AnswersOutcome, columns: tuple[str, str], *, as_json: bool) -> None:
    """What became of a file of answers; ends the verb with 1 when something was refused."""
    if as_json:
        names = ("rows", "changed", "unchanged", "blank", "held_back", "trusted")
        refused = [
            {"row": one.row, "field": one.field, "code": one.code, "reason": one.reason} for one in outcome.refused
        ]
        print_json({**{name: getattr(outcome, name) for name in names}, "refused": refused})
    else:
        say(
            f"पंक्तियाँ / rows: {outcome.rows}   लागू / taken: {outcome.changed}   पहले से वैसा / as before: {outcome.unchanged}   "
            f"उत्तर खाली / blank: {outcome.blank}   अस्वीकृत / refused: {len(outcome.refused)}"
        )
        if outcome.held_back:
            _tell_held_back(outcome.held_back)
        for one in outcome.refused:
            where = f"पंक्ति / row {one.row}, {one.field}" if one.row is not None else "फ़ाइल / file"
            say_error(f"{where}: {one.reason}")
        if any(one.code == "NO_HEADER" for one in outcome.refused):
            say_error(f"कॉलम चाहिए / columns needed: {', '.join(columns)}")
    if outcome.refused:
        raise typer.Exit(1)


def _show_corrections(
    counts: dict[tuple[str, str], int], held: list[Correction], let_go: list[Correction], *, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "counts": [{"by": by, "trust": trust, "count": n} for (by, trust), n in sorted(counts.items())],
                "quarantined": [_correction_json(one) for one in held],
                "released": [_correction_json(one) for one in let_go],
            }
        )
        return
    for one in let_go:
        say(f"दर्ज / noted: {one.id} — {TRUST_HI[one.trust.value]} / {one.trust.value}")
    print_table(
        "संशोधन / corrections",
        ["लॉगिन / login", "स्थिति / trust", "संख्या / count"],
        [(by, both(TRUST_HI[trust], trust), n) for (by, trust), n in sorted(counts.items())],
    )
    if held:
        print_table(
            "जाँच हेतु रोके गये / quarantined",
            ["क्रमांक / id", "लॉगिन / login", "पूर्व / before", "संशोधित / corrected", "कारण / why"],
            [(one.id, one.by, one.said or "-", one.department, _why(one)) for one in held],
        )


def _why(one: Correction) -> str:
    return both(QUARANTINE_HI[one.why_quarantined], one.why_quarantined.value) if one.why_quarantined else "-"


def _correction_json(one: Correction) -> dict[str, object]:
    return {
        "id": one.id,
        "by": one.by,
        "at": one.at.isoformat(),
        "said": one.said,
        "department": one.department,
        "trust": one.trust.value,
        "why": one.why_quarantined.value if one.why_quarantined else "",
    }
