"""A department's daily notice as people read it: lines of plain text for a courier, pages for printing. Not here: what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nistaran.domain.daily_notices import DailyNotice

HEADS_HI = {
    "OVERDUE": "नियत दिनांक बीत चुका",
    "DUE": "नियत दिनांक निकट",
    "NEW": "नये प्रकरण",
    "RETURNED": "वापस की गई आख्या",
}


def notice_lines(facts: Mapping[str, object]) -> list[str]:
    """The text of a notice, line by line."""
    counts, rows, offices = facts["counts"], facts["rows"], facts["offices"]
    assert isinstance(counts, Mapping)
    assert isinstance(rows, list)
    assert isinstance(offices, list)
    lines = [
        f"{facts['cell']} — {facts['department_name']} विभाग के लम्बित प्रकरण, दिनांक {facts['day']}",
        " · ".join(f"{name}: {counts.get(head, 0)}" for head, name in HEADS_HI.items()),
        "",
        *(f"{name}: विलम्बित {over}, निकट {due}, नये {new}, वापस {back}" for name, over, due, new, back in offices),
        "",
        *(" | ".join((f"{turn}.", *map(str, row))) for turn, row in enumerate(rows, start=1)),
    ]
    if facts["more"]:
        lines.append(f"… और {facts['more']} प्रकरण: प्रकोष्ठ से सूची लें।")
    return [
        *lines,
        "",
        f"कृपया दिनांक {facts['until']} बजे तक प्राप्ति की पुष्टि करें: {facts['id']} नाम की फ़ाइल अपने लॉगिन के फ़ोल्डर में रखें, या प्रकोष्ठ को बताएं।",
    ]


def notice_pdf(notice: DailyNotice) -> bytes:
    """The notice's pages, made anew of its frozen facts: the same notice gives the same bytes at any time.

    Raises:
        NotPrinted: when the template cannot be set.
    """
    from nistaran.letters.press import press  # heavy, and needed here only

    at: datetime = notice.at
    facts = {**notice.facts, "heads": list(HEADS_HI.values()), "counted": _counted(notice)}
    return press("daily_notice", facts, at=at)


def _counted(notice: DailyNotice) -> list[int]:
    counts = notice.facts["counts"]
    return [int(counts.get(head, 0)) for head in HEADS_HI] if isinstance(counts, Mapping) else []
