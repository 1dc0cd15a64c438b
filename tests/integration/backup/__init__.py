"""Backups made and brought back, on both databases, without the rest of an installation running."""
