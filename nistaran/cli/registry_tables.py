"""How the verbs of registry.py show officers, logins, silence and rosters: tables for people, plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from nistaran.cli.output import print_json, print_table, say, say_error
from nistaran.domain.deadlines import IST
from nistaran.domain.periods import FROM_THE_START
from nistaran.domain.rosters import FIELD_POST_HI, WEEKDAYS_EN, WEEKDAYS_HI
from nistaran.domain.wording import LACKS_HI

if TYPE_CHECKING:
    from nistaran.domain.login_days import OfficeSigns
    from nistaran.domain.registry import Officer
    from nistaran.domain.rosters import RosterEntry
    from nistaran.steps.answers import AnswersOutcome
    from nistaran.steps.house import House
    from nistaran.steps.registry import Compliance, Lacking, Silence

_OFFICE, _LOGIN = "कार्यालय / office", "लॉगिन / login"
#: So many lines stand in a table; --json and --export have all.
_LINES = 50
#: So many days without records are named, the newest; --json has all.
_DAYS_NAMED = 31


def show_entered(file: str, outcome: AnswersOutcome, *, as_json: bool, strangers: Sequence[str] = ()) -> bool:
    """What became of a file. Returns whether a row was refused."""
    names = ("rows", "changed", "unchanged", "blank")
    if as_json:
        refused = [
            {"file": file, "row": one.row, "field": one.field, "code": one.code, "reason": one.reason}
            for one in outcome.refused
        ]
        print_json(
            {**{name: getattr(outcome, name) for name in names}, "strangers": list(strangers), "refused": refused}
        )
        return bool(refused)
    say(
        f"पंक्तियाँ / rows: {outcome.rows}   दर्ज / entered: {outcome.changed}   पहले से वैसा / as before: {outcome.unchanged}   "
        f"खाली / blank: {outcome.blank}   अस्वीकृत / refused: {len(outcome.refused)}"
    )
    if strangers:
        named = ", ".join(strangers[:10]) + ("…" if len(strangers) > 10 else "")
        say(f"किसी कार्यालय के नहीं / logins of no office: {len(strangers)}: {named}")
    for one in outcome.refused:
        where = f"{file}, पंक्ति / row {one.row}, {one.field}" if one.row is not None else file
        say_error(f"{where}: {one.reason}")
    return bool(outcome.refused)


def show_officers(now: Mapping[str, Sequence[Officer]], *, as_json: bool) -> None:
    """Who holds each office's posts today."""
    if as_json:
        print_json({"offices": {office: [officer_json(one) for one in officers] for office, officers in now.items()}})
        return
    rows = [
        (office, one.designation or "-", one.name or "-", one.login or "-")
        for office, officers in now.items()
        for one in officers
    ]
    headers = [_OFFICE, "पदनाम / post", "नाम / name", _LOGIN]
    print_table(f"अधिकारी / officers: {len(rows)}", headers, rows, whole=(_OFFICE,))
    say("मोबाइल, ई-मेल, कब से / more of one: nistaran registry show --office CODE")


def show_history(house: House, now: Sequence[Officer], kept: Sequence[Officer], *, as_json: bool) -> None:
    """Who holds an office's posts, and every entry that was ever made."""
    if as_json:
        print_json({"now": [officer_json(one) for one in now], "entries": [officer_json(one) for one in kept]})
        return
    print_table(_name(house, now[0].office), _OFFICER, [_officer_row(one) for one in now], whole=(_LOGIN,))
    if kept:
        rows = [(*_officer_row(one), _day(one.until)) for one in kept]
        print_table("प्रविष्टियाँ / entries", [*_OFFICER, "तक / until"], rows, whole=(_LOGIN,))


_OFFICER = ("पदनाम / post", "नाम / name", "मोबाइल / mobile", "ई-मेल / e-mail", _LOGIN, "से / since")


def _officer_row(one: Officer) -> tuple[str, ...]:
    told = (one.designation, one.name, one.mobile, one.email, one.login)
    return (*(value or "-" for value in told), _day(one.since))


def officer_json(one: Officer) -> dict[str, Any]:
    """An entry as plain values."""
    fields = ("office", "designation", "name", "mobile", "email", "login")
    return {name: getattr(one, name) for name in fields} | {"since": _iso(one.since), "until": _iso(one.until)}


def show_lacking(found: Sequence[Lacking], *, as_json: bool) -> None:
    """Posts of which something is lacking, those without a login first."""
    if as_json:
        print_json({"lacking": [officer_json(one.officer) | {"lacks": list(one.lacks)} for one in found]})
        return
    if not found:
        say("कुछ शेष नहीं / nothing is lacking")
        return
    rows = [
        (one.officer.office, one.officer.designation or "-", ", ".join(LACKS_HI[gap] for gap in one.lacks))
        for one in found[:_LINES]
    ]
    headers = [_OFFICE, "पदनाम / post", "क्या शेष / what"]
    print_table(f"अपूर्ण प्रविष्टियाँ / lacking: {len(found)}", headers, rows, whole=(_OFFICE,))
    _more(len(found))
    say("सूची / the list for NIC: nistaran registry lacking --export FILE.xlsx")


