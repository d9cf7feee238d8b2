"""The arbiter's brief: what he needs to rule on a frozen case, on one page, as a value and as Hindi text.

No citizen's word stands in it; whoever prints it adds the complaint. Not here: freezing (transfer.py), the printed letter (letters/).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.desk_ledger import days_by_office, entries_of
from nistaran.domain.following import Freeze
from nistaran.domain.transfer import Act, History
from nistaran.domain.transfer_sentences import ANSWER, FREEZE
from routing.names import fold
from routing.transfer_rules import TransferRules

#: More rules than these make the brief longer than a page.
_RULES_AT_MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One desk: since when, how many days, what it answered (AnswerKind codes with the department named, "" if none)."""

    office: str
    department: str
    since: datetime
    days: int
    answers: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLaw:
    """The written rule of two departments between which the case stands, and how many signs of either side stand in its text."""

    a: str
    b: str
    rule_a_hi: str
    rule_b_hi: str
    joint_hi: str
    signs_a: int
    signs_b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArbiterBrief:
    """All of it. `lacking` are pairs of departments in dispute for which no rule is written."""

    case: str
    arbiter: str
    why: str
    wanted: str
    received_on: date
    due_on: date
    today: date
    hops: int
    desks: tuple[DeskLine, ...]
    law: tuple[PairLaw, ...]
    lacking: tuple[tuple[str, str], ...]
    respondents: tuple[str, ...]


def arbiter_brief(
    history: History,
    freeze: Freeze,
    rules: TransferRules,
    *,
    case: str,
    received_on: date,
    text: str,
    respondents: tuple[str, ...] = (),
    today: date,
) -> ArbiterBrief:
    """The brief on a case that was just frozen. `text` is read for the rules' signs only and is not kept."""
    in_dispute = _departments(history, freeze, rules)
    law, lacking = _law(in_dispute, rules, fold(text))
    return ArbiterBrief(
        case=case,
        arbiter=freeze.office,
        why=freeze.why.value,
        wanted=freeze.wanted,
        received_on=received_on,
        due_on=history.due_on,
        today=today,
        hops=history.hops,
        desks=_desks(history, today),
        law=law[:_RULES_AT_MOST],
        lacking=lacking,
        respondents=respondents,
    )


def brief_hi(brief: ArbiterBrief, rules: TransferRules) -> str:
    """The brief as a page of plain Hindi text, names from the district's and the pack's tables."""
    offices, departments = rules.offices, rules.pack.departments
    lines = [
        f"{offices[brief.arbiter].post_hi} महोदय के निर्णय हेतु टिप्पणी",
        f"प्रकरण संख्या {brief.case}; प्राप्ति दिनांक {_day(brief.received_on)}; नियत दिनांक {_day(brief.due_on)} "
        f"({_left(brief)}; यह दिनांक किसी अंतरण से नहीं बदलता)।",
        f"1. निर्णय क्यों अपेक्षित है: {FREEZE[brief.why][0]}। अब तक {brief.hops} अंतरण हुए।",
    ]
    if brief.wanted:
        lines.append(f"   अन्यथा प्रकरण जाता: {offices[brief.wanted].name_hi}।")
    lines.append("2. प्रकरण किन पटलों पर रहा:")
    lines += [_desk_hi(number, desk, rules) for number, desk in enumerate(brief.desks, start=1)]
    lines.append("3. विभागों के बीच लिखित नियम:")
    for pair in brief.law:
        first, second = departments[pair.a].name_hi, departments[pair.b].name_hi
        lines += [f"   {first}: {pair.rule_a_hi}", f"   {second}: {pair.rule_b_hi}"]
        lines += [f"   दोनों का हो तो: {pair.joint_hi}"] if pair.joint_hi else []
        lines.append(f"   पाठ में संकेत: {first} पक्ष {pair.signs_a}, {second} पक्ष {pair.signs_b}।")
    for one, other in brief.lacking:
        pair_hi = f"{departments[one].name_hi} एवं {departments[other].name_hi}"
        lines.append(f"   {pair_hi} के बीच तालिका में कोई लिखित नियम नहीं है।")
    if not brief.law and not brief.lacking:
        lines.append("   एक ही विभाग के कार्यालयों के बीच का प्रश्न है; क्षेत्र अथवा स्तर देखकर निर्णय लिया जाए।")
    if brief.respondents:
        names = ", ".join(rules.respondents.rows[post].name_hi for post in brief.respondents)
        lines.append(f"   जिनके विरुद्ध शिकायत है: {names}; वे स्वयं जांच न करें, जांच एक स्तर ऊपर से हो।")
    lines.append("4. निर्णय: उत्तरदायी कार्यालय ____________________ ; सहयोगी कार्यालय (यदि हों) ____________________")
    lines.append("   निर्णय के पश्चात कोई कार्यालय प्रकरण वापस नहीं कर सकेगा; परिवर्तन केवल निर्णायक अधिकारी करेंगे।")
    return "\n".join(lines) + "\n"


