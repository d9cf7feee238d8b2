"""Artifacts of the learning loop: a verdict's reasons and figures, a model's card, drift alarms. Codes, counts and figures only (P27).

Not here: the artifacts of other steps (edge.py), whose cells these are made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.edge import code_cell, count_cell
from nistaran.domain.drift import Alarm
from nistaran.domain.model_card import card
from nistaran.domain.promotion import Promotion, Proposal


def publish_verdict(
    proposal: Proposal, history: Sequence[Promotion] = (), names: Mapping[str, str] | None = None
) -> None:
    """The reasons against a challenger as a table, and its card; `names` are the pack's own names of departments."""
    rows = [
        {
            "कारण": code_cell(reason.code.value),
            "साक्ष्य": code_cell(reason.where),
            "विषय": code_cell(reason.subject.replace("/", ":") or "-"),
            "पहले": share_cell(reason.was),
            "अब": share_cell(reason.now),
            "पाठ": count_cell(reason.count),
        }
        for reason in proposal.verdict.reasons
    ]
    nothing = {"कारण": "-", "साक्ष्य": "-", "विषय": "-", "पहले": "-", "अब": "-", "पाठ": 0}
    code_cell(proposal.kept.version)  # the card names it, and logins, codes and counts besides
    code_cell(proposal.by)
    create_table_artifact(table=rows or [nothing], key="verdict", description="नये मॉडल की जाँच / the gate's verdict")
    told = card(proposal, history=history, names=names)
    create_markdown_artifact(told, key="model-card", description="मॉडल का विवरण / the model's card")


def publish_alarms(alarms: Sequence[Alarm]) -> None:
    """What drifted, as a table."""
    rows = [
        {
            "संकेत": code_cell(alarm.sign.value),
            "विभाग": code_cell(alarm.department or "-"),
            "पहले": share_cell(alarm.was),
            "अब": share_cell(alarm.now),
        }
        for alarm in alarms
    ]
    nothing = {"संकेत": "-", "विभाग": "-", "पहले": "-", "अब": "-"}
    create_table_artifact(table=rows or [nothing], key="drift", description="मॉडल के व्यवहार में बदलाव / drift")


def share_cell(share: float) -> str:
    """A share as it may stand in an artifact."""
    return f"{100 * float(share):.1f} %"
