"""A notice that is about no single case travels by every courier, readable, under its own key."""

from __future__ import annotations

import json
from pathlib import Path

from nistaran.couriers.folder import FolderCourier
from nistaran.couriers.mail import MailCourier
from nistaran.domain.records import Notice
from nistaran.steps.paper_notice import DAILY, paper_message, paper_notice
from tests.couriers.conftest import OFFICE


def paper() -> Notice:
    """A department's daily notice."""
    return paper_notice(
        DAILY,
        "NOTICE-2026-11-23-ENERGY",
        "SDR-ENERGY",
        key="notice:2026-11-23:ENERGY",
        subject="दैनिक सूचना 23.11.2026: ऊर्जा",
        lines=["पहली पंक्ति {post}", "दूसरी पंक्ति"],
        more={"cases": 2},
    )


def test_a_mail_says_its_own_subject_and_text() -> None:
    courier = MailCourier(host="127.0.0.1", port=25, sender="cell@example.invalid")
    letter = courier.letter(key=paper().key, office=OFFICE, message=paper_message(paper()))
    assert letter["Subject"] == "दैनिक सूचना 23.11.2026: ऊर्जा"
    body = letter.get_content()
    assert body.index(OFFICE["post"]) < body.index("पहली पंक्ति {post}") < body.index("दूसरी पंक्ति")


def test_a_file_is_named_after_the_notice_and_written_once(tmp_path: Path) -> None:
    courier = FolderCourier(tmp_path)
    for _ in range(2):
        courier.deliver(key=paper().key, office=OFFICE, message=paper_message(paper()))
    (path,) = (tmp_path / OFFICE["code"]).iterdir()
    assert path.name.startswith("NOTICE-2026-11-23-ENERGY-")
    told = json.loads(path.read_text("utf-8"))
    assert (told["kind"], told["told"]) == ("daily-notice", {"cases": 2})
