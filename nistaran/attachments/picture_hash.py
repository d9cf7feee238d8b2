"""The hash of a picture by which the same photo is found again, smaller or more compressed.

Here: pHash. Not here: comparing two (domain/attachment_facts.py).
"""

from __future__ import annotations

import numpy as np
from PIL import Image

_SIDE = 32
_WAVES = 8
#: Rows of the discrete cosine transform (type II) for the lowest eight waves: so small a one needs no library.
_COSINES = np.cos(np.pi / _SIDE * np.outer(np.arange(_WAVES), np.arange(_SIDE) + 0.5))


def picture_hash(grey: Image.Image) -> str:
    """pHash of a grey picture (mode L, any size) as 16 hex digits: bit = the wave is above the median of the 8×8 lowest waves of 32×32
    pixels (C. Zauner, «Implementation and Benchmarking of Perceptual Image Hash Functions», 2010; bit order and the
    constant wave as in J. Buchner's imagehash.phash, which would bring PyWavelets for other hashes along)."""
    pixels = np.asarray(grey.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    waves = _COSINES @ pixels @ _COSINES.T
    bits = (waves > np.median(waves)).ravel()
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
