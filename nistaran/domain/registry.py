"""Officers of offices, since and until when, their logins, and what the registry lacks for a login to be made (S3-3).

Values and pure rules. Not here: whether they log in (login_days.py), who sits in which village (rosters.py), who may do what
(steps/who_may.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nistaran.domain.periods import Holding, folded, same_name

#: What the NIC needs to make a login (S3-3), in the order of its form.
WANTED = ("name", "designation", "mobile", "email")
#: What a row without a day may fill up.
FILLS = (*WANTED, "login")
_MOBILE = re.compile(r"(?:\+?91|0)?([6-9]\d{9})", re.ASCII)
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_AT, _DOT = re.compile(r"\s*[\[(]\s*at\s*[\])]\s*"), re.compile(r"\s*[\[(]\s*dot\s*[\])]\s*")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer(Holding):
    """Who holds a post of an office, since and until when. A blank field is not known.

    An office may have several posts (the officer and an operator); one person holds a post at a time. `login` belongs to the post.
    """

    office: str
    designation: str
    email: str
    login: str

    @property
    def post(self) -> str:
        """By what a post of the office is known again, however it is typed."""
        return folded(self.designation)

    @property
    def key(self) -> tuple[str, str, date]:
        """What there is one of: an office's post since a day."""
        return self.office, self.post, self.since


def same_holder(one: Officer, other: Officer) -> bool:
    """Whether two entries of a post may be one: the same person, with the same login where both have one."""
    return same_name(one, other) and (not one.login or not other.login or one.login == other.login)


def mobile_of(written: str) -> str | None:
    """The ten digits of an Indian mobile number; "" for a blank; None when it is none."""
    plain = re.sub(r"[\s()-]", "", written.translate(_DIGITS))
    found = _MOBILE.fullmatch(plain)
    return found[1] if found else None if plain else ""


def email_of(written: str) -> str | None:
    """An e-mail address in small letters, also from «name[at]up[dot]gov[dot]in»; "" for a blank; None when it is none."""
    plain = _DOT.sub(".", _AT.sub("@", written.strip().casefold()))
    return plain if not plain or _EMAIL.fullmatch(plain) else None


def lacks(officer: Officer) -> tuple[str, ...]:
    """Which of the four fields that the NIC needs are blank; a number with X in it is none."""
    return tuple(
        field for field in WANTED if not getattr(officer, field) or (field == "mobile" and not _is_mobile(officer))
    )


def _is_mobile(officer: Officer) -> bool:
    return bool(mobile_of(officer.mobile))


def carried(kept: Iterable[Officer]) -> list[Officer]:
    """The entries in order, one that names no login with that of who held the post before: a login belongs to the post."""
    found: list[Officer] = []
    for one in sorted(kept, key=lambda one: one.key):
        before = found[-1] if found and found[-1].key[:2] == one.key[:2] else None
        found.append(replace(one, login=before.login) if before and not one.login else one)
    return found


def standing(
    starting: Mapping[str, Officer], kept: Iterable[Officer], *, today: date
) -> dict[str, tuple[Officer, ...]]:
    """Who holds each office's posts today: the registry's officers, else the starting table's.

    What belongs to the post and not to the person, login and e-mail, comes from the starting table where the registry never had any.
    """
    rows: dict[str, list[Officer]] = {}
    for one in carried(kept):
        rows.setdefault(one.office, []).append(one)
    return {office: _of_office(first, rows.get(office, ()), today) for office, first in starting.items()}


def _of_office(first: Officer, rows: Collection[Officer], today: date) -> tuple[Officer, ...]:
    """The holder of the table's own post comes first. A login that ended is not replaced by an older table's."""
    login = "" if any(one.login for one in rows) else first.login
    present = sorted((one for one in rows if one.is_present(today)), key=lambda one: (one.post != first.post, one.key))
    if not present:
        return (replace(first, name="", mobile="", login=login) if rows else first,)
    present[0] = replace(present[0], login=present[0].login or login, email=present[0].email or first.email)
    return tuple(present)


def offices_of(login: str, now: Mapping[str, Sequence[Officer]]) -> frozenset[str]:
    """The offices whose present officers hold this login, of standing()."""
    return frozenset(office for office, officers in now.items() if any(one.login == login for one in officers))
