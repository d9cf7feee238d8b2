"""The process in which one attachment is read: its bytes come on stdin, its facts go out on stdout as JSON.

It is there because neither Pillow nor pypdf can be told how long to take. It is given no settings, writes no file and says nothing but
facts. Not here: starting and stopping it (look.py).
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import warnings

from PIL import Image

from nistaran.attachments.limits import Limits
from nistaran.attachments.read import read_bytes, reader_of
from nistaran.domain.attachment_facts import FileKind

#: The first word out: from here on, what goes wrong is the attachment's doing and not the installation's.
READY = b"ready\n"


def main() -> None:
    """Read the one attachment: `python -m nistaran.attachments.alone LIMITS KIND`, the limits as JSON."""
    limits, kind = Limits(**json.loads(sys.argv[1])), FileKind(sys.argv[2])
    reader_of(kind)  # imports what is needed while memory is not yet bounded and a fault is still the installation's
    _bound(limits)
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    look = read_bytes(sys.stdin.buffer.read(), limits)
    out.write(json.dumps(look.to_json()).encode("ascii"))
    out.flush()
    # what hostile bytes have made of the heap need not be tidied up, and might not let itself be
    os._exit(0)


def _bound(limits: Limits) -> None:
    logging.disable(logging.CRITICAL)  # pypdf logs pieces of what it cannot read
    Image.MAX_IMAGE_PIXELS = max(limits.max_jpeg_pixels, limits.max_pixels)
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if sys.platform == "win32":
        return  # only the wall clock holds it there
    import resource

    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # macOS knows some of them and refuses others; a lower one from outside stays
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
