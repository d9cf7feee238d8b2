"""What stands on a letter, put together of the pack's sentences, offices, numbers, days and counts: no citizen's word, no person's name.

Here: the facts, frozen when a letter is drawn up. Not here: which letter is drawn up when (propose_drafts.py), pages (letters/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nistaran.domain.complaint import Case
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import Draft, DraftKind, draft_id
from nistaran.domain.escalation import Round
from nistaran.domain.references import find_references
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from routing.letters import LetterRow
from routing.tables import OfficeRow

_NAMED = 5
#: A portal's number as it may stand on a letter: nothing longer, nothing with a space in it.
_REFERENCE_LETTERS = 30
_WORD = re.compile(r"[^\s(),/.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCase:
    """A case as a letter is about it: with the round and the due date that run now."""

    case: Case
    clock: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A letter to be drawn up. `words` fill the pack's sentences beside those of the cases; `months` is a table (month, count) of it."""

    kind: DraftKind
    office: str  #: whom it is to, or of a letter to the superior whom it is about; "" for a sender above the district, an applicant
    department: str
    cases: Sequence[LetterCase] = ()
    basis: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    months: Sequence[tuple[str, int]] = ()


def letter_cases(work: UnitOfWork, ids: Sequence[int]) -> list[LetterCase]:
    """These cases as letters are about them, in the order to be worked: lane, due date, who came first."""
    rounds = work.marks.rounds_of(ids)
    found = [
        LetterCase(case=case, clock=rounds.get(case.id) or Round(number=0, since=case.received_on, due_on=case.due_on))
        for case in work.cases.by_ids(ids)
    ]
    return sorted(found, key=lambda one: (one.case.priority, one.clock.due_on, one.case.id))


def letter_facts(house: House, wanted: Wanted, *, serial: int, year: str, today: date) -> dict[str, object]:
    """The facts of a letter as its template reads them. Raises KeyError when a word of its sentences is not given."""
    page, row = house.letters().page, house.letters().letters[wanted.kind]
    district = house.district.facts.name_hi
    offices = house.district.offices
    signatory, head = offices[signing_office(house, wanted.kind)], offices[house.escalation().head]
    words = {**_words(house, wanted, row, today), **wanted.words}
    return {
        "id": draft_id(wanted.kind, year, serial),
        "head": [line.format(district=district, head=head.post_hi) for line in page.head],
        "number_label": page.number_label,
        "number": page.number.format(serial=f"{serial:04d}", mark=row.mark, year=year),
        "from_label": page.from_label,
        "sender": [f"{signatory.post_hi},", f"{district}।"],
        "to_label": page.to_label,
        "to": _to(house, wanted, row),
        "subject": row.subject.format(**words),
        "references": [line.format(**words) for line in row.references],
        "salutation": page.salutation,
        "paragraphs": [line.format(**words) for line in row.paragraphs],
        "blanks": list(row.blanks),
        "months": [list(one) for one in wanted.months],
        "month_columns": list(page.month_columns),
        "closing": page.closing,
        "signatory": signatory.post_hi,
        "place": district,
        "copies_label": page.copies_label,
        "copies": [line.format(**words) for line in row.copies],
        "annex": page.annex,
        "counted": page.counted,
        "columns": list(page.columns),
        # an applicant knows his own case; everybody else gets the list
        "rows": [
            _row(house, turn, one, today) for turn, one in enumerate(wanted.cases, start=1) if row.to != "applicant"
        ],
        "draft_words": page.draft,
    }


def signing_office(house: House, kind: DraftKind) -> str:
    """The office whose signature stands on letters of this kind."""
    facts = house.district.facts
    seats = {"head": house.escalation().head, "arbiter": facts.arbiter, "cell": facts.cell}
    return seats[house.letters().letters[kind].signatory]


def letter_name(draft: Draft) -> str:
    """A letter as another one refers to it: its number and the day on which it was sent, or drawn up."""
    went = next((act.on for act in draft.acts if act.on is not None), None) or day_in_india(draft.drawn_at)
    return f"इस कार्यालय का {draft.facts['number_label']} {draft.facts['number']} दिनांक {went:%d.%m.%Y}"


