"""One thing that the doctor looked at. Not here: looking (doctor.py, doctor_flows.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at, in English and (`…_hi`) in Hindi. The remedies are "" when it is well."""

    subject: str
    subject_hi: str
    state: Literal["ok", "warn", "bad"]
    detail: str
    detail_hi: str
    remedy: str = ""
    remedy_hi: str = ""
