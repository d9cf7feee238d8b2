"""What the officer in the chair can check on the pages: sums that come out, clean-up orders, scores that cannot be compared, odd words."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.rank import Measure
from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.domain.weekly_sums import whole
from nistaran.steps import weekly_lists as lists
from nistaran.steps import weekly_plans as plans
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.orders import Chosen, give_order
from nistaran.steps.promises import promise
from nistaran.steps.review_day import WeekLongPast
from nistaran.steps.weekly import outcomes, weekly_figures
from nistaran.steps.weekly_names import Names
from nistaran.steps.weekly_paper import facts_of, headline_boxes, weekly_paper
from nistaran.steps.weekly_tables import by_department_and_channel
from tests.steps.people import number
from tests.steps.reporting import GOOD, hand_in
from tests.steps.sweeping import all_cases, later, with_open_cases
from tests.steps.test_weekly import pages_of


@pytest.fixture
def lived(house: House, tmp_path: Path) -> House:
    """Eight cases; one was disposed of and came back, another is disposed of; ten days on."""
    made = with_open_cases(house, tmp_path)
    hand_in(made, GOOD, 3)
    give_feedback(made, number(3), outcome="DISSATISFIED", relief="PARTLY", by="up.cell1")
    hand_in(made, f"{GOOD} पोल संख्या 9, मीटर 71 बदला गया।", 5)
    return made


def figures_of(house: House) -> WeeklyFigures:
    return weekly_figures(house, until=day_in_india(house.clock.now()))


def test_whoever_adds_up_the_first_page_finds_nothing_missing(lived: House) -> None:
    figures = figures_of(lived)
    now, was = whole(figures.weeks), whole(figures.weeks[-2:-1])
    told = facts_of(lived, figures)["told"][0]
    said = f"{was.pending} + प्राप्त {now.received} + पुनः खुले 1 − निस्तारित {now.disposed} = {now.pending}।"
    assert told == f"लम्बित का हिसाब: {said}"
    assert now.pending == was.pending + now.received + now.reopened - now.disposed - now.returned


@pytest.mark.demand("S1-4")
def test_what_is_pending_by_department_and_channel_adds_up(lived: House) -> None:
    figures, names = figures_of(lived), Names(lived)
    *rows, total = by_department_and_channel(figures, names).rows
    assert total[1] == whole(figures.weeks).pending == sum(row[1] for row in rows)
    assert all(row[1] == sum(cell for cell in row[2:] if cell != "–") for row in (*rows, total))


@pytest.mark.demand("S1-5")
def test_orders_with_their_target_days(lived: House) -> None:
    today = day_in_india(lived.clock.now())
    given = give_order(
        lived, Chosen(department="ENERGY"), target=today + timedelta(days=3), by="up.dm", why="बैठक के निर्देश"
    )
    ids = {one.case_id for one in given.cases}
    here = next(one.id for one in all_cases(lived) if one.id in ids and one.status is Status.WITH_OFFICE)
    hand_in(lived, f"{GOOD} पोल संख्या 11, मीटर 72 बदला गया।", here)
    for days, came_of_it in ((0, "समय शेष"), (3, "पूरा नहीं हुआ")):
        house = later(lived, days)
        figures = figures_of(house)
        (row,) = plans.orders(figures, Names(house)).rows
        assert (row[0], row[1], row[4], row[-1]) == (given.id, "बैठक के निर्देश", len(given.cases), came_of_it)
        assert row[6] == len(given.cases) - 1
        assert f"निस्तारण आदेश: 1; {int(days == 3)} में लक्ष्य" in " ".join(facts_of(house, figures)["told"])
    assert given.id in "".join(pages_of(weekly_paper(lived, figures_of(lived))))


def test_scores_of_other_points_are_not_subtracted(lived: House) -> None:
    figures = figures_of(lived)
    now = figures.ranking.estimate
    rest = [one for one in now.points if one.point.measure is not Measure.SATISFIED]
    before = dataclasses.replace(now, points=(*rest, dataclasses.replace(now.points[-1], value=None, marks=0.0)))
    seen = dataclasses.replace(now, points=(*rest, dataclasses.replace(now.points[-1], value=1.0, marks=30.0)))
    ranking = dataclasses.replace(figures.ranking, estimate=seen, before=before)
    box = headline_boxes(dataclasses.replace(figures, ranking=ranking), Names(lived))[-1]
    assert (box["of"], box["rose"], box["good"]) == ("/ 140", 0, 0)
    assert box["change"] == f"तब {before.marks:.1f} / 110"


def test_a_word_without_end_stays_in_its_cell(lived: House) -> None:
    today = day_in_india(lived.clock.now())
    promise(lived, "ENERGY", line="क" * 200, target=today, by="up.cell1")
    pages = pages_of(weekly_paper(lived, figures_of(lived)))
    assert "क" * 200 not in pages[1]
    assert pages[1].replace("\u200b", "").count("क") >= 200


def test_a_promise_is_not_judged_before_its_day_is_over(lived: House) -> None:
    today = day_in_india(lived.clock.now())
    promise(lived, "ENERGY", line="शून्य", target=today, by="up.cell1", number=99)
    assert [one.kept.value for one in outcomes(lived)] == ["TIME_LEFT"]
    assert [one.kept.value for one in outcomes(later(lived, 1))] == ["KEPT"]


def test_a_slip_of_the_year_gives_no_review_of_nothing(house: House) -> None:
    with pytest.raises(WeekLongPast):
        weekly_figures(house, until=date(206, 11, 22))


def test_months_without_any_defaulter_are_named_all_the_same(house: House) -> None:
    figures = weekly_figures(house, months=6)
    table = lists.worst_departments(figures, Names(house))
    assert table.title.startswith("छः माह")
    assert len(table.columns) == 3 + 6
