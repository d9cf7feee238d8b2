"""One database, one district: what is said when a house is opened over the tables of another district.

Here: the check. Not here: where the district is written down (repositories/house.py, memory/intake.py).
"""

from __future__ import annotations

from nistaran.domain.errors import NotReady


def must_be_of(kept: str, district: str) -> None:
    """Raises NotReady when the tables are of another district, ValueError for a district without a code."""
    if not district:
        raise ValueError("a district has a code: it stands in the district's own tables")
    if kept != district:
        raise NotReady(
            f"this database holds the cases of district {kept}, and the house is set up for {district}: "
            "set the district or the database right; each district has a database of its own"
        )
