"""That a flow came to its end, and when one has been silent for too long (promise P20). Values and the rule alone.

Not here: which flows there are and when they are due (nistaran/steps/silence.py), who leaves a heartbeat (flows/heartbeat.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """The last end of what has this name: a deployment («escalate/deadlines»). `since` is when the house first knew of it, `at` is
    None until a run came to its end, `counts` are those of the last run."""

    name: str
    since: datetime
    at: datetime | None = None
    runs: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def heard(self) -> datetime:
        """From when silence counts: the last end, or, before any, when the house first knew of it."""
        return self.at or self.since
