"""Which letters the marks call for, one an office and not one a case; each is drawn up once for a round of its cases (S1-2, S2-3).

Here: looking and drawing up. Not here: the rules of the ladder (domain/drafts.py), one letter (drafts.py), what a person does with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import ActKind, Draft, DraftKind, DraftState, may_follow
from nistaran.domain.escalation import MarkKind
from nistaran.domain.orders import OrderState, Standing
from nistaran.steps.drafts import draw_in
from nistaran.steps.escalate import clocks_of
from nistaran.steps.falling_due import open_cases
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.letter_facts import Wanted, letter_cases, letter_name, superior_of
from nistaran.steps.most_defaulters import DepartmentDefaults, most_defaulters
from nistaran.steps.order_progress import progress
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.telling import Clocked, holder_of

#: (office, kind, letter that it follows) → (case id, day on which it was due) of the cases that it is about.
Due = Mapping[tuple[str, DraftKind, str], list[tuple[int, date]]]
#: So many cases are held against their letters at a time.
_PAGE = 1000
_STILL_OWED = frozenset({Standing.LEFT, Standing.MOVED, Standing.REOPENED})
_MONTHS_HI = (
    *("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून"),
    *("जुलाई", "अगस्त", "सितम्बर", "अक्टूबर", "नवम्बर", "दिसम्बर"),
)


def propose(house: House, *, months: int = 4, top: int = 5) -> list[Draft]:
    """Draw up every letter that the marks call for and that was not drawn up before. Safe to repeat; two at once draw each once.

    Raises:
        BadTable: when calendar.toml, escalation.toml or letters.toml is wrong.
    """
    drawn = [draft for office, ids in _called_for(house).items() for draft in _draw_steps(house, office, ids)]
    drawn += _after_orders(house)
    least = house.letters().letters[DraftKind.TO_SUPERIOR].from_cases
    for rank, one in enumerate(most_defaulters(house, months=months, top=top), start=1):
        if one.total >= least:
            drawn += draw_to_superior(house, one, rank=rank, by="")
    return drawn


def _draw_steps(house: House, office: str, ids: Sequence[int]) -> list[Draft]:
    """Draw up what this office is due on these cases, as they stand now: another run or a report may have been quicker."""
    drawn = []
    with house.work() as work:
        work.ledger.lock()
        now = house.clock.now()
        clocked = clocks_of(house, work, work.marks.open_of(ids), Counter())
        for (holder, kind, basis), due in _due_of(house, work, list(clocked)).items():
            if holder != office or not _is_worth(
                house, kind, due
            ):  # moved away, or done meanwhile: a next run looks again
                continue
            earlier = work.drafts.get(basis) if basis else None
            wanted = Wanted(
                kind=kind,
                office=office,
                department=house.district.offices[office].department,
                cases=letter_cases(work, [id_ for id_, _ in due]),
                basis=basis,
                words=words_of(earlier) if earlier else {},
            )
            drawn.append(draw_in(house, work, wanted, by="", at=now))
        fault("before_commit")
        work.commit()
    return [one for one in drawn if one is not None]


def draw_to_superior(house: House, one: DepartmentDefaults, *, rank: int, by: str) -> list[Draft]:
    """A letter about a department's defaulters to its superior, once for a window of months; none where the tables name nobody,
    and none about the head's own department: the head does not write to his superior about himself."""
    office = house.district.district_office(one.department)
    if office is None or office.code in writers(house) or not superior_of(house, office.code):
        return []
    names = [f"{_MONTHS_HI[first.month - 1]} {first.year}" for first, _ in one.months]
    span = names[0] if len(names) == 1 else f"{names[0]} से {names[-1]}"
    basis = f"{one.department}:{one.months[0][0]:%Y-%m}:{one.months[-1][0]:%Y-%m}"
    with house.read() as work:
        if work.drafts.on_basis(DraftKind.TO_SUPERIOR, basis):
            return []
        ids = _defaulters_of(
            house, work, one.department
        )  # a look at every open case: not while others wait for the ledger
    with house.work() as work:
        work.ledger.lock()
        cases = letter_cases(work, [case.id for case in work.marks.open_of(ids)])
        wanted = Wanted(
            kind=DraftKind.TO_SUPERIOR,
            office=office.code,
            department=one.department,
            cases=cases,
            basis=basis,
            words={"months": span, "total": str(one.total), "open": str(len(cases)), "rank": str(rank)},
            months=[
                *((name, count) for name, (_, count) in zip(names, one.months, strict=True)),
                ("योग", one.total),
            ],
        )
        draft = draw_in(house, work, wanted, by=by, at=house.clock.now())
        work.commit()
    return [draft] if draft else []


def _called_for(house: House) -> dict[str, list[int]]:
    """Office → open cases that call for a letter to it now. Not those that lie with the district's own head, arbiter or cell, who write
    the letters."""
    own = writers(house)
    found: defaultdict[tuple[str, DraftKind, str], list[tuple[int, date]]] = defaultdict(list)
    for page in _pages(one for one in open_cases(house) if one.made and holder_of(house, one.case) not in own):
        with house.read() as work:
            for key, due in _due_of(house, work, page).items():
                found[key] += due
    called: dict[str, list[int]] = defaultdict(list)
    for (office, kind, _), due in found.items():
        if _is_worth(house, kind, due):
            called[office] += [id_ for id_, _ in due]
    return dict(sorted(called.items()))


