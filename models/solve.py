"""Ridge regression for all departments at once, by conjugate gradients on the rows: memory grows with the words, never with rows².

scikit-learn's Ridge(solver="sparse_cg") finds the same coefficients one department after another, several times slower; a test
holds the two together. Not here: what the rows and targets are (models/fit.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

STEPS = 20  # accuracy on held-out rows stands still from here on (measured)
ENOUGH = 1e-3  # of the first residual; smaller changes move no decision


def ridge(
    rows: csr_matrix, targets: NDArray[np.float32], roots: NDArray[np.float32], *, alpha: float, steps: int = STEPS
) -> NDArray[np.float32]:
    """Coefficients, shape (features, departments), of the weighted ridge model without intercept.

    Args:
        rows: (texts, features). targets: (texts, departments). roots: square roots of the texts' weights.
        alpha: the penalty, above 0. steps: the most that are made; fewer when the residual is small before.
    """
    scaled: csr_matrix = rows.multiply(roots[:, None]).tocsr()
    turned = scaled.T.tocsr()  # products with a CSR copy are twice as fast as with the transposed view
    found = np.zeros_like(targets)
    residual = roots[:, None] * targets
    direction = residual.copy()
    squares = _squares(residual)
    goal = ENOUGH**2 * squares
    for _ in range(steps):
        moved = scaled @ (turned @ direction) + np.float32(alpha) * direction
        length = squares / np.maximum(np.einsum("ij,ij->j", direction, moved), np.float32(1e-30))
        found += length * direction
        residual -= length * moved
        before, squares = squares, _squares(residual)
        if (squares <= goal).all():
            break
        direction = residual + (squares / np.maximum(before, np.float32(1e-30))) * direction
    coefficients: NDArray[np.float32] = np.asarray(turned @ found, dtype=np.float32)
    return coefficients


def _squares(values: NDArray[np.float32]) -> NDArray[np.float32]:
    sums: NDArray[np.float32] = np.einsum("ij,ij->j", values, values)
    return sums
