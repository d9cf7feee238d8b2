"""The context of a case, what its row held beside the known fields: kept with the words, what is personal in it sealed.

Here: writing and reading it. Not here: which columns are personal (domain/personal_columns.py), who may look (story.py).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from nistaran.domain.errors import ObjectDamaged
from nistaran.domain.personal_columns import part_personal
from nistaran.readers.krutidev import decode
from nistaran.steps.world import Vault

_SEALED = "sealed"


def context_of(vault: Vault, key: str, *, originals: Mapping[str, str], extras: Mapping[str, str]) -> dict[str, object]:
    """What to keep as context of the case with this key: `originals` and `extras` without what is personal, and that sealed.

    The seal is bound to the case's key: moved to another case it does not open. What is empty is left out.
    """
    context: dict[str, object] = {}
    hidden: dict[str, dict[str, str]] = {}
    for name, cells in (("originals", originals), ("extras", extras)):
        open_, personal = part_personal(cells, shown=decode)
        if open_:
            context[name] = open_
        if personal:
            hidden[name] = personal
    if hidden:
        sealed = vault.seal_bytes(json.dumps(hidden, ensure_ascii=True).encode(), to=_bound(key))
        context[_SEALED] = base64.b64encode(sealed).decode()
    return context


def sealed_extras(vault: Vault, key: str, context: Mapping[str, object]) -> dict[str, str]:
    """The personal columns of a case, opened, by header; empty where there are none.

    Raises:
        ObjectDamaged: when they were altered, or are another case's.
    """
    sealed = context.get(_SEALED)
    if not isinstance(sealed, str):
        return {}
    try:
        seal = base64.b64decode(sealed, validate=True)
    except ValueError:
        raise ObjectDamaged("the sealed columns of a case are no seal") from None
    opened = json.loads(vault.open_bytes(seal, to=_bound(key)))
    return {str(header): str(cell) for header, cell in opened.get("extras", {}).items()}


def _bound(key: str) -> str:
    """Not the bare key, to which the complainant is sealed: one must not open in the other's place."""
    return f"{key}/context"
