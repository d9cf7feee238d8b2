"""The registry behaves alike in every store: entries are replaced by their key, a use of a login is kept once, silence is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.events import Event, EventKind
from nistaran.domain.login_days import Arrivals
from nistaran.domain.periods import FROM_THE_START
from nistaran.domain.records import DeskEntry, Placement
from nistaran.domain.registry import Officer
from nistaran.domain.rosters import FieldPost, RosterEntry
from nistaran.domain.task import Task, TaskKind, TaskState, closed, task_id
from tests.storage import samples as s
from tests.storage.conftest import Store


def officer(office: str = "SDR-SDM-BANSI", **changes: Any) -> Officer:
    """An officer with every field filled."""
    values: dict[str, Any] = {
        "office": office,
        "name": "अनुराधा मिश्रा",
        "designation": "उप जिलाधिकारी",
        "mobile": "9400000001",
        "email": "sdm-bansi@example.invalid",
        "login": f"up.{office.lower()}",
        "since": date(2026, 4, 1),
        "until": None,
    }
    return Officer(**{**values, **changes})


def sits(place: str = "SDR-V-KANAKPURWA", **changes: Any) -> RosterEntry:
    """A lekhpal of a village with every field filled."""
    values: dict[str, Any] = {
        "village": "कनकपुरवा",
        "place": place,
        "office": "SDR-TEH-NAUGARH",
        "post": FieldPost.LEKHPAL,
        "name": "रमेश यादव",
        "mobile": "9400000002",
        "weekdays": frozenset({0, 3}),
        "sits_at": "पंचायत भवन",
        "since": date(2026, 4, 1),
        "until": date(2026, 12, 31),
    }
    return RosterEntry(**{**values, **changes})


@pytest.fixture
def work(store: Store) -> Iterator:
    with store.work() as opened:
        yield opened


def test_an_entry_is_replaced_by_its_key(work) -> None:
    first, other = officer(), officer("SDR-BDO-BANSI")
    before = officer(since=FROM_THE_START, until=date(2026, 3, 31), name="पूर्व अधिकारी", login="")
    work.registry.put_officers([first, other])
    work.registry.put_officers([before, replace(first, mobile="9400000009")])
    kept = [other, before, replace(first, mobile="9400000009")]
    assert work.registry.officers() == kept
    assert work.registry.officers(["SDR-SDM-BANSI", "SDR-NOBODY"]) == kept[1:]


def test_what_concerns_a_login_and_its_offices(work) -> None:
    assert work.registry.concerning("up.x", ["SDR-DM"]) is None
    without = officer("SDR-DM", login="")
    work.registry.put_officers([without])
    assert work.registry.concerning("up.x", ["SDR-DM"]) is None  # nobody was given a login yet
    named, elsewhere = officer(), officer("SDR-BDO-BANSI")
    work.registry.put_officers([named, elsewhere])
    assert work.registry.concerning("up.x", ["SDR-DM"]) == [without]
    assert work.registry.concerning("up.x", []) == []
    assert work.registry.concerning(named.login, ["SDR-DM"]) == [without, named]
    assert work.registry.concerning("", ["SDR-BDO-BANSI"])[0] == elsewhere


def test_a_use_of_a_login_is_kept_once(work) -> None:
    used = [("up.b", s.later(1)), ("up.a", s.later(1)), ("up.a", s.later(700))]
    assert work.registry.add_logins(used) == 3
    assert work.registry.add_logins([*used, ("up.a", s.later(701))]) == 1
    assert list(work.registry.logins(since=s.later(1), until=s.later(701))) == [
        ("up.a", s.later(1)),
        *used[:1],
        used[2],
    ]
    assert work.registry.last_logins() == {"up.a": s.later(701), "up.b": s.later(1)}


def test_rosters_are_replaced_by_their_key(work) -> None:
    unknown = sits(place="", village="नया पुरवा", weekdays=frozenset(), until=None)
    work.registry.put_rosters([sits(), unknown])
    work.registry.put_rosters([sits(name="सुनील कुमार")])
    assert work.registry.rosters() == sorted([sits(name="सुनील कुमार"), unknown], key=lambda one: one.key)


def test_arrivals_are_counted_by_office(work) -> None:
    s.add_cases(work, 1, 2, 3)
    desks = [DeskEntry(case_id=n, office="SDR-DM", since=s.later(n), until=None) for n in (1, 2, 3)]
    work.desks.open([*desks, DeskEntry(case_id=3, office="SDR-CDO", since=s.later(9), until=None)])
    assert work.registry.arrivals(since=s.later(2)) == {
        "SDR-DM": Arrivals(cases=2, first=s.later(2), last=s.later(3)),
        "SDR-CDO": Arrivals(cases=1, first=s.later(9), last=s.later(9)),
    }


def answered(n: int, office: str, minutes: float) -> Event:
    """An office's answer on case n."""
    body = {"answer": "ACCEPTED", "office": office, "by": "up.x"}
    return Event(case=s.number(n), kind=EventKind.OFFICE_ANSWERED, at=s.later(minutes), body=body)


def test_offices_are_heard_by_answers_and_tasks(work) -> None:
    s.add_cases(work, 1, 2)
    work.ledger.append([answered(1, "SDR-DM", 1), answered(1, "SDR-DM", 5), s.registered(2), answered(2, "SDR-CDO", 7)])
    one = Task(
        id=task_id(s.number(1), 1),
        case_id=1,
        case=s.number(1),
        kind=TaskKind.PART,
        office="SDR-CDO",
        department="REVENUE",
        since=s.later(1),
        due_on=date(2026, 12, 1),
    )
    work.tasks.add([one, replace(one, id=task_id(s.number(1), 2), office="SDR-BDO")])
    work.tasks.settle([closed(one, TaskState.DONE, by="up.x", at=s.later(11))])
    assert work.registry.acts(since=s.later(0)) == {"SDR-DM": s.later(5), "SDR-CDO": s.later(11)}
    assert work.registry.acts(since=s.later(6)) == {"SDR-CDO": s.later(11)}
    assert work.registry.acts(since=s.later(12)) == {}


def test_what_lies_untouched(work) -> None:
    s.add_cases(work, 1, 2, 3, 4, 5)
    for n in (1, 2, 3, 4):
        work.cases.place([Placement(case_id=n, status=Status.WITH_OFFICE, department="ENERGY", office="SDR-ENERGY")])
    work.desks.open([DeskEntry(case_id=n, office="SDR-ENERGY", since=s.later(n), until=None) for n in (1, 2, 3)])
    work.desks.open([DeskEntry(case_id=4, office="SDR-ENERGY", since=s.later(60), until=None)])
    work.ledger.append([answered(1, "SDR-CDO", 0), answered(2, "SDR-ENERGY", 3)])  # of 1 another office, before it came
    assert work.registry.untouched(before=s.later(30)) == {"SDR-ENERGY": 2}
    assert work.registry.untouched(before=s.later(30) - timedelta(days=1)) == {}
