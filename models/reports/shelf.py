"""Where the shipped judge of reports lies. Not here: versions and hashes (models/registry.py)."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "shipped"
