"""Reads an attachment's bytes as what they are, and takes every library's exception for what it is: a damaged file.

To be called where time and memory are bounded (alone.py). Not here: the file (look.py).
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from nistaran.attachments.limits import Limits
from nistaran.attachments.signature import HEAD_BYTES, PICTURES, kind_of
from nistaran.domain.attachment_facts import Damaged, FileKind, Look, Trouble, UnknownFacts

Reader = Callable[[bytes, Limits], Look]


def read_bytes(data: bytes, limits: Limits) -> Look:
    """The facts in the bytes of one attachment. Raises nothing, whatever they are."""
    kind = kind_of(data[:HEAD_BYTES])
    reader = reader_of(kind)
    try:
        return reader(data, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Damaged(kind=kind, trouble=Trouble.TOO_LARGE)
    except MemoryError:
        return Damaged(kind=kind, trouble=Trouble.TOO_COSTLY)
    except Exception:  # noqa: BLE001 - parsers of hostile bytes raise everything; the file is broken, the house is not
        return Damaged(kind=kind, trouble=Trouble.BROKEN)


def reader_of(kind: FileKind) -> Reader:
    """What reads a kind. Only its libraries are imported: half the time that a photo takes is spent on importing."""
    if kind is FileKind.PDF:
        from nistaran.attachments.pdf import read_pdf

        return read_pdf
    if kind in PICTURES:
        from nistaran.attachments.photo import read_photo

        return lambda data, limits: read_photo(data, kind, limits)
    return lambda _data, _limits: UnknownFacts(kind=kind)
