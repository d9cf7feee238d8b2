"""How the story of a case is told in the terminal and as JSON. Masked by the step; nothing is unmasked here."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from nistaran.cli.output import print_table, say
from nistaran.domain.deadlines import IST
from nistaran.domain.privacy import mask_text
from nistaran.steps.export import STATUS_HI
from nistaran.steps.house import House
from nistaran.steps.story import Story

EVENT_HI = {
    "Registered": "पंजीकृत हुआ",
    "Linked": "पूर्व प्रकरण से जोड़ा गया",
    "Routed": "कार्यालय को सौंपा गया",
    "PersonAsked": "निर्णय हेतु प्रकोष्ठ के समक्ष",
    "NoticeDelivered": "कार्यालय को सूचना पहुँची",
}


def print_story(house: House, story: Story) -> None:
    """The story as a clerk reads it."""
    case = story.case
    channel = house.pack.channels[case.channel]
    place = story.case.whereabouts
    say(
        f"प्रकरण {case.number} — {STATUS_HI[case.status.value]}",
        f"माध्यम: {channel.name_hi}   सन्दर्भ: {case.reference or '-'}   प्राप्त: {_day(case.received_on)}   "
        f"नियत दिनांक: {_day(case.due_on)}",
        f"आवेदक: {story.complainant.name or '-'}   फ़ोन: {story.complainant.phone or '-'}",
        f"स्थान: {', '.join(part for part in (place.village, place.town, place.thana, place.block, place.tehsil) if part) or '-'}",
        f"फ़ाइल: {story.file.name if story.file else '-'}, पंक्ति {story.row}",
        "",
        mask_text(case.text),
        "",
    )
    for link in story.links:
        say(f"सम्बद्ध: {link.other} ({link.kind.value})")
    for decision in story.decisions:
        office = house.district.offices.get(decision.office)
        department = house.pack.departments.get(decision.department)
        say(
            f"निर्णय: {department.name_hi if department else '-'} ({decision.confidence:.0%}) → "
            f"{f'{office.name_hi} ({office.post_hi})' if office else 'व्यक्ति से पूछा गया: ' + decision.reason}",
            f"निर्णायक शब्द: {', '.join(decision.words) or '-'}   नियम: {decision.rule or '-'}   मॉडल: {decision.model or '-'}",
        )
        others = ", ".join(f"{other.department} {other.confidence:.0%}" for other in decision.candidates[1:4])
        say(f"अन्य सम्भावनाएँ: {others or '-'}")
    rows = [(_moment(link.at), EVENT_HI[link.kind], _told(link.body), link.hash[:12]) for link in story.events]
    print_table("घटनाक्रम / events", ["समय (भारत)", "घटना", "विवरण", "hash"], rows)


def story_json(story: Story) -> dict[str, Any]:
    """The story for machines, masked in the same way."""
    case = asdict(story.case)
    case["text"] = mask_text(story.case.text)
    return {
        "case": case,
        "complainant": asdict(story.complainant),
        "file": story.file.sha256 if story.file else None,
        "row": story.row,
        "links": [asdict(link) for link in story.links],
        "decisions": [asdict(decision) for decision in story.decisions],
        "desks": [asdict(desk) for desk in story.desks],
        "notices": [
            {"key": notice.key, "state": state, "receipt": receipt} for notice, state, receipt in story.notices
        ],
        "events": [
            {"seq": link.seq, "kind": link.kind, "at": link.at, "body": json.loads(link.body)} for link in story.events
        ],
    }


def _told(body: str) -> str:
    shown = {
        key: value
        for key, value in json.loads(body).items()
        if key not in {"key", "text", "notice"} and value not in ("", [])
    }
    return ", ".join(f"{key}={value}" for key, value in shown.items())


def _day(day: Any) -> str:
    return str(day.strftime("%d.%m.%Y"))


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(IST).strftime("%d.%m.%Y %H:%M:%S")
