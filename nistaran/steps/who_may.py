"""Who may do what: the one place that ties a login to the offices for which it acts.

While the registry holds no login at all, everybody may do everything, as `doctor` says. Not here: which login an office has
(nistaran/domain/registry.py), the acts themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.periods import FROM_THE_START
from nistaran.domain.registry import Officer, offices_of, standing
from nistaran.domain.registry_refused import NotYourOffice
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from routing.tables import OfficeRow


def must_act_for(house: House, work: UnitOfWork, login: str, office: str) -> None:
    """Go on only for a login of the office, of one above it, or of the cell. Raises NotYourOffice."""
    _must_hold(house, work, login, [office, *above(house, office), house.district.facts.cell])


def must_be_above(house: House, work: UnitOfWork, login: str, office: str, *, cell: bool) -> None:
    """Go on only for a login of an office above this one, or with `cell` of the cell: nobody lets his own work pass. Raises NotYourOffice."""
    may = [*above(house, office), *([house.district.facts.cell] if cell else [])]
    _must_hold(house, work, login, may or [house.district.facts.cell])


def must_be_of_cell(house: House, work: UnitOfWork, login: str) -> None:
    """Go on only for a login of the cell, or of an office above it. Raises NotYourOffice."""
    cell = house.district.facts.cell
    _must_hold(house, work, login, [cell, *above(house, cell)])


def must_be_a_cell_login(house: House, login: str) -> None:
    """As must_be_of_cell(), before anything is begun: a person hears of it before he has worked. Raises NotYourOffice."""
    with house.read() as work:
        must_be_of_cell(house, work, login)


def must_rule(house: House, work: UnitOfWork, login: str) -> None:
    """Go on only for a login of the arbiter, of an office above him, or of the one at the head of the cell. Raises NotYourOffice."""
    arbiter, cell = house.district.facts.arbiter, house.district.facts.cell
    _must_hold(house, work, login, [arbiter, *above(house, arbiter), *above(house, cell)[:1]])


def must_sign(house: House, work: UnitOfWork, login: str, office: str) -> None:
    """Go on only for a login of the office whose signature stands on a letter, of one above it, or of the one at the head of the cell.

    Raises:
        NotYourOffice: for the clerks of the cell too, where it is not they who sign.
    """
    _must_hold(house, work, login, [office, *above(house, office), *above(house, house.district.facts.cell)[:1]])


def must_speak_for(house: House, work: UnitOfWork, login: str, department: str) -> None:
    """Go on only for a login of an office of this department, of one above such an office, or of the cell. Raises NotYourOffice.

    While the registry holds no login, a login that the starting table has elsewhere is refused, and one that it has not is not.
    """
    own = [row.code for row in house.district.offices.values() if row.department == department]
    may = dict.fromkeys([*own, *(one for office in own for one in above(house, office)), house.district.facts.cell])
    rows = work.registry.concerning(login, list(may))
    if rows is not None:
        _look(house, login, may, rows, named=[department])
        return
    held = {office for office, row in house.district.offices.items() if row.login.strip().lower() == login}
    if held and held.isdisjoint(may):
        raise NotYourOffice(department)


def must_be_known(house: House, work: UnitOfWork, login: str) -> None:
    """Go on only for a login of any office, where it matters only that it is somebody's. Raises NotYourOffice."""
    first = [office for office, row in house.district.offices.items() if row.login.strip().lower() == login]
    rows = work.registry.concerning(login, first)
    if rows is not None:
        _look(house, login, {*first, *(one.office for one in rows)}, rows, named=first)


def must_be_shown(house: House, work: UnitOfWork, who: str, office: str) -> None:
    """Go on only for one who may act for the office that has a case ("" while none has it): he sees who complained.

    Raises:
        WrongLogin, NotYourOffice: once the registry holds a login. Before, whoever gives a name and a reason is shown it.
    """
    if work.registry.concerning("", []) is not None:
        must_act_for(house, work, login_of(who), office or house.district.facts.cell)


def above(house: House, office: str) -> list[str]:
    """The offices above one, the nearest first, to the top of the table."""
    found: list[str] = []
    row = house.district.offices.get(office)
    while row is not None and row.superior:
        found.append(row.superior)
        row = house.district.offices.get(row.superior)
    return found


def starting(house: House) -> dict[str, Officer]:
    """The officers of offices.toml, by office: where the registry says nothing, they hold."""
    return {code: _first(row) for code, row in house.district.offices.items()}


def today_in(house: House) -> date:
    """The day in India."""
    return day_in_india(house.clock.now())


def _first(row: OfficeRow) -> Officer:
    return Officer(
        office=row.code,
        name=row.officer,
        designation=row.post_hi,
        mobile=row.mobile,
        email=row.email,
        login=row.login.strip().lower(),
        since=FROM_THE_START,
    )


def _must_hold(house: House, work: UnitOfWork, login: str, offices: list[str]) -> None:
    rows = work.registry.concerning(login, offices)
    if rows is not None:
        _look(house, login, offices, rows, named=offices)


def _look(house: House, login: str, offices: Iterable[str], rows: list[Officer], *, named: list[str]) -> None:
    table = house.district.offices
    first = {office: _first(table[office]) for office in offices if office in table}
    if not offices_of(login, standing(first, rows, today=today_in(house))):
        raise NotYourOffice(", ".join(named))
