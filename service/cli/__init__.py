"""The command `jisr`, for whoever operates an installation, at the machine itself.

`entry.py` gathers the commands, `ending.py` turns errors into a line and an exit status. `options.py`
is what they share, `parts.py` runs things, `keeping.py` keeps what is stored in order, `keys.py`
makes and replaces keys, `pages.py` prints what is made from the code. Each command loads its own
parts, because some take half a second.
"""

from service.cli.entry import main

__all__ = ["main"]
