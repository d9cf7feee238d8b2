"""A letter that a person asks for: of a kind, to an office, about cases. The ladder's rules hold for a person as for a proposal.

Not here: what the marks call for by themselves (propose_drafts.py), one letter (drafts.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import Draft, DraftKind, DraftState, NotDrawn, may_follow
from nistaran.domain.errors import UnknownCase
from nistaran.steps.drafts import draw_in
from nistaran.steps.escalate import clocks_of
from nistaran.steps.falling_due import open_cases
from nistaran.steps.house import House
from nistaran.steps.letter_facts import Wanted, letter_cases
from nistaran.steps.most_defaulters import most_defaulters
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.propose_drafts import draw_to_superior, words_of, writers
from nistaran.steps.telling import Clocked, holder_of
from nistaran.steps.who_may import must_be_a_cell_login

#: So many cases that do not fit are named.
_NAMED = 5


def draw(
    house: House, kind: DraftKind, *, office: str, numbers: Sequence[str], by: str, months: int = 4
) -> list[Draft]:
    """Draw up a letter of this kind: to an office about all its cases that fit, or about the cases of these numbers.

    Raises:
        NotDrawn: when an office or cases are missing, or when a named case does not fit; says which.
        UnknownCase, WrongLogin: when a number or the login is none. NotYourOffice: when the login is not the cell's.
    """
    login, code = login_of(by), office.strip().upper()
    must_be_a_cell_login(house, login)
    if code and code not in house.district.offices:
        raise NotDrawn("ऐसा कार्यालय offices.toml में नहीं / no such office in offices.toml")
    match kind:
        case DraftKind.TO_SUPERIOR:
            return _to_superior(house, code, months, login)
        case DraftKind.REMINDER | DraftKind.EXPLANATION | DraftKind.WARNING | DraftKind.SHOW_CAUSE:
            return _step(house, kind, code, numbers, login)
        case DraftKind.FORWARDING:
            _need(bool(code and numbers), "--office और --cases दोनों दें / give --office and --cases")
            return _plain(house, kind, code, numbers, login)
        case DraftKind.RETURN | DraftKind.COURT_REPLY:
            _need(bool(numbers) and not code, "--cases दें, --office नहीं / give --cases and no --office")
            return _plain(house, kind, "", numbers, login)


def _to_superior(house: House, code: str, months: int, by: str) -> list[Draft]:
    _need(bool(code), "--office दें: विभाग का कार्यालय / give --office: an office of the department")
    department = house.district.offices[code].department
    about = house.district.district_office(department)
    _need(about is not None, f"{department}: जिले में इसका कार्यालय नहीं / it has no office for the district")
    own = about is not None and about.code in writers(house)
    _need(
        not own,
        f"{department}: जिले के प्रमुख अपने ही विभाग के विषय में नहीं लिखते / the head does not write about his own department",
    )
    ranked = most_defaulters(house, months=months, top=len(house.pack.departments))
    for rank, one in enumerate(ranked, start=1):
        if one.department == department:
            return draw_to_superior(house, one, rank=rank, by=by)
    raise NotDrawn(f"{department}: इस अवधि में कोई डिफॉल्टर नहीं / no defaulter in these months")


def _step(house: House, kind: DraftKind, code: str, numbers: Sequence[str], by: str) -> list[Draft]:
    _need(bool(code or numbers), "--office या --cases दें / give --office or --cases")
    named = _ids_of(house, numbers)
    ids = named or [one.case.id for one in open_cases(house) if holder_of(house, one.case) == code]
    drawn = []
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        fits = _fitting(house, work, kind, ids, day_in_india(now))
        if code:
            fits = {key: due for key, due in fits.items() if key[0] == code}
        fit = {id_ for due in fits.values() for id_ in due}
        left = [number for number, id_ in zip(dict.fromkeys(numbers), named, strict=True) if id_ not in fit]
        which = ", ".join(left[:_NAMED]) + ("…" if len(left) > _NAMED else "") if left else str(len(ids))
        _need(bool(fits) and not left, f"{kind.value}: प्रकरणों पर लागू नहीं / cases do not fit: {which}")
        for (office, basis), due in sorted(fits.items()):
            earlier = work.drafts.get(basis) if basis else None
            wanted = Wanted(
                kind=kind,
                office=office,
                department=house.district.offices[office].department,
                cases=letter_cases(work, due),
                basis=basis,
                words=words_of(earlier) if earlier else {},
            )
            drawn.append(draw_in(house, work, wanted, by=by, at=now))
        work.commit()
    return [one for one in drawn if one is not None]


def _fitting(
    house: House, work: UnitOfWork, kind: DraftKind, ids: Sequence[int], today: date
) -> dict[tuple[str, str], list[int]]:
    """(office, letter that it follows) → those of these cases that may have this step now."""
    letters = work.drafts.of_cases(ids)
    found: dict[tuple[str, str], list[int]] = {}
    for one in clocks_of(house, work, work.marks.open_of(ids), Counter()):
        holder, about = holder_of(house, one.case), (one.case.id, one.clock.number)
        had = [
            draft
            for draft in letters.get(one.case.id, ())
            if about in draft.cases and draft.state is not DraftState.CANCELLED
        ]
        if any(draft.kind is kind for draft in had) or holder in writers(house):
            continue
        basis = _basis(kind, one, had, holder, today)
        if basis is not None:
            found.setdefault((holder, basis), []).append(one.case.id)
    return found


def _basis(kind: DraftKind, one: Clocked, had: Sequence[Draft], holder: str, today: date) -> str | None:
    """The letter that this step follows, "" where it needs none; None where it does not fit."""
    if kind is DraftKind.REMINDER:  # it speaks of a day that is to come
        return "" if one.clock.due_on >= today else None
    if kind is DraftKind.EXPLANATION:
        return "" if one.clock.due_on < today else None
    earlier = [draft for draft in had if draft.office == holder and may_follow(kind, draft, today)]
    return earlier[-1].id if earlier else None


def _plain(house: House, kind: DraftKind, code: str, numbers: Sequence[str], by: str) -> list[Draft]:
    ids = _ids_of(house, numbers)
    with house.work() as work:
        work.ledger.lock()
        cases = letter_cases(work, ids)
        if kind is DraftKind.RETURN:
            rows = [house.pack.channels.get(one.case.channel) for one in cases]
            senders = {row.sender_hi if row else "" for row in rows}
            _need(
                len(senders) == 1 and "" not in senders,
                "एक ही प्रेषक के प्रकरण दें / give cases of one sender above the district",
            )
        if kind is DraftKind.COURT_REPLY:
            _need(len(cases) == 1, "एक ही प्रकरण दें / give one case")
        department = house.district.offices[code].department if code else cases[0].case.department
        wanted = Wanted(kind=kind, office=code, department=department, cases=cases)
        draft = draw_in(house, work, wanted, by=by, at=house.clock.now())
        work.commit()
    return [draft] if draft else []


def _ids_of(house: House, numbers: Sequence[str]) -> list[int]:
    found = []
    with house.read() as work:
        for number in dict.fromkeys(numbers):
            case = work.cases.by_number(number)
            if case is None:
                raise UnknownCase(number)
            found.append(case.id)
    return found


def _need(holds: bool, why: str) -> None:
    if not holds:
        raise NotDrawn(why)
