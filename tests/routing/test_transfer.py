"""What follows each answer of an office, one rule a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    ForwardWhy,
    Freeze,
    FreezeWhy,
    ReturnToSender,
    StayWhy,
    StayWith,
)
from nistaran.domain.transfer import AnswerKind, History, OfficeAnswer, Ruling, after, rule
from routing.transfer import Matter, next_desk
from tests.routing.transfers import answer, at_first, matter, office, rules_of

NOT_OURS = AnswerKind.NOT_OUR_DEPARTMENT
LAND = (("REVENUE", 0.6), ("POLICE", 0.25), ("PANCHAYATI_RAJ", 0.15))


def move(history: History, said: OfficeAnswer, known: Matter) -> History:
    return after(history, said, next_desk(history, said, known, rules_of()), said.at)


def test_the_named_department_that_the_model_supports_is_next_without_a_person() -> None:
    history = at_first()
    known = matter(("REVENUE", 0.28), ("POLICE", 0.7), ("PANCHAYATI_RAJ", 0.02))
    following = next_desk(history, answer(history, NOT_OURS, department="POLICE"), known, rules_of())
    assert isinstance(following, Forward)
    assert (following.office, following.department) == (office("POLICE"), "POLICE")
    assert (following.why, following.automatic) == (ForwardWhy.NAMED, True)


@pytest.mark.parametrize(("first", "automatic"), [(0.1, True), (0.5, True), (0.9, False), (0.95, False)])
def test_the_surer_the_model_was_of_who_disclaims_the_sooner_a_person_looks(first: float, automatic: bool) -> None:
    history = at_first()
    known = matter(("REVENUE", first), ("POLICE", 1 - first))
    following = next_desk(history, answer(history, NOT_OURS, department="POLICE"), known, rules_of())
    assert isinstance(following, Forward)
    assert following.automatic is automatic


def test_a_department_named_against_the_model_is_not_followed() -> None:
    history = at_first()
    said = answer(history, NOT_OURS, department="FISHERIES")
    following = next_desk(history, said, matter(*LAND), rules_of())
    assert isinstance(following, Forward)
    assert (following.department, following.why, following.automatic) == ("POLICE", ForwardWhy.CLASSIFIER, False)


def test_the_pair_rule_goes_before_the_model() -> None:
    history = at_first()
    following = next_desk(history, answer(history, NOT_OURS), matter(*LAND, leans="PANCHAYATI_RAJ"), rules_of())
    assert isinstance(following, Forward)
    assert (following.department, following.why) == ("PANCHAYATI_RAJ", ForwardWhy.PAIR_RULE)


def test_named_without_a_model_waits_for_a_person() -> None:
    history = at_first()
    following = next_desk(history, answer(history, NOT_OURS, department="POLICE"), matter(), rules_of())
    assert isinstance(following, Forward)
    assert not following.automatic


@pytest.mark.parametrize("named", ["", "REVENUE", "NONE", "PIGEONS"])
def test_with_nothing_to_go_by_the_cell_decides(named: str) -> None:
    history = at_first()
    following = next_desk(history, answer(history, NOT_OURS, department=named), matter(("REVENUE", 0.9)), rules_of())
    assert following == AskCell(office=history.holder)
    kept = replace(history, kept=frozenset({history.holder}))
    again = next_desk(kept, answer(kept, NOT_OURS, department=named), matter(("REVENUE", 0.9)), rules_of())
    assert again == Freeze(office="SDR-NODAL", why=FreezeWhy.KEPT_BEFORE)


def test_an_office_that_closed_it_once_cannot_pass_it_on() -> None:
    history = replace(at_first(), reported=frozenset({at_first().holder}))
    for said in (NOT_OURS, AnswerKind.NOT_OUR_TERRITORY):
        following = next_desk(history, answer(history, said, department="POLICE"), matter(*LAND), rules_of())
        assert following == Freeze(office="SDR-NODAL", why=FreezeWhy.REPORTED_BEFORE)
    above = next_desk(history, answer(history, AnswerKind.LEVEL_ABOVE), matter(*LAND), rules_of())
    assert isinstance(above, Forward)  # asking for the level above denies nothing


def test_a_b_a_goes_to_the_arbiter() -> None:
    history = at_first()
    history = move(history, answer(history, NOT_OURS, department="POLICE"), matter(*LAND))
    said = answer(history, NOT_OURS, department="REVENUE")
    following = next_desk(history, said, matter(*LAND), rules_of())
    assert following == Freeze(office="SDR-NODAL", why=FreezeWhy.DISCLAIMED_BEFORE, wanted=office("REVENUE"))
    frozen = after(history, said, following, said.at)
    assert (frozen.frozen, frozen.holder, frozen.hops) == (True, "SDR-NODAL", 1)


def test_back_to_an_office_that_only_sent_it_upwards_is_a_loop() -> None:
    history = at_first()
    history = move(history, answer(history, AnswerKind.LEVEL_ABOVE), matter())
    assert history.holder == "SDR-SDM-BANSI"
    said = answer(history, AnswerKind.NOT_OUR_TERRITORY, place="SDR-T-BANSI")
    assert next_desk(history, said, matter(), rules_of()) == Freeze(
        office="SDR-NODAL", why=FreezeWhy.LOOP, wanted=office("REVENUE")
    )


def test_the_fourth_transfer_goes_to_the_arbiter() -> None:
    history = at_first()
    for department in ("POLICE", "PANCHAYATI_RAJ", "RURAL_DEV"):
        history = move(history, answer(history, NOT_OURS, department=department), matter((department, 1.0)))
    assert history.hops == rules_of().hop_cap == 3
    following = next_desk(history, answer(history, NOT_OURS, department="FOREST"), matter(), rules_of())
    assert isinstance(following, Freeze)
    assert following.why is FreezeWhy.HOP_CAP


def test_after_the_first_two_transfers_a_person_releases_each() -> None:
    history = at_first()
    automatic = []
    for department in ("POLICE", "PANCHAYATI_RAJ", "RURAL_DEV"):
        said = answer(history, NOT_OURS, department=department)
        following = next_desk(history, said, matter((department, 1.0)), rules_of())
        assert isinstance(following, Forward)
        automatic.append(following.automatic)
        history = after(history, said, following, said.at)
    assert automatic == [True, True, False]


@pytest.mark.parametrize(
    "kind", [NOT_OURS, AnswerKind.NOT_OUR_TERRITORY, AnswerKind.LEVEL_ABOVE, AnswerKind.RETURN_TO_SENDER]
)
def test_the_ruling_binds_until_the_arbiter_rules_again(kind: AnswerKind) -> None:
    history = at_first(sender="SHASAN")
    at = history.last.at + timedelta(days=2)
    history = rule(history, Ruling(office=office("POLICE"), department="POLICE", at=at, by="arbiter"))
    said = answer(history, kind, department="FOREST")
    stays = next_desk(history, said, matter(*LAND), rules_of())
    assert stays == StayWith(office=office("POLICE"), why=StayWhy.BOUND_BY_RULING)
    again = rule(history, Ruling(office=office("REVENUE"), department="REVENUE", at=said.at, by="arbiter"))
    assert again.holder == office("REVENUE")


def test_a_late_or_repeated_answer_moves_nothing() -> None:
    history = at_first()
    said = answer(history, NOT_OURS, department="POLICE")
    moved = move(history, said, matter(*LAND))
    following = next_desk(moved, said, matter(*LAND), rules_of())
    assert following == StayWith(office=office("POLICE"), why=StayWhy.NOT_ON_THIS_DESK)
    assert after(moved, said, following, moved.last.at) == moved


def test_while_frozen_only_a_ruling_moves_it() -> None:
    history = at_first()
    said = answer(history, NOT_OURS)
    history = after(history, said, Freeze(office="SDR-NODAL", why=FreezeWhy.SENT_BY_CELL), said.at)
    stays = next_desk(history, answer(history, NOT_OURS, department="POLICE"), matter(*LAND), rules_of())
    assert stays == StayWith(office="SDR-NODAL", why=StayWhy.AWAITS_RULING)


def test_return_goes_to_the_sender_only_if_somebody_above_sent_it() -> None:
    sent = at_first(sender="SHASAN")
    assert next_desk(sent, answer(sent, AnswerKind.RETURN_TO_SENDER), matter(*LAND), rules_of()) == ReturnToSender(
        sender="SHASAN", office=sent.holder
    )
    own = at_first()
    following = next_desk(own, answer(own, AnswerKind.RETURN_TO_SENDER), matter(*LAND), rules_of())
    assert isinstance(following, Forward)
    assert following.department == "POLICE"


def test_territory_finds_the_same_departments_office_of_the_place() -> None:
    history = at_first()
    said = answer(history, AnswerKind.NOT_OUR_TERRITORY, place="SDR-T-ITWA")
    following = next_desk(history, said, matter(*LAND), rules_of())
    assert isinstance(following, Forward)
    assert (following.office, following.why, following.automatic) == ("SDR-REVENUE-ITWA", ForwardWhy.TERRITORY, True)
    unnamed = next_desk(history, answer(history, AnswerKind.NOT_OUR_TERRITORY), matter(*LAND), rules_of())
    assert isinstance(unnamed, Forward)
    assert (unnamed.office, unnamed.automatic) == ("SDR-REVENUE", False)
    with pytest.raises(ValueError, match="no place"):
        next_desk(history, answer(history, AnswerKind.NOT_OUR_TERRITORY, place="MOON"), matter(), rules_of())


def test_nothing_is_sent_above_the_district() -> None:
    rules = rules_of()
    assert rules.superior(rules.head) == ""
    assert rules.raised("SDR-DM", ()) == ("SDR-DM", ())
    history = at_first("GEN_ADMIN")
    following = next_desk(history, answer(history, AnswerKind.LEVEL_ABOVE), matter(), rules)
    assert following == Freeze(office="SDR-NODAL", why=FreezeWhy.NO_OTHER_OFFICE)


def test_a_co_department_gets_a_task_and_the_lead_keeps_the_case() -> None:
    history = at_first()
    said = answer(history, AnswerKind.NEEDS_ANOTHER_DEPARTMENT_TOO, department="POLICE")
    following = next_desk(history, said, matter(), rules_of())
    assert following == AddTask(office=office("POLICE"), department="POLICE", lead=history.holder)
    tasked = after(history, said, following, said.at)
    assert (tasked.holder, tasked.tasks) == (history.holder, (office("POLICE"),))
    again = next_desk(tasked, said, matter(), rules_of())
    assert isinstance(again, StayWith)
    assert again.why is StayWhy.TASK_STANDS
    unnamed = answer(history, AnswerKind.NEEDS_ANOTHER_DEPARTMENT_TOO)
    stays = next_desk(history, unnamed, matter(("REVENUE", 1.0)), rules_of())
    assert isinstance(stays, StayWith)
    assert stays.why is StayWhy.DEPARTMENT_NOT_NAMED


def test_the_complainant_is_asked_once_by_each_office() -> None:
    history = at_first()
    said = answer(history, AnswerKind.INSUFFICIENT_FACTS)
    following = next_desk(history, said, matter(), rules_of())
    assert following == AskComplainant(office=history.holder)
    asked = after(history, said, following, said.at)
    again = next_desk(asked, said, matter(), rules_of())
    assert isinstance(again, StayWith)
    assert again.why is StayWhy.ASKED_BEFORE


@pytest.mark.parametrize(
    ("kind", "why"),
    [(AnswerKind.ACCEPTED, StayWhy.ACCEPTED), (AnswerKind.COURT_MATTER, StayWhy.COURT_PARTICULARS_OWED)],
)
def test_what_stays_stays(kind: AnswerKind, why: StayWhy) -> None:
    history = at_first()
    assert next_desk(history, answer(history, kind), matter(*LAND), rules_of()) == StayWith(
        office=history.holder, why=why
    )


def test_a_respondents_own_desk_is_passed_by() -> None:
    history = at_first("PANCHAYATI_RAJ")
    said = answer(history, NOT_OURS, department="REVENUE")
    following = next_desk(history, said, matter(("REVENUE", 1.0), respondents=("LEKHPAL",)), rules_of())
    assert isinstance(following, Forward)
    assert (following.office, following.respondents) == ("SDR-SDM-BANSI", ("LEKHPAL",))


def test_time_does_not_run_backwards() -> None:
    history = at_first()
    said = answer(history, NOT_OURS, department="POLICE")
    following = next_desk(history, said, matter(*LAND), rules_of())
    with pytest.raises(ValueError, match="clock"):
        after(history, said, following, history.last.at - timedelta(hours=1))
    with pytest.raises(ValueError, match="clock"):
        rule(history, Ruling(office="X", department="POLICE", at=history.last.at - timedelta(hours=1), by="a"))
