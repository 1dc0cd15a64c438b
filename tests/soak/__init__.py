"""The long run of kills, on each database: `make soak`, up to an hour.

The fault tests kill a part twice and look; here people work for thousands of steps while
parts are killed a hundred times. Read in this order: `tests.faults` (the installation, its
people, its parts), `run` (one database), `__main__` (the command, and what it prints).
"""
