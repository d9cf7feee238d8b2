"""Many corrections by one login: when they look like one mistake made many times, or like an attack, a second person looks.

Here: the rule (promise P22). Not here: its numbers (the pack's corrections.toml), the limits of a training run (models/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from nistaran.domain.correction import Correction, Quarantine, Trust, quarantined
from nistaran.domain.deadlines import IST, day_in_india


@dataclass(frozen=True, slots=True, kw_only=True)
class MassLimits:
    """What one login may say before it is held back; all numbers are the pack's.

    More than `day_most` on a calendar day in India; more than `alike_most` towards one department within `alike_minutes`; more
    than `share_percent` of all that was said in `share_days`, once the login has said `share_from` in that time and at least
    `share_people` logins spoke: in a cell with one clerk a share says nothing.
    """

    day_most: int
    alike_most: int
    alike_minutes: int
    share_percent: int
    share_days: int
    share_from: int
    share_people: int


def looks_back_to(new: Correction, everybody: Mapping[str, int], limits: MassLimits) -> datetime:
    """The earliest moment of which `held_back` must know: the day and the few minutes, or the whole period once the login's share
    of it is too large."""
    recent = min(_day_began(new.at), new.at - timedelta(minutes=limits.alike_minutes))
    return min(recent, period_began(new.at, limits)) if _large_share(new.by, everybody, limits) else recent


def period_began(at: datetime, limits: MassLimits) -> datetime:
    """Where the period begins of which a login's share is taken."""
    return at - timedelta(days=limits.share_days)


def held_back(
    new: Correction, his: Sequence[Correction], everybody: Mapping[str, int], limits: MassLimits
) -> list[Correction]:
    """The corrections that fall under quarantine with the new one, itself among them; none while all is ordinary.

    `his` are the login's earlier ones since `looks_back_to`, `everybody` how many each login said since `period_began`, both
    without the new one. Held back are all of the login's that count into the limit and still wait, the first as well as the last:
    a mass is judged as one. Those that another office has accepted meanwhile stay trusted, and one that was released is not
    held back twice.
    """
    caught: dict[str, Correction] = {}
    for why, group in _too_many(new, his, everybody, limits):
        for one in group:
            if one.trust is Trust.WAITING and one.why_quarantined is None:
                caught.setdefault(one.id, quarantined(one, why))
    return list(caught.values())


def _too_many(
    new: Correction, his: Sequence[Correction], everybody: Mapping[str, int], limits: MassLimits
) -> Iterator[tuple[Quarantine, list[Correction]]]:
    """Each limit that is passed, with the corrections that count into it."""
    recently = new.at - timedelta(minutes=limits.alike_minutes)
    alike = [one for one in his if one.department == new.department and one.at > recently]
    if len(alike) >= limits.alike_most:
        yield Quarantine.TOO_MANY_ALIKE, [*alike, new]
    today = [one for one in his if day_in_india(one.at) == day_in_india(new.at)]
    if len(today) >= limits.day_most:
        yield Quarantine.TOO_MANY_A_DAY, [*today, new]
    since = period_began(new.at, limits)
    period = [one for one in his if one.at > since]
    if _large_share(new.by, everybody, limits):
        yield Quarantine.TOO_LARGE_A_SHARE, [*period, new]


def _large_share(by: str, everybody: Mapping[str, int], limits: MassLimits) -> bool:
    own = everybody.get(by, 0) + 1
    people = len({login for login, count in everybody.items() if count} | {by})
    total = sum(everybody.values()) + 1
    return people >= limits.share_people and own > limits.share_from and own * 100 > total * limits.share_percent


def _day_began(at: datetime) -> datetime:
    return datetime.combine(day_in_india(at), time(), tzinfo=IST)
