"""What is shown of proposed transfers in Prefect: codes, case numbers, names of departments, counts (P27). Ask and result.

Not here: deciding (release_forwards.py), other artifacts (edge.py), whose cells these are made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prefect.artifacts import create_table_artifact

from flows.edge import NotForArtifacts, code_cell, count_cell
from flows.model_artifacts import share_cell
from nistaran.domain.task import Task
from nistaran.domain.transfer_sentences import FORWARD, FREEZE
from nistaran.steps.follow import proposed
from nistaran.steps.house import House

_TASK = re.compile(r"[A-Z0-9-]{1,40}/t\d{1,4}")
_PAIRS_TOLD = 10


class Became(StrEnum):
    """What became of a proposal."""

    RELEASED = "RELEASED"
    KEPT = "KEPT"
    TO_ARBITER = "TO_ARBITER"  #: as decided, or because a bar stands against the release
    GONE = "GONE"  #: the case moved, or somebody else decided, since it was shown
    NOBODY = (
        "NOBODY"  #: no office is named: it stays open until the cell keeps it, names a department or asks for a ruling
    )
    OWN = "OWN"  #: who disclaimed the case does not release it; it stays open for a second person


BECAME_HI = {
    Became.RELEASED: "अंतरित",
    Became.KEPT: "यथावत रखा गया",
    Became.TO_ARBITER: "निर्णायक अधिकारी को भेजा गया",
    Became.GONE: "छोड़ा गया: इस बीच प्रकरण आगे बढ़ चुका है या निर्णय हो चुका है",
    Became.NOBODY: "छोड़ा गया: कोई कार्यालय इंगित नहीं; यथावत रखें, निर्णायक अधिकारी को भेजें, अथवा विभाग बताएं (nistaran correct)",
    Became.OWN: "छोड़ा गया: इसी लॉगिन ने प्रकरण अपना नहीं बताया था; दूसरे लॉगिन से निर्णय हो",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One proposal after the decision; `office` is where the case lies now ("" when nothing was done), `why` a FreezeWhy code or ""."""

    task: str
    became: Became
    office: str = ""
    why: str = ""


def task_cell(task: str) -> str:
    """A task's id as it may stand in an artifact."""
    if not _TASK.fullmatch(task):
        raise NotForArtifacts("a cell is not a task's id")
    return task


def publish_waiting(house: House, tasks: Sequence[Task]) -> str:
    """Two tables: the proposals, and how many there are by pair of departments. Returns the pairs, and the way to the list, as
    Markdown for over the form."""
    pairs = Counter(_pair(house, one) for one in tasks)
    listed = create_table_artifact(
        table=[_row(house, one) for one in tasks],
        key="release-forwards",
        description="निर्णय हेतु प्रस्तावित अंतरण / transfers that wait for a decision",
    )
    create_table_artifact(
        table=[{"से": a, "को": b, "संख्या": count_cell(n)} for (a, b), n in pairs.most_common()],
        key="release-pairs",
        description="प्रस्तावित अंतरण, विभागों की जोड़ी के अनुसार / by pair of departments",
    )
    lines = [f"- {a} → {b}: {count_cell(n)}" for (a, b), n in pairs.most_common(_PAIRS_TOLD)]
    return "\n".join([*lines, "", f"[पूरी सूची देखें / see the list](/artifacts/artifact/{listed})"])


def _row(house: House, task: Task) -> dict[str, str]:
    going = proposed(task)
    was, will = _pair(house, task)
    return {
        "कार्य": task_cell(task.id),
        "से → को": f"{was} → {will}",
        "आधार": FORWARD[going.why.value][0],
        "मॉडल का अंश": share_cell(going.share) if going.share else "-",
        "नियत दिन": f"{task.due_on:%d.%m.%Y}",
        "वर्तमान कार्यालय": code_cell(str(task.body["from"])),
        "प्रस्तावित कार्यालय": code_cell(going.office) if going.office else "-",
    }


def _pair(house: House, task: Task) -> tuple[str, str]:
    names = house.pack.departments
    was = names[house.district.offices[str(task.body["from"])].department].name_hi
    return was, names[task.department].name_hi if proposed(task).office else "कोई इंगित नहीं / nobody named"


def publish_outcomes(outcomes: Sequence[Outcome], by: str) -> None:
    """What became of each proposal."""
    table = [
        {
            "कार्य": task_cell(one.task),
            "परिणाम": BECAME_HI[one.became],
            "अब कार्यालय": code_cell(one.office) if one.office else "-",
            "कारण": FREEZE[one.why][0] if one.why else "-",
        }
        for one in outcomes
    ]
    create_table_artifact(
        table=table, key="release-result", description=f"अंतरणों पर निर्णय / decided on transfers; द्वारा / by: {by}"
    )
