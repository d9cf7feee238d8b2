"""What a case's Registered event proves besides its text, key and dates: canonical texts, of which the ledger keeps keyed hashes.

Here: which fields, in which form. Not here: the keyed hash (storage/vault.py), the comparison (nistaran/steps/verify_cases.py).
Two texts and not one: the second is of the words' row, which is erased after the retention time; the first stays provable.
"""

from __future__ import annotations

from nistaran.domain.complaint import Case
from nistaran.domain.events import canonical_json


def facts_text(case: Case) -> str:
    """What stands in the case's own row and may never change: district, rank of the lane, reference number, category, damage."""
    return canonical_json(["facts", case.district, case.priority, case.reference, case.category, bool(case.damaged)])


def place_text(case: Case) -> str:
    """What stands beside the citizen's words: the addressee and the six place names as the row gave them."""
    where = case.whereabouts
    places = (where.district, where.tehsil, where.block, where.thana, where.town, where.village)
    return canonical_json(["place", case.addressed_to, *places])
