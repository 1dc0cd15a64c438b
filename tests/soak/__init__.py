"""The long runs: kills on each database, and the API asked everything: `make soak`, up to an hour.

The fault tests kill a part twice and look; here people work for thousands of steps while
parts are killed a hundred times. The tests survey the API thinly, here it is surveyed whole.
Read in this order: `tests.faults` (the installation, its people, its parts), `run` (one
database), `requests` (the API), `__main__` (the command, and what it prints).
"""
