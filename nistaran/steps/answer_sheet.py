"""The answer sheet: an XLSX with the cases on one office's desk, which the office fills and sends back as a file of answers.

Here: which cases, columns, drop-downs. Not here: looks (sheet_look.py), reading it back (answers.py), what an answer leads to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nistaran.domain.complaint import Case, Status
from nistaran.domain.correction import NONE
from nistaran.domain.correction_refused import NoSuchOffice
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.events import EventKind, Link
from nistaran.domain.lifecycle import LEADS_TO
from nistaran.domain.privacy import mask_text
from nistaran.domain.transfer import AnswerKind
from nistaran.domain.transfer_sentences import ANSWER_CHOICE_HI
from nistaran.steps import sheet_look as look
from nistaran.steps.export import as_cell
from nistaran.steps.house import House
from nistaran.steps.masked import masked_text
from nistaran.steps.review_file import FileStands

CASE, OFFICE, ANSWER, DEPARTMENT, PLACE = "प्रकरण संख्या", "कार्यालय कूट", "उत्तर", "किस विभाग का", "किस स्थान का"
COLUMNS = (
    ("क्रम", 5), (CASE, 18), ("माध्यम", 12), ("प्राप्ति", 11), ("नियत दिनांक", 11), ("शेष दिन", 6), ("पढ़ने हेतु पाठ", 62), ("स्थान", 14),
    (ANSWER, 24), (DEPARTMENT, 22), (PLACE, 14), (OFFICE, 6),
)  # fmt: skip
_AT = {heading: at for at, (heading, _) in enumerate(COLUMNS, start=1)}
_DAYS_AT = 6
_MOST_CHARS = 2500
_HOW = (
    "आपके कार्यालय के पटल पर प्रकरण: उत्तर दें",
    f"1. पीले कॉलम «{ANSWER}» में सूची से चुनें। जो प्रकरण आपका है और जिस पर कार्यवाही चल रही है, उसे खाली छोड़ सकते हैं या «{ANSWER_CHOICE_HI['ACCEPTED']}» चुनें।",
    f"2. «{ANSWER_CHOICE_HI['NOT_OUR_DEPARTMENT']}» के साथ, ज्ञात हो तो «{DEPARTMENT}» में विभाग चुनें; «{ANSWER_CHOICE_HI['NOT_OUR_TERRITORY']}» के साथ "
    f"«{PLACE}» में तहसील, ब्लॉक, थाना या ग्राम लिखें।",
    f"3. «{ANSWER_CHOICE_HI['NEEDS_ANOTHER_DEPARTMENT_TOO']}» में आपका कार्यालय मुख्य बना रहता है; «{DEPARTMENT}» में दूसरा विभाग चुनें।",
    "4. नियत दिनांक किसी उत्तर से नहीं बदलता। जिस दिन तक प्रकरण आपके पटल पर है, वे दिन आपके कार्यालय के खाते में गिने जाते हैं।",
    "5. पंक्तियाँ हटाना, छाँटना और क्रम बदलना ठीक है (सदा पूरी पंक्तियाँ)। और कुछ न बदलें। सहेजकर लौटाएँ।",
    "यह फ़ाइल नागरिकों की बात है: काम पूरा होने पर मिटा दें, किसी समूह या निजी ई-मेल में न भेजें।",
)
_IN_SHORT = f"पीले कॉलम भरें: «{ANSWER}» सूची से; आवश्यक हो तो «{DEPARTMENT}» और «{PLACE}»। विस्तार से: शीट «कैसे भरें»।"


def write_answer_sheet(house: House, office: str, target: Path, *, limit: int | None = None) -> int:
    """Write the cases on the office's desk that it has not taken yet, the first due first. Returns how many.

    Raises:
        NoSuchOffice: when there is no such office.
        FileStands: when there is such a file. OSError: when it cannot be written.
    """
    code = office.strip().upper()
    if code not in house.district.offices:
        raise NoSuchOffice
    if target.exists():
        raise FileStands(target.name)
    from openpyxl import Workbook  # heavy, and needed here only

    cases = sorted(_on_desk(house, code), key=lambda case: (case.due_on, case.id))[:limit]
    book = Workbook()
    look.tell(book.active, "कैसे भरें", _HOW)
    sheet, lists = book.create_sheet("प्रकरण"), book.create_sheet(look.LISTS)
    lists.sheet_state = "hidden"
    departments = [row.name_hi for row in house.pack.departments.values() if row.code != NONE]
    look.column(lists, 1, list(ANSWER_CHOICE_HI.values()))
    look.column(lists, 2, departments)
    answers = (_AT[ANSWER], _AT[DEPARTMENT], _AT[PLACE])
    look.head(sheet, _IN_SHORT, COLUMNS, answers=answers)
    style, today = look.Style(), day_in_india(house.clock.now())
    for serial, (case, text) in enumerate(zip(cases, _texts(house, cases), strict=True), start=1):
        values = _values(house, serial, case, text, (case.due_on - today).days)
        _row(sheet, look.HEAD_ROW + serial, values, style, answers)
    last = look.HEAD_ROW + max(len(cases), 1)
    choose = "तीर पर क्लिक करें या Alt+↓ दबाएँ।"
    look.offer(sheet, _AT[ANSWER], f"'{look.LISTS}'!$A$1:$A${len(ANSWER_CHOICE_HI)}", last, choose)
    look.offer(sheet, _AT[DEPARTMENT], f"'{look.LISTS}'!$B$1:$B${len(departments)}", last, choose)
    look.warn(sheet, empty=_AT[ANSWER], beside=_AT[DEPARTMENT], last=last)
    look.set_up(sheet, columns=len(COLUMNS), last=last)
    book.active, sheet.sheet_view.tabSelected = 1, True
    book.properties.creator = "nistaran"
    look.save(book, target)
    return len(cases)


def _on_desk(house: House, office: str) -> Iterator[Case]:
    """Cases that lie with the office and on which it owes an answer."""
    last = 0
    while True:
        with house.read() as work:
            page = work.cases.page(after_id=last, limit=house.batch)
            if not page:
                return
            last = page[-1].id
            own = [case for case in page if case.status is Status.WITH_OFFICE and case.office == office]
            events = work.ledger.of_each([case.number for case in own])
        yield from (case for case in own if _owes_an_answer(events[case.number]))


def _owes_an_answer(events: Sequence[Link]) -> bool:
    """Whether the office has not answered since the case came to it, or since the cell told it to keep it; having asked for facts is no
    answer. Whatever else happened to the case does not count."""
    owes = True
    for link in events:
        kind = EventKind(link.kind)
        if LEADS_TO[kind] is not None or kind is EventKind.FORWARD_DECLINED:
            owes = True
        elif kind is EventKind.OFFICE_ANSWERED:
            owes = json.loads(link.body)["answer"] == AnswerKind.INSUFFICIENT_FACTS
    return owes


def _texts(house: House, cases: list[Case]) -> list[str]:
    with house.read() as work:
        sealed = work.complainants.sealed_of([case.id for case in cases])
    return [_text(house, case, sealed.get(case.id)) for case in cases]


def _text(house: House, case: Case, sealed: bytes | None) -> str:
    """As much of the masked text as a cell shows well."""
    text = masked_text(house, case, sealed)
    return text if len(text) <= _MOST_CHARS else f"{text[:_MOST_CHARS]}…"


def _values(house: House, serial: int, case: Case, text: str, days: int) -> tuple[Any, ...]:
    place = case.whereabouts
    where = ", ".join(mask_text(part) for part in (place.village or place.town, place.thana, place.tehsil) if part)
    channel = house.pack.channels[case.channel].name_hi
    own = (serial, case.number, channel, case.received_on, case.due_on, days, text, where or "-")
    return (*own, None, None, None, case.office)


def _row(sheet: Any, row: int, values: tuple[Any, ...], style: look.Style, answers: tuple[int, ...]) -> None:
    safe = [as_cell(value) if isinstance(value, str) else value for value in values]
    for at, value in enumerate(safe, start=1):
        style.put(sheet.cell(row, at, value), is_answer=at in answers)
    if values[_DAYS_AT - 1] < 0:
        style.put_late(sheet.cell(row, _DAYS_AT))
    sheet.row_dimensions[row].height = look.height_of(safe, [width for _, width in COLUMNS])
