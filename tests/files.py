"""Small complaint files for tests, written as portals write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

HEADERS = {
    "reference": "सन्दर्भ संख्या",
    "channel": "सन्दर्भ का प्रकार",
    "received_on": "प्राप्ति दिनांक",
    "text": "शिकायत का विवरण",
    "name": "आवेदक का नाम",
    "phone": "मोबाइल नं0",
    "address": "पता",
    "tehsil": "तहसील",
    "block": "विकास खण्ड",
    "thana": "थाना",
    "village": "ग्राम",
}

#: Plain complaints, each clear about its department.
TEXTS = (
    "हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है बिजली नहीं आ रही है लाइनमैन सुनता नहीं",
    "कोटेदार हर महीने पांच किलो की जगह चार किलो राशन देता है और अंगूठा लगवा लेता है",
    "मेरी वृद्धावस्था पेंशन आठ महीने से खाते में नहीं आई है कृपया पेंशन दिलाई जाए",
    "पड़ोसी ने लाठी डंडे से मारपीट की और जान से मारने की धमकी दी थाने में रिपोर्ट नहीं लिखी गई",
    "लेखपाल वरासत दर्ज करने के लिए पैसे मांग रहा है खतौनी में पिता का नाम नहीं बदला",
    "गांव का सरकारी हैंडपम्प खराब है रिबोर कराया जाए पीने का पानी नहीं है",
)


def row(**values: str) -> dict[str, str]:
    """One complaint by canonical field, with sensible values where none is given."""
    return {
        "channel": "ऑनलाइन सन्दर्भ",
        "received_on": "05/11/2026",
        "text": TEXTS[0],
        "name": "रामदीन",
        "phone": "9876501234",
        "tehsil": "बांसी",
        **values,
    }


def many(count: int) -> list[dict[str, str]]:
    """Distinct complaints of distinct people."""
    return [
        row(
            reference=f"40018726{n:06d}",
            text=f"{TEXTS[n % len(TEXTS)]} मामला {n}",
            phone=f"98{n:08d}",
            name=f"आवेदक {n}",
        )
        for n in range(count)
    ]


def write_csv(target: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write them as UTF-8 CSV with Hindi headers."""
    rows = list(rows)
    fields = list(dict.fromkeys(field for values in rows for field in values))
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([HEADERS.get(field, field) for field in fields])
        for values in rows:
            writer.writerow([values.get(field, "") for field in fields])
    return target
