"""What changes in somebody's list while they look at it (Server-Sent Events).

Read `hearing.py` first (how it is noticed that anything was recorded), then `places.py` (how many
follow at once, and how all of them end), then `stream.py` (what is written to one of them). What
somebody gets to hear is a query like any other: `service.queries.following`, scoped and masked by
the one table, asked again each time.
"""
