"""What people decided and noted: append-only, kept with date, reason and evidence, and agreed by a second person."""
