"""What an attachment may cost before it is refused.

Here: the numbers, with defaults fit for a district's office PC. Not here: the checks (each reader makes its own).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, pixels or pieces as named, times in seconds."""

    max_file_bytes: int = 32_000_000
    max_jpeg_pixels: int = 128_000_000  #: phones have 108 million; a JPEG is made small while it is decoded
    max_pixels: int = 40_000_000  #: of any other picture: it is decoded whole
    max_jpeg_scans: int = 100  #: a progressive JPEG has about 10; each costs as much time as the whole picture
    max_pdf_pages: int = 20_000  #: and no more nodes in the page tree
    pdf_pages_read: int = 40
    pdf_scans_decoded: int = 5  #: of the pages without text; the others are judged by size
    pdf_seconds: float = 6.0  #: of the processor, after which no further page is looked at
    max_pdf_stream_bytes: int = 60_000_000  #: unpacked
    max_drawing_bytes: int = (
        1_000_000  #: unpacked, of a page that is searched for text: a page of print has 5,000 to 100,000
    )
    processor_seconds: int = 15  #: where the system can stop a process by it; then the file is TOO_COSTLY
    wall_seconds: float = 60.0  #: everywhere
    memory_bytes: int = 1_500_000_000  #: of addresses, where the system can hold a process to it
