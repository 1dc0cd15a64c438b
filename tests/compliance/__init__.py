"""What any store of a ledger must do, whichever database is under it."""
