"""The card of a model that the house trained: what it was made from, what the gate says, in codes, counts and figures only.

Here: Markdown for people. Not here: the shipped model's card (models/report.py), artifacts (flows/).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nistaran.domain.deadlines import IST
from nistaran.domain.promotion import Proposal
from nistaran.domain.verdict import Figure

#: Why a trusted correction is not trained on (models/labels.py), in Hindi.
LEFT_OUT_HI = {
    "MEASURED": "जाँच के लिए अलग रखे",
    "OLDER_WORD": "उसी प्रकरण पर नया उत्तर है",
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


def card(proposal: Proposal) -> str:
    """The card as Markdown. No citizen's words, name or number can stand in it: nothing of a text ever gets here."""
    made = proposal.at.astimezone(IST)
    verdict = proposal.verdict
    return "\n".join(
        [
            f"# {proposal.kept.version}",
            "",
            f"- बनाया / made: {made:%d.%m.%Y %H:%M}, {proposal.by}",
            f"- तुलना / judged against: {proposal.champion.version}",
            f"- पुष्ट संशोधन / trusted corrections: {proposal.labels}; प्रशिक्षण में / trained on: {proposal.used}",
            f"- निर्णय / verdict: {'लागू हो सकता है / may go live' if verdict.promote else 'अस्वीकृत / refused'}",
            "",
            *(f"  - `{reason.code.value}` {reason.hindi} / {reason.english}" for reason in verdict.reasons),
            "",
            *_table(
                ("साक्ष्य / evidence", "आँकड़ा / figure", "वर्तमान / champion", "नया / challenger", "पाठ / texts"),
                (_figure(figure) for figure in verdict.figures),
            ),
            "",
            *_table(
                ("छोड़े गये / left out", "संख्या / count"),
                ((f"{LEFT_OUT_HI[code]} / {code}", str(count)) for code, count in sorted(proposal.left_out.items())),
            ),
            "",
            f"शेष उत्तरों से टकराने वाले संशोधन / corrections that the others contradict: {proposal.noise.get('suspects', 0)} / "
            f"{proposal.noise.get('looked_at', 0)}",
            "",
        ]
    )


def _figure(figure: Figure) -> tuple[str, str, str, str, str]:
    return (
        figure.where,
        f"{FIGURE_HI[figure.name]} / {figure.name}",
        f"{100 * figure.champion:.1f} %",
        f"{100 * figure.challenger:.1f} %",
        str(figure.count),
    )


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "| " + " | ".join("---" for _ in header) + " |",
        *("| " + " | ".join(line) + " |" for line in lines),
    ]
