"""One letter to one office about many cases that were marked at once: after an outage, or when a house loads old cases (S0-2).

Here: when letters are put together, and what stands in such a letter: numbers, days, offices, counts; no citizen's word. Not here: which
mark is due, whom it concerns (telling.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nistaran.domain.escalation import MarkKind
from nistaran.domain.records import Notice
from nistaran.domain.wording import MARK_HI
from nistaran.steps.house import House
from nistaran.steps.paper_notice import MARKED, MARKED_PREFIX, MOST_NUMBERS, paper_notice

#: So many letters of one sweep go to an office one by one; of more, those of each page of cases are put together.
MOST_SINGLE = 10

_REMIND = "नियत दिनांक निकट है; कृपया नियत दिनांक तक निस्तारण कर आख्या उपलब्ध कराएं।"
_LATE = "नियत दिनांक बीत चुका है; कृपया तत्काल निस्तारण कर आख्या उपलब्ध कराएं तथा विलम्ब का कारण बताएं।"
_LATE_BELOW = "अधीनस्थ कार्यालय में नियत दिनांक बीत चुका है; कृपया अपने स्तर से शीघ्र निस्तारण सुनिश्चित कराएं।"
_CLIMBED = (
    "अधीनस्थ स्तर पर नियत समय में निस्तारण नहीं हुआ; सन्दर्भ जिन कार्यालयों के पास हैं वहीं रहेंगे, कृपया अपने स्तर से निस्तारण सुनिश्चित कराएं।"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One case of such a letter: the gravest of its new marks that concern the office, and who has it (`holder`)."""

    number: str
    kind: MarkKind
    round: int
    due_on: date
    priority: int
    holder: str


class Singles:
    """Counts the letters that each office was sent one by one in a sweep."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()

    def too_many(self, page: Counter[str]) -> frozenset[str]:
        """Offices whose letters of this page are put together; those of the others are counted as sent."""
        found = frozenset(
            office for office, count in page.items() if count > 1 and self._sent[office] + count > MOST_SINGLE
        )
        self._sent.update({office: count for office, count in page.items() if office not in found})
        return found


def together(house: House, office: str, points: Sequence[Point], today: date) -> Notice:
    """The one letter to this office about these cases."""
    first = points[0]
    name = house.district.offices[office].name_hi
    ordered = sorted(points, key=lambda one: (one.priority, one.due_on, one.number))
    return paper_notice(
        MARKED,
        f"{MARKED_PREFIX}{today:%Y-%m-%d}-{first.number}",
        office,
        key=f"marked:{first.number}/{first.round}/{first.kind.value}:{office}",
        subject=f"{len(points)} सन्दर्भ एक साथ: नियत दिनांक एवं सोपान ({today:%d.%m.%Y})",
        lines=[f"{name}: एक-एक पत्र के स्थान पर {len(points)} सन्दर्भ एक साथ।", *_lines(house, office, ordered, today)],
        more={"cases": [_told(one, today) for one in ordered]},
    )


def _lines(house: House, office: str, points: Sequence[Point], today: date) -> list[str]:
    kinds = Counter((one.kind, one.holder == office) for one in points)
    holders = Counter(one.holder for one in points)
    every = [(kind, own) for kind in MarkKind for own in (True, False)]
    lines = [f"{MARK_HI[one[0].value]}: {kinds[one]} सन्दर्भ। {_order(*one)}" for one in every if kinds[one]]
    lines += ["", "जिन कार्यालयों के पास हैं:"]
    lines += [f"- {house.district.offices[code].name_hi}: {count}" for code, count in holders.most_common()]
    lines += ["", "सन्दर्भ (पहले प्राथमिकता, फिर पुराना नियत दिनांक):"]
    for one in points[:MOST_NUMBERS]:
        where = house.district.offices[one.holder].name_hi
        day = f"नियत दिनांक {one.due_on:%d.%m.%Y} ({late_hi((today - one.due_on).days)})"
        lines.append(f"- {one.number}, {day}, {MARK_HI[one.kind.value]}, {where}")
    if (more := len(points) - MOST_NUMBERS) > 0:
        lines.append(f"और {more} सन्दर्भ: पूरी सूची प्रकोष्ठ से प्राप्त करें।")
    return lines


def late_hi(days: int) -> str:
    """How late a case is, or how many days it still has, after so many days since its due date."""
    return f"{days} दिन विलम्ब" if days > 0 else f"{-days} दिन शेष" if days else "आज अन्तिम दिन"


def _order(kind: MarkKind, own: bool) -> str:
    return _REMIND if kind.is_warning else _CLIMBED if kind.is_rung else _LATE if own else _LATE_BELOW


def _told(one: Point, today: date) -> dict[str, object]:
    return {
        "case": one.number,
        "mark": one.kind.value,
        "round": one.round,
        "due": one.due_on.isoformat(),
        "days": (today - one.due_on).days,
        "office": one.holder,
    }
