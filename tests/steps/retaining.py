"""A house on disk whose case 1 ran its whole course, with words and numbers planted wherever people write."""

from __future__ import annotations

import dataclasses
import os
from datetime import timedelta
from pathlib import Path

from nistaran.domain.office_report import ReportFields
from nistaran.settings import Settings
from nistaran.steps.attach import keep_attachments
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from nistaran.steps.route import route_batch
from nistaran.steps.verify import checkpoint
from tests.files import row, write_csv
from tests.steps.people import Held, number
from tests.steps.reporting import GOOD, hand_in
from tests.steps.transferring import Says
from tests.taking import Silent

#: What no file of the house may hold after its time; each is planted in another place.
PLANTED = {
    "name": "घनश्यामलालगुप्तक",
    "phone": "9415066778",
    "address": "मकानबयालीसगलीतीन",
    "text": "चितकबराट्रांसफार्मर",
    "in_text": "9305512347",
    "report": "फुलझड़ीदेवीनेबताया",
    "officer": "जांचकर्ताबटोहीराम",
    "attachment": "प्रधानकापत्र",
    "file": "रामखेलावनकीसूची",
}
#: Cases that are not over keep these.
STAYS = "पड़ोसीकीदीवार"
CALLER = "up.cell1"


def finished(house: House, folder: Path, *, extra: int = 2) -> House:
    """Case 1 disposed of and its complainant satisfied; of the `extra` others nothing is known after routing."""
    made = dataclasses.replace(house, classifier=lambda: Says({"ENERGY": 0.9, "POLICE": 0.1}), clock=Held())
    text = f"हमारे गांव का {PLANTED['text']} पांच दिन से जला पड़ा है, मोबाइल {PLANTED['in_text']} पर बात करें"
    people = {name: PLANTED[name] for name in ("name", "phone", "address")}
    others = [row(text=f"{STAYS} गिर गयी है मामला {n}", reference=f"400187270000{n:02d}") for n in range(extra)]
    _take(made, write_csv(folder / f"{PLANTED['file']}.csv", [row(text=text, reference="40018727009999", **people)]))
    _take(made, write_csv(folder / "others.csv", others))
    route_batch(made)
    while deliver_batch(made).notices:
        pass
    report_on_first(made, folder)
    while deliver_batch(made).notices:
        pass
    checkpoint(made)
    return made


def report_on_first(house: House, folder: Path) -> None:
    """The office's report with a file, and the complainant's word."""
    letter = folder / f"{PLANTED['attachment']}.pdf"
    letter.write_bytes(b"%PDF-1.4 " + PLANTED["attachment"].encode() + b"\n%%EOF")
    fields = ReportFields(inquiry_officer=PLANTED["officer"], contact_gist=PLANTED["report"])
    hand_in(house, f"{GOOD} {PLANTED['report']}", fields=fields, attachments=keep_attachments(house, [letter]))
    give_feedback(house, number(1), outcome="SATISFIED", relief="GIVEN", by=CALLER)


def _take(house: House, path: Path) -> None:
    kept = keep_file(house, path, name=path.name, source="test")
    ingest_file(house, kept.sha256, Silent())


def on(house: House, days: int) -> House:
    """The same house so many days after the course of case 1, with the clock of its objects and copies set back accordingly."""
    clock = Held()
    clock.at = Held().now() + timedelta(days=days)
    return dataclasses.replace(house, clock=clock)


def set_back(settings: Settings) -> None:
    """Files were written at the moment that the house's clock showed, not when the test ran."""
    then = Held().now().timestamp()
    for path in settings.home.rglob("*"):
        if path.is_file() and path.name != "house.key":
            os.utime(path, (then, then))


def found_in(folder: Path, words: dict[str, str] | None = None) -> dict[str, list[str]]:
    """Of each planted word the files below the folder whose bytes hold it, in any spelling that the house writes."""
    found: dict[str, list[str]] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes() + path.name.encode()
        for name, word in (words or PLANTED).items():
            spellings = (word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape"))
            if any(one in data for one in spellings):
                found.setdefault(name, []).append(str(path.relative_to(folder)))
    return found
