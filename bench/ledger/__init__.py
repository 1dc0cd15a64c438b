"""What is done with a ledger's events: folded again, verified, sealed, and who read them written down."""
