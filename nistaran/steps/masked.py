"""A case's text for other eyes than the office's that has it: without the complainant and without numbers.

Not here: what is masked and how (nistaran/domain/privacy.py), the open text (story.py).
"""

from __future__ import annotations

from nistaran.domain.complaint import Case, Complainant
from nistaran.domain.errors import NotReady, ObjectDamaged
from nistaran.domain.privacy import mask_text, without_person
from nistaran.steps.house import House


def masked_text(house: House, case: Case, sealed: bytes | None) -> str:
    """The text without the complainant whose seal this is; a seal that does not open costs only the name's masking."""
    try:
        complainant = house.vault.open(sealed, to=case.key) if sealed else Complainant()
    except (ObjectDamaged, NotReady):
        complainant = Complainant()
    return mask_text(without_person(case.text, complainant))
