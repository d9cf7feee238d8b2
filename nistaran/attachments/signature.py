"""What an attachment is by its first bytes, and whether its name says so.

Not here: what is done about it (look.py). The tables' files have their own (readers/signature.py).
"""

from __future__ import annotations

from pathlib import PurePosixPath

from nistaran.domain.attachment_facts import FileKind

HEAD_BYTES = 4096
_PDF_WITHIN = 1024  #: readers look for «%PDF-» so far (Adobe, PDF Reference 1.7, Appendix H, note 13)
_STARTS = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"BM", FileKind.BMP),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (bytes.fromhex("d0cf11e0a1b11ae1"), FileKind.OLE),
    (b"\x1aE\xdf\xa3", FileKind.VIDEO),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_PICTURE_BRANDS_AT = slice(8, 12)
_BMP_HEADS = (12, 16, 40, 52, 56, 64, 108, 124)  #: «BM» alone also begins a text
#: Kinds for which a reader is there (read.py).
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.GIF, FileKind.BMP, FileKind.TIFF})
OPENED = PICTURES | {FileKind.PDF}
_NAMES: dict[str, tuple[FileKind, ...]] = {
    ".jpg": (FileKind.JPEG,),
    ".jpeg": (FileKind.JPEG,),
    ".jfif": (FileKind.JPEG,),
    ".png": (FileKind.PNG,),
    ".webp": (FileKind.WEBP,),
    ".gif": (FileKind.GIF,),
    ".bmp": (FileKind.BMP,),
    ".tif": (FileKind.TIFF,),
    ".tiff": (FileKind.TIFF,),
    ".pdf": (FileKind.PDF,),
    ".heic": (FileKind.HEIC,),
    ".heif": (FileKind.HEIC,),
    ".avif": (FileKind.HEIC,),
    ".svg": (FileKind.SVG,),
    ".htm": (FileKind.HTML,),
    ".html": (FileKind.HTML,),
    ".xml": (FileKind.HTML, FileKind.SVG),
    ".zip": (FileKind.ZIP,),
    ".docx": (FileKind.ZIP,),
    ".xlsx": (FileKind.ZIP,),
    ".odt": (FileKind.ZIP,),
    ".doc": (FileKind.OLE,),
    ".xls": (FileKind.OLE,),
    ".mp4": (FileKind.VIDEO,),
    ".mov": (FileKind.VIDEO,),
    ".3gp": (FileKind.VIDEO,),
    ".txt": (FileKind.TEXT,),
    ".csv": (FileKind.TEXT,),
}


def kind_of(head: bytes) -> FileKind:
    """The kind by the first HEAD_BYTES of a file, whatever its name says."""
    for start, kind in _STARTS:
        if head.startswith(start) and (kind is not FileKind.BMP or _is_bmp(head)):
            return kind
    if head.startswith(b"RIFF"):
        return FileKind.WEBP if head[_PICTURE_BRANDS_AT] == b"WEBP" else FileKind.OTHER
    if head[4:8] == b"ftyp":
        return FileKind.HEIC if head[_PICTURE_BRANDS_AT] in _HEIC_BRANDS else FileKind.VIDEO
    return FileKind.PDF if b"%PDF-" in head[:_PDF_WITHIN] else _kind_of_text(head)


def name_fits(name: str, kind: FileKind) -> bool:
    """Whether the end of a name is one that such a file has. A name without an end claims nothing; a foreign end fits nothing known."""
    end = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not end:
        return True
    return kind in _NAMES[end] if end in _NAMES else kind is FileKind.OTHER


def _is_bmp(head: bytes) -> bool:
    return int.from_bytes(head[14:18], "little") in _BMP_HEADS


def _kind_of_text(head: bytes) -> FileKind:
    if not head or b"\0" in head:
        return FileKind.OTHER
    try:
        # the head may end within a letter
        text = head.decode("utf-8-sig", errors="strict" if len(head) < HEAD_BYTES else "ignore").lstrip()
    except UnicodeDecodeError:
        return FileKind.OTHER
    if not text.isprintable() and any(ord(letter) < 32 and letter not in "\t\n\r\f\v\x1a" for letter in text):
        return FileKind.OTHER
    if not text.startswith("<"):
        return FileKind.TEXT
    return FileKind.SVG if "<svg" in text.lower() else FileKind.HTML
