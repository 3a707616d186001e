"""How sure a figure from few cases can be."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


def wilson(n: int, N: int) -> tuple[float, float]:
    """The 95 % score interval of ``n`` of ``N`` as two shares from 0 to 1.

    Keeps its coverage at small ``N`` and near 0 and 1, where the textbook interval does not (46 % against 98 % at
    N = 12 and a share of 0.05). Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; equal to scipy's and statsmodels' to
    rounding, which take seconds to import. Raises ValueError unless 0 <= n <= N and N > 0.
    """
    if not 0 <= n <= N or N == 0:
        raise ValueError("n is 0 to N, and N is at least 1")
    share, z2 = n / N, Z_95**2
    centre = (share + z2 / (2 * N)) / (1 + z2 / N)
    half = Z_95 * sqrt(share * (1 - share) / N + z2 / (4 * N * N)) / (1 + z2 / N)
    return (0.0 if n == 0 else centre - half), (1.0 if n == N else centre + half)
