"""What the promotion gate says of a new model: yes, or no with every reason, and the figures behind it.

Here: values and their sentences in Hindi and English. Not here: the measuring (models/gate.py), what follows (promotion.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Refused(StrEnum):
    """Why a challenger may not go live. A closed list: the codes stand in artifacts and logs."""

    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    EVIDENCE_TOO_SMALL = "EVIDENCE_TOO_SMALL"
    DEPARTMENT_LOST = "DEPARTMENT_LOST"
    RECALL_FELL = "RECALL_FELL"
    SURENESS_FELL = "SURENESS_FELL"
    CANARY_FELL = "CANARY_FELL"
    MACRO_F1_FELL = "MACRO_F1_FELL"
    CALIBRATION_OFF = "CALIBRATION_OFF"
    COVERAGE_FELL = "COVERAGE_FELL"
    PRECISION_BELOW_TARGET = "PRECISION_BELOW_TARGET"


#: The evidence (models/evidence.py) in words.
WHERE_HI: Mapping[str, str] = {
    "sheets": "परीक्षा के पाठ",
    "audited": "यादृच्छिक जाँच के प्रकरण",
    "newest": "सबसे नये संशोधन",
    "canaries": "पहरे के पाठ",
    "open": "परीक्षा, जाँच और पहरे के पाठ मिलाकर",
    "hands": "अनदेखे लेखकों के पाठ",
    "model": "मॉडल",
}
WHERE_EN: Mapping[str, str] = {
    "sheets": "test texts",
    "audited": "audited cases",
    "newest": "newest corrections",
    "canaries": "canary texts",
    "open": "test texts, audited cases and canaries together",
    "hands": "texts of writers not seen",
    "model": "model",
}

#: {where}: as above; {subject}: a code; {was}, {now}, {limit}: figures as told(); {count}: texts.
_SENTENCES: Mapping[Refused, tuple[str, str]] = {
    Refused.EVIDENCE_MISSING: (
        "जाँच का साक्ष्य «{where}» उपलब्ध नहीं है, इसलिए मॉडल नहीं बदला जाएगा",
        "there is no evidence «{where}», so the model stays as it is",
    ),
    Refused.EVIDENCE_TOO_SMALL: (
        "«{where}» में {subject} के {count} पाठ हैं, निर्णय के लिए कम से कम {limit} चाहिए",
        "«{where}» has {count} texts of {subject}; at least {limit} are needed to judge",
    ),
    Refused.DEPARTMENT_LOST: (
        "नया मॉडल विभाग {subject} को नहीं जानता, वर्तमान मॉडल जानता है",
        "the new model does not know department {subject}, the present one does",
    ),
    Refused.RECALL_FELL: (
        "«{where}»: {subject} के सही पहचाने गये प्रकरण {was} से {now} रह गये ({count} पाठ)",
        "«{where}»: {subject} is recognised in {now} of its texts, before in {was} ({count} texts)",
    ),
    Refused.SURENESS_FELL: (
        "«{where}»: {subject} को मिलने वाला औसत विश्वास {was} से घटकर {now} रह गया ({count} पाठ)",
        "«{where}»: the mean confidence given to {subject} where it is right fell from {was} to {now} ({count} texts)",
    ),
    Refused.CANARY_FELL: (
        "पहरे के पाठ {subject}: {was} से घटकर {now} ({count} पाठ)",
        "canary texts {subject}: from {was} down to {now} ({count} texts)",
    ),
    Refused.MACRO_F1_FELL: (
        "«{where}»: मैक्रो-F1 {was} से घटकर {now}",
        "«{where}»: macro-F1 fell from {was} to {now}",
    ),
    Refused.CALIBRATION_OFF: (
        "«{where}»: बताया गया विश्वास वास्तविकता से {now} दूर है, सीमा {limit}",
        "«{where}»: confidence is {now} away from what is right, the limit is {limit}",
    ),
    Refused.COVERAGE_FELL: (
        "«{where}»: बिना पूछे सौंपे जा सकने वाले प्रकरण {was} से घटकर {now}",
        "«{where}»: what can be assigned without asking fell from {was} to {now}",
    ),
    Refused.PRECISION_BELOW_TARGET: (
        "«{where}»: बिना पूछे सौंपे गये {count} में से {now} सही हैं, लक्ष्य {limit}",
        "«{where}»: of the {count} assigned without asking {now} are right, the target is {limit}",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that stands against the challenger. `where` names the evidence, `subject` a department or canary intent ("" for
    all of it); `was` and `now` are shares (0–1) of champion and challenger, `limit` what was allowed, `count` texts."""

    code: Refused
    where: str
    subject: str = ""
    was: float = 0.0
    now: float = 0.0
    limit: float = 0.0
    count: int = 0

    @property
    def hindi(self) -> str:
        """The sentence for an officer."""
        return self._told(_SENTENCES[self.code][0], WHERE_HI, "सब विभागों")

    @property
    def english(self) -> str:
        """The same in English."""
        return self._told(_SENTENCES[self.code][1], WHERE_EN, "all departments")

    def _told(self, sentence: str, places: Mapping[str, str], everything: str) -> str:
        limit = f"{self.limit:.0f}" if self.limit > 1 else _percent(self.limit)
        return sentence.format(
            where=places.get(self.where, self.where),
            subject=self.subject or everything,
            was=_percent(self.was),
            now=_percent(self.now),
            limit=limit,
            count=self.count,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of both models on one evidence: `name` is top1, macro_f1, ece, coverage, assigned, precision, or recall of the
    department that `subject` names ("" for all of the evidence)."""

    name: str
    where: str
    champion: float
    challenger: float
    count: int
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """May the challenger take the champion's place? Only with no reason against it."""

    champion: str
    challenger: str
    reasons: tuple[Reason, ...]
    figures: tuple[Figure, ...]

    @property
    def promote(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons

    def to_json(self) -> dict[str, Any]:
        """Plain values: codes and numbers only."""
        return {"promote": self.promote, **asdict(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Verdict:
        """The verdict in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            champion=str(value["champion"]),
            challenger=str(value["challenger"]),
            reasons=tuple(Reason(**{**one, "code": Refused(one["code"])}) for one in value["reasons"]),
            figures=tuple(Figure(**one) for one in value["figures"]),
        )

    @property
    def sha256(self) -> str:
        """What a promotion names, so that nobody can say later that it was judged otherwise. 64 hex letters."""
        written = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(written.encode()).hexdigest()


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