def office_line(office: OfficeRow) -> str:
    """An office in one line: its post, and its name where that says more."""
    return ", ".join(_named(office))


def superior_of(house: House, office: str) -> str:
    """Whom a letter about an office's department goes to: the same department's nearest office above the district, the head's own
    superior where there is none (S2-3); "" when the table has neither."""
    offices, rules = house.district.offices, house.escalation()
    inside = {code for code in offices if rules.head in (code, *rules.above(code))}
    department = offices[office].department
    outside = [one for one in offices.values() if one.department == department and one.code not in inside]
    over = {one.superior for one in outside}
    nearest = [one.code for one in outside if not one.territory and one.code not in over]
    above = offices[rules.head].superior if rules.head in offices else ""
    return nearest[0] if nearest else above


def _words(house: House, wanted: Wanted, row: LetterRow, today: date) -> dict[str, str]:
    offices = house.district.offices
    office = offices.get(wanted.office)
    above = house.escalation().above(wanted.office)[:1] if office else ()
    department = house.pack.departments.get(wanted.department)
    due = sorted({one.clock.due_on for one in wanted.cases})
    numbers = [one.case.number for one in wanted.cases]
    more = f" एवं अन्य {len(numbers) - _NAMED}" if len(numbers) > _NAMED else ""
    return {
        "district": house.district.facts.name_hi,
        "today": f"{today:%d.%m.%Y}",
        "count": str(len(wanted.cases)),
        "office": office_line(office) if office else "",
        "department": department.name_hi if department else wanted.department,
        "superior": office_line(offices[above[0] if above else house.escalation().head]),
        "due_span": _span(due),
        "oldest": str(max([0, *((today - day).days for day in due)])),  # an order may ask for cases before their day
        "cases": ", ".join(numbers[:_NAMED]) + more,
        "reply_days": f"{row.reply_days:02d}",
    }


def _span(days: Sequence[date]) -> str:
    if not days:
        return ""
    first, last = f"{days[0]:%d.%m.%Y}", f"{days[-1]:%d.%m.%Y}"
    return first if first == last else f"{first} से {last} के मध्य"


def _to(house: House, wanted: Wanted, row: LetterRow) -> list[str]:
    offices = house.district.offices
    match row.to:
        case "office":
            return _address(offices[wanted.office])
        case "superior":
            return _address(offices[superior_of(house, wanted.office)])
        case "sender":
            channels = {one.case.channel: house.pack.channels.get(one.case.channel) for one in wanted.cases}
            return [f"{name}।" for name in sorted({one.sender_hi for one in channels.values() if one is not None})]
        case "applicant":
            return list(house.letters().page.applicant)


def _named(office: OfficeRow) -> list[str]:
    """Its post and its name; the name alone where every word of the post stands in it."""
    said = set(_WORD.findall(office.name_hi))
    return [office.name_hi] if said.issuperset(_WORD.findall(office.post_hi)) else [office.post_hi, office.name_hi]


def _address(office: OfficeRow) -> list[str]:
    *post, name = _named(office)
    return [*(f"{line}," for line in post), f"{name}।"]


def _row(house: House, turn: int, one: LetterCase, today: date) -> list[str | int]:
    channel = house.pack.channels.get(one.case.channel)
    late = (today - one.clock.due_on).days
    return [
        turn,
        "\n".join((one.case.number, *_reference(one.case))),
        channel.name_hi if channel else one.case.channel,
        f"{one.case.received_on:%d.%m.%Y}",
        f"{one.clock.due_on:%d.%m.%Y}",
        late if late > 0 else "–",
    ]


def _reference(case: Case) -> tuple[str, ...]:
    """The portal's number of the case, where that is one: what else stands in its column may be anybody's words or phone."""
    written = case.reference.strip()
    if len(written) > _REFERENCE_LETTERS or " " in written:
        return ()
    return (written,) if any(found.number == written for found in find_references(written)) else ()
