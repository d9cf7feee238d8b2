"""How the figures of transfers are shown to people: five tables in Hindi and English. Not here: the verb and its JSON (transfers.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nistaran.cli.output import both, print_table, say
from nistaran.domain.desk_course import FirstDesk, Known, SentBy
from nistaran.domain.shares import FEW, Share
from nistaran.domain.transfer import AnswerKind
from nistaran.domain.transfer_sentences import FREEZE
from nistaran.domain.wording import TASK_HI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nistaran.domain.shares import Spread
    from nistaran.domain.transfer_figures import Forwards, TransferFigures
    from nistaran.steps.house import House

#: So many lines of a table are shown; --json has all.
_LINES = 15
_BAR = 20
_KNOWN = {
    Known.ACCEPTED: ("कार्यालय ने स्वीकार किया", "accepted"),
    Known.RULED: ("निर्णायक अधिकारी ने निर्णय दिया", "ruled"),
    Known.LIES: ("कार्यालय पर, अभी उत्तर नहीं", "lie with an office that has not answered"),
    Known.RETURNED: ("प्रेषक को वापस", "returned to the sender"),
    Known.OPEN: ("किसका है, अभी निश्चित नहीं", "not known whose they are"),
}
_WORDS = {"RELEASE": ("अंतरित", "released"), "KEEP": ("यथावत", "kept"), "ARBITER": ("निर्णायक को", "to the arbiter")}


def print_figures(house: House, figures: TransferFigures) -> None:
    """All tables; those without a line are left out."""
    if figures.unreadable:
        say(
            f"{figures.unreadable} प्रकरणों की घटनाएँ पढ़ी नहीं जा सकीं, nistaran verify चलाएँ / the events of {figures.unreadable} cases cannot "
            "be read: run nistaran verify"
        )
    day = figures.since.strftime("%d.%m.%Y")
    print_table(
        f"{day} से प्राप्त प्रकरणों के अंतरण / transfers of cases received since {day}",
        ["विषय / what", "संख्या / number"],
        _whole(figures),
    )
    _pairs(house, figures)
    _offices(house, figures)
    _answers(house, figures)
    _tasks(house, figures)


def share_text(share: Share) -> str:
    """«12.3 % (9.8–15.2 %), 40/325», marked where it rests on few."""
    if share.value is None:
        return "–"
    low, high = share.interval
    few = f" · कम / few (< {FEW})" if share.few else ""
    return f"{share.value:.1%} ({low:.1%}–{high:.1%}), {share.part}/{share.of}{few}"


def _whole(figures: TransferFigures) -> list[tuple[str, str]]:
    lost, hours = figures.lost, figures.hours
    return [
        (both("कार्यालय को सौंपे गये प्रकरण", "cases that came to an office"), str(figures.cases)),
        *((f"  · {hi} / {en}", str(figures.known[known])) for known, (hi, en) in _KNOWN.items()),
        (both("पहला कार्यालय गलत", "first desk wrong"), share_text(figures.misrouted())),
        ("  · केवल जहाँ निश्चित है / only where it is settled", share_text(figures.misrouted(settled=True))),
        ("  · मशीन ने भेजा / sent by the model", share_text(figures.misrouted(SentBy.MODEL))),
        ("  · व्यक्ति ने भेजा / sent by a person", share_text(figures.misrouted(SentBy.PERSON))),
        ("  · विभाग सही, कार्यालय गलत / right department, wrong office", str(figures.began(FirstDesk.OTHER_OFFICE))),
        (both("उच्च स्तर को, विभाग सही (गलती नहीं)", "to the level above, no misroute"), str(figures.began(FirstDesk.LEVEL_ABOVE))),
        (both("अंतरण प्रति प्रकरण", "hops a case"), _counted(sorted(figures.hops.items()))),
        (both("निर्णायक के समक्ष रखे गये", "frozen to the arbiter"), share_text(Share(part=figures.frozen_cases, of=figures.cases))),
        *((f"  · {' / '.join(FREEZE.get(why, (why,)))}", str(count)) for why, count in figures.frozen.most_common()),
        (both("निर्णय दिये गये", "rulings"), str(figures.rulings)),
        (both("गलत कार्यालयों पर दिन, कुल", "days on wrong desks, in all"), f"{lost.total}"),
        ("  · प्रति प्रकरण / a case", _one_place(figures.lost_per_case)),
        ("  · जिन पर दिन गये: माध्यिका, अधिकतम / where days went: median, most", _middle(lost)),
        (both("प्रकोष्ठ या निर्णायक के पास दिन", "days with the cell or the arbiter"), str(figures.deciding_days)),
        (both("जिनका कार्यालय निश्चित नहीं, उनके दिन", "days of cases whose right desk is not known"), str(figures.open_days)),
        (both("पहले कार्यालय तक दिन: माध्यिका, अधिकतम", "days until the first desk: median, most"), _middle(figures.waited)),
        (both("बिना उत्तर पड़े दिन: माध्यिका, अधिकतम", "days unanswered: median, most"), _middle(figures.silent)),
        (both("प्रस्तावित अंतरण प्रतीक्षा में", "proposals that wait for the cell"), str(figures.proposals_waiting)),
        ("  · निर्णय हुए / decided", _counted([(" / ".join(_WORDS.get(word, (word,))), n) for word, n in sorted(figures.words.items())])),
        ("  · घंटे, माध्यिका; देर से / hours, median; late", f"{_plain(hours.median)}; {figures.late}/{hours.count}"),
        (both("बिना व्यक्ति के अंतरण", "forwards without a person"), _forwards(figures.automatic)),
        (both("प्रकोष्ठ से स्वीकृत अंतरण", "forwards that the cell released"), _forwards(figures.released)),
    ]  # fmt: skip


def _pairs(house: House, figures: TransferFigures) -> None:
    pairs = figures.pairs()
    most = pairs[0].days if pairs else 0
    rows = [
        (
            _department(house, pair.wrong),
            "(वही विभाग, अन्य कार्यालय)\n(its other office)" if pair.wrong == pair.right else _department(house, pair.right),
            pair.cases,
            pair.days,
            _bar(pair.days, most),
            f"{_plain(pair.median)}{_few(pair.cases)}",
        )
        for pair in pairs
    ]  # fmt: skip
    title = "भ्रम जिनमें सबसे अधिक दिन गये / confusions that cost most days"
    headers = ["गलत / wrong", "सही / right", "प्रकरण / cases", "दिन / days", "", "माध्यिका / median"]
    _show(title, headers, rows)


def _offices(house: House, figures: TransferFigures) -> None:
    offices = figures.offices()
    most = offices[0][1].total if offices else 0
    rows = [
        (_office(house, code), days.count, days.total, _bar(days.total, most), f"{_plain(days.median)}{_few(days.count)}")
        for code, days in offices
    ]  # fmt: skip
    title = "कार्यालय जहाँ दूसरों के प्रकरण पड़े रहे / offices where others' cases lay"
    _show(title, ["कार्यालय / office", "प्रकरण / cases", "दिन / days", "", "माध्यिका / median"], rows)


def _answers(house: House, figures: TransferFigures) -> None:
    rows = [
        (
            _office(house, one.office),
            one.disclaimed,
            share_text(Share(part=one.right, of=one.judged)),
            one.kinds.get(AnswerKind.ACCEPTED, 0),
            sum(n for kind, n in one.kinds.items() if not kind.disclaims and kind is not AnswerKind.ACCEPTED),
        )
        for one in figures.answered()
    ]
    title = "कार्यालयों के उत्तर / answers of offices"
    headers = [
        "कार्यालय / office",
        "«हमारा नहीं» / not ours",
        "उनमें सही / of them right",
        "स्वीकार / accepted",
        "अन्य / other",
    ]
    _show(title, headers, rows)


def _tasks(house: House, figures: TransferFigures) -> None:
    rows = [
        (both(TASK_HI[kind.value], kind.value), _office(house, office), count, figures.stuck[kind, office])
        for (kind, office), count in sorted(
            figures.tasks.items(), key=lambda one: (-figures.stuck[one[0]], -one[1], one[0])
        )
    ]
    title = "लम्बित कार्य (सभी प्रकरण) / open tasks (of all cases)"
    _show(title, ["कार्य / task", "कार्यालय / office", "लम्बित / open", "समय बीता / stuck"], rows)


def _show(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if not rows:
        return
    print_table(title, headers, rows[:_LINES])
    if len(rows) > _LINES:
        say(f"… + {len(rows) - _LINES} (--json)")


def _department(house: House, code: str) -> str:
    row = house.pack.departments.get(code)
    if row is not None:
        return both(row.name_hi, row.name_en)
    return code or "(प्रेषक अधिकारी)\n(its sender)"


def _office(house: House, code: str) -> str:
    row = house.district.offices.get(code)
    return both(row.post_hi, code) if row is not None else code


def _bar(days: int, most: int) -> str:
    return "█" * max(1, round(_BAR * days / most)) if days and most else ""


def _few(count: int) -> str:
    return " · कम / few" if count < FEW else ""


def _counted(counts: Sequence[tuple[object, int]]) -> str:
    return ", ".join(f"{what}: {count}" for what, count in counts) or "–"


def _forwards(forwards: Forwards) -> str:
    wrong = share_text(Share(part=forwards.wrong, of=forwards.settled))
    return f"{forwards.count}; फिर «हमारा नहीं» / disclaimed again {forwards.disclaimed}; गलत / wrong {wrong}"


def _middle(days: Spread) -> str:
    return f"{_plain(days.median)}, {_plain(days.largest)} ({days.count})" if days.count else "–"


def _plain(number: float | None) -> str:
    return "–" if number is None else f"{number:g}"


def _one_place(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"
