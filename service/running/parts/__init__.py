"""The parts of an installation, each a process of its own that runs until it is asked to stop.

`jisr up` forks them off a process that has loaded all this (`stem.py`); by themselves, as
`jisr api` and the like, each loads its own.

What is loaded by the time one is ready stays for its whole life: `gc.freeze` keeps the
garbage collector from walking over it again and again, which halves the speed of reading.
"""
