"""The long runs: kills, on each database, and every request there is: `make soak`, up to an hour.

The fault tests kill a part twice and look; here people work for thousands of steps while
parts are killed a hundred times. The tests' survey of the API is thin; here it is whole. Read in this order: `tests.faults` (the installation, its
people, its parts), `run` (one database), `requests` (the API), `__main__` (the command, and what it prints).
"""
