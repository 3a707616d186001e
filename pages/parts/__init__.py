"""Pieces that pages share: choices, look, semantic HTML, charts, errors. No SQL, no threshold, no typed sentence."""
