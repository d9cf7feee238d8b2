"""The arbiter's brief says who disclaimed, when, why, and the law of the pair; it holds no citizen's word."""

from __future__ import annotations

from datetime import timedelta

from nistaran.domain import following as following_values
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.following import Freeze
from nistaran.domain.transfer import AnswerKind, after
from nistaran.domain.transfer_sentences import ANSWER, FORWARD, FREEZE, STAY
from routing.brief import arbiter_brief, brief_hi
from routing.transfer import next_desk
from tests.routing.transfers import START, answer, at_first, matter, rules_of

TEXT = "रहस्यपुर निवासी गुप्तलाल की पैमाइश में मारपीट हुई, लेखपाल ने रिश्वत मांगी"


def test_the_brief_tells_the_dispute_and_both_sides_of_the_rule() -> None:
    history, rules = at_first(), rules_of()
    for department in ("POLICE", "REVENUE"):
        said = answer(history, AnswerKind.NOT_OUR_DEPARTMENT, days=3, department=department)
        following = next_desk(history, said, matter((department, 1.0)), rules)
        history = after(history, said, following, said.at)
    assert isinstance(following, Freeze)
    today = day_in_india(START + timedelta(days=20))
    brief = arbiter_brief(
        history,
        following,
        rules,
        case="SDR-2026-0000042",
        received_on=day_in_india(START),
        text=TEXT,
        respondents=rules.respondents.complained_of(TEXT),
        today=today,
    )
    assert [(desk.office, desk.days) for desk in brief.desks] == [("SDR-REVENUE-BANSI", 4), ("SDR-CO-BANSI", 3)]
    (law,) = brief.law
    assert (law.a, law.b, law.signs_a, law.signs_b) == ("REVENUE", "POLICE", 1, 1)
    page = brief_hi(brief, rules)
    for needed in ("16.04.2026", "5 दिन विलम्बित", "04.04.2026", "07.04.2026", law.rule_a_hi, law.rule_b_hi, "लेखपाल"):
        assert needed in page
    assert not any(word in page for word in ("रहस्यपुर", "गुप्तलाल", "रिश्वत"))
    assert len(page.splitlines()) < 45  # one page


def test_every_code_has_its_sentence_in_both_languages() -> None:
    for codes, sentences in (
        (AnswerKind, ANSWER),
        (following_values.FreezeWhy, FREEZE),
        (following_values.ForwardWhy, FORWARD),
        (following_values.StayWhy, STAY),
    ):
        assert set(sentences) == {code.value for code in codes}
        assert all(hindi and english for hindi, english in sentences.values())
