"""Fits the feature space on training texts (scikit-learn) and makes their weighted, normalised rows.

Not here: the features themselves (models/features.py), classifiers (models/fit.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from models.features import FeatureSpace, features


def fit_space(texts: Sequence[Sequence[str]], sources: Sequence[int], *, min_rows: int) -> FeatureSpace:
    """The feature space of token lists: features of at least `min_rows` different sources, smooth idf as scikit-learn's.

    `sources` says which row each text comes from: a text and its copies count as one, so that a name stays rare.

    The vectoriser runs over the distinct tokens only; document frequencies follow from which rows hold which tokens.
    """
    distinct = sorted({token for text in texts for token in text})
    vectoriser = CountVectorizer(analyzer=features, dtype=np.float32)
    by_token: csr_matrix = vectoriser.fit_transform(distinct)
    has_feature = (by_token > 0).astype(np.float32)
    held = _by_source(sources) @ (count_tokens(texts, distinct) @ has_feature)
    rows_with = np.asarray((held > 0).sum(axis=0)).ravel()
    names = vectoriser.get_feature_names_out()
    kept = np.flatnonzero(rows_with >= min_rows)
    weights = np.log((1 + held.shape[0]) / (1 + rows_with[kept])) + 1
    return FeatureSpace(
        index={str(names[column]): row for row, column in enumerate(kept)}, weights=weights.astype(np.float32)
    )


def _by_source(sources: Sequence[int]) -> csr_matrix:
    shape = (max(sources) + 1, len(sources))
    return csr_matrix((np.ones(len(sources), dtype=np.float32), (sources, range(len(sources)))), shape=shape)


def count_tokens(texts: Sequence[Sequence[str]], distinct: Sequence[str]) -> csr_matrix:
    """How often each of the `distinct` tokens occurs in each text, shape (texts, distinct)."""
    index = {token: column for column, token in enumerate(distinct)}
    indptr = np.cumsum([0, *(len(text) for text in texts)])
    indices = np.fromiter((index[token] for text in texts for token in text), dtype=np.int32, count=int(indptr[-1]))
    counts = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=(len(texts), len(distinct)))
    counts.sum_duplicates()
    return counts


def rows(texts: Sequence[Sequence[str]], space: FeatureSpace) -> csr_matrix:
    """Feature rows of token lists, each divided by the root of the sum of its tokens' squared weights.

    That norm is a sum over tokens, unlike the length of the summed row, and so are the scores: the fused table is exact.
    """
    distinct = sorted({token for text in texts for token in text})
    weighted = space.matrix(distinct)
    counts = count_tokens(texts, distinct)
    squares = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
    summed: csr_matrix = counts @ weighted
    norms: NDArray[np.float32] = np.sqrt(np.maximum(counts @ squares, 1e-12)).astype(np.float32)
    summed.data /= np.repeat(norms, np.diff(summed.indptr))
    return summed
