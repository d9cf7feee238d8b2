"""Reads an attachment's bytes as what they are, and takes every library's exception for what it is: a damaged file.

To be called where time and memory are bounded (alone.py). Not here: the file (look.py).
"""

from __future__ import annotations

from PIL import Image

from nistaran.attachments.limits import Limits
from nistaran.attachments.pdf import read_pdf
from nistaran.attachments.photo import read_photo
from nistaran.attachments.signature import HEAD_BYTES, PICTURES, kind_of
from nistaran.domain.attachment_facts import Damaged, FileKind, Look, Trouble, UnknownFacts


def read_bytes(data: bytes, limits: Limits) -> Look:
    """The facts in the bytes of one attachment. Raises nothing, whatever they are."""
    kind = kind_of(data[:HEAD_BYTES])
    try:
        if kind is FileKind.PDF:
            return read_pdf(data, limits)
        return read_photo(data, kind, limits) if kind in PICTURES else UnknownFacts(kind=kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Damaged(kind=kind, trouble=Trouble.TOO_LARGE)
    except MemoryError:
        return Damaged(kind=kind, trouble=Trouble.TOO_COSTLY)
    except Exception:  # noqa: BLE001 - parsers of hostile bytes raise everything; the file is broken, the house is not
        return Damaged(kind=kind, trouble=Trouble.BROKEN)
