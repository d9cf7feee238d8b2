"""Which case, report or task a person means by what he typed. Not here: what is done with it."""

from __future__ import annotations

import re

from nistaran.domain.cleaning import clean
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.identity import case_number
from nistaran.steps.house import House

#: So many years back a bare serial is looked for.
_YEARS_BACK = 10
#: What is longer is a portal's reference number.
_SERIAL_DIGITS = 7


def full_number(house: House, typed: str) -> str:
    """The number that was meant: any case of letters, Devanagari digits, a bare serial («61») of the newest year that has it, or the
    portal's own reference number («40019926001789», with or without spaces) where one case alone carries it."""
    number = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in clean(typed).strip().upper())
    code = house.district.facts.code
    if number.startswith(f"{code}-"):
        return number
    if not number.isdecimal() or len(number) > _SERIAL_DIGITS:
        return _of_reference(house, number) or number
    this_year = day_in_india(house.clock.now()).year
    with house.read() as work:
        for year in range(this_year, this_year - _YEARS_BACK, -1):
            found = case_number(district=code, year=year, serial=int(number))
            if work.cases.by_number(found) is not None:
                return found
    return case_number(district=code, year=this_year, serial=int(number))


def full_id(house: House, typed: str) -> str:
    """The id of a report (…/r1) or a task (…/t1) that was meant: its case as in full_number, its own part in any case of letters."""
    case, slash, own = typed.strip().rpartition("/")
    if not slash:
        return full_number(house, typed)
    own = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in clean(own).strip().lower())
    return f"{full_number(house, case)}{slash}{own}"


def _of_reference(house: House, typed: str) -> str:
    """The case that carries this reference number; "" when none does, or several do: a person must say which."""
    forms = {typed, re.sub(r"[\s–-]", "", typed)}
    with house.read() as work:
        found = {number for _, _, number in work.cases.by_references(sorted(forms))}
    return found.pop() if len(found) == 1 else ""
