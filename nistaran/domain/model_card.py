"""The card of a model that the house trained: what it was made from, what the gate says, in codes, counts and figures only.

Here: Markdown for people. Not here: the shipped model's card (models/report.py), artifacts (flows/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from nistaran.domain.deadlines import IST
from nistaran.domain.promotion import Move, Promotion, Proposal
from nistaran.domain.verdict import WHERE_HI, Figure, Verdict

#: Why a trusted correction is not trained on (models/labels.py), in Hindi.
LEFT_OUT_HI = {
    "MEASURED": "जाँच के लिए अलग रखे",
    "OLDER_WORD": "उसी प्रकरण पर नया उत्तर या जाँच है",
    "NO_WORDS": "पाठ में शब्द नहीं",
    "UNKNOWN_DEPARTMENT": "विभाग मॉडल में नहीं",
    "LIKE_THE_CORPUS": "मूल पाठ या जाँच के पाठ जैसा",
    "REPEAT": "लगभग वही पाठ दोबारा",
    "DISPUTED": "एक जैसे पाठ पर उत्तर अलग-अलग",
    "OPERATOR_LIMIT": "एक व्यक्ति की सीमा से अधिक",
    "DEPARTMENT_LIMIT": "एक विभाग की सीमा से अधिक",
    "TOTAL_LIMIT": "कुल सीमा से अधिक",
}
FIGURE_HI = {
    "top1": "पहला विभाग सही",
    "macro_f1": "मैक्रो-F1",
    "ece": "विश्वास की त्रुटि",
    "coverage": "लक्ष्य-शुद्धता पर व्याप्ति",
    "assigned": "बिना पूछे सौंपे",
    "precision": "उनमें सही",
}
_LIMITS = (
    "मूल पाठ इस परियोजना के लिए लिखे गये हैं, नागरिकों के नहीं; इस जनपद के बारे में केवल «यादृच्छिक जाँच» और «नये संशोधन» के आँकड़े बताते हैं / the "
    "base texts were composed for this project; of this district only the audited cases and the newest corrections tell",
    "जिस विभाग के 100 से कम पाठ हैं, उसका आँकड़ा केवल संकेत है / the figure of a department with fewer than 100 texts is a hint",
    "जाँच पाँच प्रतिशत-अंक से छोटा नुकसान नहीं पकड़ती / harm of less than about five points is not seen by the gate",
    "मॉडल शब्दों से अनुमान लगाता है; जहाँ निश्चित नहीं, वहाँ व्यक्ति से पूछता है / it guesses from words, and asks a person where it is not sure",
)
_NAMED = 10


def card(proposal: Proposal, *, history: Sequence[Promotion] = (), names: Mapping[str, str] | None = None) -> str:
    """The card as Markdown: what it was made from, who agreed, figures, departments, limits. `history` are the changes of the live
    model, `names` the departments' Hindi names by code. No citizen's words, name or number can stand in it: nothing of a text ever
    gets here."""
    parts = (
        _head(proposal, history),
        _data(proposal),
        _figures(proposal.verdict),
        _departments(proposal.verdict, names or {}),
        ["## सीमाएँ / limits", "", *(f"- {one}" for one in _LIMITS)],
    )
    return "\n".join(line for part in parts if part for line in (*part, ""))


def _head(proposal: Proposal, history: Sequence[Promotion]) -> list[str]:
    verdict = proposal.verdict
    live = [one for one in history if one.kept == proposal.kept]
    is_live = bool(history) and history[-1].kept == proposal.kept
    return [
        f"# {proposal.kept.version}",
        "",
        f"- बनाया / made: {_when(proposal.at)}, {proposal.by}",
        f"- तुलना / judged against: {proposal.champion.version}",
        f"- जाँच / the gate: {'उत्तीर्ण, लागू हो सकता है / passed, may go live' if verdict.promote else 'अस्वीकृत / refused'}",
        *(f"  - `{reason.code.value}` {reason.hindi} / {reason.english}" for reason in verdict.reasons),
        *(f"- {_move(one)}" for one in live),
        f"- अभी / now: {'लागू है / live' if is_live else 'लागू नहीं / not live'}",
    ]


def _move(one: Promotion) -> str:
    people = ", ".join(one.people) or one.by
    match one.move:
        case Move.PROMOTED:
            return f"लागू हुआ / went live: {_when(one.at)}; सहमति / agreed: {people}"
        case Move.ROLLED_BACK:
            return f"वापस लागू हुआ / live again by a rollback: {_when(one.at)}; {people}"


def _data(proposal: Proposal) -> list[str]:
    noise = proposal.noise
    cases = [str(case) for case in noise.get("cases", [])][:_NAMED]
    told = [
        "## किससे बना / made from",
        "",
        "- परियोजना के मूल पाठ और विभागों के विवरण / the project's own texts and descriptions of departments",
        f"- पुष्ट संशोधन / trusted corrections: {proposal.labels}; प्रशिक्षण में / trained on: {proposal.used}",
        f"- शेष उत्तरों से टकराने वाले संशोधन / corrections that the others contradict: {noise.get('suspects', 0)} / "
        f"{noise.get('looked_at', 0)}" + (f"; देख लें / look at: {', '.join(cases)}" if cases else ""),
    ]
    left_out = sorted(proposal.left_out.items())
    table = _table(
        ("प्रशिक्षण से बाहर / not trained on", "संख्या / count"),
        ((f"{LEFT_OUT_HI[code]} / {code}", str(count)) for code, count in left_out),
    )
    return [*told, *(["", *table] if left_out else [])]


def _figures(verdict: Verdict) -> list[str]:
    lines = [
        (
            f"{WHERE_HI.get(one.where, one.where)} / {one.where}",
            f"{FIGURE_HI.get(one.name, one.name)} / {one.name}",
            *_both(one),
        )
        for one in verdict.figures
        if not one.subject
    ]
    header = ("साक्ष्य / evidence", "आँकड़ा / figure", "वर्तमान / champion", "नया / challenger", "पाठ / texts")
    return ["## आँकड़े / figures", "", *_table(header, lines)]


def _departments(verdict: Verdict, names: Mapping[str, str]) -> list[str]:
    lines = [
        (f"{names[one.subject]} / {one.subject}" if one.subject in names else one.subject, *_both(one))
        for one in verdict.figures
        if one.subject
    ]
    header = ("विभाग / department", "वर्तमान / champion", "नया / challenger", "पाठ / texts")
    title = "## विभागवार: सही पहचाने गये / by department: recognised"
    return [title, "", *_table(header, lines)] if lines else []


def _both(figure: Figure) -> tuple[str, str, str]:
    return f"{100 * figure.champion:.1f} %", f"{100 * figure.challenger:.1f} %", str(figure.count)


def _when(at: datetime) -> str:
    return f"{at.astimezone(IST):%d.%m.%Y %H:%M}"


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "| " + " | ".join("---" for _ in header) + " |",
        *("| " + " | ".join(line) + " |" for line in lines),
    ]
