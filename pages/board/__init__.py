"""Pages a board member reads: one board question each."""
