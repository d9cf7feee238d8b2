"""Rosters of field staff: which lekhpal, patwari or secretary sits in which village on which weekday (S1-3). Values and pure rules.

Not here: reading a file of rosters (steps/registry_rosters.py), officers of offices (registry.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nistaran.domain.periods import Holding, folded


class FieldPost(StrEnum):
    """Who works in a village for the revenue and the panchayat department."""

    LEKHPAL = "LEKHPAL"  #: लेखपाल
    PATWARI = "PATWARI"  #: पटवारी, as other States call him
    SECRETARY = "SECRETARY"  #: ग्राम पंचायत सचिव
    VDO = "VDO"  #: ग्राम विकास अधिकारी


FIELD_POST_HI = {
    "LEKHPAL": "लेखपाल",
    "PATWARI": "पटवारी",
    "SECRETARY": "ग्राम पंचायत सचिव",
    "VDO": "ग्राम विकास अधिकारी",
}
WEEKDAYS_HI = ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार")
WEEKDAYS_EN = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_POSTS = {
    **{folded(word): FieldPost(code) for code, word in FIELD_POST_HI.items()},
    **{post.value.casefold(): post for post in FieldPost},
    **{folded(word): FieldPost.LEKHPAL for word in ("क्षेत्रीय लेखपाल", "राजस्व लेखपाल", "lekhpal")},
    **{folded(word): FieldPost.PATWARI for word in ("हल्का पटवारी", "patwari")},
    **{
        folded(word): FieldPost.SECRETARY
        for word in ("सचिव", "पंचायत सचिव", "ग्राम सचिव", "ग्राम पंचायत अधिकारी", "panchayat secretary", "gram sachiv")
    },
    **{folded(word): FieldPost.VDO for word in ("ग्रा0वि0अ0", "ग्रा०वि०अ०", "village development officer")},
}
_DAYS = {
    name: turn
    for turn, names in enumerate((
        "mon monday सोम सोमवार", "tue tuesday मंगल मंगलवार", "wed wednesday बुध बुधवार", "thu thursday गुरु गुरू गुरुवार गुरूवार बृहस्पतिवार वीरवार",
        "fri friday शुक्र शुक्रवार", "sat saturday शनि शनिवार", "sun sunday रवि रविवार इतवार",
    ))
    for name in names.split()
}  # fmt: skip
_EVERY_DAY = {"प्रतिदिन", "रोज", "daily"}


#: What a row without a day may fill up.
FILLS = ("name", "mobile", "weekdays", "sits_at", "village", "office")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry(Holding):
    """A field officer of a village or gram panchayat. `place` is its code in places.toml, "" for one that the table does not have.

    `weekdays` as `date.weekday()` counts them; empty: nobody said on which days he sits. `office` is the one that he works under, "" if not
    known.
    """

    village: str
    place: str
    office: str
    post: FieldPost
    weekdays: frozenset[int]
    sits_at: str

    @property
    def where(self) -> str:
        """By what the village is known again: its code, else its name as typed, with the office where one is named."""
        return self.place or f"{folded(self.village)}@{self.office}"

    @property
    def key(self) -> tuple[str, str, date]:
        """What there is one of: a village's post since a day."""
        return self.where, self.post.value, self.since


def field_post(written: str) -> FieldPost | None:
    """The post that was meant; None when it is none."""
    return _POSTS.get(folded(written))


def weekdays_of(written: str) -> frozenset[int] | None:
    """The weekdays that a cell names («सोमवार, गुरुवार», "Mon & Thu", "daily"); none for a blank; None when a word is no weekday."""
    words = written.casefold()
    for between in (",", ";", "/", "&", "|", "एवं", "तथा", " व ", " और ", " and "):
        words = words.replace(between, " ")
    named = [word.strip(".") for word in words.split()]
    if any(word in _EVERY_DAY for word in named):
        return frozenset(range(6))
    return frozenset(_DAYS[word] for word in named) if all(word in _DAYS for word in named) else None


def sitting_on(rows: Iterable[RosterEntry], day: date) -> list[RosterEntry]:
    """Who sits somewhere on that day, by village, then post; who has no day named is left out."""
    found = [one for one in rows if one.is_present(day) and day.weekday() in one.weekdays]
    return sorted(found, key=lambda one: (one.village, one.where, one.post.value))
