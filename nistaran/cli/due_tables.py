"""What `due` and `forecast` print: tables for people, objects for programs. Codes and days, never a citizen's word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import both, print_table, say
from nistaran.domain.risk_words import WHY_DAYS_LEFT
from nistaran.domain.wording import STATUS_HI

if TYPE_CHECKING:
    from nistaran.domain.risk_kept import RiskKept
    from nistaran.steps.falling_due import Due, Falling
    from nistaran.steps.forecast import Forecast
    from nistaran.steps.house import House

#: So many days stand in a forecast's table beside one another; later ones are added up. --json and --export have each.
_DAYS = 4
_CASE = "प्रकरण, कार्यालय\ncase, office"
_OFFICES = 40


def falling_json(house: House, found: Falling, used: RiskKept | None) -> dict[str, object]:
    """What falls due: the first in their order, the counts over all; and by what the order was made, where risk was asked for."""
    why = used.trained.why if used else None
    by = {} if used is None else {"by": {"risk_of": used.on, "days_left_because": why.value if why else None}}
    counted = sorted(found.by_day.items(), key=lambda one: (one[0][1], one[0][0]))
    return {
        "total": found.total,
        "overdue": found.overdue,
        **by,
        "due": [due_json(house, one) for one in found.first],
        "forecast": [{"office": code, "defaults_on": day, "cases": count} for (code, day), count in counted],
    }


def show_due(house: House, found: Falling, days: int, used: RiskKept | None) -> None:
    """What falls due, in the order to be worked, and how many more there are."""
    if used is not None and used.trained.why is not None:
        say(both(*WHY_DAYS_LEFT[used.trained.why]))
    if not found.total:
        say(f"अगले {days} दिन में कुछ नियत नहीं / nothing falls due within {days} days")
        return
    _print_cases(house, found.first, f"नियत प्रकरण / cases due: {found.total}, विलम्बित / overdue: {found.overdue}")
    if more := found.total - len(found.first):
        say(f"और {more}: --office, --limit या --json से / {more} more: use --office, --limit or --json")


def _print_cases(house: House, found: Sequence[Due], title: str, *, ahead: bool = False) -> None:
    """With the due date; with the day on which each will be a defaulter where it is looked `ahead`."""
    day = "डिफाल्टर होगा\ndefaults on" if ahead else "नियत दिनांक\ndue"
    print_table(
        title,
        [_CASE, day, "इस स्थान का कारण, स्थिति / why here, status"],
        [
            (
                f"{one.case.number}\n{one.office}",
                _day(one.defaults_on if ahead else one.clock.due_on),
                both(*map(" · ".join, zip(why(house, one), _status(one), strict=True))),
            )
            for one in found
        ],
        whole=(_CASE, day),
    )


def _status(one: Due) -> tuple[str, str]:
    return STATUS_HI[one.case.status.value], one.case.status.value


def why(house: House, one: Due) -> tuple[str, str]:
    """The reason for its place: the lane first, then how near its day is, or how likely it is to be missed."""
    lane = house.pack.lanes.get(one.case.lane)
    names = (lane.name_hi, lane.name_en) if lane else (one.case.lane, one.case.lane)
    if one.days < 0:
        time = f"{-one.days} दिन विलम्ब", f"{-one.days} days overdue"
    else:
        time = f"{one.days} दिन शेष ({one.working} कार्य दिवस)", f"{one.days} days left ({one.working} working)"
    again = (" · पुनः खोला गया", " · reopened") if one.clock.number else ("", "")
    hindi, english = (
        " · ".join(
            part for part in (f"{one.case.priority}. {name} · {left} · {one.level}{more}", chance, because) if part
        )
        for name, left, more, chance, because in zip(names, time, again, _chance(one), one.because, strict=True)
    )
    return hindi, english


def _chance(one: Due) -> tuple[str, str]:
    if one.chance is None or one.days < 0:
        return "", ""
    percent = f"{100 * one.chance:.0f} %"
    return f"चूक की सम्भावना {percent}", f"chance of default {percent}"


def due_json(house: House, one: Due) -> dict[str, Any]:
    """A case that falls due."""
    hindi, english = why(house, one)
    return {
        "case": one.case.number,
        "office": one.office,
        "department": one.case.department,
        "status": one.case.status.value,
        "lane": one.case.lane,
        "due_on": one.clock.due_on,
        "defaults_on": one.defaults_on,
        "days": one.days,
        "working_days": one.working,
        "level": one.level,
        "round": one.clock.number,
        **({} if one.chance is None else {"chance": round(one.chance, 4)}),
        "why": {"hi": hindi, "en": english},
    }


def show_forecast(house: House, found: Forecast) -> None:
    """Offices by days, those with most to come first, then the first cases."""
    until = _day(found.until)
    if not found.total:
        say(f"{until} तक कोई प्रकरण डिफाल्टर नहीं होगा / no case will default by {until}")
    days = found.days()
    near, far = days[:_DAYS], days[_DAYS:]
    late = ["आगे\nlater"] if far else []
    offices = found.offices()
    if offices:
        print_table(
            f"{until} तक डिफाल्टर होंगे, यदि कुछ न किया गया / will default by {until} if nothing is done: {found.total}",
            ["कार्यालय / office", "अब तक\nalready", "कुल\nto come", *(f"{day:%d.%m}" for day in near), *late],
            [_office_line(found, code, near, far) for code, _ in offices[:_OFFICES]],
            whole=("कार्यालय / office",),
        )
    if (more := len(offices) - _OFFICES) > 0:
        say(
            f"और {more} कार्यालय: --office, --json या --export से / {more} more offices: use --office, --json or --export"
        )
    if found.cases:
        _print_cases(
            house, found.cases, f"पहले {len(found.cases)} प्रकरण / the first {len(found.cases)} cases", ahead=True
        )


def _office_line(found: Forecast, office: str, near: Sequence[date], far: Sequence[date]) -> list[object]:
    counts: list[object] = [found.by_day[office, day] or "" for day in near]
    if far:
        counts.append(sum(found.by_day[office, day] for day in far) or "")
    coming = sum(found.by_day[office, day] for day in (*near, *far))
    return [office, found.already[office] or "", coming or "", *counts]


def forecast_json(house: House, found: Forecast) -> dict[str, object]:
    """Everything that was counted, and the cases that were asked for."""
    return {
        "today": found.today,
        "until": found.until,
        "total": found.total,
        "already": dict(found.already),
        "forecast": [
            {"office": office, "defaults_on": day, "cases": count}
            for (office, day), count in sorted(found.by_day.items(), key=lambda one: (one[0][1], one[0][0]))
        ],
        "cases": [due_json(house, one) for one in found.cases],
    }


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
