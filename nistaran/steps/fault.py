"""Named points at which a test may kill the process (promise P2). In production every call is one look at an empty name."""

from __future__ import annotations

import os

_armed = ""


def arm(name: str) -> None:
    """The next time the named point is reached the process ends at once, as by kill -9. "" disarms."""
    global _armed  # noqa: PLW0603 - one process, one point
    _armed = name


def fault(name: str) -> None:
    """A point worth dying at."""
    if _armed and name == _armed:
        os._exit(9)
