"""Which case, report or task a person means by what he typed. Not here: what is done with it."""

from __future__ import annotations

from nistaran.domain.cleaning import clean
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.identity import case_number
from nistaran.steps.house import House

#: So many years back a bare serial is looked for.
_YEARS_BACK = 10


def full_number(house: House, typed: str) -> str:
    """The number that was meant: any case of letters, Devanagari digits, or a bare serial («61») of the newest year that has it."""
    number = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in clean(typed).strip().upper())
    if not number.isdecimal() or len(number) > 7:
        return number
    code, this_year = house.district.facts.code, day_in_india(house.clock.now()).year
    with house.read() as work:
        for year in range(this_year, this_year - _YEARS_BACK, -1):
            found = case_number(district=code, year=year, serial=int(number))
            if work.cases.by_number(found) is not None:
                return found
    return case_number(district=code, year=this_year, serial=int(number))


def full_id(house: House, typed: str) -> str:
    """The id of a report (…/r1) or a task (…/t1) that was meant: its case as in full_number, its own part in any case of letters."""
    case, slash, own = typed.strip().partition("/")
    own = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in clean(own).strip().lower())
    return f"{full_number(house, case)}{slash}{own}"