def _departments(history: History, freeze: Freeze, rules: TransferRules) -> tuple[str, ...]:
    """The departments between which the case stands: those that held it, those that were named, where it would have gone."""
    held = [arrival.department for arrival in history.arrivals]
    named = [answer.department for answer in history.answers if answer.department in rules.pack.departments]
    wanted = [rules.offices[freeze.wanted].department] if freeze.wanted else []
    return tuple(dict.fromkeys([*held, *named, *wanted]))


def _law(
    departments: tuple[str, ...], rules: TransferRules, words: list[str]
) -> tuple[tuple[PairLaw, ...], tuple[tuple[str, str], ...]]:
    """The rules of each two departments in dispute; and neighbours in the dispute for which none is written."""
    law, lacking = [], []
    for at, one in enumerate(departments):
        for distance, other in enumerate(departments[at + 1 :]):
            pair = rules.pairs.of(one, other)
            if pair is not None:
                counts = {code: pair.count(code, words) for code in (one, other)}
                row = pair.row
                law.append(
                    PairLaw(
                        a=row.a,
                        b=row.b,
                        rule_a_hi=row.rule_a_hi,
                        rule_b_hi=row.rule_b_hi,
                        joint_hi=row.joint_hi,
                        signs_a=counts[row.a],
                        signs_b=counts[row.b],
                    )
                )
            elif distance == 0:
                lacking.append((one, other))
    return tuple(law), tuple(lacking)


def _desks(history: History, today: date) -> tuple[DeskLine, ...]:
    days = days_by_office(entries_of(history), until=today)
    return tuple(
        DeskLine(
            office=arrival.office,
            department=arrival.department,
            since=arrival.at,
            days=days.get(arrival.office, 0),
            answers=tuple(
                (answer.kind.value, answer.department, answer.at)
                for answer in history.answers
                if answer.office == arrival.office
            ),
        )
        for arrival in history.arrivals
        if arrival.act is not Act.FROZEN
    )


def _desk_hi(number: int, desk: DeskLine, rules: TransferRules) -> str:
    said = []
    for kind, department, at in desk.answers:
        named = rules.pack.departments.get(department)
        whose = f" (बताया गया विभाग: {named.name_hi})" if named else ""
        said.append(f"{_day(day_in_india(at))} को {ANSWER[kind][0]}{whose}")
    since = f"{desk.since.astimezone(IST):%d.%m.%Y} से, {desk.days} दिन"
    return f"   {number}) {rules.offices[desk.office].name_hi}: {since}; {'; '.join(said) or 'कोई उत्तर नहीं दिया'}।"


def _left(brief: ArbiterBrief) -> str:
    days = (brief.due_on - brief.today).days
    return f"{days} दिन शेष" if days >= 0 else f"{-days} दिन विलम्बित"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
