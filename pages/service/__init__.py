"""Pages for those who bring the data in and answer for it."""
