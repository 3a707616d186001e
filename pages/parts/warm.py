"""Keeps what lives as long as the server out of garbage collection.

Streamlit collects all garbage after every run; walking modules, catalogues and open releases each time costs
more than drawing the page.
"""

from __future__ import annotations

import gc

_FIRST_RUNS = 2  # some of what a page needs is imported only when its first run is already being shown
_runs: dict[str, int] = {}


def after_run(page: str) -> None:
    """Freeze what a page's first runs left in memory. A session's own cycles among it stay: a few pages'
    worth.
    """
    _runs[page] = _runs.get(page, 0) + 1
    if _runs[page] <= _FIRST_RUNS:
        gc.collect()
        gc.freeze()
