"""How the verbs of closing.py show reports, feedback, calls and shares: tables for people, plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import both, print_json, print_table, say, say_error
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.office_report import ReportState
from nistaran.domain.report_checks import CHECK_HI, HouseCheck
from nistaran.domain.wording import CHECKED_HI, OUTCOME_HI, REPORT_STATE_HI

if TYPE_CHECKING:
    from nistaran.domain.office_report import OfficeReport
    from nistaran.domain.shares import Share
    from nistaran.domain.task import Task
    from nistaran.steps.answers import AnswersOutcome
    from nistaran.steps.feedback import Given
    from nistaran.steps.feedback_figures import Shares
    from nistaran.steps.house import House
    from nistaran.steps.submit_report import Submitted


def show_submitted(house: House, done: Submitted, *, as_json: bool) -> bool:
    """A report with what was said of it. Returns whether it goes back."""
    one = done.report
    rejected = one.state is ReportState.REJECTED
    if as_json:
        print_json(
            {
                "report": one.id,
                "case": one.case,
                "state": one.state.value,
                "changed": done.changed,
                "reasons": list(one.reasons),
                "findings": [
                    {"code": found.code.value, "words": found.words, "cure": found.cure_hi}
                    for found in done.verdict.findings
                ],
                "checks": [
                    {"code": check.value, "words": words, "blocks": check.blocks, "cure": CHECK_HI[check][1]}
                    for check, words in done.checks
                ],
            }
        )
        return rejected
    head = "" if done.changed else "पहले ही दी जा चुकी, कुछ नहीं बदला / handed in before, nothing changed: "
    say(f"{head}{one.id}: {REPORT_STATE_HI[one.state.value]} / {one.state.value}")
    for check, words in done.checks:
        said, cure = CHECK_HI[check]
        mark = "✗" if check.blocks else "!"
        say(f"   {mark} {said}{f' («{words}»)' if words else ''}", f"      {cure}")
    codes = {code.value for code in done.verdict.reasons} if rejected else set()
    for found in done.verdict.findings:
        mark = "✗" if found.code.value in codes else "!"
        say(
            f"   {mark} {CHECKED_HI[found.code.value]}{f' («{found.words}»)' if found.words else ''}",
            f"      {found.cure_hi}",
        )
    return rejected


def show_rows(outcome: AnswersOutcome, *, as_json: bool) -> bool:
    """What became of a file of reports or feedback. Returns whether a person must do something now."""
    followed = {kind: count for kind, count in sorted(outcome.followed.items()) if count}
    if as_json:
        refused = [
            {"row": one.row, "field": one.field, "code": one.code, "reason": one.reason} for one in outcome.refused
        ]
        names = ("rows", "changed", "unchanged", "blank")
        print_json({**{name: getattr(outcome, name) for name in names}, "followed": followed, "refused": refused})
    else:
        say(
            f"पंक्तियाँ / rows: {outcome.rows}   लागू / taken: {outcome.changed}   पहले से वैसा / as before: {outcome.unchanged}   "
            f"खाली / blank: {outcome.blank}   अस्वीकृत / refused: {len(outcome.refused)}"
        )
        for kind, count in followed.items():
            say(f"   {_followed_hi(kind)} / {kind}: {count}")
        for one in outcome.refused:
            where = f"पंक्ति / row {one.row}, {one.field}" if one.row is not None else "फ़ाइल / file"
            say_error(f"{where}: {one.reason}")
    return bool(outcome.refused or followed.get("REJECTED") or followed.get("REOPENED"))


def _followed_hi(kind: str) -> str:
    return REPORT_STATE_HI.get(kind) or OUTCOME_HI.get(kind) or "पुनः खोले गये"


def show_reports(house: House, found: Sequence[OfficeReport], *, as_json: bool) -> None:
    """Reports without their text."""
    if as_json:
        print_json({"reports": [_report_json(one) for one in found]})
    elif not found:
        say("कोई आख्या नहीं / no report")
    else:
        rows = [
            (
                one.id,
                _name(house, one.office),
                f"{one.at.astimezone(IST):%d.%m.%Y %H:%M}",
                both(REPORT_STATE_HI[one.state.value], one.state.value),
                "; ".join(map(_reason_hi, one.reasons)) or "-",
                one.decided_by or "-",
            )
            for one in found
        ]
        headers = ["आख्या / report", "कार्यालय / office", "कब / when", "स्थिति / state", "कारण / reasons", "निर्णय / by"]
        print_table("आख्याएँ / reports", headers, rows, whole=[headers[0]])
        if any(one.state is ReportState.WAITING for one in found):
            say("अनुमोदन दें / decide: nistaran approve REPORT --by LOGIN [--refuse]")


def _reason_hi(code: str) -> str:
    return CHECKED_HI.get(code) or CHECK_HI[HouseCheck(code)][0]


def _report_json(one: OfficeReport) -> dict[str, Any]:
    return {
        "report": one.id,
        "case": one.case,
        "office": one.office,
        "by": one.by,
        "at": one.at,
        "close": one.close.value,
        "state": one.state.value,
        "reasons": list(one.reasons),
        "decided_by": one.decided_by,
        "why": one.why,
    }


def show_given(given: Given, *, as_json: bool) -> bool:
    """A complainant's word. Returns whether the case came back."""
    said = given.feedback
    if as_json:
        own = {"case": said.case, "feedback": said.id, "outcome": said.outcome.value, "relief": said.relief.value}
        print_json(
            {
                **own,
                "round": said.round,
                "changed": given.changed,
                "reopened": given.reopened,
                "final": given.final,
            }
        )
    else:
        head = "" if given.changed else "पहले ही दर्ज, कुछ नहीं बदला / said before, nothing changed: "
        say(f"{head}{said.case}: {OUTCOME_HI[said.outcome.value]} / {said.outcome.value}   चक्र / round {said.round}")
        if given.reopened:
            say("प्रकरण पुनः खुला: कार्यालय को भिन्न आख्या देनी है / reopened: the office owes a report that differs")
        if given.final:
            say("अन्तिम रूप से असंतुष्ट; प्रकरण पुनः नहीं खुला / dissatisfied at the last round: the case stays closed")
    return given.reopened


