"""A backup of one database brought back into the other: when a house grows, or its server is given up.

Both have the same tables, and every row is carried with the bytes that were stored: so the tree over
them, its checkpoints and each receipt's mark hold as before. `shapes.py` says what is where;
`into_schemas.py` fills PostgreSQL out of SQLite's files, `into_files.py` makes SQLite's files out of
what PostgreSQL's COPY wrote, which `copied.py` reads. A backup of another release's tables is brought back
where it came from first.
"""
