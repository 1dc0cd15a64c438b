"""The console in the Chromium of this machine, with axe-core, and mostly without any script of its own.

`make browser` runs these alone; `make test` too, where there is a Chromium. axe-core 4.11.0 lies
in `axe/` as npm has it, under the Mozilla Public License 2.0 (`axe/LICENSE`); it is part of the
tests only.
"""