def show_compliance(told: Compliance, *, by_login: bool, as_json: bool) -> None:
    """Two-a-day, the worst first."""
    if as_json:
        print_json(compliance_json(told))
        return
    say(
        f"{told.since:%d.%m.%Y} – {told.until:%d.%m.%Y}: {len(told.days)} कार्य दिवस / working days with records; "
        f"{len(told.unknown)} का विवरण नहीं / without any"
    )
    if told.unknown:
        newest = ", ".join(f"{day:%d.%m.}" for day in told.unknown[-_DAYS_NAMED:])
        more = "… " if len(told.unknown) > _DAYS_NAMED else ""
        say(f"विवरण नहीं / no records of: {more}{newest} (nistaran registry logins FILE)")
    if told.rows:
        named = _LOGIN if by_login else _OFFICE
        rows = [
            (
                ", ".join(row.logins) if by_login else row.office,
                row.twice,
                row.once,
                row.never,
                _moment(row.last),
                row.silence,
            )
            for row in told.rows[:_LINES]
        ]
        print_table(f"प्रतिदिन दो लॉगिन / two logins a day: {len(told.rows)}", [named, *_DAYS], rows, whole=(named,))
        _more(len(told.rows))
    for text, count in (
        ("पूरा पालन / complied on every day", sum(row.complies for row in told.rows)),
        ("लॉगिन कभी प्रयोग नहीं हुआ / login never used", sum(row.last is None for row in told.rows)),
        ("कार्यालय बिना लॉगिन / offices without a login", told.without_login),
        ("किसी कार्यालय के नहीं / logins of no office", len(told.strangers)),
    ):
        say(f"{text}: {count}")


_DAYS = ("दो बार / twice", "एक बार / once", "नहीं / never", "अन्तिम / last", "लगातार नहीं / run")


def _more(found: int, ways: str = "--json या --export से / use --json or --export") -> None:
    if found > _LINES:
        say(f"और {found - _LINES} / more: {ways}")


def compliance_json(told: Compliance) -> dict[str, Any]:
    """Everything that was counted."""
    rows = [
        {name: getattr(row, name) for name in ("office", "logins", "days", "twice", "once", "never", "silence")}
        | {"last": row.last, "complies": row.complies}
        for row in told.rows
    ]
    own = {name: list(getattr(told, name)) for name in ("days", "unknown", "strangers")}
    return {"since": told.since, "until": told.until, **own, "without_login": told.without_login, "rows": rows}


def show_silence(told: Silence, *, as_json: bool) -> None:
    """Silent offices first, then those where something lies untouched."""
    if as_json:
        print_json({"since": told.since, "logins_known": told.logins_known}
                   | {name: [_signs_json(one) for one in getattr(told, name)] for name in ("silent", "heard")})  # fmt: skip
        return
    if not told.logins_known:
        say("इस अवधि के लॉगिन विवरण नहीं आये / no records of logging in for this time (nistaran registry logins FILE)")
    lying = [one for one in told.heard if one.untouched]
    for title, found in (
        ("मौन कार्यालय / silent offices", told.silent),
        ("24 घण्टे से अनछुए प्रकरण / untouched for over 24 hours", lying),
    ):
        if found:
            print_table(f"{title}: {len(found)}", _SIGNS, [_signs_row(one) for one in found[:_LINES]], whole=(_OFFICE,))
            _more(len(found), "--json")
        else:
            say(f"{title}: 0")


_SIGNS = (_OFFICE, "आये / came", "पहला / first", "24 घण्टे से अनछुए / untouched", "अन्तिम लॉगिन / login", "अन्तिम कार्य / act")


def _signs_row(one: OfficeSigns) -> tuple[object, ...]:
    came, first = (one.arrivals.cases, one.arrivals.first) if one.arrivals else (0, None)
    return one.office, came, _moment(first), one.untouched, _moment(one.login), _moment(one.act)


def _signs_json(one: OfficeSigns) -> dict[str, Any]:
    came, first = (one.arrivals.cases, one.arrivals.first) if one.arrivals else (0, None)
    return {
        "office": one.office,
        "cases": came,
        "first": first,
        "untouched": one.untouched,
        "login": one.login,
        "act": one.act,
    }


def show_roster(day: date, found: Sequence[RosterEntry], *, is_open: bool, as_json: bool) -> None:
    """Who sits where on a day."""
    weekday = f"{WEEKDAYS_HI[day.weekday()]} / {WEEKDAYS_EN[day.weekday()]}"
    if as_json:
        fields = ("village", "place", "office", "name", "mobile", "sits_at")
        rows = [{name: getattr(one, name) for name in fields} | {"post": one.post.value} for one in found]
        print_json({"day": day, "offices_open": is_open, "sitting": rows})
        return
    if not is_open:
        say(f"{day:%d.%m.%Y}: कार्यालय बन्द (अवकाश) / offices are closed")
    if not found:
        say(f"{day:%d.%m.%Y} ({weekday}): रोस्टर में कोई नहीं / nobody in the roster")
        return
    told = [
        (one.village, FIELD_POST_HI[one.post.value], one.name or "-", one.mobile or "-", one.sits_at or "-")
        for one in found
    ]
    headers = ["ग्राम / village", "पद / post", "नाम / name", "मोबाइल / mobile", "स्थान / where"]
    print_table(f"रोस्टर / roster: {day:%d.%m.%Y}, {weekday}", headers, told)


def _name(house: House, code: str) -> str:
    row = house.district.offices.get(code)
    return f"{row.name_hi} ({code})" if row else code


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None and day != FROM_THE_START else "-"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None and day != FROM_THE_START else None


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(IST):%d.%m.%Y %H:%M}" if at is not None else "-"
