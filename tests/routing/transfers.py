"""What the tests of transfers share: the sample districts' rules, a case at its first desk, answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from nistaran.bootstrap import packs_folder
from nistaran.domain.deadlines import IST
from nistaran.domain.decision import Candidate
from nistaran.domain.transfer import AnswerKind, History, OfficeAnswer, first_desk
from routing.district import load_district
from routing.pack import load_pack
from routing.transfer import Matter
from routing.transfer_rules import TransferRules, load_transfer_rules

START = datetime(2026, 4, 1, 10, tzinfo=IST)
DUE = date(2026, 4, 16)
PLACE = "SDR-T-BANSI"


@lru_cache
def rules_of(pack: str = "up", district: str = "siddharthnagar") -> TransferRules:
    folder = packs_folder() / pack
    loaded = load_pack(folder)
    return load_transfer_rules(folder, loaded, load_district(folder / "districts" / district, loaded))


def office(department: str) -> str:
    return rules_of().office_at(department, PLACE)


def at_first(department: str = "REVENUE", *, sender: str = "") -> History:
    return first_desk(office(department), department, START, due_on=DUE, sender=sender)


def answer(history: History, kind: AnswerKind, *, days: int = 1, department: str = "", place: str = "") -> OfficeAnswer:
    at = history.last.at + timedelta(days=days)
    return OfficeAnswer(office=history.holder, kind=kind, at=at, by="login", department=department, place=place)


def matter(*shares: tuple[str, float], respondents: tuple[str, ...] = (), leans: str = "") -> Matter:
    candidates = [Candidate(department, confidence) for department, confidence in shares]
    return Matter(candidates=candidates, office_for=office, respondents=respondents, leans=leans)