def show_calls(house: House, found: Sequence[tuple[Task, int]], *, as_json: bool) -> None:
    """Whom to ring, by case number."""
    today = day_in_india(house.clock.now())
    if as_json:
        told = [{"case": task.case, "office": task.office, "due": task.due_on, "tries": tries} for task, tries in found]
        print_json({"calls": told})
    elif not found:
        say("कोई सम्पर्क शेष नहीं / nobody is to be rung")
    else:
        rows = [
            (
                task.case,
                _name(house, task.office),
                f"{task.due_on:%d.%m.%Y}",
                max((today - task.due_on).days, 0) or "",
                tries,
            )
            for task, tries in found
        ]
        headers = ["प्रकरण / case", "कार्यालय / office", "तक / by", "विलम्ब (दिन) / days late", "प्रयास / tries"]
        print_table("निस्तारण के बाद सम्पर्क / calls after disposal", headers, rows, whole=[headers[0]])


def show_shares(house: House, found: Mapping[str, Shares], *, key: str, as_json: bool) -> None:
    """Relief and satisfaction by group, the most dissatisfied first."""
    groups = sorted(found.items(), key=lambda one: (-one[1].dissatisfied, -one[1].disposed, one[0]))
    if as_json:
        told = [
            {
                key: code,
                "disposed": own.disposed,
                "dissatisfied": own.dissatisfied,
                **{name: _share_json(getattr(own, name)) for name in ("contacted", "first", "final", "relief")},
            }
            for code, own in groups
        ]
        print_json({"by": key, "groups": told})
        return
    rows = [
        (
            _group(house, key, code),
            own.disposed,
            f"{own.dissatisfied} / {own.reached}",
            *(_share(getattr(own, name)) for name in ("contacted", "first", "final", "relief")),
        )
        for code, own in groups
    ]
    headers = [
        key,
        "निस्तारित / disposed",
        "असंतुष्ट / dissatisfied",
        "सम्पर्क / contacted",
        "प्रथम संतुष्टि / first",
        "अन्तिम संतुष्टि / final",
        "राहत / relief",
    ]
    print_table("राहत एवं संतुष्टि / relief and satisfaction (* = 10 से कम / fewer than 10)", headers, rows)


def _share(share: Share) -> str:
    if share.value is None:
        return "-"
    low, high = share.interval
    return f"{share.value:.0%} ({low:.0%}–{high:.0%}){'*' if share.few else ''}"


def _share_json(share: Share) -> dict[str, Any]:
    return {"part": share.part, "of": share.of, "value": share.value, "interval": share.interval, "few": share.few}


def _group(house: House, key: str, code: str) -> str:
    tables: dict[str, Mapping[str, Any]] = {
        "department": house.pack.departments,
        "office": house.district.offices,
        "channel": house.pack.channels,
    }
    row = tables.get(key, {}).get(code)
    return str(row.name_hi) if row else code


def _name(house: House, code: str) -> str:
    row = house.district.offices.get(code)
    return row.name_hi if row else code
