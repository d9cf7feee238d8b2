"""How offices, departments, channels, numbers and days are written in a weekly review. Not here: which of them stand where."""

from __future__ import annotations

from datetime import date

from nistaran.domain.shares import Share
from nistaran.domain.weekly import AGES
from nistaran.steps.house import House
from nistaran.steps.weekly import department_of

NOBODY = "किसी को अंकित नहीं"
OTHERS = "अन्य"
NOTHING = "–"
FEW = "कम संख्या"


class Names:
    """The names of one district and its State."""

    def __init__(self, house: House) -> None:
        self._house, self.words = house, house.weekly().words
        self._tail = f", {house.district.facts.name_hi}"
        self._group = {one: group.name_hi for group in house.weekly().groups for one in group.channels}

    def district(self) -> str:
        """The district."""
        return self._house.district.facts.name_hi

    def office(self, code: str) -> str:
        """An office without the district's name behind it; its code when it is no longer in the table."""
        row = self._house.district.offices.get(code)
        return row.name_hi.removesuffix(self._tail) if row else code or NOBODY

    def department(self, code: str) -> str:
        """A department."""
        row = self._house.pack.departments.get(code)
        return row.name_hi if row else code or NOBODY

    def department_of(self, office: str) -> str:
        """The code of an office's department."""
        return department_of(self._house, office)

    def channel(self, code: str) -> str:
        """A channel, short: without the word for a case and what stands in brackets."""
        row = self._house.pack.channels.get(code)
        if row is None:
            return code
        name = row.name_hi.split(" (")[0].split(" / ")[0]
        return name.removesuffix(f" {self.words.case}").strip()

    def channels(self) -> list[str]:
        """The codes of all channels in the order of their table."""
        return list(self._house.pack.channels)

    def group(self, channel: str) -> str:
        """The group in which districts report a channel (S2-1)."""
        return self._group.get(channel, OTHERS)

    def groups(self) -> list[str]:
        """All groups in the order of their table, the rest last."""
        return [*dict.fromkeys(self._group.values()), OTHERS]


def day(written: date) -> str:
    """22.11.2026"""
    return f"{written:%d.%m.%Y}"


def short_day(written: date) -> str:
    """22.11."""
    return f"{written:%d.%m.}"


def percent(share: Share) -> float | None:
    """In per cent with one place; None of nothing."""
    return None if share.value is None else round(100 * share.value, 1)


def percent_text(share: Share) -> str:
    """42 %, or a dash of nothing."""
    return NOTHING if share.value is None else f"{100 * share.value:.0f} %"


def between(share: Share) -> str:
    """The interval in per cent: 35–61."""
    low, high = share.interval
    return f"{100 * low:.0f}–{100 * high:.0f}" if share.of else NOTHING


def change(now: float, before: float, *, places: int = 0) -> str:
    """How much it changed, with its sign."""
    difference = round(now - before, places)
    if not difference:
        return "बराबर"
    size = abs(difference)
    return ("+" if difference > 0 else "−") + (f"{size:.{places}f}" if places else count(round(size)))


def count(number: int) -> str:
    """As India writes it: 12,34,567."""
    digits, tail = str(number)[:-3], str(number)[-3:]
    pairs = [digits[max(0, end - 2) : end] for end in range(len(digits), 0, -2)]
    return ",".join([*reversed(pairs), tail])


def ages() -> list[str]:
    """The names of the ages: 0–7 days … more than 180."""
    firsts = [0, *(last + 1 for last in AGES[:-1])]
    return [*(f"{first}–{last}" for first, last in zip(firsts, AGES, strict=True)), f"{AGES[-1]} से अधिक"]
