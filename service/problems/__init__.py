"""What can go wrong, as RFC 9457 problems: one table of codes, their texts in three languages."""
