"""Whether a picture shows anything: light and sharp enough, or blank.

Measures and the rule on them. Not here: decoding (photo.py, pdf_scans.py).
"""

from __future__ import annotations

import numpy as np
from PIL import Image

#: Long side in pixels at which sharpness is measured, so that a large photo and its small copy are measured alike.
MEASURED_SIDE = 512
_LEAST_SIDE = 200
_LEAST_CONTRAST = 30
_LEAST_SHARPNESS = 15.0
_INK_LEVELS = 32
_LEAST_INK = 0.001
_MARGIN = 0.05


def contrast_of(grey: Image.Image) -> int:
    """Levels (0–255) between the darkest and the brightest hundredth of the pixels."""
    low, high = np.percentile(np.asarray(grey), (1, 99))
    return round(float(high - low))


def sharpness_of(grey: Image.Image) -> float:
    """The variance of the Laplacian (J. L. Pech-Pacheco et al., «Diatom autofocusing in brightfield microscopy», ICPR 2000): small when
    there is no edge. 0 for a picture of less than 3×3 pixels."""
    pixels = np.asarray(grey, dtype=np.float32)
    if min(pixels.shape) < 3:
        return 0.0
    middle = pixels[1:-1, 1:-1]
    around = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:]
    return round(float(np.var(around - 4 * middle)), 1)


def is_clear(*, width: int, height: int, contrast: int, sharpness: float) -> bool:
    """The rule: the short side has 200 pixels, bright and dark are 30 levels apart (else black, white or fog), sharpness is 15.

    Set on five published photos and drawings: all fall below when blurred by half a percent of their width or darkened to a tenth, and
    the sharp ones have 500 and more; a photo blurred by a five-hundredth of its width still passes.
    """
    return min(width, height) >= _LEAST_SIDE and contrast >= _LEAST_CONTRAST and sharpness >= _LEAST_SHARPNESS


def is_blank_page(grey: Image.Image) -> bool:
    """Whether a scanned page is empty: within its margins (a scanner's shadows) less than one pixel of a thousand stands out by 32
    levels from the paper."""
    width, height = grey.size
    inner = grey.crop(
        (int(width * _MARGIN), int(height * _MARGIN), width - int(width * _MARGIN), height - int(height * _MARGIN))
    )
    pixels = np.asarray(inner, dtype=np.int16)
    return float(np.mean(np.abs(pixels - np.median(pixels)) >= _INK_LEVELS)) < _LEAST_INK
