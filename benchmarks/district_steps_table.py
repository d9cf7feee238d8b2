"""The month through the steps, as a table: what the house shows of it, what was true, and the pure simulation beside.

Not here: the month itself (district_through_steps.py), the pure engine and the baselines (district_month.py).
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from benchmarks.district_figures import Outcome, figures
from benchmarks.district_month import START, simulate
from benchmarks.district_offices import learn_pairs, value
from nistaran.bootstrap import packs_folder
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.desk_course import Course
from nistaran.domain.desk_events import history_of
from nistaran.domain.desk_ledger import days_lost, entries_of
from nistaran.domain.desk_look_back import course_of
from nistaran.domain.shares import Share
from nistaran.domain.transfer import Act, History
from nistaran.steps.house import House
from nistaran.steps.transfer_figures import transfer_figures
from nistaran.steps.verify import verify
from routing.district import load_district
from routing.pack import load_pack
from routing.transfer_rules import TransferRules, load_transfer_rules

if TYPE_CHECKING:
    from benchmarks.district_through_steps import Month, Way
    from nistaran.domain.transfer_figures import TransferFigures

Run = Callable[..., None]
_WAYS = "engine through steps, the clerk may keep / engine through steps / engine, pure / by hand / restart"


def rules_of() -> TransferRules:
    """The sample district's rules."""
    folder = packs_folder() / "up"
    pack = load_pack(folder)
    return load_transfer_rules(folder, pack, load_district(folder / "districts" / "siddharthnagar", pack))


def tables(seed: int, run: Run) -> list[str]:
    """The rows of the section."""
    found: dict[str, dict[str, float]] = {}
    told: list[str] = []
    for name, keeps in (("keeps", True), ("as pure", False)):
        began = time.perf_counter()

        def look(month: Month, name: str = name, began: float = began) -> None:
            spent = time.perf_counter() - began
            found[name] = figures([_outcome(month.at.house, number, way, month) for number, way in month.ways.items()])
            told.extend(_of_house(month, spent) if name == "keeps" else [])
            faults = verify(month.at.house).faults
            told.append(
                f"| … {name}: frozen, why; ruled back to an office that had disclaimed it | {_frozen(month)} | |"
            )
            told.append(f"| … {name}: faults found by verify | {len(faults)} | 0 |")
            if faults:
                raise RuntimeError("\n".join(faults[:20]))

        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder), seed, keeps=keeps, then=look)
    rules = rules_of()
    learn_pairs(rules)
    found |= simulate(seed, rules)
    return [*_beside(found), *told]


def _beside(found: dict[str, dict[str, float]]) -> list[str]:
    rows = [f"| columns: {_WAYS} | | |"]
    for name in found["engine"]:
        numbers = [one[name] for one in found.values()]
        share = not name.startswith(("hops", "days"))
        cells = ["–" if one != one else f"{one:.1f} %" if share else f"{one:.2f}" for one in numbers]
        rows.append(f"| {name} | {' / '.join(cells)} | |")
    return rows


def _outcome(house: House, number: str, way: Way, month: Month) -> Outcome:
    """As district_month.finish, from the house's own events."""
    history, _ = _read(house, number)
    horizon, work_days = int(value("followed_days")), month.at.complaints[way.serial].work_days
    came = day_in_india(START + timedelta(days=way.came))
    until = came + timedelta(days=way.taken if way.taken is not None else horizon)
    deciding = {house.district.facts.cell, house.district.facts.arbiter}
    lost = days_lost(entries_of(history), right={way.right}, deciding=deciding, until=until).total if history else 0
    reached = (day_in_india(history.last.at) - came).days if history and way.taken is not None else None
    closed = reached + work_days if reached is not None else None
    due = int(value("due_days"))
    overdue = closed is None or closed > due
    return Outcome(
        reached=reached,
        closed=closed if closed is not None and closed <= horizon else None,
        hops=history.hops if history else 0,
        lost=lost,
        frozen=any(one.act is Act.FROZEN for one in history.arrivals) if history else False,
        overdue=overdue,
        overdue_shown=overdue,
        forwards=tuple(way.forwards),
    )


def _read(house: House, number: str) -> tuple[History | None, Course | None]:
    with house.read() as work:
        case = work.cases.by_number(number)
        links = work.ledger.of(number)
    assert case is not None
    history = history_of(links, due_on=case.due_on)
    deciding = {house.district.facts.cell, house.district.facts.arbiter}
    today = day_in_india(house.clock.now())
    return history, course_of(links, history, deciding=deciding, today=today) if history else None


