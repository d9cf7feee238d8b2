"""Files of offices' answers and reports that arrive by themselves: each kept unchanged, taken row by row, and what was refused told
beside it.

A folder is named after the login that answers by it. Not here: one file given by hand (answers.py, report_files.py), one answer
(office_answer.py), one report (submit_report.py).
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.correction_refused import WrongLogin, login_of
from nistaran.domain.daily_notices import notice_of_file
from nistaran.domain.errors import ObjectMissing
from nistaran.steps.answers import AnswersOutcome, answer_from
from nistaran.steps.check_reports import ReportJudge
from nistaran.steps.find_case import full_number
from nistaran.steps.house import House
from nistaran.steps.rejected import as_text_cell
from nistaran.steps.report_files import report_from
from nistaran.steps.world import Inbox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """One file of answers and what became of its rows; `told` is the object key of the list of refused rows, "" when none was."""

    by: str
    sha256: str
    outcome: AnswersOutcome
    told: str = ""


#: What takes a file, by this login.
Taking = Callable[[Path, str], AnswersOutcome]


def take_answer_files(house: House, inbox: Inbox) -> tuple[list[TakenFile], int]:
    """Take every file of answers in every folder that is named after a login. Returns them, and how many were left elsewhere."""
    number_of = partial(full_number, house)
    return _take_files(
        house, inbox, "answers", lambda path, by: answer_from(house, path, office="", by=by, number_of=number_of)
    )


def take_report_files(house: House, inbox: Inbox, judge: ReportJudge) -> tuple[list[TakenFile], int]:
    """The same for files of reports (आख्या)."""
    number_of = partial(full_number, house)
    return _take_files(
        house, inbox, "reports", lambda path, by: report_from(house, judge, path, office="", by=by, number_of=number_of)
    )


def _take_files(house: House, inbox: Inbox, kind: str, taking: Taking) -> tuple[list[TakenFile], int]:
    """A crash in between takes a file once more, which changes nothing: the same answer twice is one."""
    taken: list[TakenFile] = []
    left = len(inbox.names())
    for folder in inbox.parts():
        part = inbox.part(folder)
        try:
            login = login_of(folder)
        except WrongLogin:
            left += len(part.names())
            continue
        for name in part.names():
            if notice_of_file(name) is not None:  # it acknowledges a notice: notice_acks.py takes it
                continue
            try:
                taken.append(_take(house, part, name, login, kind, taking))
                part.done(name)
            except (
                ObjectMissing,
                ValueError,
                OSError,
            ) as error:  # it left meanwhile, or cannot be read: the others go on
                log.warning("a file of answers was left", extra={"error": type(error).__name__})
                left += 1
    if left:
        log.warning("files lie in no folder of a login", extra={"files": left, "kind": kind})
    return taken, left


def _take(house: House, part: Inbox, name: str, login: str, kind: str, taking: Taking) -> TakenFile:
    with TemporaryDirectory(dir=house.spool) as folder:
        copy = Path(folder) / kind
        part.fetch(name, copy)
        data = copy.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        key = f"{kind}/{sha256[:2]}/{sha256}"
        if not house.objects.exists(key):
            house.objects.put(key, copy, sha256=sha256)
        outcome = taking(copy, login)
    return TakenFile(by=login, sha256=sha256, outcome=outcome, told=_tell(house, kind, sha256, outcome))


def _tell(house: House, kind: str, sha256: str, outcome: AnswersOutcome) -> str:
    """The refused rows as a table for the office, kept beside the file: row, column, reason; nothing of what stood in them."""
    if not outcome.refused:
        return ""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["पंक्ति / row", "कॉलम / column", "कारण / reason"])
    for one in outcome.refused:
        writer.writerow([one.row or "", as_text_cell(one.field), as_text_cell(one.reason)])
    data = table.getvalue().encode("utf-8-sig")
    key = f"{kind}-refused/{sha256[:16]}-{hashlib.sha256(data).hexdigest()[:8]}.csv"
    if not house.objects.exists(key):
        house.objects.put_bytes(key, data)
    return key