def writers(house: House) -> frozenset[str]:
    """The offices that write the letters, and so get none: the cell, the arbiter, the head of the district."""
    return frozenset({house.district.facts.cell, house.district.facts.arbiter, house.escalation().head})


def _is_worth(house: House, kind: DraftKind, due: Sequence[tuple[int, date]]) -> bool:
    """Whether so many cases, or one so long overdue, are worth a signature by the pack's numbers. What is spared now comes up again at
    the next look: no defaulter stays without a letter for good."""
    row, today = house.letters().letters[kind], day_in_india(house.clock.now())
    late = max(((today - day).days for _, day in due), default=-1)
    return len(due) >= row.from_cases or (row.after_days > 0 and late >= row.after_days)


def _pages(them: Iterator[Clocked]) -> Iterator[list[Clocked]]:
    while page := list(islice(them, _PAGE)):
        yield page


def _due_of(house: House, work: UnitOfWork, clocked: Sequence[Clocked]) -> Due:
    """What these open cases call for now, each for the office that is answerable."""
    today, due = day_in_india(house.clock.now()), defaultdict(list)
    letters = work.drafts.of_cases([one.case.id for one in clocked])
    after = house.letters().letters[DraftKind.WARNING].after_days
    for one in clocked:
        office, about = holder_of(house, one.case), (one.case.id, one.clock.number)
        had = [
            draft
            for draft in letters.get(one.case.id, ())
            if about in draft.cases and draft.state is not DraftState.CANCELLED
        ]
        step = _step_of(one, had, office, today, after)
        if step is not None and step[0] not in {draft.kind for draft in had}:
            due[office, *step].append((one.case.id, one.clock.due_on))
    return due


def _step_of(one: Clocked, had: Sequence[Draft], office: str, today: date, after: int) -> tuple[DraftKind, str] | None:
    """The step that this case calls for now, and the letter that it follows."""
    if MarkKind.DEFAULTER not in one.made:
        is_near = any(kind.is_warning for kind in one.made) and one.clock.due_on >= today
        return (DraftKind.REMINDER, "") if is_near else None
    explained = next((draft for draft in had if draft.kind is DraftKind.EXPLANATION), None)
    if explained is None:
        return DraftKind.EXPLANATION, ""
    if may_follow(DraftKind.SHOW_CAUSE, explained, today) and explained.office == office:
        return DraftKind.SHOW_CAUSE, explained.id
    late = (today - one.clock.due_on).days >= after
    accused = any(draft.kind is DraftKind.SHOW_CAUSE for draft in had)
    if late and not accused and may_follow(DraftKind.WARNING, explained, today) and explained.office == office:
        return DraftKind.WARNING, explained.id
    return None


def words_of(earlier: Draft) -> dict[str, str]:
    """What a letter says of the one that it follows."""
    went = earlier.act(ActKind.SENT)
    until = f"{went.until:%d.%m.%Y}" if went and went.until else ""
    return {"earlier": letter_name(earlier), "reply_by": until}


def _defaulters_of(house: House, work: UnitOfWork, department: str) -> list[int]:
    """Open cases of a department whose day is over."""
    today, last, found = day_in_india(house.clock.now()), 0, []
    while page := work.marks.open_cases(after_id=last, limit=house.batch):
        last = page[-1].id
        own = [case for case in page if case.department == department]
        found += [one.case.id for one in clocks_of(house, work, own, Counter()) if one.clock.due_on < today]
    return found


def _after_orders(house: House) -> list[Draft]:
    """A warning to each office that still has cases of an order whose day is over."""
    today, own = day_in_india(house.clock.now()), writers(house)
    with house.read() as work:
        over = [one for one in work.orders.find(state=OrderState.GIVEN) if one.target < today]
    drawn = []
    for order in over:
        left: dict[str, list[int]] = defaultdict(list)
        for one in progress(house, order).cases:
            if one.standing in _STILL_OWED and one.office not in own:
                left[one.office].append(one.case_id)
        name = f"निस्तारण अभियान का आदेश {order.id} दिनांक {day_in_india(order.given_at):%d.%m.%Y} (लक्ष्य दिनांक {order.target:%d.%m.%Y})"
        for office, ids in left.items():
            drawn += _warn_of_order(house, office, ids, order.id, name)
    return drawn


def _warn_of_order(house: House, office: str, ids: Sequence[int], order: str, name: str) -> list[Draft]:
    with house.work() as work:
        work.ledger.lock()
        wanted = Wanted(
            kind=DraftKind.WARNING,
            office=office,
            department=house.district.offices[office].department,
            cases=letter_cases(work, ids),
            basis=order,
            words={"earlier": name},
        )
        draft = draw_in(house, work, wanted, by="", at=house.clock.now())
        work.commit()
    return [draft] if draft else []