def _of_house(month: Month, spent: float) -> list[str]:
    """What `nistaran transfers` tells of the month, and beside it what is true."""
    house = month.at.house
    began = time.perf_counter()
    shown = transfer_figures(house, since=day_in_india(START))
    took = time.perf_counter() - began
    rows = [
        *_first_desks(month, shown),
        *_days(shown),
        *_words(shown),
        ("corrections of the month, how far they may teach", _trust(house)),
        ("tasks open at the end; stuck", f"{shown.tasks.total()}; {shown.stuck.total()}"),
        ("reading these figures", f"{took:.1f} s"),
        ("the whole month through the steps", f"{spent:.0f} s"),
        *((f"{name}: calls; median, worst", _spent(all_)) for name, all_ in sorted(month.seconds.items())),
    ]
    return [f"| … {what} | {said} | |" for what, said in rows]


def _first_desks(month: Month, shown: TransferFigures) -> list[tuple[str, str]]:
    truly = [_began_wrong(month.at.house, number, way) for number, way in month.ways.items()]
    told = (shown.misrouted(), shown.misrouted(settled=True), Share(part=sum(truly), of=len(truly)))
    known = ", ".join(f"{one.value} {count:,}" for one, count in shown.known.most_common())
    return [
        (
            "first desk wrong, as the house's figures show it / settled cases only / truly",
            " / ".join(map(_share, told)),
        ),
        ("how it is known whose they are", known),
        ("hops a case", ", ".join(f"{hops}: {count}" for hops, count in sorted(shown.hops.items()))),
    ]


def _days(shown: TransferFigures) -> list[tuple[str, str]]:
    lost, silent = shown.lost, shown.silent
    a_case = f"{shown.lost_per_case or 0:.2f}; {lost.median or 0:g}, {lost.largest or 0}"
    return [
        ("days lost in all; a case; of cases with a wrong desk median, largest", f"{lost.total:,}; {a_case}"),
        (
            "days with an office that has not answered: cases, median, largest",
            f"{silent.count}, {silent.median or 0:g}, {silent.largest or 0}",
        ),
        ("days until the first desk (on no desk's ledger), in all", f"{shown.waited.total:,}"),
        ("days of cases whose right desk nobody has settled at the end", f"{shown.open_days:,}"),
        *_pairs(shown),
    ]


def _words(shown: TransferFigures) -> list[tuple[str, str]]:
    sent = shown.automatic
    wrong = _share(Share(part=sent.wrong, of=sent.settled))
    return [
        ("automatic forwards; disclaimed again; wrong of the settled", f"{sent.count}; {sent.disclaimed}; {wrong}"),
        ("the cell's words on proposals", ", ".join(f"{word} {count}" for word, count in sorted(shown.words.items()))),
        ("hours until the cell decided, median; late", f"{shown.hours.median or 0:g}; {shown.late}"),
        ("disclaimers that were right, of the settled", _rightly(shown)),
    ]


def _spent(seconds: list[float]) -> str:
    """How long calls took; the first and the last tenth show whether they grow slower as the house fills."""
    tenth = len(seconds) // 10 or 1
    first, last = 1000 * fmean(seconds[:tenth]), 1000 * fmean(seconds[-tenth:])
    worst = f"{1000 * median(seconds):.1f} ms, {1000 * max(seconds):.0f} ms"
    return f"{len(seconds):,}; {worst} (first tenth {first:.1f}, last tenth {last:.1f} ms)"


def _pairs(shown: TransferFigures) -> list[tuple[str, str]]:
    return [
        (
            f"confusion {place}: {pair.wrong} → {pair.right}",
            f"{pair.cases} cases, {pair.days} days, median {pair.median:g}",
        )
        for place, pair in enumerate(shown.pairs()[:5], 1)
    ]


def _rightly(shown: TransferFigures) -> str:
    offices = shown.answered()
    return _share(Share(part=sum(one.right for one in offices), of=sum(one.judged for one in offices)))


def _frozen(month: Month) -> str:
    why: Counter[str] = Counter()
    ruled, back = 0, 0
    for number in month.ways:
        history, course = _read(month.at.house, number)
        if history is not None and course is not None:
            why.update(course.frozen)
            ruled += history.ruled
            back += history.ruled and history.holder in history.disclaimed
    told = ", ".join(f"{one} {count}" for one, count in why.most_common())
    return f"{why.total()}: {told}; {back} of {ruled}"


def _trust(house: House) -> str:
    counts: Counter[str] = Counter()
    with house.read() as work:
        for (_, trust), count in work.corrections.count_by_login().items():
            counts[trust] += count
    return ", ".join(f"{trust} {count:,}" for trust, count in sorted(counts.items()))


def _began_wrong(house: House, number: str, way: Way) -> bool:
    history, _ = _read(house, number)
    return history is not None and history.arrivals[0].office != way.right


def _share(share: Share) -> str:
    low, high = share.interval
    return "–" if share.value is None else f"{share.value:.1%} ({low:.1%}–{high:.1%})"
