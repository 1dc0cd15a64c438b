"""Partners' systems: what they are told, by which secret it is signed, and what ends it.

`secrets.py` has what nobody outside can know; `news.py` says of which event which of them is told, and
in what words; `hearing.py` is the way to them, which ends with a 410.
"""
