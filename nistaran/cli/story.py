"""How the story of a case is told in the terminal and as JSON. Masked by the step; nothing is unmasked here (unmask.py)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import print_table, say
from nistaran.domain.correction import BY_A_PERSON
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.identity import case_number
from nistaran.domain.privacy import mask_text
from nistaran.domain.wording import (
    ANSWER_HI,
    ASK_HI,
    EVENT_HI,
    OPEN_STATUSES,
    OVERDUE_HI,
    REASON_HI,
    RELATED_HI,
    STATUS_HI,
)

if TYPE_CHECKING:
    from nistaran.domain.complaint import Case
    from nistaran.steps.house import House
    from nistaran.steps.story import Story

#: So many years back a bare serial is looked for.
_YEARS_BACK = 10


def full_number(house: House, typed: str) -> str:
    """The number that was meant: any case of letters, Devanagari digits, or a bare serial («61») of the newest year that has it."""
    number = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in typed.strip().upper())
    if not number.isdecimal() or len(number) > 7:
        return number
    code, this_year = house.district.facts.code, day_in_india(house.clock.now()).year
    with house.read() as work:
        for year in range(this_year, this_year - _YEARS_BACK, -1):
            found = case_number(district=code, year=year, serial=int(number))
            if work.cases.by_number(found) is not None:
                return found
    return case_number(district=code, year=this_year, serial=int(number))


def print_story(house: House, story: Story) -> None:
    """The story as a clerk reads it."""
    case, place = story.case, story.case.whereabouts
    parts = (place.village, place.town, place.thana, place.block, place.tehsil)
    where = ", ".join(mask_text(part) for part in parts if part)
    say(
        f"प्रकरण {case.number} — {STATUS_HI[case.status.value]}{_overdue(house, case)}",
        f"माध्यम: {house.pack.channels[case.channel].name_hi}   सन्दर्भ: {case.reference or '-'}   "
        f"प्राप्त: {_day(case.received_on)}   नियत दिनांक: {_day(case.due_on)}",
        f"आवेदक: {story.complainant.name or '-'}   फ़ोन: {story.complainant.phone or '-'}   स्थान: {where or '-'}",
        f"फ़ाइल: {story.file.name if story.file else '-'}, पंक्ति {story.row}",
        "",
        f"«{mask_text(case.text)}»",
        "",
    )
    for number, kind in story.related:
        say(f"सम्बद्ध: {number} ({RELATED_HI[kind.value]})")
    _print_decisions(house, story)
    rows = [
        (_moment(link.at), EVENT_HI[link.kind], _told(house, json.loads(link.body)), link.hash[:8])
        for link in story.events
    ]
    print_table("घटनाक्रम / events", ["समय (भारत)", "घटना", "विवरण", "श्रृंखला"], rows)


def _overdue(house: House, case: Case) -> str:
    late = case.status.value in OPEN_STATUSES and case.due_on < day_in_india(house.clock.now())
    return f" ({OVERDUE_HI})" if late else ""


def _print_decisions(house: House, story: Story) -> None:
    for decision in story.decisions:
        office = house.district.offices.get(decision.office)
        goes = f"{office.name_hi} ({office.post_hi})" if office else f"व्यक्ति से पूछा गया: {ASK_HI[decision.reason]}"
        if decision.rule.startswith(BY_A_PERSON):
            say(f"व्यक्ति का निर्णय: {_department(house, decision.department)} → {goes}", f"नियम: {decision.rule}")
            continue
        others = ", ".join(
            f"{_department(house, other.department)} {other.confidence:.0%}"
            for other in decision.candidates[1:4]
            if other.confidence >= 0.005
        )
        say(
            f"निर्णय: {_department(house, decision.department)} ({decision.confidence:.0%}) → {goes}",
            f"निर्णायक शब्द: {', '.join(decision.words) or '-'}   अन्य सम्भावनाएँ: {others or 'नगण्य'}",
            f"नियम: {decision.rule or '-'}   मॉडल: {decision.model or '-'}",
        )


def _told(house: House, body: dict[str, Any]) -> str:
    """The body of an event as a clerk reads it; what is for machines (keys, hashes) is left out."""
    told = []
    if "office" in body:
        office = house.district.offices.get(body["office"])
        told.append(office.name_hi if office else body["office"])
    if "answer" in body:
        told.append(ANSWER_HI[body["answer"]])
    if "said" in body:
        told.append(f"{_department(house, body['said'])} → {_department(house, body['department'])}")
    if "reason" in body:
        told.append(REASON_HI[body["reason"]])
    if body.get("places"):
        told.append(
            "स्थान "
            + ", ".join(house.district.places[code].name for code in body["places"] if code in house.district.places)
        )
    if "due" in body:
        told.append(f"नियत दिनांक {_day(date.fromisoformat(body['due']))}")
    if "again" in body:
        told.append(f"पुनः निर्णय, पूर्व कारण: {ASK_HI[body['again']]}")
    if "by" in body:
        told.append(" — ".join(str(body[said]) for said in ("by", "why") if said in body))
    if "other" in body:
        told.append(f"{body['other']} ({RELATED_HI[body['kind']]})")
    return "; ".join(told)


def _department(house: House, code: str) -> str:
    row = house.pack.departments.get(code)
    return row.name_hi if row else "-"


def story_json(story: Story) -> dict[str, Any]:
    """The story for machines, masked in the same way."""
    case = asdict(story.case)
    for field in ("text", "addressed_to", "category"):
        case[field] = mask_text(case[field])
    case["whereabouts"] = {field: mask_text(value) for field, value in case["whereabouts"].items()}
    return {
        "case": case,
        "complainant": asdict(story.complainant),
        "file": story.file.sha256 if story.file else None,
        "row": story.row,
        "related": [{"number": number, "kind": kind.value} for number, kind in story.related],
        "decisions": [asdict(decision) for decision in story.decisions],
        "desks": [asdict(desk) for desk in story.desks],
        "notices": [
            {"key": notice.key, "state": state, "receipt": receipt} for notice, state, receipt in story.notices
        ],
        "events": [
            {"seq": link.seq, "kind": link.kind, "at": link.at, "body": json.loads(link.body)} for link in story.events
        ],
    }


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(IST).strftime("%d.%m.%Y %H:%M:%S")
